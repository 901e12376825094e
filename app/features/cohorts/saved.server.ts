import { and, desc, eq, isNull } from "drizzle-orm";
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

/** What a public cohort that somebody has not saved is called, so that they can save it again; null for any other. */
export async function findUnsaved(
  actor: { id: string },
  slug: string | null,
  db: Queryable = getDb(),
): Promise<{ slug: string; title: string } | null> {
  if (!slug) return null;
  const [cohort] = await db
    .select({ slug: cohorts.slug, title: cohorts.title })
    .from(cohorts)
    .leftJoin(
      savedCohorts,
      and(eq(savedCohorts.cohortId, cohorts.id), eq(savedCohorts.personId, actor.id)),
    )
    .where(and(eq(cohorts.slug, slug), isPublic, isNull(savedCohorts.cohortId)));
  return cohort ?? null;
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
