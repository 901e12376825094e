import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageFactor, type CarriedLot, carriedValue, type LotMark } from "./carried-value";

const lot = (given: Partial<CarriedLot> = {}): CarriedLot => ({
  acquiredDay: "2020-01-15",
  costLeftCents: 1_000_000n,
  capLeftCents: null,
  sharesLeft: 100_000n,
  endedDay: null,
  marks: [],
  ...given,
});
const price = (day: string, priceCents: bigint, counts: boolean): LotMark => ({
  day,
  markClass: "price",
  priceCents,
  shares: 100_000n,
  counts,
});
const writtenDown = (day: string): LotMark => ({
  day,
  markClass: "written_down",
  priceCents: 0n,
  shares: 10_000_000n,
  counts: true,
});
const cents = (given: CarriedLot, day: string) => carriedValue(given, day)?.cents;

describe("age", () => {
  it.each([
    ["2020-01-15", "2019-12-31", 1],
    ["2020-01-15", "2020-01-15", 1],
    ["2020-01-15", "2021-07-14", 1],
    ["2020-01-15", "2021-07-15", 1],
    ["2020-01-15", "2021-08-14", 1],
    ["2020-01-15", "2021-08-15", 47 / 48],
    ["2020-01-15", "2022-07-14", 37 / 48],
    ["2020-01-15", "2022-07-15", 0.75],
    ["2020-01-15", "2022-08-15", 0.75 * (47 / 48)],
    ["2020-01-15", "2023-01-15", 0.65625],
    ["2020-01-15", "2031-07-15", 0.75 ** 10],
    // A month without the date ends the month on its last day.
    ["2020-08-31", "2022-02-27", 1],
    ["2020-08-31", "2022-02-28", 1],
    ["2020-08-31", "2022-03-30", 1],
    ["2020-08-31", "2022-03-31", 47 / 48],
    ["2020-02-29", "2023-02-27", 0.75 * (43 / 48)],
    ["2020-02-29", "2023-02-28", 0.65625],
    ["2022-10-31", "2024-05-30", 1],
    ["2022-10-31", "2024-05-31", 47 / 48],
    ["2022-09-30", "2024-04-29", 1],
    ["2022-09-30", "2024-04-30", 47 / 48],
  ])("from %s to %s leaves %d", (from, to, expected) => {
    const { numerator, denominator } = ageFactor(from, to);
    expect(Number(numerator) / Number(denominator)).toBeCloseTo(expected, 15);
  });

  it("never gives back what it took", () => {
    let before = 1;
    for (let year = 2020; year < 2045; year++)
      for (let month = 1; month <= 12; month++) {
        const day = `${year}-${String(month).padStart(2, "0")}-15`;
        const { numerator, denominator } = ageFactor("2020-01-15", day);
        const factor = Number(numerator) / Number(denominator);
        expect(factor).toBeLessThanOrEqual(before);
        before = factor;
      }
    expect(before).toBeGreaterThan(0);
  });
});

