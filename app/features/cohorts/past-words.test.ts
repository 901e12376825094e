import { expect, it } from "vitest";
import { ofAll } from "./past-words";

it.each([
  [0, 0, "none"],
  [0, 7, "0 of 7 (0%)"],
  [1, 1_000, "1 of 1,000 (under 1%)"],
  [999, 1_000, "999 of 1,000 (over 99%)"],
  [7, 7, "7 of 7 (100%)"],
  [1, 3, "1 of 3 (33%)"],
])("%i of %i is said with its n: %s", (part, all, said) => {
  expect(ofAll(part, all)).toBe(said);
});
