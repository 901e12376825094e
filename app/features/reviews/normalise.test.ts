import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addScales,
  meanOf,
  momentsOf,
  NO_REVIEWS,
  normalMilliOf,
  type Scale,
  scaleWith,
} from "./normalise";

const scaleOf = (totals: readonly number[]): Scale =>
  totals.reduce((scale, total) => scaleWith(scale, total, 1), NO_REVIEWS);
const total = fc.integer({ min: 1000, max: 5000 });

describe("a reviewer's scale made like the cohort's", () => {
  it("lifts who is strict and lowers who is mild", () => {
    const strict = scaleOf(Array.from({ length: 50 }, (_, i) => (i % 2 ? 1000 : 2000)));
    const mild = scaleOf(Array.from({ length: 50 }, (_, i) => (i % 2 ? 4000 : 5000)));
    const all = addScales([strict, mild]);
    expect(normalMilliOf(2000, strict, all, 5)).toBeGreaterThan(3500);
    expect(normalMilliOf(4000, mild, all, 5)).toBeLessThan(2500);
  });

  it("of one review among many moves little, of none nothing", () => {
    const all = scaleOf([1000, 2000, 3000, 4000, 5000, 3000, 2500, 3500]);
    const one = normalMilliOf(5000, scaleOf([5000]), all, 5);
    expect(one).toBeGreaterThan(4500);
    expect(normalMilliOf(4200, NO_REVIEWS, all, 5)).toBe(4200);
  });

  it("leaves totals that are all alike", () => {
    const alike = scaleOf([3000, 3000, 3000]);
    expect(normalMilliOf(3000, alike, alike, 5)).toBe(3000);
  });

  it("keeps a reviewer's order, stays within the scale, and changes nothing where there is one reviewer", () => {
    fc.assert(
      fc.property(fc.array(total, { minLength: 2 }), fc.array(total), (own, others) => {
        const scale = scaleOf(own);
        const all = addScales([scale, scaleOf(others)]);
        const sorted = [...own].sort((a, b) => a - b);
        const moved = sorted.map((one) => normalMilliOf(one, scale, all, 5));
        expect([...moved].sort((a, b) => a - b)).toEqual(moved);
        expect(moved.every((one) => one >= 1000 && one <= 5000)).toBe(true);
        for (const one of own)
          expect(Math.abs(normalMilliOf(one, scale, scale, 5) - one)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("a scale kept by adding and taking away is the one counted anew", () => {
    fc.assert(
      fc.property(fc.array(total, { minLength: 1 }), total, (totals, gone) => {
        const kept = scaleWith(scaleWith(scaleOf(totals), gone, 1), gone, -1);
        expect(kept).toEqual(scaleOf(totals));
        expect(momentsOf(kept)?.mean).toBeCloseTo(
          totals.reduce((a, b) => a + b, 0) / totals.length,
          6,
        );
      }),
    );
    expect(momentsOf(NO_REVIEWS)).toBeNull();
  });

  it("means are rounded half up", () => {
    expect(meanOf([])).toBeNull();
    expect(meanOf([1, 2])).toBe(2);
    expect(meanOf([1000, 1001, 1001])).toBe(1001);
  });
});
