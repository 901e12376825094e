import { and, eq, isNotNull, lt, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { applications, cohorts, enrolments } from "#db/schema/index";
import { staffs } from "~/features/cohorts/teachers.server";

export type Conflict = "own_student" | "under_review";

/** Why this scout may not refer that person: they teach them, or review an application of theirs (T21). Null: they may. */
export async function findConflict(
  db: Queryable,
  who: { scoutId: string; talentId: string },
): Promise<Conflict | null> {
  const [student] = await db
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(cohorts, eq(cohorts.id, enrolments.cohortId))
    .where(and(eq(enrolments.personId, who.talentId), staffs(who.scoutId)))
    .limit(1);
  if (student) return "own_student";
  const [reviewed] = await db
    .select({ one: sql`1` })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(
      and(
        eq(applications.applicantId, who.talentId),
        eq(applications.state, "submitted"),
        staffs(who.scoutId),
      ),
    )
    .limit(1);
  return reviewed ? "under_review" : null;
}

/** Whether that person had applied to the cohort before the instant: then nobody refers them there any more (T21). */
export async function hadApplied(
  db: Queryable,
  who: { talentId: string; cohortId: string; before: Date },
): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(applications)
    .where(
      and(
        eq(applications.applicantId, who.talentId),
        eq(applications.cohortId, who.cohortId),
        isNotNull(applications.submittedAt),
        lt(applications.submittedAt, who.before),
      ),
    );
  return rows.length > 0;
}
