import { describe, expect, it } from "vitest";
import { standingWords } from "./standing-words";

describe("what is said of a standing", () => {
  it("is the estimate with its interval, as multiples of what is usual", () => {
    const standing = { positions: 12, of: 5, rank: 1, estimate: "0.405465", low: "-0.105361" };
    const { head, text } = standingWords({ kind: "ranked", ...standing, high: "0.693147" });
    expect(head).toBe("Rank 1 of 5");
    expect(text).toContain("1.50× what is usual for the same years");
    expect(text).toContain("between 0.90× and 2.00×");
    expect(text).toContain("12 positions");
  });

  it.each([
    [{ kind: "too_few_positions", positions: 0 }, "No position is old and large enough"],
    [{ kind: "too_few_positions", positions: 1 }, "Only 1 position is old and large enough"],
    [{ kind: "too_few_teachers", positions: 10, teachers: 1 }, "only 1 teacher has 10 of them"],
    [{ kind: "no_difference", positions: 10 }, "do not differ by more than luck explains"],
  ] as const)("says why there is no rank: %j", (standing, words) => {
    const said = standingWords(standing);
    expect(said.head).toBe("Not ranked");
    expect(said.text).toContain(words);
  });
});
