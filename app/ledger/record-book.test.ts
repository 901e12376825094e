import { beforeEach, describe, expect, it } from "vitest";
import { type BodyOf, type PublicBody, publicBody } from "./bodies";
import { recordInputOf } from "./record-book";
import { computeRecord } from "./returns";

let count = 0;
beforeEach(() => {
  count = 0;
});
/** A log id that can be told apart by its last digits. */
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const [ANN, BOB, OWNER, SCOUT, ANN_LTD, HOLDER] = [1, 2, 3, 4, 5, 6].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const TOKEN = idOf(100);
const GAIN = idOf(200);

function body<K extends PublicBody["kind"]>(
  kind: K,
  day: string,
  about: string,
  data: BodyOf<K>["data"],
  more: { reverses?: string } = {},
): BodyOf<K> {
  count += 1;
  const at = `${day}T12:00:00.000Z`;
  const rest = { effectiveAt: at, recordedAt: at, people: [ANN], postings: [] };
  return publicBody.parse({
    about,
    data,
    id: idOf(1000 + count),
    kind,
    ...rest,
    ...more,
  }) as BodyOf<K>;
}

const newLot = (lot: string, holder: string, shares: number, costCents: number, given = {}) => ({
  lot,
  holder,
  shares: String(shares),
  costCents: String(costCents),
  capCents: null,
  sunset: null,
  lockedUntil: null,
  finder: false,
  ...given,
});
const invest = (
  day: string,
  lots: ReturnType<typeof newLot>[],
  given: Partial<BodyOf<"investment">["data"]> = {},
) =>
  body("investment", day, idOf(900 + count), {
    token: TOKEN,
    tokenHandle: "alice",
    cohort: "rope",
    parts: lots
      .filter(({ finder }) => !finder)
      .map(({ holder, costCents, shares }) => ({
        investor: holder,
        paidCents: costCents,
        shares,
        stake: "0",
        apart: false,
      })),
    lots,
    ...given,
  });
const gain = (parts: [string, string, number][], grade = "counterparty" as const, gainId = GAIN) =>
  body("gain", "2024-02-01", gainId, {
    token: TOKEN,
    recordInstant: "2024-01-16T00:00:00.000Z",
    proceedsCents: "100000",
    basisCents: "0",
    costsCents: "0",
    lossCents: "0",
    distributableCents: "100000",
    grade,
    parts: partsOf(parts),
  });
const partsOf = (parts: [string, string, number][]) =>
  parts.map(([lot, holder, cents]) => ({ lot, holder, cents: String(cents) }));
const pay = (day: string, parts: [string, string, number][], gainId = GAIN) =>
  body("distribution", day, gainId, { token: TOKEN, parts: partsOf(parts) });
const reverse = (
  day: string,
  of: PublicBody,
  claims: { debtor: string; creditor: string; cents: string }[] = [],
) => body("reversal", day, of.id, { claims }, { reverses: of.id });
const sell = (kind: "resale" | "parting", day: string, given: Partial<BodyOf<"resale">["data"]>) =>
  body(kind, day, TOKEN, {
    tokenHandle: "alice",
    seller: ANN,
    buyer: BOB,
    priceCents: "0",
    taken: [],
    lots: [],
    gainCents: "0",
    ownParts: [],
    unconnected: true,
    apart: false,
    ...given,
  });
const taken = (lot: string, shares: number, price: number, basis: number, carried: number) => ({
  lot,
  shares: String(shares),
  priceCents: String(price),
  basisCents: String(basis),
  carriedCents: String(carried),
});
const priced = (day: string, price: number, event: string, counts: string[]) =>
  body("mark", day, TOKEN, {
    priceCents: String(price),
    shares: "100",
    class: "price",
    date: day,
    event,
    counts,
  });

const record = (bodies: PublicBody[], people = [ANN], day = "2024-12-31") =>
  recordInputOf(bodies, people, day);
const LOT = idOf(10);
const [LOT_2, STAKE, BOUGHT] = [11, 12, 13].map(idOf) as [string, string, string];

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
        costLeftCents: 1000n,
        capLeftCents: 2850n,
        sharesLeft: 95n,
        endedDay: null,
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
      const bodies = [...start(), pay("2024-03-01", parts), pay("2024-03-15", [[LOT, ANN, 500]])];
      const input = record(bodies);
      const paid = { lotId: LOT, kind: "distribution", confirmed: true, early: false };
      expect(input.cash).toEqual([
        { ...paid, day: "2024-03-01", cents: 400n, ownHoldersCents: 0n },
        { ...paid, day: "2024-03-15", cents: 500n, ownHoldersCents: 0n },
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

    it("that the person pays to others are nothing in their record", () => {
      const input = record([pay("2024-03-01", [[LOT, BOB, 77]])]);
      expect(input).toMatchObject({ lots: [], cash: [] });
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
