/** The ledger lines that make one figure of a record, and the figure made of them again. Pure. */

import { ageFactor, type Carried, carriedValue, type MarkClass } from "~/ledger/carried-value";
import { type Flow, solveIrr } from "~/ledger/irr";
import {
  type BookLot,
  type LinedRecord,
  type RecordLine,
  recordLines,
} from "~/ledger/record-lines";
import { type IrrJson, irrJson, ratioOrNull } from "~/ledger/returns";
import { daysBetween } from "~/lib/dates";
import type { EvidenceGrade } from "~/lib/gain-words";
import { divideHalfEven, ratioString } from "~/lib/ratio";
import type { Asked, FigureName } from "./figures";

/** One ledger line in a figure. `cents` is what it adds: signed as it stands in its list's sum, net where net is asked for. */
export type FigureLine = {
  day: string;
  entry: string;
  kind: string;
  student: string;
  lotId: string | null;
  shares: bigint;
  grossCents: bigint;
  ownHoldersCents: bigint;
  cents: bigint;
  grade: EvidenceGrade | null;
  confirmed: boolean;
  mark: LineMark | null;
};

/** What a carried value rests on: its basis and since when, the part of it that stands at that age, whether a cap cut it. */
export type LineMark = {
  markClass: MarkClass;
  day: string;
  basisCents: bigint;
  factor: string;
  isCut: boolean;
};

export type ListName =
  | "cash"
  | "paid"
  | "value"
  | "flows"
  | "own"
  | "unconfirmed"
  | "early"
  | "lots"
  | "left";
/** Lines whose amounts add up to `cents`. */
export type LineList = { name: ListName; lines: FigureLine[]; cents: bigint };

/** One student's position in a figure of many. `cumulatedCents`: paid in for this and all before it. */
export type PositionLine = {
  student: string;
  firstInvested: string;
  paidInCents: bigint;
  backCents: bigint;
  valueCents: bigint;
  tvpi: string | null;
  cumulatedCents: bigint;
  sharesLeft: bigint;
  /** Whether the figure is this position's. */
  chosen: boolean;
};

export type FigureResult =
  | { kind: "ratio"; ratio: string | null }
  | { kind: "cents"; cents: bigint }
  | { kind: "count"; count: number; of: number | null }
  | { kind: "days"; days: number; from: string | null }
  | { kind: "irr"; irr: IrrJson; days: number };

export type FigureLines = {
  asked: Asked;
  lists: LineList[];
  positions: PositionLine[];
  result: FigureResult;
  /** What came beside and counts in no ratio, of the same part. */
  unconfirmedCents: bigint;
  earlyCents: bigint;
};

type First = { cohort: string | null; day: string };

/** Each token's first bought lot, which gives its position's cohort and vintage. */
function firstLots(lots: readonly BookLot[]): ReadonlyMap<string, First> {
  const first = new Map<string, First>();
  for (const { token, cohort, acquiredDay: day } of lots) {
    const known = first.get(token);
    if (!known || day < known.day) first.set(token, { cohort, day });
  }
  return first;
}

/**
 * The part of a record that is asked for. Of the whole, a vintage or a cohort, positions apart are left out, as in the headline; a
 * student's position or one investment is taken as it is.
 */
export function partOf(book: LinedRecord, asked: Asked): LinedRecord {
  const bought = book.lots.filter((lot) => lot.finder === (asked.of === "stakes"));
  const apart = new Set(bought.filter((lot) => lot.apart).map((lot) => lot.token));
  const first = firstLots(bought);
  const isIn = ({ token, tokenHandle, lotId }: BookLot): boolean => {
    if (asked.lot !== undefined) return lotId === asked.lot;
    if (asked.student !== undefined) return tokenHandle === asked.student;
    if (asked.of !== "stakes" && apart.has(token) !== (asked.of === "apart")) return false;
    const { cohort, day } = first.get(token) as First;
    if (asked.vintage !== undefined) return day.startsWith(asked.vintage);
    return asked.cohort === undefined || (cohort ?? "") === asked.cohort;
  };
  const lots = bought.filter(isIn).map((lot) => ({ ...lot, apart: false, finder: false }));
  const ids = new Set(lots.map((lot) => lot.lotId));
  const ofLots = <T extends { lotId: string }>(rows: readonly T[]) =>
    rows.filter(({ lotId }) => ids.has(lotId));
  return { ...book, lots, flows: ofLots(book.flows), movements: ofLots(book.movements) };
}

