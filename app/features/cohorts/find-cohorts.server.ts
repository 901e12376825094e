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
import { isPublic } from "./teachers.server";

export type FoundCohorts = {
  cohorts: CohortWithTeacher[];
  /** Their openers' records in a line, by the opener's id. */
  records: Map<string, string>;
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
 * Public cohorts as asked for: by the beginnings of words of title, skill, pitch and teacher's name; narrowed. Open ones come
 * first, closing first first; then those that open later; then the others, closed last first. A page beyond the last is the last.
 */
export async function findCohorts(
  query: CohortQuery,
  now: Date,
  db: Queryable = getDb(),
): Promise<FoundCohorts> {
  const at = now.toISOString();
  const [found, all, skills] = await Promise.all([
    db
      .select({ id: cohorts.id, teacherId: cohorts.teacherId })
      .from(cohorts)
      .where(and(isPublic, ...narrowedBy(query, at)))
      .orderBy(...inOrder(at))
      .limit(MOST_LOOKED_AT),
    db.$count(cohorts, isPublic),
    listSkills(db),
  ]);
  const kept = query.record === "" ? found : await withRecord(db, found, query.record, now);
  const pages = Math.max(1, Math.ceil(kept.length / PAGE_LENGTH));
  const page = Math.min(query.page, pages);
  const ids = kept.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH).map(({ id }) => id);
  const shown = await getCohorts(db, ids);
  const teachers = shown.map(({ teacherId }) => teacherId);
  const records = await listRecordWords(teachers, now, db);
  return { cohorts: shown, records, count: kept.length, all, page, pages, skills };
}

/** Teachers' records in a line each, by their ids: confirmed cash for what was paid in, and in how many investments. */
export async function listRecordWords(
  teacherIds: readonly string[],
  now: Date,
  db: Queryable = getDb(),
): Promise<Map<string, string>> {
  const records = await listRecordsOf(db, [...new Set(teacherIds)], utcDay(now));
  return new Map(
    [...records].map(([id, { summary }]) => {
      const { investments: n, gross } = summary;
      const dpi = gross.dpi === null ? "not yet" : formatMultiple(gross.dpi);
      return [
        id,
        n === 0
          ? "No investment yet"
          : `DPI ${dpi}, ${n} ${n === 1 ? "investment" : "investments"}`,
      ];
    }),
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

type Found = { id: string; teacherId: string };

/** Those whose opener's record holds what is asked. */
async function withRecord(
  db: Queryable,
  found: readonly Found[],
  asked: Exclude<CohortQuery["record"], "">,
  now: Date,
): Promise<Found[]> {
  const teachers = [...new Set(found.map(({ teacherId }) => teacherId))];
  const records = await listRecordsOf(db, teachers, utcDay(now));
  return found.filter(({ teacherId }) => {
    const summary = records.get(teacherId)?.summary;
    if (!summary) return false;
    if (asked === "whole") return Number(summary.gross.dpi ?? 0) >= 1;
    return summary.investments >= Number(asked);
  });
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
