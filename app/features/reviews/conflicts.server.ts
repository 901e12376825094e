import { notInArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";

/** Whom this person may not review in that cohort (T29): ids of applicants, themselves among them; each once, in order. */
export async function listConflicted(
  db: Queryable,
  who: { reviewerId: string; cohortId: string },
): Promise<string[]> {
  const rows = await db.execute<{ applicant_id: string }>(
    sql`select distinct applicant_id from review_conflicts(${who.reviewerId}, ${who.cohortId}) order by 1`,
  );
  return [...rows].map((row) => row.applicant_id);
}

/** Why this person may not review that applicant in that cohort: kinds of conflict; empty where they may. */
export async function listConflictKinds(
  db: Queryable,
  who: { reviewerId: string; applicantId: string; cohortId: string },
): Promise<string[]> {
  const rows = await db.execute<{ kind: string }>(
    sql`select distinct kind from review_conflicts(${who.reviewerId}, ${who.cohortId}) where applicant_id = ${who.applicantId} order by 1`,
  );
  return [...rows].map((row) => row.kind);
}

/** A condition that keeps out of a query whoever is conflicted. */
export const isNotConflicted = (
  applicantId: SQLWrapper,
  conflicted: readonly string[],
): SQL | undefined =>
  conflicted.length === 0 ? undefined : notInArray(applicantId, [...conflicted]);
