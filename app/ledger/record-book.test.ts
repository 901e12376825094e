import { beforeEach, describe, expect, it } from "vitest";
import {
  ANN,
  BOB,
  BOUGHT,
  body,
  GAIN,
  gain,
  HOLDER,
  idOf,
  invest,
  LOT,
  LOT_2,
  newLot,
  OWNER,
  pay,
  priced,
  record,
  resetIds,
  reverse,
  SCOUT,
  STAKE,
  sell,
  TOKEN,
  taken,
} from "#tests/setup/public-bodies";
import { type PublicBody, publicBody } from "./bodies";

beforeEach(resetIds);

describe("a record from public bodies", () => {
  it("is empty without any that concerns the person", () => {
    const bodies = [
      body("person_opened", "2023-01-01", ANN, { handle: "ann" }),
      body("token_minted", "2023-01-01", TOKEN, { owner: OWNER }),
      invest("2023-02-01", [newLot(LOT, BOB, 100, 1000)]),
    ];
    expect(record(bodies)).toEqual({ valuationDate: "2024-12-31", lots: [], cash: [] });
  });

  it("holds the person's lots alone, with their cost, cap and cohort", () => {
    const stake = newLot(STAKE, SCOUT, 5, 0, { finder: true, capCents: "150" });
    const lots = [
      newLot(LOT, ANN, 95, 1000, { capCents: "2850" }),
      stake,
      newLot(LOT_2, BOB, 9, 9),
    ];
    const settled = invest("2023-02-01", lots);
    expect(record([settled]).lots).toEqual([
      {
        lotId: LOT,
        token: TOKEN,
        tokenHandle: "alice",
        cohort: "rope",
        acquiredDay: "2023-02-01",
        paidCents: 1000n,
        entry: settled.id,
        costLeftCents: 1000n,
        capCents: 2850n,
        capLeftCents: 2850n,
        sharesBought: 95n,
        sharesLeft: 95n,
        sunset: null,
        endedDay: null,
        endedCause: null,
        reversedDay: null,
        changes: [],
        finder: false,
        apart: false,
        marks: [],
      },
    ]);
    expect(record([settled], [SCOUT]).lots).toMatchObject([
      { lotId: STAKE, finder: true, paidCents: 0n, capLeftCents: 150n },
    ]);
    expect(record([settled, settled], [ANN, BOB]).lots.map((lot) => lot.lotId)).toEqual([
      LOT,
      LOT_2,
    ]);
  });

  it("takes a relative's token apart", () => {
    const lots = [newLot(LOT, ANN, 95, 1000)];
    const parts = [{ investor: ANN, paidCents: "1000", shares: "95", stake: "0", apart: true }];
    expect(record([invest("2023-02-01", lots, { parts })]).lots[0]?.apart).toBe(true);
    const bought = [newLot(BOUGHT, BOB, 10, 500)];
    const resale = sell("resale", "2023-06-01", { seller: HOLDER, lots: bought, apart: true });
    expect(record([resale], [BOB]).lots[0]).toMatchObject({ apart: true, cohort: null });
  });

  describe("distributions", () => {
    const lots = () => [
      newLot(LOT, ANN, 100, 1000, { capCents: "3000" }),
      newLot(LOT_2, BOB, 9, 9),
    ];
    const start = () => [
      invest("2023-02-01", lots()),
      gain([
        [LOT, ANN, 900],
        [LOT_2, BOB, 80],
      ]),
    ];

    it("are cash on their day, by the grade that stands, and use the cap up", () => {
      const parts: [string, string, number][] = [
        [LOT, ANN, 400],
        [LOT_2, BOB, 80],
      ];
      const pays = [pay("2024-03-01", parts), pay("2024-03-15", [[LOT, ANN, 500]])] as const;
      const bodies = [...start(), ...pays];
      const input = record(bodies);
      const paid = { lotId: LOT, kind: "distribution", confirmed: true, early: false };
      const of = { gainId: GAIN, grade: "counterparty", ownHoldersCents: 0n };
      expect(input.cash).toEqual([
        { ...paid, ...of, entry: pays[0].id, day: "2024-03-01", cents: 400n },
        { ...paid, ...of, entry: pays[1].id, day: "2024-03-15", cents: 500n },
      ]);
      expect(input.lots[0]?.capLeftCents).toBe(2100n);
      const doubted = body("evidence", "2024-04-01", GAIN, { grade: "documented" });
      expect(record([...bodies, doubted]).cash.map((one) => one.confirmed)).toEqual([false, false]);
      const again = record([...bodies, doubted, reverse("2024-04-02", doubted)]);
      expect(again.cash.map((one) => one.confirmed)).toEqual([true, true]);
    });

    it("are nothing of the payer's, whom the gain does not name", () => {
      const paid = pay("2024-03-01", [[LOT, ANN, 400]]);
      const bodies = [paid, reverse("2024-03-02", paid)];
      expect(record(bodies, [OWNER])).toEqual({ valuationDate: "2024-12-31", lots: [], cash: [] });
    });

    it("are early by the closing date", () => {
      const late = [
        invest("2023-07-19", lots()),
        gain([[LOT, ANN, 900]]),
        pay("2024-03-01", [[LOT, ANN, 900]]),
      ];
      expect(record(late).cash[0]?.early).toBe(true);
      const earlier = invest("2023-07-18", lots());
      expect(record([earlier, ...late.slice(1)]).cash[0]?.early).toBe(false);
    });

    it("are negative on the day of their reversal, and give the cap back, claims or not", () => {
      const paid = pay("2024-03-01", [[LOT, ANN, 900]]);
      const claims = [{ debtor: ANN, creditor: OWNER, cents: "900" }];
      const input = record([...start(), paid, reverse("2024-05-01", paid, claims)]);
      expect(input.cash.map((one) => [one.kind, one.day, one.cents, one.confirmed])).toEqual([
        ["distribution", "2024-03-01", 900n, true],
        ["distribution_reversed", "2024-05-01", 900n, true],
      ]);
      expect(input.lots[0]?.capLeftCents).toBe(3000n);
      const repaid = { debtor: ANN, creditor: OWNER, cents: "900" };
      const bodies = [...start(), paid];
      const reversal = reverse("2024-05-01", paid, claims);
      const all = [...bodies, reversal, body("claim_repaid", "2024-06-01", reversal.id, repaid)];
      expect(record(all).cash).toHaveLength(2);
    });

    it("come to a parted lot as its tail", () => {
      const [settled] = start();
      const parting = sell("parting", "2023-10-01", {
        buyer: OWNER,
        priceCents: "1000",
        taken: [taken(LOT, 100, 1000, 1000, 1000)],
        unconnected: false,
      });
      const tail: [string, string, number][] = [[LOT, ANN, 77]];
      const input = record([settled as PublicBody, parting, gain(tail), pay("2024-03-01", tail)]);
      expect(input.lots[0]).toMatchObject({
        sharesLeft: 0n,
        costLeftCents: 0n,
        capLeftCents: 2923n,
      });
      expect(input.cash.map((one) => [one.kind, one.cents, one.confirmed])).toEqual([
        ["proceeds", 1000n, true],
        ["distribution", 77n, true],
      ]);
    });
  });

  describe("marks", () => {
    const settled = () => invest("2023-02-01", [newLot(LOT, ANN, 100, 1000)]);

    it("reach the lots that were there, not the purchase that set them", () => {
      const second = invest("2023-04-01", [
        newLot(LOT_2, ANN, 50, 5000),
        newLot(idOf(14), BOB, 50, 5000),
      ]);
      const third = invest("2023-06-01", [newLot(BOUGHT, ANN, 10, 100)]);
      const bodies = [
        settled(),
        second,
        priced("2023-04-01", 10_000, second.id, [ANN]),
        third,
        priced("2023-07-01", 20_000, idOf(999), [BOB]),
      ];
      const [first, next, last] = record(bodies).lots.map((lot) =>
        lot.marks.map(({ day, priceCents, counts }) => [day, priceCents, counts]),
      );
      expect(first).toEqual([
        ["2023-04-01", 10_000n, true],
        ["2023-07-01", 20_000n, false],
      ]);
      expect(next).toEqual([["2023-07-01", 20_000n, false]]);
      expect(last).toEqual(next);
    });

    it("that are reversed are gone", () => {
      const mark = priced("2023-07-01", 20_000, idOf(999), [ANN]);
      expect(record([settled(), mark]).lots[0]?.marks).toHaveLength(1);
      expect(record([settled(), mark, reverse("2023-08-01", mark)]).lots[0]?.marks).toEqual([]);
    });
  });

  it("ends lots, and takes that back", () => {
    const settled = invest("2023-02-01", [newLot(LOT, ANN, 100, 1000, { capCents: "500" })]);
    const ended = body("lot_ended", "2024-03-01", TOKEN, {
      lot: LOT,
      holder: ANN,
      shares: "100",
      cause: "sunset",
    });
    expect(record([settled, ended]).lots).toMatchObject([
      { endedDay: "2024-03-01", sharesLeft: 0n, costLeftCents: 0n },
    ]);
    expect(record([settled, ended, reverse("2024-04-01", ended)]).lots).toMatchObject([
      { endedDay: null, sharesLeft: 100n, costLeftCents: 1000n },
    ]);
    expect(record([ended], [BOB]).lots).toEqual([]);
  });

  it("takes a gain back with what it owed", () => {
    const settled = invest("2023-02-01", [newLot(LOT, ANN, 100, 1000, { capCents: "3000" })]);
    const declared = gain([[LOT, ANN, 1000]]);
    const sold = sell("resale", "2024-06-01", {
      buyer: OWNER,
      priceCents: "10",
      taken: [taken(LOT, 50, 10, 500, 500)],
    });
    const input = record([settled, declared, reverse("2024-05-01", declared), sold]);
    expect(input.lots[0]?.capLeftCents).toBe(1500n);
  });
});

