/** What JSON can say exactly: no floats, no undefined. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * RFC 8785 canonical JSON of a value: keys sorted by UTF-16 code units, no spaces. Numbers must be integers
 * of at most 2^53 − 1 (amounts travel as strings). Throws on anything else.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError("canonical JSON holds safe integers only: write amounts as strings");
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(",")}}`;
}
