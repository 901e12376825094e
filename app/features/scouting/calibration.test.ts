import fc from "fast-check";
import { expect, it } from "vitest";
import { calibrationOf, type Scored } from "./calibration";

const said = (chancePercent: number, outcome: "true" | "false"): Scored => ({
  chancePercent,
  outcome,
});

it("says nothing of nothing", () => {
  const none = calibrationOf([]);
  expect(none).toMatchObject({ n: 0, brier: null, few: true });
  expect(none.bins.map(({ n, meanPercent }) => [n, meanPercent])).toEqual(
    Array.from({ length: 5 }, () => [0, null]),
  );
});

it.each([
  ["half and half", [said(50, "true"), said(50, "false")], "0.250"],
  ["nearly sure and right", [said(99, "true")], "0.000"],
  ["nearly sure and wrong", [said(99, "false")], "0.980"],
  // (0.3² + 0.7² + 0.2²) / 3 = 0.62 / 3
  ["by hand", [said(70, "true"), said(70, "false"), said(20, "false")], "0.207"],
] as const)("%s: %j gives %s", (_name, scored, brier) => {
  expect(calibrationOf(scored).brier).toBe(brier);
});

it("puts each chance into one bin, at its edges too", () => {
  const edges = [1, 20, 21, 40, 41, 60, 61, 80, 81, 99].map((chance) => said(chance, "true"));
  const { bins, few } = calibrationOf(edges);
  expect(bins.map(({ n, cameTrue }) => [n, cameTrue])).toEqual(
    Array.from({ length: 5 }, () => [2, 2]),
  );
  expect(bins[1]).toMatchObject({ said: "21% to 40%", meanPercent: 31 });
  expect(few).toBe(false);
  expect(calibrationOf(edges.slice(1)).few).toBe(true);
});

it("lies between 0 and 1, whatever was said, and is the mean of what each would get alone", () => {
  const one = fc.record({
    chancePercent: fc.integer({ min: 1, max: 99 }),
    outcome: fc.constantFrom("true" as const, "false" as const),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 30 }), (scored) => {
      const { brier, bins } = calibrationOf(scored);
      const mean =
        scored
          .map(
            ({ chancePercent, outcome }) => (chancePercent / 100 - Number(outcome === "true")) ** 2,
          )
          .reduce((sum, square) => sum + square, 0) / scored.length;
      expect(Math.abs(Number(brier) - mean)).toBeLessThan(0.00051);
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(scored.length);
    }),
  );
});
