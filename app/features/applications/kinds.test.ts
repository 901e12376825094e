import { describe, expect, it } from "vitest";
import { countWords } from "~/lib/count-words";
import { type Asked, answerProblem, readAnswer } from "./kinds";

const asked = (kind: Asked["kind"], more: Partial<Asked> = {}): Asked => ({
  ...{ kind, required: true, maxWords: null, options: [] },
  ...more,
});
const kept = (question: Asked, typed: string) => {
  const read = readAnswer(question, typed);
  return read.ok ? read.answer : `! ${read.problem}`;
};

describe("words", () => {
  it("are runs of anything but spaces, of whatever kind", () => {
    expect(
      ["", " \n", "one", " two  words\n", "no\u00a0break\u0085line\u200bzero"].map(countWords),
    ).toEqual([0, 0, 1, 2, 4]);
  });

  it("may be as many as the question says, and not one more", () => {
    const question = asked("long", { maxWords: 3 });
    expect(kept(question, " a b\nc ")).toBe("a b\nc");
    expect(kept(question, "a b c d")).toBe("! This has 4 words: shorten it to at most 3.");
  });
});

describe("an answer", () => {
  it.each([
    ["short", "one\nline", "one line"],
    ["short", "x".repeat(501), "! Shorten this to at most 500 characters."],
    ["long", "x".repeat(10_001), "! Shorten this answer to at most 10,000 characters."],
    ["link", "example.org/a", "https://example.org/a"],
    ["link", "HTTP://example.org", "http://example.org"],
    ["link", "javascript:alert(1)", "! Enter an address, such as https://example.org."],
    ["link", "https://a b.org", "! Enter an address, such as https://example.org."],
    ["link", "home", "! Enter an address, such as https://example.org."],
    ["number", "−1,234.50", "-1234.50"],
    ["number", "1,23", "! Enter a number, such as 12 or 3.5, with at most six decimals."],
    ["number", "1e9", "! Enter a number, such as 12 or 3.5, with at most six decimals."],
    ["number", "0.1234567", "! Enter a number, such as 12 or 3.5, with at most six decimals."],
    ["date", "2028-02-29", "2028-02-29"],
    ["date", "2027-02-29", "! Enter a date that the calendar has."],
    ["file", "anything", ""],
  ] as const)("of kind %s: %s", (kind, typed, expected) => {
    expect(kept(asked(kind), typed)).toBe(expected);
  });

  it("to a choice is one of what can be chosen, of many in their order, each once", () => {
    const options = ["Red", "Green", "Blue"];
    expect(kept(asked("one", { options }), "Green")).toBe("Green");
    expect(kept(asked("one", { options }), "green")).toBe("! Choose one of these.");
    expect(kept(asked("many", { options }), "Blue\nRed\nBlue")).toBe("Red\nBlue");
    expect(kept(asked("many", { options }), "Blue\nBlack")).toBe("! Choose at least one of these.");
  });

  it("must be given where the question says so, and of a file it is the file", () => {
    const blank = { answer: " \n", hasFile: false };
    expect(answerProblem(asked("long"), blank)).toBe("Answer this question.");
    expect(answerProblem(asked("long"), undefined)).toBe("Answer this question.");
    expect(answerProblem(asked("long", { required: false }), blank)).toBeNull();
    expect(answerProblem(asked("file"), { answer: "", hasFile: false })).toBe("Attach a file.");
    expect(answerProblem(asked("file"), { answer: "", hasFile: true })).toBeNull();
    expect(
      answerProblem(asked("number", { required: false }), { answer: "x", hasFile: false }),
    ).toMatch(/^Enter a number/);
  });
});
