import { and, asc, count, desc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohortQuestions, cohorts, enrolments, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import type { WindowPhase } from "~/lib/window";
import { listTeacherIds, teaches } from "./teachers.server";

export type Cohort = typeof cohorts.$inferSelect;
export type CohortWithTeacher = Cohort & { teacherName: string; teacherHandle: string };
export type Question = { id: string; prompt: string };

const PAGE = 100;

const withTeacher = (db: Queryable) =>
  db
    .select({ cohort: cohorts, teacherName: persons.displayName, teacherHandle: persons.handle })
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId));
const flat = (row: {
  cohort: Cohort;
  teacherName: string;
  teacherHandle: string;
}): CohortWithTeacher => ({
  ...row.cohort,
  teacherName: row.teacherName,
  teacherHandle: row.teacherHandle,
});

/** All cohorts by where their window stands: open (closing first first), upcoming (opening first first), past (latest first). */
export async function listCohorts(now: Date, db: Queryable = getDb()) {
  const [open, upcoming, past] = await Promise.all([
    withTeacher(db)
      .where(and(lte(cohorts.opensAt, now), gt(cohorts.closesAt, now)))
      .orderBy(asc(cohorts.closesAt))
      .limit(PAGE),
    withTeacher(db).where(gt(cohorts.opensAt, now)).orderBy(asc(cohorts.opensAt)).limit(PAGE),
    withTeacher(db).where(lte(cohorts.closesAt, now)).orderBy(desc(cohorts.closesAt)).limit(PAGE),
  ]);
  return { open: open.map(flat), upcoming: upcoming.map(flat), past: past.map(flat) };
}

/** All cohorts, those that close last first, or those of a phase; `limit` of them, from after a place in that order. */
export async function pageCohorts(
  asked: {
    limit: number;
    now: Date;
    phase?: WindowPhase | undefined;
    after?: { closesAt: Date; slug: string } | undefined;
  },
  db: Queryable = getDb(),
): Promise<CohortWithTeacher[]> {
  const { now, after } = asked;
  const phases = {
    upcoming: gt(cohorts.opensAt, now),
    open: and(lte(cohorts.opensAt, now), gt(cohorts.closesAt, now)),
    closed: lte(cohorts.closesAt, now),
  };
  const rows = await withTeacher(db)
    .where(
      and(
        asked.phase && phases[asked.phase],
        after &&
          sql`(${cohorts.closesAt}, ${cohorts.slug}) < (${after.closesAt.toISOString()}::timestamptz, ${after.slug})`,
      ),
    )
    .orderBy(desc(cohorts.closesAt), desc(cohorts.slug))
    .limit(asked.limit);
  return rows.map(flat);
}

/** The cohort of that slug with its questions in order and the places taken; null where there is none. Public. */
export async function getCohortBySlug(
  slug: string,
  db: Queryable = getDb(),
): Promise<(CohortWithTeacher & { questions: Question[]; enrolled: number }) | null> {
  const [row] = await withTeacher(db).where(eq(cohorts.slug, slug));
  if (!row) return null;
  const [questions, taken] = await Promise.all([
    listQuestions(row.cohort.id, db),
    countEnrolled(row.cohort.id, db),
  ]);
  return { ...flat(row), questions, enrolled: taken };
}

/** A cohort's questions in order. */
export async function listQuestions(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<Question[]> {
  return db
    .select({ id: cohortQuestions.id, prompt: cohortQuestions.prompt })
    .from(cohortQuestions)
    .where(eq(cohortQuestions.cohortId, cohortId))
    .orderBy(asc(cohortQuestions.position));
}

/** How many places of a cohort are taken. */
export async function countEnrolled(cohortId: string, db: Queryable = getDb()): Promise<number> {
  const [row] = await db
    .select({ taken: count() })
    .from(enrolments)
    .where(eq(enrolments.cohortId, cohortId));
  return row?.taken ?? 0;
}

/** The cohort of that slug for one of its teachers, to be managed; null for others and where there is none. */
export async function getOwnCohort(actor: Actor, slug: string, db: Queryable = getDb()) {
  const cohort = await getCohortBySlug(slug, db);
  if (!cohort) return null;
  const teacher = await listTeacherIds(db, cohort.id);
  return denial(actor, "cohort.manage", { teacher }) === null ? cohort : null;
}

/** All cohorts that a person teaches, opened by them or by another, latest first. Public. */
export async function listCohortsOfTeacher(
  teacherId: string,
  db: Queryable = getDb(),
): Promise<CohortWithTeacher[]> {
  const rows = await withTeacher(db)
    .where(teaches(teacherId))
    .orderBy(desc(cohorts.createdAt))
    .limit(PAGE);
  return rows.map(flat);
}

/** What each of these people teaches, in cohorts that they opened or teach with others; the latest first. Public. */
export async function listTeaching(
  teacherIds: readonly string[],
  db: Queryable = getDb(),
): Promise<(Cohort & { teacherId: string })[]> {
  if (teacherIds.length === 0) return [];
  const rows = await db
    .select({ cohort: cohorts, teacherId: persons.id })
    .from(cohorts)
    .innerJoin(persons, and(inArray(persons.id, [...teacherIds]), teaches(persons.id)))
    .orderBy(desc(cohorts.createdAt), desc(cohorts.id));
  return rows.map(({ cohort, teacherId }) => ({ ...cohort, teacherId }));
}
