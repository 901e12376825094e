/** A quick yes or no to whether canonical JSON has the shape of a closed Zod schema. */
import type { z } from "~/lib/zod";
import type { Json } from "../canonical";

/** Whether a value of canonical JSON, as `JSON.parse` gives it, has the shape. */
export type HasShape = (value: Json | undefined) => boolean;

type Definition = {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  catchall?: z.core.$ZodType;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  discriminator?: string;
  values?: readonly Json[];
  entries?: Record<string, string>;
  checks?: readonly { _zod: { def: object } }[];
};
type Check = { check: string; pattern?: RegExp; fn?: (value: unknown) => unknown };

const definitionOf = (schema: z.core.$ZodType): Definition =>
  schema._zod.def as unknown as Definition;

/**
 * Compiles a schema of strict objects, lists, strings with patterns, enums, literals and booleans into a check that is many
 * times faster than parsing with it. Says yes to exactly what the schema accepts with its keys in canonical order. Throws
 * on a schema that holds anything else.
 */
export function shapeOf(schema: z.core.$ZodType): HasShape {
  const definition = definitionOf(schema);
  const checks = (definition.checks ?? []).map(({ _zod }) => checkOf(_zod.def as Check));
  const bare = bareShapeOf(definition);
  if (checks.length === 0) return bare;
  return (value) => bare(value) && checks.every((check) => check(value));
}

function checkOf({ check, pattern, fn }: Check): (value: unknown) => boolean {
  if (check === "string_format" && pattern && !pattern.global && !pattern.sticky)
    return (value) => pattern.test(value as string);
  if (check === "custom" && fn) return (value) => Boolean(fn(value));
  throw new TypeError(`no quick check of ${check}`);
}

function bareShapeOf(definition: Definition): HasShape {
  const { type, shape, element, innerType, options, values, entries } = definition;
  if (type === "string") return (value) => typeof value === "string";
  if (type === "boolean") return (value) => typeof value === "boolean";
  if (type === "literal" && values) return (value) => values.includes(value as Json);
  if (type === "enum" && entries) {
    const words = new Set<Json | undefined>(Object.values(entries));
    return (value) => words.has(value);
  }
  if (type === "nullable" && innerType) {
    const inner = shapeOf(innerType);
    return (value) => value === null || inner(value);
  }
  if (type === "array" && element) {
    const one = shapeOf(element);
    return (value) => Array.isArray(value) && value.every(one);
  }
  if (type === "object" && shape && definition.catchall)
    return objectShape(shape, definition.catchall);
  if (type === "union" && options)
    return definition.discriminator
      ? discriminated(options, definition.discriminator)
      : anyOf(options.map(shapeOf));
  throw new TypeError(`no quick check of ${type}`);
}

const anyOf =
  (shapes: readonly HasShape[]): HasShape =>
  (value) =>
    shapes.some((one) => one(value));

function objectShape(shape: Record<string, z.core.$ZodType>, catchall: z.core.$ZodType): HasShape {
  if (definitionOf(catchall).type !== "never") throw new TypeError("the object is not closed");
  const keys = Object.keys(shape).sort();
  const members = keys.map((key) => shapeOf(shape[key] as z.core.$ZodType));
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const given = Object.keys(value);
    if (given.length !== keys.length) return false;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (given[i] !== key || !members[i]?.(value[key])) return false;
    }
    return true;
  };
}

/** Each of the options has one word of its own at the member that tells them apart. */
function discriminated(options: readonly z.core.$ZodType[], member: string): HasShape {
  const byWord = new Map<Json | undefined, HasShape>();
  for (const option of options) {
    const told = definitionOf(option).shape?.[member];
    for (const word of (told && definitionOf(told).values) ?? []) {
      if (byWord.has(word)) throw new TypeError(`two shapes of ${String(word)}`);
      byWord.set(word, shapeOf(option));
    }
  }
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return byWord.get(value[member])?.(value) ?? false;
  };
}
