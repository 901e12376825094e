import { expect, it } from "vitest";
import { moved } from "./move";

it.each([
  ["a", 0, "abcd"],
  ["a", 1, "bacd"],
  ["a", 3, "bcda"],
  ["a", 9, "bcda"],
  ["d", 0, "dabc"],
  ["c", 1, "acbd"],
])("%s to %i gives %s", (one, to, expected) => {
  expect(moved(["a", "b", "c", "d"], one, to).join("")).toBe(expected);
});
