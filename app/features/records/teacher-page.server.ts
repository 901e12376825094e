import { type Db, getDb } from "#db/client.server";
import { listPastFigures } from "~/features/cohorts/past-figures.server";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { listClaimsOf } from "~/features/conduct/queries.server";
import { listPublicGains } from "~/features/gains/queries.server";
import { getTeacherFigures } from "~/features/learning/figures.server";
import { getProfile } from "~/features/people/queries.server";
import { findTokenOf } from "~/features/tokens/queries.server";
import { listTokenLots } from "~/ledger/positions.server";
import { daysBetween, formatDate, utcDay } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { presentAsOf } from "./as-of-words";
import { backersOf, keptObligations } from "./backing";
import { drawPeers, drawRecord } from "./charts.server";
import type { ExitCounts } from "./exits";
import { getRecord, type InvestmentLine, listRecords } from "./get-record.server";
import { LEAST_FOR_QUARTILES, quarterOf, type VintagePeers, vintagePeers } from "./peers";
import {
  type GroupShown,
  presentBeside,
  presentGroup,
  presentHead,
  presentInvestment,
  presentSides,
} from "./present-record";
import { getRanks } from "./ranks.server";
import { type Shown, shownCount } from "./shown";
import { standingWords } from "./standing-words";
import { UNRANKED } from "./standings";

/** Under so many investments a record says that it is small. */
const SMALL = 10;
/** From so many investments on the page shows the first of them alone, unless all are asked for. */
const FIRST_SHOWN = 10;

/**
 * A teacher's public page on a day: the record with every figure's address in the ledger, beside all teachers' of the same
 * years, what they did beside the money, and the cohorts that they run or ran. Null for an unknown handle. Who opens many pages
 * of one day gives what `getAmong` answered.
 */
export async function getTeacherPage(
  handle: string | undefined,
  now: Date,
  shown: { all: boolean; among?: Among } = { all: false },
) {
  const db = getDb();
  const today = utcDay(now);
  const record = handle ? await getRecord(db, handle, today) : null;
  if (!record) return null;
  const { person, summary, investments } = record;
  const asOf = presentAsOf(record.asOf);
  const [profile, run, figures, conduct, ownToken, past] = await Promise.all([
    getProfile(person.id, db),
    listCohortsOfTeacher(person.id, db),
    getTeacherFigures(person.id, db),
    getConduct(db, person, record.investments, now),
    findOwnToken(db, person.id),
    listPastFigures([person.id], now, db),
  ]);
  const cohorts = run.map(({ slug, title, startsOn, endsOn }) => ({
    ...{ slug, title, startsOn, endsOn },
  }));
  const listed = shown.all ? investments : investments.slice(0, FIRST_SHOWN);
  return {
    person: { displayName: person.displayName, handle: person.handle, headline: profile.headline },
    asOf: asOf ?? { text: formatDate(summary.valuationDate), size: null, signed: null },
    record:
      investments.length === 0
        ? null
        : await presentAll(record, cohorts, shown.among ?? (await getAmong(db, today))),
    investments: listed.map((line) => presentInvestment(person.handle, line)),
    count: investments.length,
    figures,
    conduct,
    ownToken,
    cohorts: cohorts.filter(({ slug }) => !past.some((one) => one.slug === slug)),
    past,
  };
}

/** How much of a teacher's own token others hold, and how many they are; null where none was minted. */
async function findOwnToken(db: Db, ownerId: string) {
  const token = await findTokenOf(ownerId, db);
  if (!token) return null;
  const held = backersOf(await listTokenLots(db, token.id));
  const shares = held.reduce((sum, holder) => sum + BigInt(holder.shares), 0n);
  return { shares: String(shares), holders: held.length };
}

type Found = NonNullable<Awaited<ReturnType<typeof getRecord>>>;

/** Everybody's record on a day, and where each stands. */
export async function getAmong(db: Db, day: string) {
  const [{ records }, ranks] = await Promise.all([listRecords(db, day), getRanks(db, day)]);
  return { records: records.map(({ record }) => record), ranks };
}
export type Among = Awaited<ReturnType<typeof getAmong>>;

async function presentAll(
  record: Found,
  cohorts: readonly { slug: string; title: string }[],
  { records, ranks }: Among,
) {
  const { person, summary } = record;
  const { handle } = person;
  const days = summary.firstInvested
    ? daysBetween(summary.firstInvested, summary.valuationDate)
    : 0;
  const peers: PeersOf = (year) => vintagePeers(records, year);
  const titles = new Map(cohorts.map(({ slug, title }) => [slug, title]));
  const groups = groupsOf(handle, record, titles);
  const source = `the ledger, as of ${formatDate(summary.valuationDate)}; confirmed cash alone, holdings at their carried value`;
  return {
    valuationDate: summary.valuationDate,
    head: presentHead(handle, summary, days),
    sides: presentSides(handle, summary, days),
    beside: presentBeside(handle, summary),
    isSmall: summary.investments < SMALL,
    standing: standingWords(ranks.get(person.id) ?? UNRANKED),
    charts: { ...drawRecord({ ...record, source }), ...drawGroups(groups, peers) },
    vintages: groups.vintages.map((group) => withPeers(group, peers)),
    cohorts: groups.cohorts.map((group) => withPeers(group, peers)),
    exits: presentExits(handle, record.exits),
    held: heldOf(handle, record),
  };
}

type PeersOf = (year: number) => VintagePeers;

