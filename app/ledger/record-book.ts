/**
 * One person's record from the bodies of public entries alone: what a verifier computes, and what
 * the server's projections must agree with.
 */
import { addDays } from "~/lib/dates";
import type { EvidenceGrade } from "~/lib/gain-words";
import type { BodyOf, PublicBody } from "./bodies";
import type { LotMark } from "./carried-value";
import { distributionEvent, ownPartEvent, returnedEvent, saleEvents } from "./confirmed-cash";
import { type BookLot, flowOf, type LotMovement, type RecordFlow } from "./record-lines";
import type { CashEvent, RecordInput } from "./returns";

/** What a sale of shares took out of a lot, or its reversal put back (positive). */
export type LotChange = { day: string; shares: bigint; costCents: bigint; capCents: bigint };

/** A lot of a folded book: `entry` is what its entry was called when it was told. */
export type FoldedLot = BookLot & {
  capCents: bigint | null;
  sunset: string | null;
  endedCause: "cap" | "sunset" | null;
  /** The day on which its entry was reversed; null while it stands. */
  reversedDay: string | null;
  /** In the order of the book. */
  changes: LotChange[];
};

/** A record as its bodies give it, line by line and in their order. */
export type FoldedBook = { lots: FoldedLot[]; flows: RecordFlow[]; movements: LotMovement[] };

/** A lot as it changes; `marksBefore` of its token's marks were there when it came to be. */
type ChangingLot = Omit<FoldedLot, "marks"> & {
  madeBy: string;
  marksBefore: number;
  /** Parts of declared gains that are not paid yet. */
  owedCents: bigint;
};
/** An entry's day, and what it is called. */
type At = { day: string; entry: string };
type FoldedMark = LotMark & { event: string; reversed: boolean };
type Gain = { closingDay: string; grades: { entry: string; grade: EvidenceGrade }[] };
/** What an entry's cash comes to, by the grades that stand in the end: made once, and again where a grade has changed. */
type Cash = () => RecordFlow[];
type Purchase = BodyOf<"investment" | "resale" | "parting">;
type Undo = (reversal: BodyOf<"reversal">) => void;
type Part = { lot: string; holder: string; cents: string };

const isPurchase = (body: PublicBody): body is Purchase =>
  body.kind === "investment" || body.kind === "resale" || body.kind === "parting";
const dayOf = ({ recordedAt }: PublicBody): string => recordedAt.slice(0, 10);
const sumOf = (parts: readonly { cents: string }[]): bigint =>
  parts.reduce((sum, { cents }) => sum + BigInt(cents), 0n);

/**
 * The record of one person, under all ids that are one person, from all public bodies that name any
 * of them, in the log's order (twice the same is once). Shares sold between the person's own ids
 * stay where they were. Throws RangeError where an entry takes more than there is, or refers to one
 * that is not given.
 */
export function recordInputOf(
  bodies: Iterable<PublicBody>,
  people: Iterable<string>,
  valuationDate: string,
): RecordInput {
  const fold = new RecordFold(people);
  for (const body of bodies) fold.apply(body);
  return fold.input(valuationDate);
}

/** A record that is told one body after another, in the log's order, and can be read after each: as `recordInputOf` has it. */
export class RecordFold {
  readonly #people: ReadonlySet<string>;
  readonly #lots = new Map<string, ChangingLot>();
  /** Lots that the person sold to themselves, by their new ids. */
  readonly #moved = new Map<string, string>();
  readonly #marks = new Map<string, FoldedMark[]>();
  readonly #gains = new Map<string, Gain>();
  readonly #cash: Cash[] = [];
  readonly #undo = new Map<string, Undo>();
  /** By reversal: the purchase that it reversed, or that it was none. */
  readonly #reversed = new Map<string, Purchase | null>();
  /** Reversals of entries whose bodies are nobody's but their parties'. */
  readonly #ofPrivate = new Set<string>();
  /** Every entry's id, with what later ones need of it: nothing else of a book is kept. */
  readonly #known = new Map<string, Purchase | null>();
  readonly #movements: LotMovement[] = [];
  /** What the entry that is being told is called. */
  #entry = "";

