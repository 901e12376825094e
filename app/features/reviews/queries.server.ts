import { and, asc, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { reviewScores, reviews, rubricCriteria } from "#db/schema/index";

export type Criterion = typeof rubricCriteria.$inferSelect;

/** What a cohort's applications are scored by, in order; at least one criterion. */
export async function listCriteria(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<Criterion[]> {
  return db
    .select()
    .from(rubricCriteria)
    .where(eq(rubricCriteria.cohortId, cohortId))
    .orderBy(asc(rubricCriteria.position), asc(rubricCriteria.id));
}

/** Whether somebody has scored an application of the cohort: from then on its rubric is fixed. */
export async function hasScores(cohortId: string, db: Queryable = getDb()): Promise<boolean> {
  const rows = await db
    .select({ id: reviewScores.reviewId })
    .from(reviewScores)
    .innerJoin(rubricCriteria, eq(rubricCriteria.id, reviewScores.criterionId))
    .where(eq(rubricCriteria.cohortId, cohortId))
    .limit(1);
  return rows.length > 0;
}

export type Review = {
  state: "draft" | "submitted" | "abstained";
  /** Counts the saves, from 1. */
  revision: number;
  note: string;
  totalMilli: number | null;
  /** Criterion → 1 to 5. */
  scores: Record<string, number>;
};

/** The asker's own review of an application, if they wrote one. Only for reviewers: ask `getApplicationToReview` first. */
export async function findOwnReview(
  applicationId: string,
  reviewerId: string,
  db: Queryable = getDb(),
): Promise<Review | null> {
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.applicationId, applicationId), eq(reviews.reviewerId, reviewerId)));
  if (!row) return null;
  const scores = await db.select().from(reviewScores).where(eq(reviewScores.reviewId, row.id));
  return {
    state: row.state,
    revision: row.revision,
    note: row.note,
    totalMilli: row.totalMilli,
    scores: Object.fromEntries(scores.map(({ criterionId, score }) => [criterionId, score])),
  };
}
