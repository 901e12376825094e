import { LRUCache } from "lru-cache";
import { type Db, getDb } from "#db/client.server";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { getNames, getPersonByHandle } from "~/features/people/queries.server";
import { formatDate, utcDay } from "~/lib/dates";
import { formatCents, formatMultiple, formatPercent, formatPercentOfToken } from "~/lib/money";
import { singleton } from "~/lib/singleton.server";
import { type AsOf, presentAsOf } from "./as-of-words";
import {
  type FigureLine,
  type FigureLines,
  type FigureResult,
  figureLines,
  type LineList,
  type PositionLine,
} from "./figure-lines";
import { type Asked, linesPath, readAsked } from "./figures";
import { findLinedRecord, type LinedLeaves } from "./get-record.server";
import { spanOf } from "./present-record";
import {
  evidenceWords,
  FIGURE_WORDS,
  kindWords,
  LIST_WORDS,
  markSumWords,
  partWords,
} from "./record-words";
import { exactOf, rateText } from "./shown";

/** So many lines stand on one page. */
export const LINES_A_PAGE = 100;

/** The leaf of each entry that the signed tree holds. */
type Leaves = ReadonlyMap<string, number>;

/** A figure's value as it is read on the record's page. */
export function resultText(asked: Asked, result: FigureResult): string {
  switch (result.kind) {
    case "ratio":
      if (asked.of !== "best") return formatMultiple(result.ratio);
      return result.ratio === null ? "not yet" : formatPercent(result.ratio);
    case "cents":
      return formatCents(result.cents);
    case "count":
      return result.of === null ? String(result.count) : `${result.count} of ${result.of}`;
    case "days":
      return spanOf(result.days);
    case "irr":
      return rateText(result.irr, result.days);
  }
}

type Window = { from: number; to: number };

function presentLine(
  line: FigureLine,
  known: { names: ReadonlyMap<string, string>; leaves: Leaves; on: string },
) {
  const { day, entry, kind, student, grade, mark } = line;
  const leaf = known.leaves.get(entry);
  const bought = line.lotId !== null;
  return {
    key: `${entry}/${student}/${line.lotId ?? ""}/${kind}`,
    day,
    entry,
    leaf: leaf === undefined ? null : { index: leaf, to: `/log/entry/${leaf}` },
    kind: kindWords(kind, bought),
    student: { name: known.names.get(student) ?? student, to: `/people/${student}` },
    shares: line.shares === 0n ? "" : formatPercentOfToken(line.shares),
    gross: formatCents(line.grossCents),
    own: formatCents(line.ownHoldersCents),
    cents: formatCents(line.cents),
    evidence: mark
      ? markSumWords(mark, known.on)
      : !bought && line.grossCents !== 0n
        ? `${evidenceWords(grade ?? "platform")}${line.confirmed ? "" : ", unconfirmed"}`
        : "",
  };
}
export type LineShown = ReturnType<typeof presentLine>;

function presentPosition(
  handle: string,
  position: PositionLine,
  names: ReadonlyMap<string, string>,
) {
  const { student, firstInvested, tvpi, chosen } = position;
  const to = (of: "paid-in" | "cash" | "value" | "tvpi") => linesPath(handle, { of, student });
  return {
    key: student,
    student: names.get(student) ?? student,
    firstInvested,
    paidIn: { text: formatCents(position.paidInCents), to: to("paid-in") },
    cash: { text: formatCents(position.backCents), to: to("cash") },
    value: { text: formatCents(position.valueCents), to: to("value") },
    tvpi: { text: formatMultiple(tvpi), to: to("tvpi") },
    cumulated: formatCents(position.cumulatedCents),
    chosen,
  };
}
export type PositionShown = ReturnType<typeof presentPosition>;

/** The lists' lines that stand on a page, each list with its whole sum and count. */
function cut(lists: readonly LineList[], { from, to }: Window): LineList[] {
  let before = 0;
  return lists.map((list) => {
    const start = Math.max(0, from - before);
    const end = Math.max(0, to - before);
    before += list.lines.length;
    return { ...list, lines: list.lines.slice(start, end) };
  });
}

/** The steps from the lists' sums to the figure, as a reader would type them into a calculator. */
function sumWords({ asked, lists, result }: FigureLines): string | null {
  const cents = lists.map((list) => formatCents(list.cents));
  const exact = exactOf(result);
  const [first, second, third] = cents;
  if (asked.of === "dpi" || asked.of === "rvpi") return `${first} ÷ ${second} = ${exact}`;
  if (asked.of === "tvpi") return `(${first} + ${second}) ÷ ${third} = ${exact}`;
  if (asked.of === "irr")
    return result.kind === "irr" && result.irr.kind === "irr"
      ? `a rate of ${exact} a year brings the flows and the carried value to 0`
      : null;
  return null;
}

function pagesOf(handle: string, asked: Asked, count: number, page: number) {
  const last = Math.max(1, Math.ceil(count / LINES_A_PAGE));
  const at = (n: number) => `${linesPath(handle, asked)}&page=${n}`;
  return {
    page,
    last,
    before: page > 1 ? at(page - 1) : null,
    next: page < last ? at(page + 1) : null,
  };
}

