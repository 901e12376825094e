import { beforeEach, describe, expect, it } from "vitest";
import {
  ANN,
  ANN_LTD,
  BOB,
  BOUGHT,
  body,
  gain,
  HOLDER,
  idOf,
  invest,
  LOT,
  LOT_2,
  newLot,
  OWNER,
  pay,
  record,
  resetIds,
  reverse,
  SCOUT,
  STAKE,
  sell,
  taken,
} from "#tests/setup/public-bodies";
import type { BodyOf } from "./bodies";
import { computeRecord } from "./returns";

beforeEach(resetIds);

describe("a record from public bodies, where shares were sold or taken back", () => {
  describe("resales", () => {
    const settled = () => invest("2023-02-01", [newLot(LOT, ANN, 100, 1000, { capCents: "3000" })]);
    const sale = (given: Partial<BodyOf<"resale">["data"]> = {}) =>
      sell("resale", "2024-01-10", {
        priceCents: "3000",
        taken: [taken(LOT, 60, 3000, 600, 500)],
        lots: [newLot(BOUGHT, BOB, 60, 3000, { capCents: "1800" })],
        ...given,
      });

    it("take shares, cost and cap, and bring cash", () => {
      const input = record([settled(), sale()]);
      const left = { sharesLeft: 40n, costLeftCents: 400n, capLeftCents: 1200n, paidCents: 1000n };
      expect(input.lots).toMatchObject([left]);
      expect(input.cash.map((one) => [one.kind, one.cents, one.confirmed])).toEqual([
        ["proceeds", 3000n, true],
      ]);
      const bought = record([sale()], [BOB]);
      expect(bought.lots).toMatchObject([
        { lotId: BOUGHT, paidCents: 3000n, capLeftCents: 1800n, acquiredDay: "2024-01-10" },
      ]);
      expect(bought.cash).toEqual([]);
    });

    it("count up to the carried value where they do not count in full; own holders' parts apart", () => {
      const ownParts = [{ lot: STAKE, holder: HOLDER, cents: "240" }];
      const connected = sale({ unconnected: false, gainCents: "2400", ownParts });
      const pieces = record([settled(), connected]).cash;
      expect(pieces.map((one) => [one.cents, one.confirmed, one.ownHoldersCents])).toEqual([
        [500n, true, 40n],
        [2500n, false, 200n],
      ]);
      // The seller's own holder got a distribution of the sale.
      const held = invest("2023-09-01", [newLot(STAKE, HOLDER, 9, 90, { capCents: "270" })]);
      const got = record([held, connected], [HOLDER]);
      expect(got.cash).toMatchObject([
        { lotId: STAKE, kind: "distribution", cents: 240n, confirmed: false, early: true },
      ]);
      expect(got.lots[0]?.capLeftCents).toBe(30n);
      const back = record([held, connected, reverse("2024-02-01", connected)], [HOLDER]);
      expect(back.cash[1]).toMatchObject({
        kind: "distribution_reversed",
        day: "2024-02-01",
        early: true,
      });
      expect(back.lots[0]?.capLeftCents).toBe(270n);
    });

    it("to the owner take the cap that no declared gain owes", () => {
      const owed = gain([[LOT, ANN, 1000]]);
      const first = sale({ buyer: OWNER, lots: [] });
      const input = record([settled(), owed, first, pay("2024-02-20", [[LOT, ANN, 1000]])]);
      expect(input.lots[0]?.capLeftCents).toBe(3000n - 1200n - 1000n);
    });

    it("that are reversed give back what they took, and count back", () => {
      const sold = sale({ unconnected: false });
      const reversal = reverse("2024-05-01", sold, [{ debtor: ANN, creditor: BOB, cents: "2000" }]);
      const seller = record([settled(), sold, reversal]);
      expect(seller.lots).toMatchObject([
        { sharesLeft: 100n, costLeftCents: 1000n, capLeftCents: 3000n },
      ]);
      expect(seller.cash.map((one) => [one.kind, one.day, one.cents, one.confirmed])).toEqual([
        ["proceeds", "2024-01-10", 500n, true],
        ["proceeds", "2024-01-10", 2500n, false],
        ["proceeds_reversed", "2024-05-01", 500n, true],
        ["proceeds_reversed", "2024-05-01", 2500n, false],
      ]);
      const repaid = { debtor: ANN, creditor: BOB, cents: "700" };
      const repayment = body("claim_repaid", "2024-06-01", reversal.id, repaid);
      const buyer = record([sold, reversal, repayment], [BOB]);
      expect(buyer.lots).toMatchObject([{ sharesLeft: 0n, costLeftCents: 0n, paidCents: 3000n }]);
      expect(buyer.cash.map((one) => [one.kind, one.day, one.cents])).toEqual([
        ["proceeds", "2024-05-01", 1000n],
        ["proceeds", "2024-06-01", 700n],
      ]);
      const taken = record([sold, reversal, repayment, reverse("2024-07-01", repayment)], [BOB]);
      expect(taken.cash.at(-1)).toMatchObject({ kind: "proceeds_reversed", cents: 700n });
      // The seller is owed nothing by it.
      expect(record([settled(), sold, reversal, repayment]).cash).toHaveLength(4);
    });

    it("between ids of one person move nothing", () => {
      const own = sale({
        buyer: ANN_LTD,
        lots: [newLot(BOUGHT, ANN_LTD, 60, 3000, { capCents: "1800" })],
        ownParts: [{ lot: STAKE, holder: HOLDER, cents: "240" }],
      });
      const bodies = [settled(), own, gain([[BOUGHT, ANN_LTD, 50]])];
      bodies.push(pay("2024-03-01", [[BOUGHT, ANN_LTD, 50]]) as never);
      const input = record(bodies, [ANN, ANN_LTD]);
      expect(input.lots).toMatchObject([
        { lotId: LOT, sharesLeft: 100n, costLeftCents: 1000n, capLeftCents: 2950n },
      ]);
      const { gross, net, investments } = computeRecord(input);
      expect(investments).toBe(1);
      expect(gross).toMatchObject({
        paidInCents: "1000",
        proceedsCents: "0",
        distributionsCents: "50",
      });
      expect(net.proceedsCents).toBe("-240");
      // And on from there to somebody else.
      const on = sell("resale", "2024-04-01", {
        seller: ANN_LTD,
        priceCents: "900",
        taken: [taken(BOUGHT, 60, 900, 600, 600)],
        lots: [newLot(idOf(14), BOB, 60, 900, { capCents: "1770" })],
      });
      expect(record([...bodies, on], [ANN, ANN_LTD]).lots).toMatchObject([
        { lotId: LOT, sharesLeft: 40n, costLeftCents: 400n, capLeftCents: 1180n },
      ]);
    });

    it("of more than there is are no record", () => {
      const shares = sale({ taken: [taken(LOT, 101, 3000, 600, 500)] });
      expect(() => record([settled(), shares])).toThrow(RangeError);
      const cost = sale({ taken: [taken(LOT, 60, 3000, 1001, 500)] });
      expect(() => record([settled(), cost])).toThrow(RangeError);
      const cap = sale({ lots: [newLot(BOUGHT, BOB, 60, 3000, { capCents: "3001" })] });
      expect(() => record([settled(), cap])).toThrow(RangeError);
      expect(() => record([sale()])).toThrow(RangeError);
      expect(() => record([pay("2024-02-01", [[LOT, ANN, 1]])])).toThrow(RangeError);
    });

    it("that are reversed without naming the person change nothing", () => {
      const bodies = [settled()];
      expect(record([...bodies, reverse("2024-02-01", sale())])).toEqual(record(bodies));
    });
  });

  describe("reversed investments", () => {
    it("stay, hold nothing, and what came back counts when it comes", () => {
      const stake = newLot(STAKE, SCOUT, 5, 0, { finder: true, capCents: "15" });
      const settled = invest("2023-02-01", [
        newLot(LOT, ANN, 95, 1000),
        newLot(LOT_2, BOB, 9, 90),
        stake,
      ]);
      const claims = [
        { debtor: OWNER, creditor: ANN, cents: "400" },
        { debtor: OWNER, creditor: BOB, cents: "90" },
      ];
      const reversal = reverse("2023-05-01", settled, claims);
      const due = { debtor: OWNER, creditor: ANN, cents: "150" };
      const repaid = body("claim_repaid", "2023-08-01", reversal.id, due);
      const bodies = [settled, reversal, repaid];
      const ann = record(bodies);
      expect(ann.lots).toMatchObject([{ paidCents: 1000n, sharesLeft: 0n, costLeftCents: 0n }]);
      expect(ann.cash.map((one) => [one.kind, one.day, one.cents, one.confirmed])).toEqual([
        ["proceeds", "2023-05-01", 600n, true],
        ["proceeds", "2023-08-01", 150n, true],
      ]);
      expect(record(bodies, [BOB]).cash).toEqual([]);
      expect(record(bodies, [SCOUT]).lots).toMatchObject([{ sharesLeft: 0n, capLeftCents: 0n }]);
      const summary = computeRecord(ann);
      expect(summary).toMatchObject({ investments: 1, gross: { dpi: "0.7500", valueCents: "0" } });
    });
  });
});