  constructor(people: Iterable<string>) {
    this.#people = new Set(people);
  }

  /** What a record of that day is computed from. */
  input(valuationDate: string): RecordInput {
    const { lots, flows } = this.book();
    return { valuationDate, lots, cash: flows };
  }

  /** Everything that was told, line by line. */
  book(): FoldedBook {
    const lots = [...this.#lots.values()].map(({ madeBy, marksBefore, owedCents, ...lot }) => ({
      ...lot,
      changes: [...lot.changes],
      marks: (this.#marks.get(lot.token) ?? [])
        .slice(marksBefore)
        .filter((mark) => mark.event !== madeBy && !mark.reversed),
    }));
    return { lots, flows: this.#cash.flatMap((cash) => cash()), movements: [...this.#movements] };
  }

  /**
   * Tells the next body; one that was told before is nothing. `entry` is what its lines call it. Throws RangeError where it
   * takes more than there is, or refers to what was not told.
   */
  apply(body: PublicBody, entry: string = body.id): void {
    if (this.#known.has(body.id)) return;
    this.#entry = entry;
    this.#known.set(body.id, isPurchase(body) ? body : null);
    const undo = this.#applied(body);
    if (undo) this.#undo.set(body.id, undo);
  }

  #applied(body: PublicBody): Undo | undefined {
    switch (body.kind) {
      case "investment":
        return this.#invest(body);
      case "gain":
        return this.#declare(body);
      case "evidence":
        return this.#grade(body.about, body.id, body.data.grade);
      case "distribution":
        return this.#distribute(body);
      case "resale":
      case "parting":
        return this.#sell(body);
      case "mark":
        return this.#mark(body);
      case "lot_ended":
        return this.#end(body);
      case "claim_repaid":
        return this.#repay(body);
      case "reversal":
        return this.#reverse(body);
      default:
        return undefined;
    }
  }

  #at(body: PublicBody): At {
    return { day: dayOf(body), entry: this.#entry };
  }

