import { and, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, persons } from "#db/schema/index";
import { listRecordsOf } from "~/features/records/get-record.server";
import { utcDay } from "~/lib/dates";
import { formatMultiple } from "~/lib/money";
import { searchWords } from "~/lib/search-words";
import { type CohortQuery, PAGE_LENGTH } from "./find-query";
import { type CohortWithTeacher, flatCohort } from "./queries.server";
import { listSkills, saysWord } from "./search-cohorts.server";
import { isPublic, listTeachersOfEach, type NamedTeacher } from "./teachers.server";

export type FoundCohorts = {
  cohorts: CohortWithTeacher[];
  /** Who teaches them, by the cohort's id. */
  taught: Map<string, TaughtBy>;
  /** How many are found, of how many there are; on which page of how many. */
  count: number;
  all: number;
  page: number;
  pages: number;
  /** What there is to choose from. */
  skills: string[];
};

/** The most cohorts whose teachers' records are looked at, those first whose deadline is next. */
const MOST_LOOKED_AT = 2_000;

/**
 * Public cohorts as asked for: by the beginnings of words of title, skill, pitch and a teacher's name; narrowed. Open ones come
 * first, closing first first; then those that open later; then the others, closed last first. A page beyond the last is the last.
 */
export async function findCohorts(
  query: CohortQuery,
  now: Date,
  db: Queryable = getDb(),
): Promise<FoundCohorts> {
  const at = now.toISOString();
  const [rows, all, skills] = await Promise.all([
    db
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(and(isPublic, ...narrowedBy(query, at)))
      .orderBy(...inOrder(at))
      .limit(MOST_LOOKED_AT),
    db.$count(cohorts, isPublic),
    listSkills(db),
  ]);
  const found = rows.map(({ id }) => id);
  const kept = query.record === "" ? found : await withRecord(db, found, query.record, now);
  const pages = Math.max(1, Math.ceil(kept.length / PAGE_LENGTH));
  const page = Math.min(query.page, pages);
  const ids = kept.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH);
  const [shown, taught] = await Promise.all([getCohorts(db, ids), listTaughtBy(ids, now, db)]);
  return { cohorts: shown, taught, count: kept.length, all, page, pages, skills };
}

/** Who teaches a cohort, opener first, each with their record in a line: confirmed cash for what was paid in, in how many investments. */
export type TaughtBy = { handle: string; displayName: string; record: string }[];

/** Who teaches each of some cohorts and with what record, by the cohort's id. */
export async function listTaughtBy(
  cohortIds: readonly string[],
  now: Date,
  db: Queryable = getDb(),
): Promise<Map<string, TaughtBy>> {
  const taught = await listTeachersOfEach(cohortIds, db);
  const teachers = [...taught.values()].flat().map(({ id }) => id);
  const records = await listRecordsOf(db, [...new Set(teachers)], utcDay(now));
  const inWords = (id: string) => {
    const summary = records.get(id)?.summary;
    const n = summary?.investments ?? 0;
    if (!summary || n === 0) return "No investment yet";
    const dpi = summary.gross.dpi === null ? "not yet" : formatMultiple(summary.gross.dpi);
    return `DPI ${dpi}, ${n} ${n === 1 ? "investment" : "investments"}`;
  };
  return new Map(
    [...taught].map(([cohortId, each]) => [
      cohortId,
      each.map(({ id, ...one }) => ({ ...one, record: inWords(id) })),
    ]),
  );
}

/** Open, then to be opened, then closed or cancelled: by the deadline ahead of them, or the one behind. */
function inOrder(at: string): SQL[] {
  const live = sql`(${cohorts.state} = 'published' and ${cohorts.closesAt} > ${at})`;
  const open = sql`(${live} and ${cohorts.opensAt} <= ${at})`;
  return [
    sql`case when ${open} then 0 when ${live} then 1 else 2 end`,
    sql`case when ${open} then ${cohorts.closesAt} when ${live} then ${cohorts.opensAt} end`,
    desc(cohorts.closesAt),
    desc(cohorts.id),
  ];
}

function narrowedBy(query: CohortQuery, at: string): (SQL | undefined)[] {
  const { skill, cap, sunset, part, from, until, open } = query;
  return [
    ...searchWords(query.q).map(saysWord),
    skill ? sql`lower(${cohorts.skill}) = lower(${skill})` : undefined,
    cap ? isOf(cohorts.payoutCapMultiple, cap) : undefined,
    sunset ? isOf(cohorts.sunsetYears, sunset) : undefined,
    part ? sql`${cohorts.shares} <= ${part}::bigint` : undefined,
    from ? sql`${cohorts.startsOn} >= ${from}` : undefined,
    until ? sql`${cohorts.endsOn} <= ${until}` : undefined,
    open
      ? sql`${cohorts.state} = 'published' and ${cohorts.opensAt} <= ${at} and ${cohorts.closesAt} > ${at}`
      : undefined,
  ];
}

const isOf = (
  column: typeof cohorts.payoutCapMultiple | typeof cohorts.sunsetYears,
  asked: string,
): SQL => (asked === "none" ? isNull(column) : eq(column, Number(asked)));

/** Those of whose teachers one at least has a record that holds what is asked. */
async function withRecord(
  db: Queryable,
  cohortIds: readonly string[],
  asked: Exclude<CohortQuery["record"], "">,
  now: Date,
): Promise<string[]> {
  const taught = await listTeachersOfEach(cohortIds, db);
  const teachers = [...taught.values()].flat().map(({ id }) => id);
  const records = await listRecordsOf(db, [...new Set(teachers)], utcDay(now));
  const holds = ({ id }: NamedTeacher): boolean => {
    const summary = records.get(id)?.summary;
    if (!summary) return false;
    if (asked === "whole") return Number(summary.gross.dpi ?? 0) >= 1;
    return summary.investments >= Number(asked);
  };
  return cohortIds.filter((id) => taught.get(id)?.some(holds));
}

/** Cohorts by their ids, in that order, those that are not public too. */
async function getCohorts(db: Queryable, ids: readonly string[]): Promise<CohortWithTeacher[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ cohort: cohorts, teacherName: persons.displayName, teacherHandle: persons.handle })
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId))
    .where(inArray(cohorts.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.cohort.id, flatCohort(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Public cohorts by the ends of their addresses, in that order; unknown ones are left out. */
export async function listCohortsBySlug(
  slugs: readonly string[],
  db: Queryable = getDb(),
): Promise<CohortWithTeacher[]> {
  if (slugs.length === 0) return [];
  const rows = await db
    .select({ id: cohorts.id, slug: cohorts.slug })
    .from(cohorts)
    .where(and(isPublic, inArray(cohorts.slug, [...slugs])));
  const idOf = new Map(rows.map(({ slug, id }) => [slug, id]));
  return getCohorts(
    db,
    slugs.flatMap((slug) => idOf.get(slug) ?? []),
  );
}
