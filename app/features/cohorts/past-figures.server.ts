import { and, desc, inArray, lte, or, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import { isPublic, teaches } from "./teachers.server";

/** What became of a cohort that has begun, in numbers of people; each is `n` of something that is given beside it. */
export type PastFigures = {
  slug: string;
  title: string;
  /** The first and the last day, `YYYY-MM-DD`. */
  startsOn: string;
  endsOn: string;
  cancelled: boolean;
  /** Applications that were sent and not withdrawn. */
  applications: number;
  admitted: number;
  /** Admitted people who took their place. */
  places: number;
  /** Of those, in how many somebody of the cohort invested, and how many of these have paid their holders at least once since. */
  invested: number;
  paid: number;
};

const MOST = 50;
type Row = Record<"applications" | "admitted" | "places" | "invested" | "paid", string>;

const COUNTS = sql<Row>`(select to_json(counted) from (select
  (select count(*) from applications a where a.cohort_id = cohorts.id and a.submitted_at is not null and a.state <> 'withdrawn') as applications,
  (select count(*) from applications a where a.cohort_id = cohorts.id and a.state = 'admitted') as admitted,
  (select count(*) from enrolments e where e.cohort_id = cohorts.id and e.state = 'confirmed') as places,
  (select count(distinct o.student_id) from offers o where o.cohort_id = cohorts.id and o.state = 'settled') as invested,
  (select count(distinct o.student_id) from offers o join tokens t on t.owner_id = o.student_id
    join gains g on g.token_id = t.id and g.paid_at is not null and g.reversed_at is null
    where o.cohort_id = cohorts.id and o.state = 'settled') as paid) counted)`;

async function listFigures(
  db: Queryable,
  such: ReturnType<typeof and>,
  now: Date,
): Promise<PastFigures[]> {
  const rows = await db
    .select({ cohort: cohorts, counts: COUNTS })
    .from(cohorts)
    .where(and(isPublic, lte(cohorts.startsAt, now), such))
    .orderBy(desc(cohorts.startsAt), desc(cohorts.id))
    .limit(MOST);
  return rows.map(({ cohort, counts }) => ({
    ...{ slug: cohort.slug, title: cohort.title },
    ...{ startsOn: cohort.startsOn, endsOn: cohort.endsOn },
    cancelled: cohort.cancelledAt !== null,
    applications: Number(counts.applications),
    admitted: Number(counts.admitted),
    places: Number(counts.places),
    invested: Number(counts.invested),
    paid: Number(counts.paid),
  }));
}

/**
 * What became of the cohorts that one of these people taught, the latest first, at most 50. Before a cohort begins nothing is counted, so
 * that no count tells of an application that is still being judged. Public.
 */
export const listPastFigures = (
  teacherIds: readonly string[],
  now: Date,
  db: Queryable = getDb(),
): Promise<PastFigures[]> =>
  teacherIds.length === 0
    ? Promise.resolve([])
    : listFigures(db, or(...teacherIds.map((id) => teaches(id))), now);

/** The same of these cohorts; those that have not begun are left out. Public. */
export const listFiguresOf = async (
  cohortIds: readonly string[],
  now: Date,
  db: Queryable = getDb(),
): Promise<PastFigures[]> =>
  cohortIds.length === 0 ? [] : listFigures(db, inArray(cohorts.id, [...cohortIds]), now);
