import { and, desc, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, persons, savedCohorts } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type CohortWithTeacher, flatCohort } from "./queries.server";
import { isPublic } from "./teachers.server";

/** The cohorts that somebody saved, the last saved first. For that person alone. */
export async function listSaved(
  actor: { id: string },
  db: Queryable = getDb(),
): Promise<CohortWithTeacher[]> {
  const rows = await db
    .select({ cohort: cohorts, teacherName: persons.displayName, teacherHandle: persons.handle })
    .from(savedCohorts)
    .innerJoin(cohorts, and(eq(cohorts.id, savedCohorts.cohortId), isPublic))
    .innerJoin(persons, eq(persons.id, cohorts.teacherId))
    .where(eq(savedCohorts.personId, actor.id))
    .orderBy(desc(savedCohorts.savedAt), desc(cohorts.id));
  return rows.map(flatCohort);
}

/** Whether somebody saved a cohort. */
export async function isSaved(
  actor: Actor,
  cohortId: string,
  db: Queryable = getDb(),
): Promise<boolean> {
  const saved = await db.$count(
    savedCohorts,
    and(eq(savedCohorts.personId, actor.id), eq(savedCohorts.cohortId, cohortId)),
  );
  return saved > 0;
}