const sumOf = (lines: readonly FigureLine[]): bigint =>
  lines.reduce((sum, { cents }) => sum + cents, 0n);

const listOf = (name: ListName, lines: FigureLine[]): LineList => ({
  name,
  lines,
  cents: sumOf(lines),
});

const studentOf = (line: RecordLine, grossCents: bigint, net: boolean): FigureLine => {
  const ownHoldersCents = line.ownHoldersCents;
  // Written out: of a hundred thousand objects made by spreading, each costs ten times as much.
  return {
    day: line.day,
    entry: line.entry,
    kind: line.kind,
    student: line.tokenHandle,
    lotId: null,
    shares: line.shares,
    grossCents,
    ownHoldersCents,
    cents: net ? grossCents - ownHoldersCents : grossCents,
    grade: line.grade,
    confirmed: !line.unconfirmed,
    mark: null,
  };
};

/** The lists that figures are made of, each made when it is first needed. */
class Lists {
  readonly #book: LinedRecord;
  readonly #lines: RecordLine[];
  readonly #net: boolean;

  constructor(book: LinedRecord, net: boolean) {
    this.#book = book;
    this.#lines = recordLines(book);
    this.#net = net;
  }

  #cash(standing: RecordLine["standing"], only?: "received" | "proceeds"): FigureLine[] {
    return this.#lines.flatMap((line) => {
      if (line.standing !== standing) return [];
      const received = only === "proceeds" ? 0n : line.receivedCents;
      const proceeds = only === "received" ? 0n : line.proceedsCents;
      if (received === 0n && proceeds === 0n) return [];
      return [studentOf(line, received + proceeds, this.#net)];
    });
  }

  cash = (only?: "received" | "proceeds"): LineList => listOf("cash", this.#cash("counted", only));
  unconfirmed = (): LineList => listOf("unconfirmed", this.#cash("unconfirmed"));
  early = (): LineList => listOf("early", this.#cash("early"));

  paid(): LineList {
    return listOf(
      "paid",
      this.#ofLots(({ paidCents }) => paidCents).filter(({ cents }) => cents !== 0n),
    );
  }

  lots = (): LineList =>
    listOf(
      "lots",
      this.#ofLots(({ paidCents }) => paidCents),
    );

  #ofLots(of: (lot: BookLot) => bigint): FigureLine[] {
    const kinds = new Map(this.#book.movements.map(({ entry, kind }) => [entry, kind]));
    const days = this.#book.lots.toSorted((a, b) =>
      a.acquiredDay < b.acquiredDay ? -1 : a.acquiredDay > b.acquiredDay ? 1 : 0,
    );
    return days.map((lot) => lineOfLot(lot, of(lot), kinds.get(lot.entry) ?? "investment"));
  }

  /** What is carried, lot by lot, those at nothing too as long as they are held or have ended. */
  value(): LineList {
    const { valuationDate } = this.#book;
    const lines = this.#book.lots.flatMap((lot) => {
      const carried = carriedValue(lot, valuationDate);
      if (carried === null) return [];
      const { cents, markClass } = carried;
      const line = lineOfLot(lot, cents, markClass === "ended" ? "lot_ended" : "carried");
      return [{ ...line, shares: lot.sharesLeft, mark: markOf(lot, carried, valuationDate) }];
    });
    return listOf("value", lines);
  }

  own(): LineList {
    const lines = this.#lines.flatMap((line) =>
      line.standing !== "counted" || line.ownHoldersCents === 0n
        ? []
        : [studentOf(line, line.proceedsCents + line.receivedCents, false)],
    );
    return listOf(
      "own",
      lines.map((line) => ({ ...line, cents: line.ownHoldersCents })),
    );
  }

  /** Cash out, negative, and cash in, by day. */
  flows(): LineList {
    const out = this.paid().lines.map((line) => ({
      ...line,
      cents: -line.cents,
      grossCents: -line.grossCents,
    }));
    const all = [...out, ...this.cash().lines];
    return listOf(
      "flows",
      all.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    );
  }

  /** Lines by which shares left, of one kind of entry. */
  left(kind: string): LineList {
    const lines = this.#lines.filter((line) => line.kind === kind && line.shares < 0n);
    const once = new Map(lines.map((line) => [`${line.entry}/${line.token}`, line]));
    return listOf(
      "left",
      [...once.values()].map((line) =>
        studentOf(line, line.proceedsCents + line.receivedCents, this.#net),
      ),
    );
  }
}

