import { and, asc, count, desc, eq, gt, inArray, lte, or, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import type { QuestionKind } from "#db/schema/cohorts";
import { cohortQuestions, cohorts, enrolments, persons, questionVersions } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import type { WindowPhase } from "~/lib/window";
import { isPublic, staffOf, staffs, teaches } from "./teachers.server";

export type Cohort = typeof cohorts.$inferSelect;
export type CohortWithTeacher = Cohort & { teacherName: string; teacherHandle: string };
/** A question as a version of a cohort's questions has it. */
export type Question = {
  id: string;
  kind: QuestionKind;
  prompt: string;
  help: string;
  required: boolean;
  maxWords: number | null;
  options: string[];
};

const PAGE = 100;
const isOn = eq(cohorts.state, "published");

const withTeacher = (db: Queryable) =>
  db
    .select({ cohort: cohorts, teacherName: persons.displayName, teacherHandle: persons.handle })
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId));
/** A cohort with its opener, as rows of both give it. */
export const flatCohort = (row: {
  cohort: Cohort;
  teacherName: string;
  teacherHandle: string;
}): CohortWithTeacher => ({
  ...row.cohort,
  teacherName: row.teacherName,
  teacherHandle: row.teacherHandle,
});

/** Cohorts by where their window stands: open (closing first first), upcoming (opening first first), past (latest first); cancelled ones are past. */
export async function listCohorts(now: Date, db: Queryable = getDb()) {
  const [open, upcoming, past] = await Promise.all([
    withTeacher(db)
      .where(and(isOn, lte(cohorts.opensAt, now), gt(cohorts.closesAt, now)))
      .orderBy(asc(cohorts.closesAt))
      .limit(PAGE),
    withTeacher(db)
      .where(and(isOn, gt(cohorts.opensAt, now)))
      .orderBy(asc(cohorts.opensAt))
      .limit(PAGE),
    withTeacher(db)
      .where(and(isPublic, or(lte(cohorts.closesAt, now), eq(cohorts.state, "cancelled"))))
      .orderBy(desc(cohorts.closesAt))
      .limit(PAGE),
  ]);
  return {
    open: open.map(flatCohort),
    upcoming: upcoming.map(flatCohort),
    past: past.map(flatCohort),
  };
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
    upcoming: and(isOn, gt(cohorts.opensAt, now)),
    open: and(isOn, lte(cohorts.opensAt, now), gt(cohorts.closesAt, now)),
    closed: or(lte(cohorts.closesAt, now), eq(cohorts.state, "cancelled")),
  };
  const rows = await withTeacher(db)
    .where(
      and(
        isPublic,
        asked.phase && phases[asked.phase],
        after &&
          sql`(${cohorts.closesAt}, ${cohorts.slug}) < (${after.closesAt.toISOString()}::timestamptz, ${after.slug})`,
      ),
    )
    .orderBy(desc(cohorts.closesAt), desc(cohorts.slug))
    .limit(asked.limit);
  return rows.map(flatCohort);
}

export type CohortWhole = CohortWithTeacher & { questions: Question[]; enrolled: number };

/** The cohort of that slug with its questions in force, in order, and the places taken; null where there is none, or a draft. Public. */
export async function getCohortBySlug(
  slug: string,
  db: Queryable = getDb(),
): Promise<CohortWhole | null> {
  const cohort = await findCohort(slug, db);
  return cohort?.publishedAt ? cohort : null;
}

async function findCohort(slug: string, db: Queryable): Promise<CohortWhole | null> {
  const [row] = await withTeacher(db).where(eq(cohorts.slug, slug));
  if (!row) return null;
  const { id, formVersion } = row.cohort;
  const [questions, taken] = await Promise.all([
    listQuestions({ cohortId: id, version: formVersion }, db),
    countEnrolled(id, db),
  ]);
  return { ...flatCohort(row), questions, enrolled: taken };
}

/** A cohort's questions in one version, in order. */
export async function listQuestions(
  of: { cohortId: string; version: number },
  db: Queryable = getDb(),
): Promise<Question[]> {
  return db
    .select({
      id: questionVersions.questionId,
      kind: cohortQuestions.kind,
      prompt: questionVersions.prompt,
      help: questionVersions.help,
      required: questionVersions.required,
      maxWords: questionVersions.maxWords,
      options: questionVersions.options,
    })
    .from(questionVersions)
    .innerJoin(cohortQuestions, eq(cohortQuestions.id, questionVersions.questionId))
    .where(
      and(eq(questionVersions.cohortId, of.cohortId), eq(questionVersions.version, of.version)),
    )
    .orderBy(asc(questionVersions.position));
}

/** How many places of a cohort are taken: confirmed, or waiting to be. */
export async function countEnrolled(cohortId: string, db: Queryable = getDb()): Promise<number> {
  const [row] = await db
    .select({ taken: count() })
    .from(enrolments)
    .where(
      and(eq(enrolments.cohortId, cohortId), inArray(enrolments.state, ["offered", "confirmed"])),
    );
  return row?.taken ?? 0;
}

/**
 * The cohort of that slug, drafts too, for those who work on it: to do `action` to it, or to see it. Null for others and
 * where there is none.
 */
export async function getOwnCohort(
  actor: Actor,
  slug: string,
  action: "cohort.read" | "cohort.manage" | "cohort.staff" = "cohort.read",
  db: Queryable = getDb(),
) {
  const cohort = await findCohort(slug, db);
  if (!cohort) return null;
  const staff = await staffOf(db, cohort.id);
  return denial(actor, action, staff) === null ? { ...cohort, staff } : null;
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
  return rows.map(flatCohort);
}

/** All cohorts that a person works on in whatever role, drafts too, latest first. For that person alone. */
export async function listCohortsOfStaff(
  personId: string,
  db: Queryable = getDb(),
): Promise<CohortWithTeacher[]> {
  const rows = await withTeacher(db)
    .where(staffs(personId))
    .orderBy(desc(cohorts.createdAt))
    .limit(PAGE);
  return rows.map(flatCohort);
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
