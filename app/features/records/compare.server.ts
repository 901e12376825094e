import { getDb } from "#db/client.server";
import type { JCurve } from "~/components/charts/panels";
import { getTeacherFigures, type TeacherFigures } from "~/features/learning/figures.server";
import { daysBetween, formatDate, utcDay } from "~/lib/dates";
import { formatCents, formatIrrBasis, formatMultiple, formatPercent } from "~/lib/money";
import { drawCompared } from "./charts.server";
import { linesPath } from "./figures";
import { getRecord, type PersonRecord } from "./get-record.server";
import { findRolesShown } from "./queries.server";
import { getRanks } from "./ranks.server";
import { shortStanding } from "./short-standing";
import type { AskedFigure } from "./shown";
import { shownIrr } from "./shown-irr.server";
import { UNRANKED } from "./standings";

/** A figure as read, and the address of its ledger lines where it has some. */
export type ComparedCell = { text: string; to: string | null };
/** One figure of each record. */
export type ComparedRow = { name: string; cells: ComparedCell[] };
export type Comparison = {
  teachers: { handle: string; name: string }[];
  unknown: string[];
  /** The day of the signed tree that all of it stands for. */
  asOf: string;
  charts: { curves: string; outcomes: string } | null;
  tables: { title: string; about: string; rows: ComparedRow[] }[];
};

type One = {
  record: PersonRecord;
  days: number;
  figures: TeacherFigures | null;
  rank: ReturnType<typeof shortStanding>;
};

const NOT_YET = "not yet";
const NONE = "none";

/** Records side by side, figure by figure, in the order asked for; handles of who never taught or invested are `unknown`. */
export async function compareRecords(handles: readonly string[], now: Date): Promise<Comparison> {
  const db = getDb();
  const day = utcDay(now);
  const ranks = await getRanks(db, day);
  const all: One[] = [];
  const unknown: string[] = [];
  for (const handle of handles) {
    const [record, roles] = await Promise.all([getRecord(db, handle, day), findRolesShown(handle)]);
    if (!record || !roles.teaches) {
      unknown.push(handle);
      continue;
    }
    const { firstInvested, valuationDate } = record.summary;
    all.push({
      record,
      days: firstInvested ? daysBetween(firstInvested, valuationDate) : 0,
      figures: await getTeacherFigures(record.person.id, db),
      rank: shortStanding(ranks.get(record.person.id) ?? UNRANKED),
    });
  }
  return {
    teachers: all.map(({ record: { person } }) => ({
      handle: person.handle,
      name: person.displayName,
    })),
    unknown,
    asOf: asOfDay(all, day),
    charts: chartsOf(all, day),
    tables: [numbersOf(all), vintagesOf(all), besideOf(all), conductOf(all)],
  };
}

function asOfDay(all: readonly One[], day: string): string {
  const signed = all[0]?.record.asOf?.signedAt;
  return signed ? utcDay(new Date(signed)) : day;
}

function chartsOf(all: readonly One[], day: string): Comparison["charts"] {
  const some = all.filter(({ record }) => record.summary.investments > 0);
  if (some.length === 0) return null;
  return drawCompared({
    curves: some.map(({ record }) => jCurveOf(record)),
    outcomes: some.map(({ record }) => ({
      name: record.person.displayName,
      multiples: record.investments.filter(({ apart }) => !apart).map(({ multiple }) => multiple),
      median: record.summary.medianTvpi,
    })),
    source: `the ledger, as of ${formatDate(day)}; confirmed cash alone, holdings at their carried value`,
  });
}

/** A record's rope for each dollar that was ever paid in, from its first day. */
function jCurveOf({ person, rope }: PersonRecord): JCurve {
  const first = rope[0]?.day ?? "";
  const paid = Number(rope.at(-1)?.paidInCents ?? 0);
  return {
    name: person.displayName,
    points: rope.map((point) => {
      const cash = (Number(point.cashBackCents) - Number(point.paidInCents)) / paid;
      const years = daysBetween(first, point.day) / 365.25;
      return { years, cash, total: cash + Number(point.valueCents) / paid };
    }),
  };
}

function table(
  title: string,
  about: string,
  all: readonly One[],
  rows: Record<string, (one: One) => string>,
  lines: Record<string, AskedFigure> = {},
): Comparison["tables"][number] {
  const filled = Object.entries(rows).map(([name, of]) => ({
    name,
    cells: all.map((one) => {
      const { person, summary } = one.record;
      const asked = lines[name];
      const text = of(one);
      const has = summary.investments > 0 && text !== NONE;
      return { text, to: asked && has ? linesPath(person.handle, asked) : null };
    }),
  }));
  return { title, about, rows: filled };
}

