import { describe, expect, it } from "vitest";
import { formatTotal, totalMilliOf } from "./rules";

describe("a review's total", () => {
  it.each([
    [[{ score: 4, weight: 1 }], 4000, "4.00"],
    [
      [
        { score: 5, weight: 2 },
        { score: 2, weight: 1 },
      ],
      4000,
      "4.00",
    ],
    [
      [
        { score: 5, weight: 1 },
        { score: 5, weight: 1 },
        { score: 4, weight: 1 },
      ],
      4667,
      "4.67",
    ],
    [
      [
        { score: 1, weight: 15 },
        { score: 2, weight: 1 },
      ],
      1063,
      "1.06",
    ],
  ])("of %j is %i", (scores, milli, read) => {
    expect(totalMilliOf(scores)).toBe(milli);
    expect(formatTotal(milli)).toBe(read);
  });
});
