import { describe, expect, it } from "vitest";
import vectors from "#tests/vectors/distributions.json";
import {
  distributableCents,
  divideByLargestRemainder,
  divideGain,
  isInTail,
  lotCapCents,
  type PartedLot,
  type PostedSale,
  yearSoFar,
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
      tails: [],
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
});

describe("the tail of a parting", () => {
  const parted = (given: Partial<PartedLot> = {}): PartedLot => ({
    lotId: "parted",
    shares: 500_000n,
    capLeftCents: null,
    priceCents: 100_000n,
    gainsBefore: [],
    receivedCents: 0n,
    ...given,
  });
  const lots = [{ lotId: "held", shares: 1_000_000n, capLeftCents: null }];
  const divide = (gainCents: bigint, tail: PartedLot) =>
    divideGain({ gainCents, ownerShares: 9_000_000n, lots, parted: [tail] });

  it("is what the lot would have got, less the price, out of the owner's part", () => {
    expect(divide(10_000_000n, parted())).toEqual({
      ownerCents: 8_600_000n,
      parts: [{ lotId: "held", cents: 1_000_000n, cutCents: 0n }],
      tails: [{ lotId: "parted", cents: 400_000n }],
    });
    expect(divide(2_000_000n, parted()).tails[0]?.cents).toBe(0n);
    expect(divide(2_000_019n, parted()).tails[0]?.cents).toBe(0n);
    expect(divide(2_000_020n, parted()).tails[0]?.cents).toBe(1n);
  });

  it("counts the price once over several gains, in whatever pieces they come", () => {
    const gains = [900_000n, 1_500_000n, 0n, 19n, 1n, 3_000_000n];
    let receivedCents = 0n;
    gains.forEach((gain, i) => {
      const tail = parted({ gainsBefore: gains.slice(0, i), receivedCents });
      receivedCents += divide(gain, tail).tails[0]?.cents ?? 0n;
    });
    expect(receivedCents).toBe(45_000n + 75_000n + 150_000n - 100_000n);
  });

  it("ends with the lot's cap, and takes nothing back", () => {
    const capped = parted({ capLeftCents: 130_000n });
    expect(divide(10_000_000n, capped).tails[0]?.cents).toBe(30_000n);
    const paid = { gainsBefore: [10_000_000n], receivedCents: 30_000n };
    expect(divide(10_000_000n, parted({ ...capped, ...paid })).tails[0]?.cents).toBe(0n);
    // The first gain was reversed after a later one had been shared.
    const reversed = parted({ gainsBefore: [], receivedCents: 400_000n });
    expect(divide(1_000_000n, reversed).tails[0]?.cents).toBe(0n);
  });

  it("lasts 24 months, to the instant", () => {
    const partedAt = new Date("2024-02-29T12:00:00.000Z");
    const at = (instant: string) => isInTail(partedAt, new Date(instant));
    expect(at("2024-02-29T12:00:00.000Z")).toBe(false);
    expect(at("2024-02-29T12:00:00.001Z")).toBe(true);
    expect(at("2026-02-28T12:00:00.000Z")).toBe(true);
    expect(at("2026-02-28T12:00:00.001Z")).toBe(false);
  });
});

describe("a year so far", () => {
  it("adds up the sales that closed in it, losses where they count", () => {
    const sale = (closingDay: string, given: Partial<PostedSale>): PostedSale => ({
      closingDay,
      proceedsCents: 0n,
      basisCents: 0n,
      costsCents: 0n,
      lossCents: 0n,
      distributableCents: 0n,
      ...given,
    });
    const sales = [
      sale("2025-12-31", { proceedsCents: 5000n, distributableCents: 5000n }),
      sale("2026-01-01", { proceedsCents: 900n, costsCents: 100n, distributableCents: 800n }),
      sale("2026-03-01", { basisCents: 300n, lossCents: 300n }),
      sale("2026-03-02", { basisCents: 77n }),
      sale("2026-12-31", { proceedsCents: 500n, basisCents: 100n, distributableCents: 100n }),
    ];
    const soFar = yearSoFar(sales, "2026");
    expect(soFar).toEqual({ gainsSoFar: 1200n, lossesSoFar: 300n, distributedSoFar: 900n });
    const next = { ...soFar, proceeds: 50n, basis: 0n, costs: 0n, lossCounts: true };
    expect(distributableCents(next).distributableCents).toBe(50n);
  });
});