/** The figures whose ledger lines can be opened. */
const NUMBER_LINES: Record<string, AskedFigure> = {
  "DPI, confirmed": { of: "dpi" },
  TVPI: { of: "tvpi" },
  RVPI: { of: "rvpi" },
  IRR: { of: "irr" },
  "DPI, net": { of: "dpi", side: "net" },
  "IRR, net": { of: "irr", side: "net" },
  Record: { of: "investments" },
  Students: { of: "students" },
  "Paid in": { of: "paid-in" },
  "Confirmed cash back": { of: "cash" },
  "Unconfirmed cash": { of: "unconfirmed" },
  "Carried value": { of: "value" },
  Median: { of: "median" },
  "Best share": { of: "best" },
};

const whole = (cents: bigint | string) => formatCents(cents, { whole: true });
const ratio = (text: string | null) => (text === null ? NOT_YET : formatPercent(text));

function numbersOf(all: readonly One[]) {
  const invests = ({ record }: One) => record.summary.investments > 0;
  return table(
    "Numbers",
    "Confirmed cash alone; gross but where it says net.",
    all,
    {
      "DPI, confirmed": ({ record }) => formatMultiple(record.summary.gross.dpi),
      TVPI: ({ record }) => formatMultiple(record.summary.gross.tvpi),
      RVPI: ({ record }) => formatMultiple(record.summary.gross.rvpi),
      IRR: (one) => (invests(one) ? shownIrr(one.record.summary, one.days).gross : NOT_YET),
      "DPI, net": ({ record }) => formatMultiple(record.summary.net.dpi),
      "IRR, net": (one) => (invests(one) ? shownIrr(one.record.summary, one.days).net : NOT_YET),
      Record: (one) =>
        invests(one)
          ? formatIrrBasis(one.days, one.record.summary.investments)
          : "no investment yet",
      Students: ({ record }) => String(record.summary.students),
      "Paid in": ({ record }) => whole(record.summary.gross.paidInCents),
      "Confirmed cash back": ({ record: { summary } }) =>
        whole(BigInt(summary.gross.distributionsCents) + BigInt(summary.gross.proceedsCents)),
      "Unconfirmed cash": ({ record }) => whole(record.summary.gross.unconfirmedCents),
      "Carried value": ({ record }) => whole(record.summary.gross.valueCents),
      Median: ({ record }) => formatMultiple(record.summary.medianTvpi),
      "Best share": ({ record }) => ratio(record.summary.bestShare),
      Rank: ({ rank }) => `${rank.short}: ${rank.long}`,
    },
    NUMBER_LINES,
  );
}

function vintagesOf(all: readonly One[]) {
  const years = new Set(all.flatMap(({ record }) => record.summary.vintages.map((v) => v.year)));
  const rows = [...years]
    .sort((a, b) => a - b)
    .map((year): [string, (one: One) => string] => [
      String(year),
      ({ record }) => {
        const vintage = record.summary.vintages.find((one) => one.year === year);
        if (!vintage) return NONE;
        const { dpi, tvpi, paidInCents } = vintage.gross;
        return `${formatMultiple(dpi)} DPI, ${formatMultiple(tvpi)} TVPI on ${whole(paidInCents)}`;
      },
    ]);
  return table(
    "Vintages",
    "Investments by the year in which each student’s first was made.",
    all,
    Object.fromEntries(rows),
    Object.fromEntries(rows.map(([year]) => [year, { of: "dpi", vintage: year }])),
  );
}

function besideOf(all: readonly One[]) {
  return table(
    "Beside the money",
    "What was given in time; funded and unfunded students are counted alike.",
    all,
    {
      "Hours taught": ({ figures }) => figures?.hours ?? NOT_YET,
      "Feedback given": ({ figures }) => String(figures?.feedback ?? NOT_YET),
      "Median time to answer": ({ figures }) => figures?.answerTime?.median ?? NOT_YET,
      "Still unanswered": ({ figures }) => String(figures?.unanswered ?? NOT_YET),
      Helpfulness: ({ figures }) =>
        figures?.helpfulness
          ? `${figures.helpfulness.mean} of 5, ${figures.helpfulness.of} ratings`
          : NOT_YET,
      "Feedback a funded student": ({ figures }) => figures?.funded.each ?? NOT_YET,
      "Feedback an unfunded student": ({ figures }) => figures?.unfunded.each ?? NOT_YET,
      "Students still held": ({ figures }) =>
        figures && figures.held.of > 0 ? `${figures.held.now} of ${figures.held.of}` : NOT_YET,
    },
  );
}

function conductOf(all: readonly One[]) {
  const count = (of: (line: PersonRecord["investments"][number]) => boolean) => (one: One) =>
    String(one.record.investments.filter(of).length);
  return table(
    "Conduct",
    "Reversed investments stay in the record; what was bought of relatives is in no figure above.",
    all,
    {
      "Investments reversed": count(({ reversed }) => reversed),
      "Investments in relatives": count(({ apart }) => apart),
    },
  );
}
