import { and, asc, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import type { CohortRole } from "#db/schema/cohorts";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";

/** Everybody who teaches a cohort: who opened it, first, then leads and co-teachers in the order in which they accepted. */
export async function listTeacherIds(db: Queryable, cohortId: string): Promise<string[]> {
  return (await listTeachersOf(cohortId, db)).map((teacher) => teacher.id);
}

export type CohortTeacher = {
  id: string;
  handle: string;
  displayName: string;
  email: string;
  role: CohortRole;
  /** Their part of each investment, in hundredths of a percent. */
  partBps: number;
};

/** The teachers of a cohort, as `listTeacherIds`, with what pages and messages need of them. */
export async function listTeachersOf(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<CohortTeacher[]> {
  return (await listStaffOf(cohortId, db)).filter(({ role }) => role !== "reviewer");
}

/** Who works on a cohort, in whatever role: who opened it, first, with the part that the others leave. */
export async function listStaffOf(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<CohortTeacher[]> {
  const columns = {
    id: persons.id,
    handle: persons.handle,
    displayName: persons.displayName,
    email: persons.email,
  };
  const opener = await db
    .select(columns)
    .from(cohorts)
    .innerJoin(persons, eq(persons.id, cohorts.teacherId))
    .where(eq(cohorts.id, cohortId));
  const others = await db
    .select({ ...columns, role: cohortTeachers.role, partBps: cohortTeachers.partBps })
    .from(cohortTeachers)
    .innerJoin(persons, eq(persons.id, cohortTeachers.personId))
    .where(and(eq(cohortTeachers.cohortId, cohortId), eq(cohortTeachers.state, "accepted")))
    .orderBy(asc(cohortTeachers.answeredAt), asc(cohortTeachers.id));
  const given = others.reduce((sum, { partBps }) => sum + partBps, 0);
  return [
    ...opener.map((one) => ({ ...one, role: "lead" as const, partBps: 10_000 - given })),
    ...others,
  ];
}

export type NamedTeacher = { id: string; handle: string; displayName: string };

/** Who teaches each of some cohorts, by the cohort's id, each in the order of `listTeacherIds`. */
export async function listTeachersOfEach(
  cohortIds: readonly string[],
  db: Queryable = getDb(),
): Promise<Map<string, NamedTeacher[]>> {
  const teachers = new Map<string, NamedTeacher[]>();
  if (cohortIds.length === 0) return teachers;
  const columns = { id: persons.id, handle: persons.handle, displayName: persons.displayName };
  const [openers, others] = await Promise.all([
    db
      .select({ cohortId: cohorts.id, ...columns })
      .from(cohorts)
      .innerJoin(persons, eq(persons.id, cohorts.teacherId))
      .where(inArray(cohorts.id, [...cohortIds])),
    db
      .select({ cohortId: cohortTeachers.cohortId, ...columns })
      .from(cohortTeachers)
      .innerJoin(persons, eq(persons.id, cohortTeachers.personId))
      .where(
        and(
          inArray(cohortTeachers.cohortId, [...cohortIds]),
          eq(cohortTeachers.state, "accepted"),
          ne(cohortTeachers.role, "reviewer"),
        ),
      )
      .orderBy(asc(cohortTeachers.answeredAt), asc(cohortTeachers.id)),
  ]);
  for (const { cohortId, ...teacher } of [...openers, ...others])
    teachers.set(cohortId, [...(teachers.get(cohortId) ?? []), teacher]);
  return teachers;
}

/** Who plays which part towards a cohort, for permissions: leads, teachers (leads and co-teachers), and reviewers. */
export async function staffOf(
  db: Queryable,
  cohortId: string,
): Promise<{ lead: string[]; teacher: string[]; reviewer: string[] }> {
  const staff = await listStaffOf(cohortId, db);
  const ids = (such: (role: CohortRole) => boolean) =>
    staff.filter(({ role }) => such(role)).map(({ id }) => id);
  return {
    lead: ids((role) => role === "lead"),
    teacher: ids((role) => role !== "reviewer"),
    reviewer: ids((role) => role === "reviewer"),
  };
}

const worksOn = (personId: unknown, roles: readonly CohortRole[]): SQL | undefined =>
  or(
    sql`${cohorts.teacherId} = ${personId}`,
    sql`exists (select 1 from cohort_teachers ct where ct.cohort_id = ${cohorts.id} and ct.person_id = ${personId} and ct.state = 'accepted' and ${inArray(sql`ct.role`, [...roles])})`,
  );

/** Whether a person teaches the cohort of the outer query in public: opened it, or teaches it with others; drafts do not count. */
export const teaches = (personId: unknown) =>
  and(isPublic, worksOn(personId, ["lead", "co_teacher"]));

/** Whether a person works on the cohort of the outer query in any role, drafts included. */
export const staffs = (personId: unknown) => worksOn(personId, ["lead", "co_teacher", "reviewer"]);

/** Whether the cohort of the outer query was ever made public. */
export const isPublic = sql`${cohorts.publishedAt} is not null`;
