import { describe, expect, it } from "vitest";
import vectors from "#tests/vectors/distributions.json";
import {
  capOfSold,
  costOfSold,
  distributableCents,
  divideByLargestRemainder,
  divideGain,
  lotCapCents,
} from "./distribution";

describe("dividing a gain", () => {
  it.each(vectors.cases)("$name", (vector) => {
    const caps = vector.capsLeftCents ?? [];
    const [ownerShares, ...shares] = vector.shares.map(BigInt);
    const lots = shares.map((count, i) => {
      const cap = caps[i + 1];
      return { lotId: `lot ${i}`, shares: count, capLeftCents: cap ? BigInt(cap) : null };
    });
    const gainCents = BigInt(vector.gainCents);
    const division = divideGain({ gainCents, ownerShares: ownerShares ?? 0n, lots });
    const cents = [division.ownerCents, ...division.parts.map((part) => part.cents)];
    expect(cents.map(String)).toEqual(vector.cents);
    expect(cents.reduce((sum, part) => sum + part, 0n)).toBe(gainCents);
  });

  it("gives nothing beyond an exhausted cap, and says what was cut", () => {
    const lots = [{ lotId: "a", shares: 1_000_000n, capLeftCents: 0n }];
    expect(divideGain({ gainCents: 1000n, ownerShares: 9_000_000n, lots })).toEqual({
      ownerCents: 1000n,
      parts: [{ lotId: "a", cents: 0n, cutCents: 100n }],
    });
  });

  it("breaks ties for the owner, then the earlier lot", () => {
    expect(divideByLargestRemainder(1n, [1n, 1n])).toEqual([1n, 0n]);
    expect(divideByLargestRemainder(2n, [0n, 1n, 1n, 1n])).toEqual([0n, 1n, 1n, 0n]);
  });

  it("refuses what cannot be divided", () => {
    expect(() => divideByLargestRemainder(-1n, [1n])).toThrow(RangeError);
    expect(() => divideByLargestRemainder(1n, [])).toThrow(RangeError);
    expect(() => divideByLargestRemainder(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe("what is distributable", () => {
  const year = { gainsSoFar: 0n, lossesSoFar: 0n, distributedSoFar: 0n };
  const sale = { proceeds: 0n, basis: 0n, costs: 0n, lossCounts: true };

  it.each([
    [
      "a first gain",
      { proceeds: 1000n, basis: 300n, costs: 50n },
      { gainCents: 650n, lossCents: 0n, distributableCents: 650n, offsetCents: 0n },
    ],
    [
      "a gain after a loss of the year",
      { proceeds: 1000n, lossesSoFar: 400n },
      { gainCents: 1000n, lossCents: 0n, distributableCents: 600n, offsetCents: 400n },
    ],
    [
      "a gain smaller than the losses",
      { proceeds: 100n, lossesSoFar: 400n },
      { gainCents: 100n, lossCents: 0n, distributableCents: 0n, offsetCents: 100n },
    ],
    [
      "a loss after a paid gain takes nothing back",
      { basis: 500n, gainsSoFar: 900n, distributedSoFar: 900n },
      { gainCents: 0n, lossCents: 500n, distributableCents: 0n, offsetCents: 0n },
    ],
    [
      "the next gain after that loss",
      { proceeds: 700n, gainsSoFar: 900n, lossesSoFar: 500n, distributedSoFar: 900n },
      { gainCents: 700n, lossCents: 0n, distributableCents: 200n, offsetCents: 500n },
    ],
    [
      "a loss without a document",
      { basis: 500n, lossCounts: false },
      { gainCents: 0n, lossCents: 0n, distributableCents: 0n, offsetCents: 0n },
    ],
    [
      "costs alone",
      { proceeds: 100n, basis: 100n, costs: 1n },
      { gainCents: 0n, lossCents: 1n, distributableCents: 0n, offsetCents: 0n },
    ],
  ])("%s", (_name, given, expected) => {
    expect(distributableCents({ ...year, ...sale, ...given })).toEqual(expected);
  });
});

describe("lots", () => {
  it("share a deal's cap by shares", () => {
    const deal = { paidCents: 6_666_667n, lotShares: [95_000n, 5_000n] };
    expect(lotCapCents({ ...deal, capMultiple: 3 })).toEqual([19_000_001n, 1_000_000n]);
    expect(lotCapCents({ ...deal, capMultiple: null })).toEqual([null, null]);
  });

  it("give their cost half-even, the rest with the last sale", () => {
    const half = { costLeftCents: 5n, sharesLeft: 2n, sharesSold: 1n };
    expect(costOfSold(half)).toBe(2n);
    expect(costOfSold({ ...half, costLeftCents: 7n })).toBe(4n);
    const thirds = costOfSold({ costLeftCents: 6_666_667n, sharesLeft: 3n, sharesSold: 1n });
    expect(thirds).toBe(2_222_222n);
    const rest = { costLeftCents: 6_666_667n - thirds, sharesLeft: 2n, sharesSold: 2n };
    expect(costOfSold(rest)).toBe(4_444_445n);
    expect(() => costOfSold({ ...half, sharesSold: 3n })).toThrow(RangeError);
  });

  it("give their cap along without making any", () => {
    const first = { capLeftCents: 100n, sharesLeft: 3n, sharesSold: 1n };
    expect(capOfSold(first)).toBe(33n);
    expect(capOfSold({ capLeftCents: 67n, sharesLeft: 2n, sharesSold: 2n })).toBe(67n);
    expect(capOfSold({ ...first, capLeftCents: null })).toBeNull();
    expect(() => capOfSold({ ...first, sharesSold: 0n })).toThrow(RangeError);
  });
});
