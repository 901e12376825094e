import { expect, test } from "vitest";
import { comparedProblems, comparePath, readCompared } from "./compared";

const read = (text: string) => readCompared(new URLSearchParams(text));

test("each is asked for once, as they are written in addresses, four at most", () => {
  const asked = read("t=maya&t=+%40Elena+&t=&t=maya&t=amara&t=kenji&t=lukas&t=tomas");
  expect(asked).toEqual({
    handles: ["maya", "elena", "amara", "kenji"],
    twice: ["maya"],
    tooMany: ["lukas", "tomas"],
  });
  expect(read("").handles).toEqual([]);
});

test("what is wrong is said, each thing once, and what to do", () => {
  expect(comparedProblems(read("t=maya&t=elena"), [])).toEqual([]);
  const asked = read("t=a&t=a&t=b&t=c&t=d&t=e");
  const [unknown, twice, tooMany, ...rest] = comparedProblems(asked, ["b"]);
  expect(unknown).toContain("“b” is no teacher here");
  expect(twice).toContain("“a” was asked for twice");
  expect(tooMany).toContain("Left out: e.");
  expect(rest).toEqual([]);
});

test("an address names them in order", () => {
  expect(comparePath(["maya", "elena"])).toBe("/compare?t=maya&t=elena");
  expect(comparePath([])).toBe("/compare");
});
