import { and, asc, eq, or, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";

/** Everybody who teaches a cohort: who opened it, first, then those who accepted their invitation, in that order. */
export async function listTeacherIds(db: Queryable, cohortId: string): Promise<string[]> {
  return (await listTeachersOf(cohortId, db)).map((teacher) => teacher.id);
}

export type CohortTeacher = { id: string; handle: string; displayName: string; email: string };

/** The teachers of a cohort, as `listTeacherIds`, with what pages and messages need of them. */
export async function listTeachersOf(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<CohortTeacher[]> {
  const columns = {
    id: persons.id,
    handle: persons.handle,
    displayName: persons.displayName,
    email: persons.email,
  };
  const lead = await db
    .select(columns)
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId))
    .where(eq(cohorts.id, cohortId));
  const others = await db
    .select(columns)
    .from(cohortTeachers)
    .innerJoin(persons, eq(persons.id, cohortTeachers.personId))
    .where(and(eq(cohortTeachers.cohortId, cohortId), eq(cohortTeachers.state, "accepted")))
    .orderBy(asc(cohortTeachers.answeredAt), asc(cohortTeachers.id));
  return [...lead, ...others];
}

/** Whether a person teaches the cohort of the outer query: opened it, or accepted an invitation. */
export const teaches = (personId: unknown) =>
  or(
    sql`${cohorts.teacherId} = ${personId}`,
    sql`exists (select 1 from cohort_teachers ct where ct.cohort_id = ${cohorts.id} and ct.person_id = ${personId} and ct.state = 'accepted')`,
  );
