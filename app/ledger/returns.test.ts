import { describe, expect, it } from "vitest";
import { type CashEvent, computeRecord, type RecordLot } from "./returns";

const VALUATION = "2026-11-22";

function lot(given: Partial<RecordLot> & { lotId: string }): RecordLot {
  const paidCents = given.paidCents ?? 6_666_667n;
  return {
    token: given.lotId,
    tokenHandle: given.token ?? given.lotId,
    cohort: null,
    acquiredDay: "2021-01-10",
    paidCents,
    costLeftCents: paidCents,
    capLeftCents: null,
    sharesLeft: 100_000n,
    endedDay: null,
    marks: [],
    finder: false,
    apart: false,
    ...given,
  };
}

function cash(
  lotId: string,
  day: string,
  cents: bigint,
  given: Partial<CashEvent> = {},
): CashEvent {
  const rest = { kind: "distribution" as const, confirmed: true, early: false };
  return { lotId, day, cents, ownHoldersCents: 0n, ...rest, ...given };
}

describe("a record", () => {
  it("is empty and valid before the first investment", () => {
    const record = computeRecord({ valuationDate: VALUATION, lots: [], cash: [] });
    expect(record).toEqual({
      valuationDate: VALUATION,
      investments: 0,
      students: 0,
      firstInvested: null,
      medianTvpi: null,
      bestShare: null,
      gross: record.net,
      net: {
        paidInCents: "0",
        distributionsCents: "0",
        proceedsCents: "0",
        unconfirmedCents: "0",
        earlyCents: "0",
        valueCents: "0",
        dpi: null,
        rvpi: null,
        tvpi: null,
        irr: { kind: "none", rate: null, rates: null },
      },
      vintages: [],
      cohorts: [],
      positions: [],
      findersStakes: { lots: 0, receivedCents: "0", valueCents: "0" },
    });
  });

  it("counts cash only once it is confirmed", () => {
    const lots = [lot({ lotId: "alice" })];
    const at = (confirmed: boolean) =>
      computeRecord({
        valuationDate: VALUATION,
        lots,
        cash: [cash("alice", "2023-06-30", 3_000_000n, { confirmed })],
      }).gross;
    expect(at(false)).toMatchObject({
      distributionsCents: "0",
      unconfirmedCents: "3000000",
      dpi: "0.0000",
      tvpi: "0.2900",
      irr: { kind: "irr", rate: "-0.190155216355", rates: null },
    });
    expect(at(true)).toMatchObject({
      distributionsCents: "3000000",
      unconfirmedCents: "0",
      dpi: "0.4500",
      rvpi: "0.2900",
      tvpi: "0.7400",
    });
  });

  it("keeps early distributions out of every ratio", () => {
    const early = cash("a", "2021-03-01", 500n, { early: true });
    const { gross } = computeRecord({
      valuationDate: "2022-01-10",
      lots: [lot({ lotId: "a", paidCents: 1000n })],
      cash: [early, { ...early, confirmed: false, cents: 70n }],
    });
    expect(gross).toMatchObject({ earlyCents: "570", unconfirmedCents: "0", dpi: "0.0000" });
    expect(gross.irr.rate).toBe("0.000000000000");
  });

  it("takes own holders' part off the net figures, on the same day", () => {
    const resale = { kind: "proceeds" as const, ownHoldersCents: 778_947n };
    const { gross, net } = computeRecord({
      valuationDate: "2025-12-31",
      lots: [lot({ lotId: "a", costLeftCents: 2_333_333n, sharesLeft: 35_000n })],
      cash: [cash("a", "2023-06-30", 1_350_000n), cash("a", "2025-06-30", 12_000_000n, resale)],
    });
    expect(gross).toMatchObject({ proceedsCents: "12000000", dpi: "2.0025" });
    expect(net).toMatchObject({ proceedsCents: "11221053", dpi: "1.8857", valueCents: "881836" });
    expect(Number(net.irr.rate)).toBeLessThan(Number(gross.irr.rate));
  });

  it("never carries above what is left of the cap, and an ended lot at nothing", () => {
    const record = computeRecord({
      valuationDate: VALUATION,
      lots: [
        lot({ lotId: "capped", paidCents: 1000n, capLeftCents: 280n }),
        lot({ lotId: "ended", paidCents: 1000n, endedDay: "2025-05-05", sharesLeft: 0n }),
        lot({ lotId: "sold", paidCents: 1000n, costLeftCents: 0n, sharesLeft: 0n }),
      ],
      cash: [cash("sold", "2022-01-10", 2500n, { kind: "proceeds" })],
    });
    const [capped, ended, sold] = record.positions;
    expect(capped).toMatchObject({ markClass: "cost", markDate: "2021-01-10" });
    expect(capped?.gross).toMatchObject({ valueCents: "280", tvpi: "0.2800" });
    expect(ended).toMatchObject({ markClass: "ended", markDate: "2025-05-05" });
    expect(ended?.gross.irr.kind).toBe("total_loss");
    expect(sold).toMatchObject({ markClass: null, markDate: null });
    expect(record.gross).toMatchObject({ paidInCents: "3000", tvpi: "0.9267" });
  });

  it("joins a token's lots to one position, of its first lot's cohort and vintage", () => {
    const record = computeRecord({
      valuationDate: VALUATION,
      lots: [
        lot({
          lotId: "2",
          token: "alice",
          cohort: "second",
          acquiredDay: "2022-02-02",
          paidCents: 900n,
        }),
        lot({
          lotId: "1",
          token: "alice",
          cohort: "first",
          acquiredDay: "2021-01-01",
          paidCents: 100n,
        }),
        lot({ lotId: "3", token: "bob", cohort: null, acquiredDay: "2022-03-03", paidCents: 50n }),
      ],
      cash: [],
    });
    expect(record).toMatchObject({ investments: 3, students: 2, firstInvested: "2021-01-01" });
    expect(
      record.positions.map(({ token, cohort, markDate }) => [token, cohort, markDate]),
    ).toEqual([
      ["alice", "first", "2022-02-02"],
      ["bob", null, "2022-03-03"],
    ]);
    expect(record.vintages.map(({ year, gross }) => [year, gross.paidInCents])).toEqual([
      [2021, "1000"],
      [2022, "50"],
    ]);
    expect(record.cohorts.map(({ cohort }) => cohort)).toEqual(["first", null]);
  });

  it("lists positions apart and counts them nowhere", () => {
    const record = computeRecord({
      valuationDate: VALUATION,
      lots: [lot({ lotId: "a", paidCents: 100n }), lot({ lotId: "aunt", apart: true })],
      cash: [cash("aunt", "2022-01-01", 99_999_999n)],
    });
    expect(record).toMatchObject({ investments: 1, students: 1, bestShare: "1.0000" });
    expect(record.gross).toMatchObject({ paidInCents: "100", distributionsCents: "0" });
    expect(record.positions.map(({ token, apart }) => [token, apart])).toEqual([
      ["a", false],
      ["aunt", true],
    ]);
  });

  it("keeps finder's stakes beside, also in a token that was bought", () => {
    const record = computeRecord({
      valuationDate: VALUATION,
      lots: [
        lot({ lotId: "bought", token: "t", paidCents: 100n }),
        lot({ lotId: "found", token: "t", finder: true, paidCents: 0n }),
      ],
      cash: [
        cash("found", "2022-01-01", 40n),
        cash("found", "2022-01-02", 2n, { confirmed: false }),
      ],
    });
    expect(record.investments).toBe(1);
    expect(record.gross.dpi).toBe("0.0000");
    expect(record.findersStakes).toEqual({ lots: 1, receivedCents: "42", valueCents: "0" });
  });

  it("undoes a reversed distribution on its own day", () => {
    const { gross } = computeRecord({
      valuationDate: VALUATION,
      lots: [lot({ lotId: "a", paidCents: 1000n })],
      cash: [
        cash("a", "2022-01-01", 400n),
        cash("a", "2022-06-01", 400n, { kind: "distribution_reversed" }),
      ],
    });
    expect(gross).toMatchObject({ distributionsCents: "0", dpi: "0.0000" });
    expect(gross.irr.kind).toBe("irr");
  });

  it("undoes a reversed sale on its own day, own holders' part too", () => {
    const sale = { kind: "proceeds" as const, ownHoldersCents: 60n };
    const { gross, net } = computeRecord({
      valuationDate: VALUATION,
      lots: [lot({ lotId: "a", paidCents: 1000n })],
      cash: [
        cash("a", "2022-01-01", 400n, sale),
        cash("a", "2022-01-01", 50n, { ...sale, confirmed: false, ownHoldersCents: 7n }),
        cash("a", "2022-06-01", 400n, { ...sale, kind: "proceeds_reversed" }),
        cash("a", "2022-07-01", 30n, { kind: "proceeds" }),
      ],
    });
    expect(gross).toMatchObject({ proceedsCents: "30", unconfirmedCents: "50" });
    expect(net).toMatchObject({ proceedsCents: "30", unconfirmedCents: "43" });
  });

  it("weighs the median by cash paid in and finds the largest share", () => {
    const lots = (["a", "b", "c"] as const).map((lotId, i) =>
      lot({ lotId, paidCents: [100n, 500n, 400n][i] ?? 0n, costLeftCents: 0n, sharesLeft: 0n }),
    );
    const events = [cash("a", "2022-01-01", 900n), cash("c", "2022-01-01", 100n)];
    const record = computeRecord({ valuationDate: VALUATION, lots, cash: events });
    expect(record).toMatchObject({ medianTvpi: "0.0000", bestShare: "0.9000" });
    const better = [...events, cash("b", "2023-01-01", 500n)];
    expect(computeRecord({ valuationDate: VALUATION, lots, cash: better })).toMatchObject({
      medianTvpi: "1.0000",
      bestShare: "0.6000",
    });
  });

  it("is valued no earlier than its last line", () => {
    const lots = [lot({ lotId: "a" })];
    const events = [cash("a", "2026-11-23", 1n)];
    const record = computeRecord({ valuationDate: VALUATION, lots, cash: events });
    expect(record.valuationDate).toBe("2026-11-23");
  });

  it("refuses cash without a lot, and negative sizes", () => {
    const lots = [lot({ lotId: "a" })];
    const given = { valuationDate: VALUATION, lots };
    expect(() => computeRecord({ ...given, cash: [cash("b", VALUATION, 1n)] })).toThrow(RangeError);
    expect(() => computeRecord({ ...given, cash: [cash("a", VALUATION, -1n)] })).toThrow(
      RangeError,
    );
  });
});
