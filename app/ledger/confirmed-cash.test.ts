import { describe, expect, it } from "vitest";
import {
  distributionEvent,
  isEarly,
  ownPartEvent,
  returnedEvent,
  saleEvents,
} from "./confirmed-cash";

describe("distributions", () => {
  const paid = {
    lotId: "a",
    day: "2026-05-01",
    cents: 100n,
    acquiredDay: "2025-01-01",
    closingDay: "2026-03-31",
  };

  it("are confirmed by the counterparty or a tax transcript alone", () => {
    const confirmed = (grade: Parameters<typeof distributionEvent>[0]["grade"]) =>
      distributionEvent({ ...paid, grade }).confirmed;
    expect(confirmed("self_reported")).toBe(false);
    expect(confirmed("documented")).toBe(false);
    expect(confirmed("counterparty")).toBe(true);
    expect(confirmed("tax_transcript")).toBe(true);
  });

  it("are early up to and with the 180th day, by the closing date and not by the payment's", () => {
    expect(isEarly("2026-01-01", "2026-06-30")).toBe(true);
    expect(isEarly("2026-01-01", "2026-07-01")).toBe(false);
    const soon = {
      ...paid,
      acquiredDay: "2026-03-31",
      day: "2027-05-01",
      grade: "counterparty" as const,
    };
    expect(distributionEvent(soon)).toMatchObject({ early: true, day: "2027-05-01" });
  });

  it("count back as they counted", () => {
    const back = distributionEvent({ ...paid, grade: "counterparty", reversed: true });
    expect(back).toMatchObject({ kind: "distribution_reversed", confirmed: true, early: false });
  });

  it("of a sale on the platform count when the sale does", () => {
    const part = {
      lotId: "h",
      day: "2026-05-01",
      cents: 9n,
      acquiredDay: "2026-01-01",
      saleDay: "2026-05-01",
    };
    expect(ownPartEvent({ ...part, saleCounts: true })).toMatchObject({
      confirmed: true,
      early: true,
    });
    expect(ownPartEvent({ ...part, saleCounts: false, acquiredDay: "2025-01-01" })).toMatchObject({
      confirmed: false,
      early: false,
      kind: "distribution",
    });
    expect(ownPartEvent({ ...part, saleCounts: true, reversed: true }).kind).toBe(
      "distribution_reversed",
    );
  });
});

describe("sales of shares", () => {
  const taken = [
    { lotId: "a", priceCents: 1000n, carriedCents: 400n },
    { lotId: "b", priceCents: 500n, carriedCents: 700n },
  ];
  const pieces = (sale: Partial<Parameters<typeof saleEvents>[0]>) =>
    saleEvents({ day: "2026-05-01", unconnected: false, taken, ownHoldersCents: 0n, ...sale }).map(
      (one) => [one.lotId, one.cents, one.confirmed, one.ownHoldersCents],
    );

  it("to an unconnected buyer count in full", () => {
    expect(pieces({ unconnected: true, ownHoldersCents: 151n })).toEqual([
      ["a", 1000n, true, 101n],
      ["b", 500n, true, 50n],
    ]);
  });

  it("to anyone else count up to what the shares were carried at the day before", () => {
    expect(pieces({ ownHoldersCents: 15n })).toEqual([
      ["a", 400n, true, 4n],
      ["a", 600n, false, 6n],
      ["b", 500n, true, 5n],
    ]);
    expect(pieces({ taken: [{ lotId: "a", priceCents: 9n, carriedCents: 0n }] })).toEqual([
      ["a", 9n, false, 0n],
    ]);
    expect(pieces({ taken: [{ lotId: "a", priceCents: 0n, carriedCents: 5n }] })).toEqual([]);
  });

  it("are given back whole", () => {
    const back = saleEvents({
      day: "2026-06-01",
      unconnected: false,
      taken,
      ownHoldersCents: 15n,
      reversed: true,
    });
    expect(back.map((one) => [one.kind, one.cents, one.ownHoldersCents])).toEqual([
      ["proceeds_reversed", 400n, 4n],
      ["proceeds_reversed", 600n, 6n],
      ["proceeds_reversed", 500n, 5n],
    ]);
  });

  it("and what a reversal returns are confirmed", () => {
    expect(returnedEvent({ lotId: "a", day: "2026-06-01", cents: 7n })).toMatchObject({
      kind: "proceeds",
      confirmed: true,
      early: false,
    });
  });
});
