import { describe, expect, it } from "vitest";
import { kindWords, markSumWords, markWords } from "./record-words";

const ON = "2026-11-28";

describe("what a carried value rests on", () => {
  it("is its class and its age", () => {
    expect(markWords("price", "2025-10-24", ON)).toBe("at a price, 400 days old");
    expect(markWords("cost", "2026-11-27", ON)).toBe("at cost, 1 day old");
    expect(markWords("written_down", "2022-11-28", ON)).toBe("written down, 1,461 days old");
    expect(markWords("ended", "2022-11-28", ON)).toBe("ended");
  });

  it("has the sum that makes it, and says where a cap cut it", () => {
    const mark = { day: "2025-10-24", basisCents: 4_500_000n, factor: "0.8542", isCut: false };
    expect(markSumWords({ markClass: "price", ...mark }, ON)).toBe(
      "at a price, 400 days old: $45,000.00 × 0.8542",
    );
    expect(markSumWords({ markClass: "cost", ...mark, isCut: true }, ON)).toContain("its cap");
    expect(markSumWords({ markClass: "written_down", ...mark, basisCents: 0n }, ON)).toBe(
      "written down, 400 days old",
    );
  });
});

it("a resale is a purchase to one and a sale to the other", () => {
  expect([kindWords("resale", true), kindWords("resale", false)]).toEqual([
    "Bought from a holder",
    "Sold to another holder",
  ]);
});
