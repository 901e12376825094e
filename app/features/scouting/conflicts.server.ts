import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { applications, cohorts, enrolments } from "#db/schema/index";
import { staffs } from "~/features/cohorts/teachers.server";

export type Conflict = "oneself" | "own_student" | "under_review";

/**
 * Everybody who counts as that person (T18): joined with them in the book, or controlling or controlled by one of them, as it is
 * declared now. They themselves come with them.
 */
export async function listCountedAs(db: Queryable, personId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`SELECT id FROM counted_as(${personId})`);
  return rows.map((row) => row.id);
}

/** Whether two people are declared relatives now, or one of them counts as the other. */
export async function areClose(db: Queryable, one: string, other: string): Promise<boolean> {
  const [row] = await db.execute<{ close: boolean }>(
    sql`SELECT are_close(${one}, ${other}) AS close`,
  );
  return row?.close === true;
}

/**
 * Why this scout may not refer that person: they are one, they teach them, or review an application of theirs (T21); what
 * somebody who counts as the scout does, the scout does. Null: they may.
 */
export async function findConflict(
  db: Queryable,
  who: { scoutId: string; talentId: string },
): Promise<Conflict | null> {
  const scouts = await listCountedAs(db, who.scoutId);
  if (scouts.includes(who.talentId)) return "oneself";
  const staffed = or(...scouts.map((id) => staffs(id)));
  const [student] = await db
    .select({ one: sql`1` })
    .from(enrolments)
    .innerJoin(cohorts, eq(cohorts.id, enrolments.cohortId))
    .where(and(eq(enrolments.personId, who.talentId), staffed))
    .limit(1);
  if (student) return "own_student";
  const [reviewed] = await db
    .select({ one: sql`1` })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(
      and(
        eq(applications.applicantId, who.talentId),
        inArray(applications.state, ["submitted", "waitlisted", "revise"]),
        staffed,
      ),
    )
    .limit(1);
  return reviewed ? "under_review" : null;
}

/**
 * Whether that person had applied to the cohort before the instant, withdrawn or submitted again since or not: then nobody refers
 * them there any more (T21).
 */
export async function hadApplied(
  db: Queryable,
  who: { talentId: string; cohortId: string; before: Date },
): Promise<boolean> {
  const [row] = await db.execute<{ had: boolean }>(
    sql`SELECT applied_before(${who.talentId}, ${who.cohortId}, ${who.before.toISOString()}) AS had`,
  );
  return row?.had === true;
}
