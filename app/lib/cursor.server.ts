import { z } from "./zod";

const LONGEST = 600;

/**
 * The place where a page of a list ends, as an opaque text that goes into an address (base64url of JSON). Decoding refuses
 * whatever does not hold what `schema` says; what passed may still be made up, so a query treats it as any input.
 */
export function cursorOf<S extends z.ZodType>(schema: S) {
  return z.codec(z.string().max(LONGEST), schema, {
    decode: (text, context) => {
      const value = readJson(text);
      if (value === undefined)
        context.issues.push({ code: "custom", input: text, message: "is not a cursor from here" });
      return value as z.input<S>;
    },
    encode: (value) => Buffer.from(JSON.stringify(value)).toString("base64url"),
  });
}

function readJson(text: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
