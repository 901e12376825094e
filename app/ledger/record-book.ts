/**
 * One person's record from the bodies of public entries alone: what a verifier computes, and what
 * the server's projections must agree with.
 */
import { addDays } from "~/lib/dates";
import type { EvidenceGrade } from "~/lib/gain-words";
import type { BodyOf, PublicBody } from "./bodies";
import type { LotMark } from "./carried-value";
import { distributionEvent, ownPartEvent, returnedEvent, saleEvents } from "./confirmed-cash";
import type { CashEvent, RecordInput, RecordLot } from "./returns";

/** A lot as it changes; `marksBefore` of its token's marks were there when it came to be. */
type FoldedLot = Omit<RecordLot, "marks"> & {
  entry: string;
  marksBefore: number;
  /** Parts of declared gains that are not paid yet. */
  owedCents: bigint;
};
type FoldedMark = LotMark & { event: string; reversed: boolean };
type Gain = { closingDay: string; grades: { entry: string; grade: EvidenceGrade }[] };
/** What an entry's cash comes to, by the grades that stand in the end. */
type Cash = () => CashEvent[];
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

class RecordFold {
  readonly #people: ReadonlySet<string>;
  readonly #lots = new Map<string, FoldedLot>();
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

  constructor(people: Iterable<string>) {
    this.#people = new Set(people);
  }

  input(valuationDate: string): RecordInput {
    const lots = [...this.#lots.values()].map(({ entry, marksBefore, owedCents, ...lot }) => ({
      ...lot,
      marks: (this.#marks.get(lot.token) ?? [])
        .slice(marksBefore)
        .filter((mark) => mark.event !== entry && !mark.reversed),
    }));
    return { valuationDate, lots, cash: this.#cash.flatMap((cash) => cash()) };
  }

