import { describe, expect, it } from "vitest";
import { answerProblem, plainNumber } from "./answer-problem";

type Asked = Parameters<typeof answerProblem>[0];
const asked = (kind: Asked["kind"], more: Partial<Asked> = {}): Asked => ({
  ...{ kind, required: true, maxWords: null, options: [] },
  ...more,
});
const fine = (question: Asked, answer: string) => answerProblem(question, answer) === null;

describe("an answer", () => {
  it.each<[string, Asked, string, boolean]>([
    ["a blank", asked("long"), " \n ", false],
    ["a blank that may be", asked("long", { required: false }), " \n ", true],
    ["three words of three", asked("long", { maxWords: 3 }), "one  two\nthree", true],
    ["four words of three", asked("long", { maxWords: 3 }), "one two three four", false],
    ["a line", asked("short"), "x".repeat(500), true],
    ["two lines for a short text", asked("short"), "a\nb", false],
    ["a long line for a short text", asked("short"), "x".repeat(501), false],
    ["a choice", asked("one", { options: ["A", "B"] }), "A", true],
    ["two where one is asked", asked("one", { options: ["A", "B"] }), "A\nB", false],
    ["two choices", asked("many", { options: ["A", "B"] }), "A\nB", true],
    ["a choice that is gone", asked("many", { options: ["A", "B"] }), "A\nC", false],
    ["a link", asked("link"), "https://example.org/a?b=c", true],
    ["a script as a link", asked("link"), "javascript:alert(1)", false],
    ["a link with a blank", asked("link"), "https://example.org/a b", false],
    ["no host", asked("link"), "https://", false],
    ["a number", asked("number"), "-3.5", true],
    ["words for a number", asked("number"), "three", false],
    ["a power", asked("number"), "1e5", false],
    ["a leap day", asked("date"), "2028-02-29", true],
    ["no leap day", asked("date"), "2026-02-29", false],
  ])("%s", (_, question, answer, right) => {
    expect(fine(question, answer)).toBe(right);
  });

  it("of a file is the file alone", () => {
    expect(answerProblem(asked("file"), "", true)).toBeNull();
    expect(answerProblem(asked("file"), "", false)).toBe("Add a file.");
    expect(answerProblem(asked("file", { required: false }), "", false)).toBeNull();
  });

  it("keeps numbers plain", () => {
    expect(["1,200.50", " 12 ", "−3", "about 3"].map(plainNumber)).toEqual([
      "1200.50",
      "12",
      "-3",
      "about 3",
    ]);
  });
});
