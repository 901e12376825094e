/** A record line by line: what a track record's exports and its drill-down are made of. */
import type { EvidenceGrade } from "~/lib/gain-words";
import { carriedValue } from "./carried-value";
import { type CashEvent, type RecordLot, signedCents } from "./returns";

/** A lot with the entry that made it. `entry` numbers are those of the book. */
export type BookLot = RecordLot & { entry: string; sharesBought: bigint };

/** A cash event of one lot with the entry that posted it; `gainId` and `grade` where a declared gain paid it. */
export type RecordFlow = CashEvent & {
  entry: string;
  gainId: string | null;
  grade: EvidenceGrade | null;
};

/** An event with what posted it; written out, for spreading a hundred thousand of them costs ten times as much. */
export const flowOf = (
  event: CashEvent,
  entry: string,
  gainId: string | null,
  grade: EvidenceGrade | null,
): RecordFlow => ({
  lotId: event.lotId,
  day: event.day,
  cents: event.cents,
  kind: event.kind,
  confirmed: event.confirmed,
  early: event.early,
  ownHoldersCents: event.ownHoldersCents,
  entry,
  gainId,
  grade,
});

/** Shares that went into a lot (positive) or out of it, by which kind of entry. */
export type LotMovement = {
  lotId: string;
  entry: string;
  day: string;
  kind: string;
  shares: bigint;
};

/** Everything that one person's record says, in the order of the book. */
export type LinedRecord = {
  handle: string;
  valuationDate: string;
  lots: readonly BookLot[];
  flows: readonly RecordFlow[];
  movements: readonly LotMovement[];
};

/** Where a line counts: in the headline figures, or beside them (T24, T24a). */
export type Standing = "counted" | "unconfirmed" | "early" | "apart" | "finder";

/** What one entry did to one token within the record, with one standing. Cash is negative where it was taken back. */
export type RecordLine = {
  day: string;
  entry: string;
  kind: string;
  token: string;
  tokenHandle: string;
  cohort: string | null;
  standing: Standing;
  /** Whether no confirmed evidence stands behind the cash, whatever the standing. */
  unconfirmed: boolean;
  /** How well the gain is proven that paid this cash; null where no declared gain did. */
  grade: EvidenceGrade | null;
  shares: bigint;
  paidCents: bigint;
  /** Distributions. */
  receivedCents: bigint;
  proceedsCents: bigint;
  /** What the person's own holders got because of this sale. */
  ownHoldersCents: bigint;
};

/** What is still held of one token on the valuation date, with one standing. */
export type HeldLine = {
  token: string;
  tokenHandle: string;
  standing: "counted" | "apart" | "finder";
  shares: bigint;
  valueCents: bigint;
};

/** The tokens of which any bought lot stands apart: their whole position does (T24a). */
function tokensApart(book: LinedRecord): ReadonlySet<string> {
  return new Set(book.lots.filter((lot) => lot.apart && !lot.finder).map((lot) => lot.token));
}

function standingOf(lot: BookLot, apart: ReadonlySet<string>): HeldLine["standing"] {
  if (lot.finder) return "finder";
  return apart.has(lot.token) ? "apart" : "counted";
}

class Lines {
  readonly #lines = new Map<string, RecordLine>();

  /** The line of that entry, token and standing, begun where it is new. */
  of(from: { entry: string; day: string; kind: string }, lot: BookLot, standing: Standing) {
    const key = `${from.entry}/${lot.token}/${standing}`;
    const found = this.#lines.get(key);
    if (found) return found;
    // Written out: of a hundred thousand objects made by spreading, each costs ten times as much.
    const line: RecordLine = {
      day: from.day,
      entry: from.entry,
      kind: from.kind,
      token: lot.token,
      tokenHandle: lot.tokenHandle,
      cohort: lot.cohort,
      standing,
      shares: 0n,
      paidCents: 0n,
      receivedCents: 0n,
      proceedsCents: 0n,
      ownHoldersCents: 0n,
      unconfirmed: standing === "unconfirmed",
      grade: null,
    };
    this.#lines.set(key, line);
    return line;
  }

  inOrder(): RecordLine[] {
    // Each number is read once: a sort compares it a dozen times.
    const numbered = [...this.#lines.values()].map((line) => ({ line, entry: BigInt(line.entry) }));
    numbered.sort((a, b) => {
      if (a.line.day !== b.line.day) return a.line.day < b.line.day ? -1 : 1;
      return a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0;
    });
    return numbered.map(({ line }) => line);
  }
}

/**
 * The record line by line, by day, then by entry: lots bought, shares that left, cash that came. Cash of a bought lot
 * that counts nowhere stands on lines of its own. Throws on a flow or movement of a lot that is not given.
 */
export function recordLines(book: LinedRecord): RecordLine[] {
  const lots = new Map(book.lots.map((lot) => [lot.lotId, lot]));
  const apart = tokensApart(book);
  const lines = new Lines();
  const kinds = new Map(book.movements.map((moved) => [moved.entry, moved.kind]));
  const lotOf = (lotId: string): BookLot => {
    const lot = lots.get(lotId);
    if (!lot) throw new RangeError(`A line of an unknown lot: ${lotId}`);
    return lot;
  };
  for (const moved of book.movements) {
    const lot = lotOf(moved.lotId);
    const line = lines.of(moved, lot, standingOf(lot, apart));
    line.shares += moved.shares;
    if (moved.entry === lot.entry) line.paidCents += lot.paidCents;
  }
  for (const flow of book.flows) {
    const lot = lotOf(flow.lotId);
    const place = standingOf(lot, apart);
    const beside = flow.early ? "early" : flow.confirmed ? "counted" : "unconfirmed";
    const kind = kinds.get(flow.entry) ?? flow.kind.replace("proceeds", "repayment");
    const from = { entry: flow.entry, day: flow.day, kind };
    const line = lines.of(from, lot, place === "counted" ? beside : place);
    line.unconfirmed ||= !flow.confirmed;
    line.grade ??= flow.grade;
    const cents = signedCents(flow);
    line.ownHoldersCents += cents < 0n ? -flow.ownHoldersCents : flow.ownHoldersCents;
    if (isProceeds(flow)) line.proceedsCents += cents;
    else line.receivedCents += cents;
  }
  return lines.inOrder();
}

const isProceeds = ({ kind }: CashEvent): boolean =>
  kind === "proceeds" || kind === "proceeds_reversed";

/** What is carried on the valuation date, by token and standing, in the order of the lots. */
export function heldLines(book: LinedRecord): HeldLine[] {
  const apart = tokensApart(book);
  const held = new Map<string, HeldLine>();
  for (const lot of book.lots) {
    const standing = standingOf(lot, apart);
    const key = `${lot.token}/${standing}`;
    const { token, tokenHandle } = lot;
    const line = held.get(key) ?? { token, tokenHandle, standing, shares: 0n, valueCents: 0n };
    line.shares += lot.sharesLeft;
    line.valueCents += carriedValue(lot, book.valuationDate)?.cents ?? 0n;
    held.set(key, line);
  }
  return [...held.values()];
}