describe("what a lot is carried at", () => {
  it("is its cost, by its age, rounded once and half-even", () => {
    expect(carriedValue(lot(), "2023-01-15")).toEqual({
      cents: 656_250n,
      markClass: "cost",
      markDate: "2020-01-15",
    });
    // 16 × 0.65625 = 10.5 and 48 × 0.65625 = 31.5: to the even cent.
    expect(cents(lot({ costLeftCents: 16n }), "2023-01-15")).toBe(10n);
    expect(cents(lot({ costLeftCents: 48n }), "2023-01-15")).toBe(32n);
  });

  it("is a price that counts, by that price's age and the shares left", () => {
    const marked = lot({
      sharesLeft: 35_000n,
      costLeftCents: 350_000n,
      marks: [price("2022-06-01", 20_000_000n, true)],
    });
    expect(cents(marked, "2022-05-31")).toBe(277_083n);
    expect(carriedValue(marked, "2022-06-01")).toEqual({
      cents: 7_000_000n,
      markClass: "price",
      markDate: "2022-06-01",
    });
    expect(cents(marked, "2025-06-01")).toBe(4_593_750n);
    const odd = { ...price("2022-06-01", 5n, true), shares: 2n };
    expect(cents(lot({ sharesLeft: 1n, marks: [odd] }), "2022-06-01")).toBe(2n);
    expect(cents(lot({ sharesLeft: 3n, marks: [odd] }), "2022-06-01")).toBe(8n);
    // One rounding: 7.5 × 0.65625 = 4.921875, where 8 × 0.65625 = 5.25.
    expect(cents(lot({ sharesLeft: 3n, marks: [odd] }), "2025-06-01")).toBe(5n);
  });

  it("follows the last price that counts, up and down", () => {
    const marks = [price("2021-01-01", 5_000_000n, true), price("2021-02-01", 400_000n, true)];
    expect(cents(lot({ marks }), "2021-01-31")).toBe(5_000_000n);
    expect(cents(lot({ marks }), "2021-02-01")).toBe(400_000n);
  });

  it("is never raised by a price that does not count, and always lowered", () => {
    const higher = lot({ marks: [price("2020-06-01", 9_000_000n, false)] });
    expect(carriedValue(higher, "2020-06-01")).toEqual(carriedValue(lot(), "2020-06-01"));
    const lower = lot({ marks: [price("2020-06-01", 400_000n, false)] });
    expect(carriedValue(lower, "2020-06-01")).toEqual({
      cents: 400_000n,
      markClass: "price",
      markDate: "2020-06-01",
    });
    // Lower than the cost, but not than what age left of it: nothing to lower.
    const late = lot({ marks: [price("2023-01-15", 700_000n, false)] });
    expect(carriedValue(late, "2023-01-15")?.markClass).toBe("cost");
    expect(cents(late, "2023-01-15")).toBe(656_250n);
    // A friend's slightly lower price does not stop the clock.
    const propped = lot({ marks: [price("2023-01-15", 656_249n, false)] });
    expect(cents(propped, "2024-07-15")).toBe(cents(lot(), "2024-07-15"));
    // A price that counts begins anew.
    const then = [...lower.marks, price("2020-07-01", 800_000n, true)];
    expect(cents(lot({ marks: then }), "2020-07-01")).toBe(800_000n);
  });

  it("is nothing once written down, until a later price counts", () => {
    const marks = [writtenDown("2020-06-01"), price("2020-07-01", 2_000_000n, false)];
    expect(cents(lot({ marks }), "2020-05-31")).toBe(1_000_000n);
    for (const day of ["2020-06-01", "2020-07-01", "2024-01-01"])
      expect(carriedValue(lot({ marks }), day)).toEqual({
        cents: 0n,
        markClass: "written_down",
        markDate: "2020-06-01",
      });
    const raised = lot({ marks: [...marks, price("2020-08-01", 3_000_000n, true)] });
    expect(carriedValue(raised, "2020-08-01")).toEqual({
      cents: 3_000_000n,
      markClass: "price",
      markDate: "2020-08-01",
    });
  });

  it("never passes what is left of the cap; ended lots are at nothing, sold ones at none", () => {
    const marks = [price("2020-06-01", 9_000_000n, true)];
    const capped = lot({ capLeftCents: 2_000_000n, marks });
    expect(carriedValue(capped, "2020-06-01")).toMatchObject({
      cents: 2_000_000n,
      markClass: "price",
    });
    expect(cents(lot({ capLeftCents: 0n }), "2020-06-01")).toBe(0n);
    expect(
      carriedValue(lot({ endedDay: "2022-01-01", sharesLeft: 0n, marks }), "2023-01-01"),
    ).toEqual({ cents: 0n, markClass: "ended", markDate: "2022-01-01" });
    expect(carriedValue(lot({ sharesLeft: 0n, costLeftCents: 0n }), "2023-01-01")).toBeNull();
  });

  it("is at no day higher for one more price that does not count", () => {
    const month = fc.integer({ min: 0, max: 120 });
    const dayOf = (n: number) =>
      `${2020 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}-20`;
    const mark = fc.record({
      at: month,
      priceCents: fc.bigInt({ min: 1n, max: 3_000_000n }),
      counts: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 6 }), mark, month, (given, extra, at) => {
        const marksOf = (marks: (typeof given)[number][]) =>
          marks
            .toSorted((a, b) => a.at - b.at)
            .map((one) => price(dayOf(one.at), one.priceCents, one.counts));
        const without = cents(lot({ marks: marksOf(given) }), dayOf(at)) ?? 0n;
        const more = marksOf([...given, { ...extra, counts: false }]);
        expect((cents(lot({ marks: more }), dayOf(at)) ?? 0n) <= without).toBe(true);
      }),
    );
  });
});
