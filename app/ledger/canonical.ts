/** What JSON can say exactly: no floats, no undefined. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Half of a surrogate pair alone: no UTF-8 can hold it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** ASCII that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function text(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value))
    throw new RangeError("canonical JSON holds whole characters only");
  return JSON.stringify(value);
}

/**
 * RFC 8785 canonical JSON of a value: keys sorted by UTF-16 code units, no spaces. Numbers must be integers
 * of at most 2^53 − 1 (amounts travel as strings). Throws on anything else that is no JSON.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value))
      throw new RangeError("canonical JSON holds safe integers only: write amounts as strings");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  const shape = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (shape !== Object.prototype && shape !== null)
    throw new TypeError(
      "canonical JSON holds strings, numbers, booleans, null, lists and plain objects",
    );
  // The order of `sort` without a comparison is that of UTF-16 code units.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${text(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(",")}}`;
}