  apply(body: PublicBody): void {
    if (this.#known.has(body.id)) return;
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

  #lotOf(lotId: string): FoldedLot {
    const lot = this.#lots.get(this.#moved.get(lotId) ?? lotId);
    if (!lot) throw new RangeError(`A lot that nobody gave: ${lotId}`);
    return lot;
  }

  #ownParts(parts: readonly Part[]): { lot: FoldedLot; cents: bigint }[] {
    return parts
      .filter(({ holder }) => this.#people.has(holder))
      .map(({ lot, cents }) => ({ lot: this.#lotOf(lot), cents: BigInt(cents) }));
  }

  #addLots(
    body: Purchase,
    about: Pick<FoldedLot, "token" | "cohort"> & { isApart: (holder: string) => boolean },
  ): FoldedLot[] {
    const { isApart, ...rest } = about;
    const own = body.data.lots.filter(({ holder }) => this.#people.has(holder));
    return own.map((given) => {
      const paidCents = BigInt(given.costCents);
      const lot: FoldedLot = {
        ...rest,
        lotId: given.lot,
        tokenHandle: body.data.tokenHandle,
        acquiredDay: dayOf(body),
        paidCents,
        costLeftCents: paidCents,
        capLeftCents: given.capCents === null ? null : BigInt(given.capCents),
        sharesLeft: BigInt(given.shares),
        endedDay: null,
        finder: given.finder,
        apart: isApart(given.holder),
        entry: body.id,
        marksBefore: this.#marks.get(about.token)?.length ?? 0,
        owedCents: 0n,
      };
      this.#lots.set(lot.lotId, lot);
      return lot;
    });
  }

  #invest(body: BodyOf<"investment">): Undo {
    const { token, cohort, parts } = body.data;
    const isApart = (holder: string) =>
      parts.some(({ investor, apart }) => investor === holder && apart);
    this.#addLots(body, { token, cohort, isApart });
    return (reversal) => {
      this.#empty(body.data.lots.map(({ lot }) => lot));
      const investors = new Set(parts.map(({ investor }) => investor));
      for (const investor of investors) {
        const paid = parts.filter((part) => part.investor === investor);
        const cents = paid.reduce((sum, { paidCents }) => sum + BigInt(paidCents), 0n);
        this.#giveBack(body, reversal, investor, cents);
      }
    };
  }

  /** Lots that an entry made and a reversal unmakes hold nothing any more. */
  #empty(lotIds: readonly string[]): void {
    for (const lotId of lotIds) {
      const lot = this.#lots.get(lotId);
      if (!lot) continue;
      lot.sharesLeft = 0n;
      lot.costLeftCents = 0n;
      lot.capLeftCents = lot.capLeftCents === null ? null : 0n;
    }
  }

  /** The cash that a reversal returns to who had paid: all of it but what is claimed. */
  #giveBack(of: Purchase, reversal: BodyOf<"reversal">, payer: string, paidCents: bigint): void {
    const claimed = sumOf(reversal.data.claims.filter(({ creditor }) => creditor === payer));
    this.#returned(of, payer, paidCents - claimed, dayOf(reversal), false);
  }

  #returned(of: Purchase, payer: string, cents: bigint, day: string, reversed: boolean): void {
    if (cents < 0n) throw new RangeError("More is claimed than was paid");
    const bought = of.data.lots.find(({ holder, finder }) => holder === payer && !finder);
    const lot = bought && this.#lots.get(bought.lot);
    if (!lot || cents === 0n) return;
    this.#cash.push(() => [returnedEvent({ lotId: lot.lotId, day, cents, reversed })]);
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
    const pay = (day: string, reversed: boolean) => {
      for (const { lot, cents } of parts) {
        lot.owedCents -= reversed ? -cents : cents;
        spendCap(lot, reversed ? -cents : cents);
        const { lotId, acquiredDay } = lot;
        const paid = { lotId, day, cents, acquiredDay, closingDay: gain.closingDay, reversed };
        this.#cash.push(() => {
          const grade = gain.grades.at(-1)?.grade ?? "self_reported";
          return [distributionEvent({ ...paid, grade })];
        });
      }
    };
    pay(dayOf(body), false);
    return (reversal) => pay(dayOf(reversal), true);
  }

  #sell(body: BodyOf<"resale" | "parting">): Undo {
    const { seller, buyer } = body.data;
    const isSeller = this.#people.has(seller);
    const payOwnHolders = this.#payOwnHolders(body);
    if (isSeller && this.#people.has(buyer)) return this.#moveWithin(body, payOwnHolders);
    const unsell = isSeller ? this.#takeOut(body) : undefined;
    this.#addLots(body, { token: body.about, cohort: null, isApart: () => body.data.apart });
    return (reversal) => {
      payOwnHolders(dayOf(reversal), true);
      unsell?.(reversal);
      this.#empty(body.data.lots.map(({ lot }) => lot));
      this.#giveBack(body, reversal, buyer, BigInt(body.data.priceCents));
    };
  }

  /** What lots of the seller's own token got of it. Answers how to do that again, or take it back. */
  #payOwnHolders(body: BodyOf<"resale" | "parting">): (day: string, reversed: boolean) => void {
    const parts = this.#ownParts(body.data.ownParts);
    const saleDay = dayOf(body);
    const pay = (day: string, reversed: boolean) => {
      for (const { lot, cents } of parts) {
        spendCap(lot, reversed ? -cents : cents);
        const { lotId, acquiredDay } = lot;
        const saleCounts = body.data.unconnected;
        const paid = { lotId, day, cents, saleCounts, acquiredDay, saleDay, reversed };
        this.#cash.push(() => [ownPartEvent(paid)]);
      }
    };
    pay(saleDay, false);
    return pay;
  }

  /** The person sold to themselves: the lots stay as they are; own holders' parts alone are felt. */
  #moveWithin(
    body: BodyOf<"resale" | "parting">,
    payOwnHolders: (day: string, reversed: boolean) => void,
  ): Undo {
    const { taken, lots, ownParts } = body.data;
    taken.forEach(({ lot }, i) => {
      const moved = lots[i];
      if (moved) this.#moved.set(moved.lot, this.#lotOf(lot).lotId);
    });
    const first = taken[0] && this.#lotOf(taken[0].lot).lotId;
    const felt = (day: string, reversed: boolean) => {
      if (first === undefined || ownParts.length === 0) return;
      const event = returnedEvent({ lotId: first, day, cents: 0n, reversed });
      this.#cash.push(() => [{ ...event, ownHoldersCents: sumOf(ownParts) }]);
    };
    felt(dayOf(body), false);
    return (reversal) => {
      payOwnHolders(dayOf(reversal), true);
      felt(dayOf(reversal), true);
    };
  }

  #takeOut(body: BodyOf<"resale" | "parting">): Undo {
    const { taken, unconnected, ownParts } = body.data;
    const given = taken.map((one, i) => {
      const lot = this.#lotOf(one.lot);
      const shares = BigInt(one.shares);
      const cost = BigInt(one.basisCents);
      const cap = this.#capTaken(body, lot, shares, i);
      takeFrom(lot, shares, cost, cap);
      return { lot, shares, cost, cap };
    });
    const sold = taken.map(({ lot, priceCents, carriedCents }) => ({
      lotId: this.#lotOf(lot).lotId,
      priceCents: BigInt(priceCents),
      carriedCents: BigInt(carriedCents),
    }));
    const ownHoldersCents = sumOf(ownParts);
    const sale = { unconnected, taken: sold, ownHoldersCents };
    this.#cash.push(() => saleEvents({ ...sale, day: dayOf(body) }));
    return (reversal) => {
      for (const { lot, shares, cost, cap } of given) takeFrom(lot, -shares, -cost, -cap);
      this.#cash.push(() => saleEvents({ ...sale, day: dayOf(reversal), reversed: true }));
    };
  }

  /** The cap that leaves with shares: the new lot's; back to the owner, what is not owed of it; in a parting none. */
  #capTaken(
    body: BodyOf<"resale" | "parting">,
    lot: FoldedLot,
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
    lot.sharesLeft = 0n;
    lot.costLeftCents = 0n;
    lot.endedDay = dayOf(body);
    return () => {
      Object.assign(lot, { sharesLeft, costLeftCents, endedDay: null });
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
    this.#returned(of, creditor, BigInt(cents), dayOf(body), false);
    return (reversal) => this.#returned(of, creditor, BigInt(cents), dayOf(reversal), true);
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

function takeFrom(lot: FoldedLot, shares: bigint, cost: bigint, cap: bigint): void {
  lot.sharesLeft -= shares;
  lot.costLeftCents -= cost;
  if (lot.sharesLeft < 0n || lot.costLeftCents < 0n)
    throw new RangeError(`More is taken than there is: ${lot.lotId}`);
  spendCap(lot, cap);
}

function spendCap(lot: FoldedLot, cents: bigint): void {
  if (lot.capLeftCents === null) return;
  lot.capLeftCents -= cents;
  if (lot.capLeftCents < 0n) throw new RangeError(`More is paid than the cap: ${lot.lotId}`);
}