  #addCash(at: At, events: () => readonly CashEvent[]): void {
    let made: RecordFlow[] | null = null;
    this.#cash.push(() => {
      made ??= events().map((event) => flowOf(event, at.entry, null, null));
      return made;
    });
  }

  #move(lot: ChangingLot, body: PublicBody, shares: bigint): void {
    if (shares === 0n) return;
    this.#movements.push({ lotId: lot.lotId, ...this.#at(body), kind: body.kind, shares });
  }

  #lotOf(lotId: string): ChangingLot {
    const lot = this.#lots.get(this.#moved.get(lotId) ?? lotId);
    if (!lot) throw new RangeError(`A lot that nobody gave: ${lotId}`);
    return lot;
  }

  #ownParts(parts: readonly Part[]): { lot: ChangingLot; cents: bigint }[] {
    return parts
      .filter(({ holder }) => this.#people.has(holder))
      .map(({ lot, cents }) => ({ lot: this.#lotOf(lot), cents: BigInt(cents) }));
  }

  #addLots(
    body: Purchase,
    about: Pick<ChangingLot, "token" | "cohort"> & { isApart: (holder: string) => boolean },
  ): void {
    const { isApart, ...rest } = about;
    const own = body.data.lots.filter(({ holder }) => this.#people.has(holder));
    for (const given of own) {
      const paidCents = BigInt(given.costCents);
      const capCents = given.capCents === null ? null : BigInt(given.capCents);
      const shares = BigInt(given.shares);
      const lot: ChangingLot = {
        ...rest,
        lotId: given.lot,
        tokenHandle: body.data.tokenHandle,
        acquiredDay: dayOf(body),
        paidCents,
        costLeftCents: paidCents,
        capCents,
        capLeftCents: capCents,
        sharesBought: shares,
        sharesLeft: shares,
        sunset: given.sunset,
        endedDay: null,
        endedCause: null,
        reversedDay: null,
        finder: given.finder,
        apart: isApart(given.holder),
        entry: this.#entry,
        madeBy: body.id,
        changes: [],
        marksBefore: this.#marks.get(about.token)?.length ?? 0,
        owedCents: 0n,
      };
      this.#lots.set(lot.lotId, lot);
      this.#move(lot, body, shares);
    }
  }

  #invest(body: BodyOf<"investment">): Undo {
    const { token, cohort, parts } = body.data;
    const isApart = (holder: string) =>
      parts.some(({ investor, apart }) => investor === holder && apart);
    this.#addLots(body, { token, cohort, isApart });
    return (reversal) => {
      this.#empty(
        body.data.lots.map(({ lot }) => lot),
        reversal,
      );
      const investors = new Set(parts.map(({ investor }) => investor));
      for (const investor of investors) {
        const paid = parts.filter((part) => part.investor === investor);
        const cents = paid.reduce((sum, { paidCents }) => sum + BigInt(paidCents), 0n);
        this.#giveBack(body, reversal, investor, cents);
      }
    };
  }

  /** Lots that an entry made and a reversal unmakes hold nothing any more. */
  #empty(lotIds: readonly string[], reversal: BodyOf<"reversal">): void {
    for (const lotId of lotIds) {
      const lot = this.#lots.get(lotId);
      if (!lot) continue;
      this.#move(lot, reversal, -lot.sharesLeft);
      lot.reversedDay = dayOf(reversal);
      lot.sharesLeft = 0n;
      lot.costLeftCents = 0n;
      lot.capLeftCents = lot.capLeftCents === null ? null : 0n;
    }
  }

  /** The cash that a reversal returns to who had paid: all of it but what is claimed. */
  #giveBack(of: Purchase, reversal: BodyOf<"reversal">, payer: string, paidCents: bigint): void {
    const claimed = sumOf(reversal.data.claims.filter(({ creditor }) => creditor === payer));
    this.#returned(of, payer, paidCents - claimed, this.#at(reversal), false);
  }

  #returned(of: Purchase, payer: string, cents: bigint, at: At, reversed: boolean): void {
    if (cents < 0n) throw new RangeError("More is claimed than was paid");
    const bought = of.data.lots.find(({ holder, finder }) => holder === payer && !finder);
    const lot = bought && this.#lots.get(bought.lot);
    if (!lot || cents === 0n) return;
    this.#addCash(at, () => [returnedEvent({ lotId: lot.lotId, day: at.day, cents, reversed })]);
  }

  #declare(body: BodyOf<"gain">): Undo {
    const { recordInstant, grade } = body.data;
    const gain = this.#gains.get(body.about) ?? {
      closingDay: addDays(recordInstant.slice(0, 10), -1),
      grades: [],
    };
    this.#gains.set(body.about, gain);
    const parts = this.#ownParts(body.data.parts);
    for (const { lot, cents } of parts) lot.owedCents += cents;
    const ungrade = this.#grade(body.about, body.id, grade);
    return (reversal) => {
      for (const { lot, cents } of parts) lot.owedCents -= cents;
      ungrade(reversal);
    };
  }

  #gain(gainId: string): Gain {
    const gain = this.#gains.get(gainId);
    if (!gain) throw new RangeError(`A gain that nobody declared: ${gainId}`);
    return gain;
  }

  #grade(gainId: string, entry: string, grade: EvidenceGrade): Undo {
    const { grades } = this.#gain(gainId);
    grades.push({ entry, grade });
    return () => {
      grades.splice(
        grades.findIndex((one) => one.entry === entry),
        1,
      );
    };
  }

  #distribute(body: BodyOf<"distribution">): Undo | undefined {
    const parts = this.#ownParts(body.data.parts);
    // Who pays is named here and not in the gain.
    if (parts.length === 0) return undefined;
    const gain = this.#gain(body.about);
    const pay = ({ day, entry }: At, reversed: boolean) => {
      for (const { lot, cents } of parts) {
        lot.owedCents -= reversed ? -cents : cents;
        spendCap(lot, reversed ? -cents : cents);
        const { lotId, acquiredDay } = lot;
        const paid = { lotId, day, cents, acquiredDay, closingDay: gain.closingDay, reversed };
        let made: RecordFlow[] | null = null;
        this.#cash.push(() => {
          const grade = gain.grades.at(-1)?.grade ?? "self_reported";
          if (made?.[0]?.grade !== grade)
            made = [flowOf(distributionEvent({ ...paid, grade }), entry, body.about, grade)];
          return made;
        });
      }
    };
    pay(this.#at(body), false);
    return (reversal) => pay(this.#at(reversal), true);
  }

  #sell(body: BodyOf<"resale" | "parting">): Undo {
    const { seller, buyer } = body.data;
    const isSeller = this.#people.has(seller);
    const payOwnHolders = this.#payOwnHolders(body);
    if (isSeller && this.#people.has(buyer)) return this.#moveWithin(body, payOwnHolders);
    const unsell = isSeller ? this.#takeOut(body) : undefined;
    this.#addLots(body, { token: body.about, cohort: null, isApart: () => body.data.apart });
    return (reversal) => {
      payOwnHolders(this.#at(reversal), true);
      unsell?.(reversal);
      this.#empty(
        body.data.lots.map(({ lot }) => lot),
        reversal,
      );
      this.#giveBack(body, reversal, buyer, BigInt(body.data.priceCents));
    };
  }

  /** What lots of the seller's own token got of it. Answers how to do that again, or take it back. */
  #payOwnHolders(body: BodyOf<"resale" | "parting">): (at: At, reversed: boolean) => void {
    const parts = this.#ownParts(body.data.ownParts);
    const saleDay = dayOf(body);
    const pay = (at: At, reversed: boolean) => {
      for (const { lot, cents } of parts) {
        spendCap(lot, reversed ? -cents : cents);
        const { lotId, acquiredDay } = lot;
        const saleCounts = body.data.unconnected;
        const paid = { lotId, day: at.day, cents, saleCounts, acquiredDay, saleDay, reversed };
        this.#addCash(at, () => [ownPartEvent(paid)]);
      }
    };
    pay(this.#at(body), false);
    return pay;
  }

  /** The person sold to themselves: the lots stay as they are; own holders' parts alone are felt. */
  #moveWithin(
    body: BodyOf<"resale" | "parting">,
    payOwnHolders: (at: At, reversed: boolean) => void,
  ): Undo {
    const { taken, lots, ownParts } = body.data;
    taken.forEach(({ lot }, i) => {
      const moved = lots[i];
      if (moved) this.#moved.set(moved.lot, this.#lotOf(lot).lotId);
    });
    const first = taken[0] && this.#lotOf(taken[0].lot).lotId;
    const felt = (at: At, reversed: boolean) => {
      if (first === undefined || ownParts.length === 0) return;
      const event = returnedEvent({ lotId: first, day: at.day, cents: 0n, reversed });
      this.#addCash(at, () => [{ ...event, ownHoldersCents: sumOf(ownParts) }]);
    };
    felt(this.#at(body), false);
    return (reversal) => {
      payOwnHolders(this.#at(reversal), true);
      felt(this.#at(reversal), true);
    };
  }

  #takeOut(body: BodyOf<"resale" | "parting">): Undo {
    const { taken, unconnected, ownParts } = body.data;
    const given = taken.map((one, i) => {
      const lot = this.#lotOf(one.lot);
      const shares = BigInt(one.shares);
      const cost = BigInt(one.basisCents);
      const cap = this.#capTaken(body, lot, shares, i);
      const taken = { shares: -shares, costCents: -cost, capCents: -cap };
      changeLot(lot, { day: dayOf(body), ...taken });
      this.#move(lot, body, -shares);
      return { lot, shares, costCents: cost, capCents: cap };
    });
    const sold = taken.map(({ lot, priceCents, carriedCents }) => ({
      lotId: this.#lotOf(lot).lotId,
      priceCents: BigInt(priceCents),
      carriedCents: BigInt(carriedCents),
    }));
    const ownHoldersCents = sumOf(ownParts);
    const sale = { unconnected, taken: sold, ownHoldersCents };
    const at = this.#at(body);
    this.#addCash(at, () => saleEvents({ ...sale, day: at.day }));
    return (reversal) => {
      const back = this.#at(reversal);
      for (const { lot, ...change } of given) {
        changeLot(lot, { day: back.day, ...change });
        this.#move(lot, reversal, change.shares);
      }
      this.#addCash(back, () => saleEvents({ ...sale, day: back.day, reversed: true }));
    };
  }

  /** The cap that leaves with shares: the new lot's; back to the owner, what is not owed of it; in a parting none. */
  #capTaken(
    body: BodyOf<"resale" | "parting">,
    lot: ChangingLot,
    shares: bigint,
    index: number,
  ): bigint {
    if (lot.capLeftCents === null || body.kind === "parting") return 0n;
    const bought = body.data.lots[index];
    if (bought) return BigInt(bought.capCents ?? "0");
    return ((lot.capLeftCents - lot.owedCents) * shares) / lot.sharesLeft;
  }

  #mark(body: BodyOf<"mark">): Undo {
    const { priceCents, shares, class: markClass, date: day, event, counts } = body.data;
    const mark: FoldedMark = {
      day,
      markClass,
      priceCents: BigInt(priceCents),
      shares: BigInt(shares),
      counts: counts.some((holder) => this.#people.has(holder)),
      event,
      reversed: false,
    };
    const marks = this.#marks.get(body.about);
    if (marks) marks.push(mark);
    else this.#marks.set(body.about, [mark]);
    return () => {
      mark.reversed = true;
    };
  }

  #end(body: BodyOf<"lot_ended">): Undo | undefined {
    if (!this.#people.has(body.data.holder)) return undefined;
    const lot = this.#lotOf(body.data.lot);
    const { sharesLeft, costLeftCents } = lot;
    this.#move(lot, body, -sharesLeft);
    lot.sharesLeft = 0n;
    lot.costLeftCents = 0n;
    lot.endedDay = dayOf(body);
    lot.endedCause = body.data.cause;
    return (reversal) => {
      this.#move(lot, reversal, sharesLeft);
      Object.assign(lot, { sharesLeft, costLeftCents, endedDay: null, endedCause: null });
    };
  }

  #repay(body: BodyOf<"claim_repaid">): Undo | undefined {
    const of = this.#reversed.get(body.about);
    if (of === undefined && this.#ofPrivate.has(body.about)) return undefined;
    if (of === undefined) throw new RangeError(`A claim of no reversal: ${body.about}`);
    if (of === null) return undefined;
    const { creditor, cents } = body.data;
    const owed = of.kind === "investment" || creditor === of.data.buyer;
    if (!owed || !this.#people.has(creditor)) return undefined;
    this.#returned(of, creditor, BigInt(cents), this.#at(body), false);
    return (reversal) => this.#returned(of, creditor, BigInt(cents), this.#at(reversal), true);
  }

  #reverse(body: BodyOf<"reversal">): undefined {
    const of = this.#known.get(body.reverses);
    // A private entry's: every public one is given, and money on its way is no cash of a record.
    if (of === undefined) {
      this.#ofPrivate.add(body.id);
      return;
    }
    this.#reversed.set(body.id, of);
    this.#undo.get(body.reverses)?.(body);
    this.#undo.delete(body.reverses);
  }
}

function changeLot(lot: ChangingLot, change: LotChange): void {
  lot.changes.push(change);
  lot.sharesLeft += change.shares;
  lot.costLeftCents += change.costCents;
  if (lot.sharesLeft < 0n || lot.costLeftCents < 0n)
    throw new RangeError(`More is taken than there is: ${lot.lotId}`);
  spendCap(lot, -change.capCents);
}

function spendCap(lot: ChangingLot, cents: bigint): void {
  if (lot.capLeftCents === null) return;
  lot.capLeftCents -= cents;
  if (lot.capLeftCents < 0n) throw new RangeError(`More is paid than the cap: ${lot.lotId}`);
}
