import { and, asc, eq, ne } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts } from "#db/schema/index";
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
