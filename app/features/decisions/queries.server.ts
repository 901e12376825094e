import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { applications, cohorts, decisions, decisionTemplates, enrolments } from "#db/schema/index";
import { staffs } from "~/features/cohorts/teachers.server";
import { STANDARD, variablesOf } from "./templates";
import { listTexts } from "./text-of.server";

/**
 * The texts of a cohort by kind of decision, with the variables that each may name in words: the standard one, which is ours where
 * the cohort has none (`id` null), then the others by name.
 */
export async function listTextsShown(cohortId: string, db: Queryable = getDb()) {
  const standard = await listTexts(db, cohortId);
  const kept = await listTemplates(cohortId, db);
  return (Object.keys(standard) as (keyof typeof standard)[]).map((kind) => {
    const own = kept.filter((text) => text.kind === kind);
    const first = own.find(({ name }) => name === STANDARD);
    return {
      kind,
      texts: [
        { id: first?.id ?? null, name: STANDARD, body: standard[kind] },
        ...own.filter((text) => text !== first).map(({ id, name, body }) => ({ id, name, body })),
      ],
      variables: variablesOf(kind)
        .map(({ name, says }) => `{${name}}: ${says}`)
        .join("; "),
    };
  });
}

/** The texts that a cohort's teachers have kept, by name. */
export const listTemplates = (cohortId: string, db: Queryable = getDb()) =>
  db
    .select({
      id: decisionTemplates.id,
      kind: decisionTemplates.kind,
      name: decisionTemplates.name,
      body: decisionTemplates.body,
    })
    .from(decisionTemplates)
    .where(eq(decisionTemplates.cohortId, cohortId))
    .orderBy(asc(decisionTemplates.kind), asc(decisionTemplates.name))
    .limit(200);

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

/** The cohort that a deferred application is kept for, and whether a draft waits there. Whoever calls it has asked whether the reader may. */
export async function findNextCohort(applicationId: string, db: Queryable = getDb()) {
  const [next] = await db
    .select({
      slug: cohorts.slug,
      title: cohorts.title,
      drafted: sql<boolean>`exists (select 1 from applications x where x.cohort_id = ${cohorts.id} and x.applicant_id = ${applications.applicantId} and x.state = 'draft')`,
    })
    .from(decisions)
    .innerJoin(cohorts, eq(cohorts.id, decisions.deferTo))
    .innerJoin(applications, eq(applications.id, decisions.applicationId))
    .where(and(eq(decisions.applicationId, applicationId), eq(decisions.state, "released")))
    .orderBy(desc(decisions.releasedAt))
    .limit(1);
  return next ?? null;
}

/** Which place on the waitlist an application has now, from 1; null where it is not on it. Whoever calls it has asked whether the reader may. */
export async function findWaitlistPlace(
  applicationId: string,
  db: Queryable = getDb(),
): Promise<number | null> {
  const [row] = await db.execute<{ place: number }>(sql`
    select (select count(*)::int from applications o where o.cohort_id = a.cohort_id and o.waitlist_rank <= a.waitlist_rank) as place
    from applications a where a.id = ${applicationId} and a.waitlist_rank is not null`);
  return row?.place ?? null;
}
