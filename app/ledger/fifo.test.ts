import { describe, expect, it } from "vitest";
import {
  capOfSold,
  costOfSold,
  type HeldLot,
  leastPartingCents,
  takeAll,
  takeShares,
} from "./fifo";

describe("shares of a lot", () => {
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

const lot = (lotId: string, given: Partial<HeldLot> = {}): HeldLot => ({
  lotId,
  acquiredDay: "2024-01-10",
  costLeftCents: 60_000n,
  capLeftCents: null,
  sharesLeft: 60n,
  endedDay: null,
  marks: [],
  sunset: null,
  lockedUntil: null,
  ...given,
});
const mark = (day: string, priceCents: bigint, counts: boolean) => ({
  day,
  markClass: "price" as const,
  priceCents,
  shares: 1n,
  counts,
});

describe("first in, first out", () => {
  const lots = [
    lot("first", {
      capLeftCents: 100n,
      sharesLeft: 30n,
      costLeftCents: 30_001n,
      sunset: "2034-01-10",
    }),
    lot("sold out", { sharesLeft: 0n, costLeftCents: 0n, lockedUntil: "2099-01-01" }),
    lot("second", { sharesLeft: 70n, costLeftCents: 70_000n, lockedUntil: "2025-01-01" }),
    lot("third", { lockedUntil: "2026-01-01" }),
  ];
  const sell = (shares: bigint, day = "2025-01-01", priceCents = 100_000n) =>
    takeShares(lots, { shares, priceCents, day });

  it("empties the oldest lot before it opens the next, and what travels goes along", () => {
    expect(sell(31n)).toEqual({
      ok: true,
      value: {
        taken: [
          {
            lotId: "first",
            shares: 30n,
            priceCents: 96_774n,
            basisCents: 30_001n,
            carriedCents: 100n,
            capCents: 100n,
            sunset: "2034-01-10",
            lockedUntil: null,
          },
          {
            lotId: "second",
            shares: 1n,
            priceCents: 3_226n,
            basisCents: 1_000n,
            carriedCents: 1_000n,
            capCents: null,
            sunset: null,
            lockedUntil: "2025-01-01",
          },
        ],
        left: [
          { ...lots[0], sharesLeft: 0n, costLeftCents: 0n, capLeftCents: 0n },
          lots[1],
          { ...lots[2], sharesLeft: 69n, costLeftCents: 69_000n },
          lots[3],
        ],
      },
    });
  });

  it("goes on where the first buyer left off, and loses no cent of cost or cap", () => {
    let rest: HeldLot[] = [lot("a", { costLeftCents: 100n, capLeftCents: 101n, sharesLeft: 7n })];
    const sums = { basis: 0n, cap: 0n, price: 0n };
    for (const shares of [3n, 1n, 2n, 1n]) {
      const outcome = takeShares(rest, { shares, priceCents: 10n, day: "2025-01-01" });
      if (!outcome.ok) throw new Error(outcome.error);
      rest = outcome.value.left;
      for (const taken of outcome.value.taken) {
        sums.basis += taken.basisCents;
        sums.cap += taken.capCents ?? 0n;
        sums.price += taken.priceCents;
      }
    }
    expect(sums).toEqual({ basis: 100n, cap: 101n, price: 40n });
    expect(rest[0]).toMatchObject({ sharesLeft: 0n, costLeftCents: 0n, capLeftCents: 0n });
  });

  it("refuses more than is held, then what is locked", () => {
    expect(sell(161n)).toEqual({ ok: false, error: "insufficient_balance" });
    expect(sell(101n)).toEqual({ ok: false, error: "shares_locked" });
    expect(sell(31n, "2024-12-31")).toEqual({ ok: false, error: "shares_locked" });
    expect(sell(30n, "2024-12-31").ok).toBe(true);
    expect(() => sell(0n)).toThrow(RangeError);
    expect(() => sell(1n, "2025-01-01", -1n)).toThrow(RangeError);
  });

  it("says what the shares were carried at the day before, whatever the day itself brings", () => {
    const marks = [mark("2024-06-01", 2_000n, true), mark("2025-01-01", 9_000n, true)];
    const held = [lot("a", { marks }), lot("b", { capLeftCents: 50_000n, marks })];
    const outcome = takeShares(held, { shares: 90n, priceCents: 1n, day: "2025-01-01" });
    expect(outcome.ok && outcome.value.taken.map((one) => one.carriedCents)).toEqual([
      120_000n,
      25_000n,
    ]);
  });
});

describe("a parting", () => {
  const held = [
    lot("at cost", { acquiredDay: "2020-01-10", lockedUntil: "2099-01-01" }),
    lot("marked", { marks: [mark("2024-12-01", 3_000n, true)] }),
    lot("found", { costLeftCents: 0n, sharesLeft: 5n }),
  ];
  const day = "2025-01-01";

  it("costs each lot's cost or carried value, the higher, and the rest by shares", () => {
    expect(leastPartingCents(held, day)).toBe(60_000n + 180_000n);
    const { taken, left } = takeAll(held, { priceCents: 240_125n, day });
    expect(taken.map((one) => [one.lotId, one.shares, one.priceCents, one.basisCents])).toEqual([
      ["at cost", 60n, 60_060n, 60_000n],
      ["marked", 60n, 180_060n, 60_000n],
      ["found", 5n, 5n, 0n],
    ]);
    expect(left.every((one) => one.sharesLeft === 0n && one.costLeftCents === 0n)).toBe(true);
  });

  it("is not to be had for less", () => {
    expect(() => takeAll(held, { priceCents: 239_999n, day })).toThrow(RangeError);
    expect(() => takeAll([], { priceCents: 1n, day })).toThrow(RangeError);
  });
});
