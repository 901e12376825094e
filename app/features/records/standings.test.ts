import { describe, expect, it } from "vitest";
import { computeRecord, type RecordSummary } from "~/ledger/returns";
import { standingsOf, UNRANKED } from "./standings";

const VALUED = "2026-01-31";

/** A record of so many positions of $1,000 from January 2020, each of which brought `back` dollars, the odd ones $100 more. */
function recordOf(name: string, positions: number, back: number, first = "2020-01-10") {
  const lots = Array.from({ length: positions }, (_, i) => ({
    lotId: `${name}-${i}`,
    token: `${name}-token-${i}`,
    tokenHandle: `student-${i}`,
    cohort: null,
    acquiredDay: first,
    paidCents: 100_000n,
    costLeftCents: 100_000n,
    capLeftCents: null,
    sharesLeft: 1_000n,
    endedDay: null,
    marks: [],
    finder: false,
    apart: false,
  }));
  const cash = lots.map(({ lotId }, i) => ({
    lotId,
    day: "2023-01-10",
    cents: BigInt(back + (i % 2) * 100) * 100n,
    kind: "distribution" as const,
    confirmed: true,
    early: false,
    ownHoldersCents: 0n,
  }));
  const summary: RecordSummary = computeRecord({ valuationDate: VALUED, lots, cash });
  return { personId: name, ids: [name, `${name}-ltd`], summary };
}

const five = [500, 1_000, 2_000, 4_000, 8_000].map((back, i) => recordOf(`t${i}`, 10, back));

describe("who is ranked", () => {
  it("ranks five of ten positions each, the best first, under every id of the person", () => {
    const standings = standingsOf(five);
    expect(standings.get("t4")).toMatchObject({ kind: "ranked", rank: 1, of: 5, positions: 10 });
    expect(standings.get("t0")).toMatchObject({ kind: "ranked", rank: 5, of: 5 });
    expect(standings.get("t4-ltd")).toBe(standings.get("t4"));
    expect(standings.size).toBe(10);
  });

  it("ranks nobody where only four have ten", () => {
    const standings = standingsOf([...five.slice(0, 4), recordOf("t4", 9, 8_000)]);
    expect(standings.get("t0")).toEqual({ kind: "too_few_teachers", positions: 10, teachers: 4 });
    expect(standings.get("t4")).toEqual({ kind: "too_few_positions", positions: 9 });
  });

  it("says why one of nine is not ranked among five that are, and who has none old enough", () => {
    const young = recordOf("young", 12, 900, "2024-02-15");
    const standings = standingsOf([...five, recordOf("nine", 9, 900), young]);
    expect(standings.get("nine")).toEqual({ kind: "too_few_positions", positions: 9 });
    expect(standings.get("young")).toEqual(UNRANKED);
    expect(standings.get("t4")).toMatchObject({ kind: "ranked", of: 5 });
  });

  it("ranks nobody where all do alike", () => {
    const alike = five.map((_, i) => recordOf(`a${i}`, 10, 1_000));
    expect(standingsOf(alike).get("a0")).toEqual({ kind: "no_difference", positions: 10 });
  });

  it("is empty without records", () => {
    expect(standingsOf([]).size).toBe(0);
  });
});