describe("bodies", () => {
  const good = () => invest("2023-02-01", [newLot(LOT, ANN, 100, 1000)]);

  it("are closed: unknown members, other shapes and numbers as numbers are refused", () => {
    const refused = (change: (given: Record<string, unknown>) => unknown) =>
      expect(publicBody.safeParse(change(structuredClone(good()) as never)).success).toBe(false);
    expect(publicBody.safeParse(good()).success).toBe(true);
    refused((one) => ({ ...one, memo: "x" }));
    refused((one) => ({ ...one, data: { ...(one.data as object), company: "x" } }));
    refused((one) => ({ ...one, kind: "deposit" }));
    refused((one) => ({ ...one, reverses: idOf(1) }));
    refused((one) => ({ ...one, people: [BOB, ANN] }));
    refused((one) => ({ ...one, people: [ANN, ANN] }));
    refused((one) => ({ ...one, recordedAt: "2023-02-30T12:00:00.000Z" }));
    refused((one) => ({ ...one, recordedAt: "2023-02-01T12:00:00Z" }));
    refused((one) => ({ ...one, id: "00000000-0000-4000-8000-00000000000A" }));
    const posting = { amount: "1", asset: "USD", from: `cash/${ANN}`, to: `shares/${BOB}` };
    const withPosting = (change: object) => (one: object) => ({
      ...one,
      postings: [{ ...posting, ...change }],
    });
    expect(publicBody.safeParse(withPosting({})(good())).success).toBe(true);
    refused(withPosting({ amount: "0" }));
    refused(withPosting({ amount: "01" }));
    refused(withPosting({ amount: 1 }));
    refused(withPosting({ asset: "EUR" }));
    refused(withPosting({ from: `purse/${ANN}` }));
    const { reverses: _, ...unreversed } = reverse("2023-03-01", good());
    expect(publicBody.safeParse(unreversed).success).toBe(false);
  });
});