function markOf(lot: BookLot, carried: Carried, on: string): LineMark {
  const { markClass, markDate: day, cents } = carried;
  const mark = lot.marks.findLast((one) => one.day === day && one.markClass === markClass);
  const basisCents =
    markClass === "cost"
      ? lot.costLeftCents
      : mark
        ? divideHalfEven(lot.sharesLeft * mark.priceCents, mark.shares)
        : 0n;
  const { numerator, denominator } = ageFactor(day, on);
  const factor = ratioString(numerator, denominator, 4);
  const isCut = lot.capLeftCents !== null && cents === lot.capLeftCents && markClass !== "ended";
  return { markClass, day, basisCents, factor, isCut };
}

function lineOfLot(lot: BookLot, cents: bigint, kind: string): FigureLine {
  return {
    ...{ day: lot.acquiredDay, entry: lot.entry, kind, student: lot.tokenHandle },
    ...{ lotId: lot.lotId, shares: lot.sharesBought, grossCents: cents, ownHoldersCents: 0n },
    ...{ cents, grade: null, confirmed: true, mark: null },
  };
}

/** The positions of a part of a record, lowest TVPI first, as the median has them. */
function positionsOf(book: LinedRecord): PositionLine[] {
  const positions = new Map<string, Omit<PositionLine, "tvpi" | "cumulatedCents" | "chosen">>();
  for (const lot of book.lots.toSorted((a, b) =>
    a.acquiredDay < b.acquiredDay ? -1 : a.acquiredDay > b.acquiredDay ? 1 : 0,
  )) {
    const { token, tokenHandle: student, acquiredDay: firstInvested } = lot;
    const none = { paidInCents: 0n, backCents: 0n, valueCents: 0n, sharesLeft: 0n };
    const position = positions.get(token) ?? { student, firstInvested, ...none };
    position.paidInCents += lot.paidCents;
    position.valueCents += carriedValue(lot, book.valuationDate)?.cents ?? 0n;
    position.sharesLeft += lot.sharesLeft;
    positions.set(token, position);
  }
  for (const line of recordLines(book)) {
    const position = positions.get(line.token);
    if (position && line.standing === "counted")
      position.backCents += line.receivedCents + line.proceedsCents;
  }
  const size = (of: { backCents: bigint; valueCents: bigint }) => of.backCents + of.valueCents;
  let cumulated = 0n;
  return [...positions.values()]
    .toSorted((a, b) => {
      const difference = size(a) * b.paidInCents - size(b) * a.paidInCents;
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    })
    .map((position) => {
      cumulated += position.paidInCents;
      const tvpi = ratioOrNull(size(position), position.paidInCents);
      return { ...position, tvpi, cumulatedCents: cumulated, chosen: false };
    });
}

const sizeOf = ({ backCents, valueCents }: PositionLine): bigint => backCents + valueCents;

type Made = Pick<FigureLines, "lists" | "result"> & { positions?: PositionLine[] };

const ratioOf = (above: LineList[], paid: LineList): Made => {
  const cents = above.reduce((sum, list) => sum + list.cents, 0n);
  return {
    lists: [...above, paid],
    result: { kind: "ratio", ratio: ratioOrNull(cents, paid.cents) },
  };
};
const sumMade = (...lists: LineList[]): Made => ({
  lists,
  result: { kind: "cents", cents: lists.reduce((sum, { cents }) => sum + cents, 0n) },
});
const countMade = (list: LineList): Made => ({
  lists: [list],
  result: { kind: "count", count: list.lines.length, of: null },
});

function medianOf(book: LinedRecord): Made {
  const positions = positionsOf(book).filter(({ paidInCents }) => paidInCents > 0n);
  const all = positions.at(-1)?.cumulatedCents ?? 0n;
  const at = positions.findIndex(({ cumulatedCents }) => cumulatedCents * 2n >= all);
  return {
    lists: [],
    positions: positions.map((position, i) => ({ ...position, chosen: i === at })),
    result: { kind: "ratio", ratio: positions[at]?.tvpi ?? null },
  };
}

