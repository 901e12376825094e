import { describe, expect, it } from "vitest";
import { distributionEvent, returnedEvent, saleEvents } from "./confirmed-cash";
import {
  type ConnectionFacts,
  connectionsOf,
  isUnconnectedSale,
  type Price,
  priceCounts,
  type Tie,
} from "./connected";
import { divideGain } from "./distribution";
import { leastPartingCents, takeAll } from "./fifo";
import { type CashEvent, computeRecord, type RecordLot } from "./returns";

const BOUGHT = "2025-01-10";
const TODAY = "2026-03-01";

const lot = (token: string, given: Partial<RecordLot> = {}): RecordLot => ({
  lotId: token,
  token,
  tokenHandle: token,
  cohort: null,
  acquiredDay: BOUGHT,
  paidCents: 1_000_000n,
  costLeftCents: 1_000_000n,
  capLeftCents: null,
  sharesLeft: 100_000n,
  endedDay: null,
  marks: [],
  finder: false,
  apart: false,
  ...given,
});
const headline = (lots: RecordLot[], cash: CashEvent[] = []) =>
  computeRecord({ valuationDate: TODAY, lots, cash });
const facts = (given: Partial<ConnectionFacts>): ConnectionFacts => ({
  day: TODAY,
  samePersons: [],
  declared: [],
  partners: [],
  scouts: [],
  holdings: [],
  payments: [],
  marks: [],
  ...given,
});
const paid = (from: string, to: string, day = "2026-02-01"): Tie => ({ from, to, day });
const price = (buyer: string, seller: string, paidCents: bigint, shares: bigint): Price => ({
  priceCents: paidCents,
  shares,
  seller,
  buyers: [{ person: buyer, paidCents, shares, isNew: true }],
});
const counts = (known: Partial<ConnectionFacts>, given: Price, holder: string) =>
  priceCounts(connectionsOf(facts(known)), given, holder);
const marked = (given: Price, isCounted: boolean): RecordLot["marks"] => [
  {
    day: TODAY,
    markClass: "price",
    priceCents: given.priceCents,
    shares: given.shares,
    counts: isCounted,
  },
];