function groupsOf(handle: string, { summary, investments }: Found, titles: Map<string, string>) {
  const counted = summary.positions.filter((position) => !position.apart);
  const present = (
    named: { name: string; to: string | null; part: { vintage?: string; cohort?: string } },
    isIn: (position: (typeof counted)[number]) => boolean,
    figures: Parameters<typeof presentGroup>[2],
  ): GroupShown => {
    const positions = counted.filter(isIn);
    const students = new Set(positions.map((position) => position.handle));
    const first = positions.map(({ firstInvested }) => firstInvested).sort()[0] as string;
    const days = daysBetween(first, summary.valuationDate);
    const count = investments.filter((line) => students.has(line.handle)).length;
    const year = Number(first.slice(0, 4));
    const size = { positions: positions.length, investments: count };
    return presentGroup(handle, { ...named, ...size, year, days }, figures);
  };
  return {
    vintages: summary.vintages.map(({ year, ...figures }) =>
      present(
        { name: String(year), to: null, part: { vintage: String(year) } },
        ({ firstInvested }) => firstInvested.startsWith(String(year)),
        figures,
      ),
    ),
    cohorts: summary.cohorts.map(({ cohort, ...figures }) =>
      present(
        {
          name: cohort === null ? "Outside a cohort" : (titles.get(cohort) ?? cohort),
          to: cohort === null ? null : `/cohorts/${cohort}`,
          part: { cohort: cohort ?? "" },
        },
        (position) => position.cohort === cohort,
        figures,
      ),
    ),
  };
}

/** A group's line with where it stands among all teachers of its year. */
function withPeers(group: GroupShown, peers: PeersOf) {
  const { dpi, from, to } = peers(group.year);
  const quarter = group.dpiValue === null ? null : quarterOf(group.dpiValue, dpi);
  const { dpiValue: _dpi, tvpiValue: _tvpi, ...shown } = group;
  return { ...shown, teachers: dpi.values.length, years: yearsWords(from, to), quarter };
}

const yearsWords = (from: number, to: number): string =>
  from === to ? String(from) : `${from}–${to}`;
export type GroupLine = ReturnType<typeof withPeers>;

function drawGroups({ vintages, cohorts }: ReturnType<typeof groupsOf>, peers: PeersOf) {
  const draw = (name: string, groups: readonly GroupShown[], what: [string, string]) => {
    const compared = groups.flatMap((group) => {
      const of = peers(group.year);
      return of.dpi.quartiles && group.dpiValue !== null ? [{ group, of }] : [];
    });
    const above = compared.filter(
      ({ group, of }) => (group.dpiValue as number) >= (of.dpi.quartiles?.median ?? 0),
    ).length;
    const title =
      compared.length === 0
        ? `Fewer than ${LEAST_FOR_QUARTILES} teachers invested in these years: too few to compare`
        : `DPI is at or above the middle of all teachers in ${above} of ${compared.length} ${compared.length === 1 ? what[0] : what[1]}`;
    const rows = (value: "dpi" | "tvpi") =>
      groups.map((group) => {
        const of = peers(group.year);
        const { values: others, quartiles } = of[value];
        const own = value === "dpi" ? group.dpiValue : group.tvpiValue;
        return { name: group.name, own, others, quartiles, years: yearsWords(of.from, of.to) };
      });
    return drawPeers(name, {
      title,
      panels: [
        { name: "DPI", rows: rows("dpi") },
        { name: "TVPI", rows: rows("tvpi") },
      ],
    });
  };
  return {
    vintages: draw("vintages", vintages, ["vintage", "vintages"]),
    cohorts: draw("cohorts", cohorts, ["cohort", "cohorts"]),
  };
}

/** In how many students shares are still held, of all in whom they were bought. */
function heldOf(handle: string, { summary, investments }: Found): { now: Shown; of: number } {
  const apart = new Set(summary.positions.flatMap((one) => (one.apart ? [one.handle] : [])));
  const held = investments.filter((line) => line.sharesLeft !== "0" && !apart.has(line.handle));
  const count = new Set(held.map((line) => line.handle)).size;
  return { now: shownCount(handle, { of: "held" }, count), of: summary.students };
}

const EXITS: readonly { of: keyof ExitCounts; name: string; note: string }[] = [
  { of: "resold", name: "Sold on", note: "shares sold to another holder" },
  { of: "parted", name: "Bought out by the student", note: "the student parted ways" },
  { of: "ended", name: "Ended", note: "by a payout cap or a sunset" },
  { of: "reversed", name: "Reversed", note: "by two operators" },
];

/** How often shares left this record, and how. */
const presentExits = (
  handle: string,
  counts: ExitCounts,
): { name: string; note: string; value: Shown }[] =>
  EXITS.map(({ of, ...named }) => ({ ...named, value: shownCount(handle, { of }, counts[of]) }));

/** What is known of conduct (T31, T11): investments reversed, what is owed since reversals, and how the person's own token's obligations were kept. */
async function getConduct(
  db: Db,
  person: { id: string; handle: string },
  investments: readonly InvestmentLine[],
  now: Date,
) {
  const [owing, gains] = await Promise.all([
    listClaimsOf(db, person.id),
    listPublicGains(person.id, now),
  ]);
  const owed = owing.reduce((sum, { leftCents }) => sum + leftCents, 0n);
  return {
    reversed: investments.filter((line) => line.reversed).length,
    owed: owed === 0n ? null : formatCents(owed),
    kept: gains.length === 0 ? null : keptObligations(gains),
  };
}
