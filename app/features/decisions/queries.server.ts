import { and, asc, desc, eq, ne } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, decisions, enrolments } from "#db/schema/index";
import { staffs } from "~/features/cohorts/teachers.server";
import { variablesOf } from "./templates";
import { listTexts } from "./text-of.server";

/** The texts of a cohort by kind of decision, with the variables that each may name in words. */
export async function listTextsShown(cohortId: string, db: Queryable = getDb()) {
  const texts = await listTexts(db, cohortId);
  return (Object.keys(texts) as (keyof typeof texts)[]).map((kind) => ({
    kind,
    body: texts[kind],
    variables: variablesOf(kind)
      .map(({ name, says }) => `{${name}}: ${says}`)
      .join("; "),
  }));
}

/** Other public cohorts that a person works on: what an application may be kept for. */
export const listNextCohorts = (personId: string, cohortId: string, db: Queryable = getDb()) =>
  db
    .select({ id: cohorts.id, slug: cohorts.slug, title: cohorts.title })
    .from(cohorts)
    .where(and(eq(cohorts.state, "published"), ne(cohorts.id, cohortId), staffs(personId)))
    .orderBy(asc(cohorts.title))
    .limit(100);

/** The place that an application led to, if it did. Whoever calls it has asked whether the reader may. */
export async function findPlace(applicationId: string, db: Queryable = getDb()) {
  const [place] = await db
    .select({ state: enrolments.state, confirmBy: enrolments.confirmBy })
    .from(enrolments)
    .where(eq(enrolments.applicationId, applicationId));
  return place ?? null;
}

/** The cohort that a deferred application is kept for. Whoever calls it has asked whether the reader may. */
export async function findNextCohort(applicationId: string, db: Queryable = getDb()) {
  const [next] = await db
    .select({ slug: cohorts.slug, title: cohorts.title })
    .from(decisions)
    .innerJoin(cohorts, eq(cohorts.id, decisions.deferTo))
    .where(and(eq(decisions.applicationId, applicationId), eq(decisions.state, "released")))
    .orderBy(desc(decisions.releasedAt))
    .limit(1);
  return next ?? null;
}
