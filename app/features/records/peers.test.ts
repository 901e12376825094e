import { describe, expect, it } from "vitest";
import type { Figures, RecordSummary } from "~/ledger/returns";
import { quarterOf, quartilesOf, vintagePeers } from "./peers";

/** A record that paid $100 in each of these years and got so many dollars back, with so many carried. */
function recordOf(years: Record<number, { back: number; value?: number }>) {
  const vintages = Object.entries(years).map(([year, { back, value = 0 }]) => {
    const gross = {
      paidInCents: "10000",
      distributionsCents: String(back * 100),
      proceedsCents: "0",
      valueCents: String(value * 100),
    } as Figures;
    return { year: Number(year), gross, net: gross };
  });
  return { summary: { vintages } as unknown as RecordSummary };
}

describe("quartiles", () => {
  it("are those of a spreadsheet, between two values in proportion", () => {
    expect(quartilesOf([4, 1, 3, 2])).toEqual({ low: 1.75, median: 2.5, high: 3.25 });
    expect(quartilesOf([5, 1, 2, 4, 3])).toEqual({ low: 2, median: 3, high: 4 });
  });

  it("do not exist of three", () => {
    expect(quartilesOf([1, 2, 3])).toBeNull();
  });

  it("put a value into its quarter, their edges upwards", () => {
    const peers = { values: [1, 2, 3, 4, 5], quartiles: quartilesOf([1, 2, 3, 4, 5]) };
    expect([5, 4, 3, 2, 1].map((value) => quarterOf(value, peers))).toEqual([
      "top quarter",
      "top quarter",
      "second quarter",
      "third quarter",
      "bottom quarter",
    ]);
    expect(quarterOf(3, { values: [3], quartiles: null })).toBeNull();
  });
});

describe("whom a vintage stands beside", () => {
  const four = [10, 20, 30, 40].map((back) => recordOf({ 2021: { back, value: 50 } }));

  it("are the teachers of the same year where four invested in it", () => {
    const peers = vintagePeers([...four, recordOf({ 2022: { back: 900 } })], 2021);
    expect(peers).toMatchObject({ from: 2021, to: 2021 });
    expect(peers.dpi.values).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(peers.tvpi.values).toEqual([0.6, 0.7, 0.8, 0.9]);
    expect(peers.dpi.quartiles?.median).toBe(0.25);
  });

  it("are those of the years around where three did, each teacher's years pooled", () => {
    const two = recordOf({ 2020: { back: 0 }, 2021: { back: 100 }, 2022: { back: 50 } });
    const peers = vintagePeers([...four.slice(0, 3), two, recordOf({ 2019: { back: 1 } })], 2022);
    expect(peers).toMatchObject({ from: 2021, to: 2023 });
    expect(peers.dpi.values).toEqual([0.1, 0.2, 0.3, 0.75]);
  });

  it("are the year's own few where even five years have too few", () => {
    const peers = vintagePeers([...four.slice(0, 3), recordOf({ 2018: { back: 1 } })], 2021);
    expect(peers).toMatchObject({ from: 2021, to: 2021 });
    expect(peers.dpi).toEqual({ values: [0.1, 0.2, 0.3], quartiles: null });
  });
});
