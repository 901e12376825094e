import { expect, test } from "vitest";
import { EVERYBODY, isNarrowed, readTeacherQuery, teachersPath } from "./find-query";

const read = (text: string) => readTeacherQuery(new URLSearchParams(text));

test("an address says what is asked, and an asked query its address", () => {
  const asked = read("q= maya &skill=Robotics&open=1&years=3&size=10&sort=median&page=2");
  expect(asked).toEqual({
    ...{ q: "maya", skill: "Robotics", open: true, years: 3, size: 10, sort: "median", page: 2 },
  });
  expect(read(teachersPath(asked).split("?")[1] ?? "")).toEqual(asked);
  expect(teachersPath(EVERYBODY)).toBe("/teachers");
  expect(isNarrowed(asked)).toBe(true);
});

test.each(["", "years=4&size=-1&sort=toString&open=yes", "page=0", "page=1e9", "sort=&page=-3"])(
  "%j asks for everybody",
  (text) => {
    expect(read(text)).toEqual(EVERYBODY);
    expect(isNarrowed(read(text))).toBe(false);
  },
);

test("words are cut where search cuts them", () => {
  expect(read(`q=${"a".repeat(300)}`).q).toHaveLength(100);
});