function bestOf(book: LinedRecord): Made {
  const positions = positionsOf(book).toSorted((a, b) =>
    sizeOf(a) > sizeOf(b) ? -1 : sizeOf(a) < sizeOf(b) ? 1 : 0,
  );
  const all = positions.reduce((sum, position) => sum + sizeOf(position), 0n);
  const [best] = positions;
  return {
    lists: [],
    positions: positions.map((position, i) => ({ ...position, chosen: i === 0 && all > 0n })),
    result: { kind: "ratio", ratio: best ? ratioOrNull(sizeOf(best), all) : null },
  };
}

function heldOf(book: LinedRecord): Made {
  const positions = positionsOf(book);
  const held = positions.filter(({ sharesLeft }) => sharesLeft > 0n);
  const marked = positions.map((position) => ({ ...position, chosen: position.sharesLeft > 0n }));
  return {
    lists: [],
    positions: marked,
    result: { kind: "count", count: held.length, of: positions.length },
  };
}

function irrOf(book: LinedRecord, lists: Lists): Made {
  const [flows, value] = [lists.flows(), lists.value()];
  const days: Flow[] = flows.lines.map(({ day, cents }) => ({ day, cents }));
  const irr = irrJson(solveIrr([...days, { day: book.valuationDate, cents: value.cents }]));
  return { lists: [flows, value], result: { kind: "irr", irr, days: yearsOf(book).days } };
}

function yearsOf(book: LinedRecord): { days: number; from: string | null } {
  const from = book.lots.map(({ acquiredDay }) => acquiredDay).sort()[0] ?? null;
  return { days: from === null ? 0 : daysBetween(from, book.valuationDate), from };
}

const MAKERS: Record<FigureName, (lists: Lists, book: LinedRecord) => Made> = {
  dpi: (lists) => ratioOf([lists.cash()], lists.paid()),
  tvpi: (lists) => ratioOf([lists.cash(), lists.value()], lists.paid()),
  rvpi: (lists) => ratioOf([lists.value()], lists.paid()),
  irr: (lists, book) => irrOf(book, lists),
  "paid-in": (lists) => sumMade(lists.paid()),
  cash: (lists) => sumMade(lists.cash()),
  distributions: (lists) => sumMade(lists.cash("received")),
  proceeds: (lists) => sumMade(lists.cash("proceeds")),
  "own-holders": (lists) => sumMade(lists.own()),
  value: (lists) => sumMade(lists.value()),
  unconfirmed: (lists) => sumMade(lists.unconfirmed()),
  early: (lists) => sumMade(lists.early()),
  median: (_, book) => medianOf(book),
  best: (_, book) => bestOf(book),
  investments: (lists) => countMade(lists.lots()),
  students: (_, book) => ({
    lists: [],
    positions: positionsOf(book),
    result: { kind: "count", count: positionsOf(book).length, of: null },
  }),
  years: (lists, book) => ({ lists: [lists.lots()], result: { kind: "days", ...yearsOf(book) } }),
  held: (_, book) => heldOf(book),
  resold: (lists) => countMade(lists.left("resale")),
  parted: (lists) => countMade(lists.left("parting")),
  ended: (lists) => countMade(lists.left("lot_ended")),
  reversed: (lists) => countMade(lists.left("reversal")),
  apart: (lists) => ({
    ...sumMade(lists.cash(), lists.value()),
    lists: [lists.cash(), lists.value(), lists.paid()],
  }),
  stakes: (lists) => sumMade(lists.cash(), lists.unconfirmed(), lists.early(), lists.value()),
};

/**
 * The ledger lines of one figure of a record: lists that add up, positions where the figure picks one of many, and the figure
 * computed from them again. It is the record's own figure, to the cent and to the last decimal.
 */
export function figureLines(record: LinedRecord, asked: Asked): FigureLines {
  const book = partOf(record, asked);
  const lists = new Lists(book, asked.side === "net");
  const { positions = [], ...made } = MAKERS[asked.of](lists, book);
  return {
    asked,
    ...made,
    positions,
    unconfirmedCents: lists.unconfirmed().cents,
    earlyCents: lists.early().cents,
  };
}
