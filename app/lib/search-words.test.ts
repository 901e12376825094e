import { expect, test } from "vitest";
import { QUESTION_LENGTH, searchQuery } from "./search-words";

test.each([
  ["Maya", "maya:*"],
  ["  José-Luis  O'Neill ", "jose:* & luis:* & o:* & neill:*"],
  ["100% _x_ \\ ' ; drop table", "100:* & x:* & drop:* & table:*"],
  ["(a | b) & !c:*", "a:* & b:* & c:*"],
  ["数学", "数学:*"],
  ["Ελένη", "ελενη:*"],
])("%s asks for the beginnings of its words", (typed, query) =>
  expect(searchQuery(typed)).toBe(query),
);

test.each(["", "   ", "%", "_", "!?&|:*'\\", "🧗"])("%j asks for nothing", (typed) =>
  expect(searchQuery(typed)).toBeNull(),
);

test("a long question is cut", () => {
  expect(searchQuery("a".repeat(500))).toBe(`${"a".repeat(QUESTION_LENGTH)}:*`);
  expect(searchQuery("a b c d e f g h i j")?.split(" & ")).toHaveLength(8);
});