describe("a record is not inflated by", () => {
  it("a friend's self-reported gain that pays the teacher's money back", () => {
    const back = distributionEvent({
      lotId: "friend",
      day: "2025-12-01",
      cents: 9_000_000n,
      grade: "self_reported",
      acquiredDay: BOUGHT,
      closingDay: "2025-11-01",
    });
    const { gross } = headline([lot("friend")], [back]);
    expect(gross).toMatchObject({ dpi: "0.0000", tvpi: "1.0000", unconfirmedCents: "9000000" });
    expect(gross.irr.rate).toBe("0.000000000000");
  });

  it("one share sold to a friend at a fancy price", () => {
    const fancy = price("friend", "teacher", 900_000n, 1n);
    expect(counts({}, fancy, "partner")).toBe(false);
    // Neither does it for the seller's own rest, nor as a larger lot.
    expect(counts({}, price("friend", "teacher", 5_000_000n, 60_000n), "teacher")).toBe(false);
    expect(headline([lot("student", { marks: marked(fancy, false) })]).gross.tvpi).toBe("1.0000");
    // A friend who is known to be one pays confirmed cash only up to what the shares were carried at.
    const known = connectionsOf(facts({ declared: [["teacher", "friend"]] }));
    const cash = saleEvents({
      day: TODAY,
      unconnected: isUnconnectedSale(known, "teacher", "friend"),
      taken: [{ lotId: "student", priceCents: 900_000n, carriedCents: 10n }],
      ownHoldersCents: 0n,
    });
    expect(headline([lot("student")], cash).gross).toMatchObject({
      proceedsCents: "10",
      unconfirmedCents: "899990",
    });
  });

  it("two teachers who mark each other up", () => {
    const first = price("bea", "student of ann", 3_000_000n, 60_000n);
    expect(counts({}, first, "ann")).toBe(true);
    const marks = [paid("bea", "ann")];
    const returned = price("ann", "student of bea", 3_000_000n, 60_000n);
    expect(counts({ marks }, returned, "bea")).toBe(false);
    expect(counts({ partners: [["ann", "bea"]] }, first, "ann")).toBe(false);
  });

  it("a circle of four", () => {
    const marks = [paid("ann", "bea"), paid("bea", "cid"), paid("cid", "dan")];
    const closing = price("dan", "a student", 3_000_000n, 60_000n);
    expect(counts({ marks }, closing, "ann")).toBe(false);
    const payments = [paid("ann", "bea"), paid("bea", "cid"), paid("cid", "dan")];
    expect(isUnconnectedSale(connectionsOf(facts({ payments })), "ann", "dan")).toBe(false);
  });

  it("buying the day before an exit", () => {
    const exit = (acquiredDay: string) =>
      distributionEvent({
        lotId: "late",
        day: "2026-02-01",
        cents: 90_000_000n,
        grade: "tax_transcript",
        acquiredDay,
        closingDay: "2026-01-11",
      });
    const late = lot("late", { acquiredDay: "2026-01-10" });
    const { gross, bestShare } = headline([late], [exit(late.acquiredDay)]);
    expect(gross).toMatchObject({ dpi: "0.0000", tvpi: "1.0000", earlyCents: "90000000" });
    expect(bestShare).toBe("1.0000");
    expect(exit("2025-07-14").early).toBe(false);
  });

  it("a relative's token", () => {
    const cash = returnedEvent({ lotId: "aunt", day: "2026-01-01", cents: 50_000_000n });
    const record = headline([lot("student"), lot("aunt", { apart: true })], [cash]);
    expect(record.gross).toMatchObject({ dpi: "0.0000", tvpi: "1.0000" });
    expect(record).toMatchObject({ students: 1, medianTvpi: "1.0000" });
    expect(record.positions).toHaveLength(2);
    const relative = price("aunt", "student", 3_000_000n, 60_000n);
    expect(counts({ declared: [["aunt", "ann"]] }, relative, "ann")).toBe(false);
  });

  it("parting at cost before an exit: the holder gets what the shares would have got", () => {
    const held = { ...lot("student"), sunset: null, lockedUntil: null };
    const price = leastPartingCents([held], TODAY);
    expect(price).toBe(1_000_000n);
    const [taken] = takeAll([held], { priceCents: price, day: TODAY }).taken;
    const { ownerCents, tails } = divideGain({
      gainCents: 1_000_000_000n,
      ownerShares: 10_000_000n,
      lots: [],
      parted: [
        {
          lotId: "student",
          shares: taken?.shares ?? 0n,
          capLeftCents: null,
          priceCents: price,
          gainsBefore: [],
          receivedCents: 0n,
        },
      ],
    });
    expect(tails).toEqual([{ lotId: "student", cents: 9_000_000n }]);
    expect(ownerCents).toBe(991_000_000n);
    // And a generous parting gives no more confirmed cash than the shares were carried at.
    const [generous] = takeAll([held], { priceCents: 8_000_000n, day: TODAY }).taken;
    const cash = saleEvents({
      day: TODAY,
      unconnected: false,
      taken: generous ? [generous] : [],
      ownHoldersCents: 0n,
    });
    const parted = lot("student", { sharesLeft: 0n, costLeftCents: 0n });
    expect(headline([parted], cash).gross).toMatchObject({
      dpi: "1.0000",
      unconfirmedCents: "7000000",
    });
  });

  it("tiny stakes that lift the median", () => {
    const writtenDown = {
      day: TODAY,
      markClass: "written_down" as const,
      priceCents: 0n,
      shares: 10_000_000n,
      counts: true,
    };
    const losers = ["a", "b", "c"].map((token) => lot(token, { marks: [writtenDown] }));
    const tiny = Array.from({ length: 40 }, (_, i) =>
      lot(`tiny ${i}`, { paidCents: 1_000n, costLeftCents: 1_000n }),
    );
    const cash = tiny.map(({ lotId }) =>
      returnedEvent({ lotId, day: "2026-01-01", cents: 50_000n }),
    );
    expect(headline([...losers, ...tiny], cash).medianTvpi).toBe("0.0000");
  });

  it("reversing losers: they stay, and count by what came back", () => {
    const loser = lot("loser", { sharesLeft: 0n, costLeftCents: 0n });
    const winner = returnedEvent({ lotId: "winner", day: "2026-01-01", cents: 3_000_000n });
    const gone = lot("winner", { sharesLeft: 0n, costLeftCents: 0n });
    const back = returnedEvent({ lotId: "loser", day: "2026-01-01", cents: 100_000n });
    const record = headline([loser, gone], [winner, back]);
    expect(record).toMatchObject({ investments: 2, students: 2 });
    expect(record.gross).toMatchObject({ paidInCents: "2000000", dpi: "1.5500" });
  });
});