/**
 * The ledger lines that make one figure of a person's record: lists whose sums give exactly the figure shown, with each line's
 * place in the public log where it is in the signed tree. Null for an unknown handle, and for a figure, an investment or a student
 * that the record does not have. The first page of a figure grows with the record's history, the others do not.
 */
export async function getLinesPage(handle: string | undefined, search: URLSearchParams, now: Date) {
  const db = getDb();
  const asked = readAsked(search);
  const person = handle ? await getPersonByHandle(handle, db) : null;
  const page = Number(search.get("page") ?? "1");
  if (!asked || !person || !Number.isInteger(page) || page < 1) return null;
  const day = utcDay(now);
  const { state, asOf, read } = await findLinedRecord(db, person, day);
  const made = await keepMade(
    state === null ? null : `${person.id} ${state} ${day} ${linesPath(person.handle, asked)}`,
    async () => makeLines(await read(), asked),
  );
  return made && presentLines(db, { person, ...made, asOf, page });
}

type Made = { found: FigureLines; leaves: Leaves; on: string; student: string | null };

/** A figure's lines out of a record's; null where the record has no such investment or student. */
function makeLines(record: LinedLeaves, asked: Asked): Made | null {
  const isOfOne = asked.lot !== undefined || asked.student !== undefined;
  const one = record.lots.find(
    (lot) => lot.lotId === asked.lot || lot.tokenHandle === asked.student,
  );
  if (isOfOne && !one) return null;
  const { leaves, valuationDate: on } = record;
  return { found: figureLines(record, asked), leaves, on, student: one?.tokenHandle ?? null };
}

/** How many lines of figures a process keeps, about a hundred megabytes. */
const MOST_LINES_KEPT = 400_000;
const linesIn = ({ found }: Made): number =>
  found.lists.reduce((sum, list) => sum + list.lines.length, 1 + found.positions.length);

/** A figure's lines, made once for all of its pages while the record stands. */
async function keepMade(
  key: string | null,
  make: () => Promise<Made | null>,
): Promise<Made | null> {
  const kept = singleton(
    "figure-lines",
    () => new LRUCache<string, Made>({ maxSize: MOST_LINES_KEPT, sizeCalculation: linesIn }),
  );
  const known = key === null ? undefined : kept.get(key);
  if (known) return known;
  const made = await make();
  if (made && key !== null) kept.set(key, made);
  return made;
}

async function presentLines(
  db: Db,
  asking: {
    person: { id: string; handle: string; displayName: string };
    found: FigureLines;
    leaves: Leaves;
    asOf: AsOf | null;
    on: string;
    student: string | null;
    page: number;
  },
) {
  const { person, found, leaves, on, page } = asking;
  const { asked, lists, positions, result } = found;
  const { handle, displayName } = person;
  const window = { from: (page - 1) * LINES_A_PAGE, to: page * LINES_A_PAGE };
  const shown = cut(lists, window);
  const lines = shown.flatMap((list) => list.lines);
  const positionsShown = positions.slice(window.from, window.to);
  const students = [...lines, ...positionsShown].map(({ student }) => student);
  const [names, cohorts] = await Promise.all([
    getNames([...new Set([...students, ...(asking.student ? [asking.student] : [])])], db),
    listCohortsOfTeacher(person.id, db),
  ]);
  const cohort = cohorts.find(({ slug }) => slug === asked.cohort)?.title ?? null;
  const student = asking.student ? (names.get(asking.student) ?? asking.student) : null;
  const count = lists.reduce((sum, list) => sum + list.lines.length, 0) + positions.length;
  return {
    person: { handle, displayName },
    figure: FIGURE_WORDS[asked.of],
    part: partWords(asked, { student, cohort }),
    net: asked.side === "net",
    asOf: presentAsOf(asking.asOf),
    valued: formatDate(on),
    value: resultText(asked, result),
    sum: sumWords(found),
    lists: lists.map((list, i) => ({
      name: LIST_WORDS[list.name],
      sum: formatCents(list.cents),
      count: list.lines.length,
      hasOwn: list.name !== "own" && list.lines.some((line) => line.ownHoldersCents !== 0n),
      isValue: list.name === "value",
      lines: (shown[i]?.lines ?? []).map((line) => presentLine(line, { names, leaves, on })),
    })),
    positions: positionsShown.map((position) => presentPosition(handle, position, names)),
    positionCount: positions.length,
    notCounted: ["dpi", "tvpi", "irr", "cash"].includes(asked.of)
      ? [
          { ...asked, of: "unconfirmed" as const, cents: found.unconfirmedCents },
          { ...asked, of: "early" as const, cents: found.earlyCents },
        ]
          .filter(({ cents }) => cents !== 0n)
          .map(({ cents, ...ask }) => ({
            name: FIGURE_WORDS[ask.of].name,
            text: formatCents(cents),
            to: linesPath(handle, ask),
          }))
      : [],
    pages: pagesOf(handle, asked, count, page),
  };
}
