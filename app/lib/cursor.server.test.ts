import { expect, it } from "vitest";
import { cursorOf } from "./cursor.server";
import { z } from "./zod";

const cursor = cursorOf(z.strictObject({ after: z.string(), n: z.int() }));

it("comes back as it went, in letters that an address holds", () => {
  const value = { after: "Ōmi & Sons", n: 3 };
  const text = cursor.encode(value);
  expect(text).toMatch(/^[\w-]+$/);
  expect(cursor.parse(text)).toEqual(value);
});

it.each([
  "",
  "not a cursor!",
  "e30",
  "bnVsbA",
  Buffer.from('{"after":"a","n":1,"more":1}').toString("base64url"),
  Buffer.from('{"after":"a","n":"1"}').toString("base64url"),
  Buffer.from("{").toString("base64url"),
  "A".repeat(601),
])("refuses what does not hold what it should: %s", (text) => {
  expect(cursor.safeParse(text).success).toBe(false);
});
