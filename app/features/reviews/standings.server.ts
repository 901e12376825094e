import { and, eq, sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { applicationStandings, reviewerScales, reviews } from "#db/schema/index";
import { policy } from "~/policy";
import { addScales, meanOf, NO_REVIEWS, normalMilliOf, type Scale, scaleWith } from "./normalise";

type Change = {
  cohortId: string;
  applicationId: string;
  reviewerId: string;
  /** The review's total before and after; null: it did not count. */
  before: number | null;
  after: number | null;
  now: Date;
};

/**
 * Keeps what lists sort by in the transaction that changes a review's total: the reviewer's scale, and the application's means.
 * The caller holds the application's row. What it costs grows with the cohort's reviewers and never with its applications:
 * other applications' normalised means follow later (`normaliseScores`).
 */
export async function keepStandings(tx: Tx, change: Change): Promise<void> {
  if (change.before === change.after) return;
  await keepScale(tx, change);
  const scales = await listScales(tx, change.cohortId);
  const totals = await tx
    .select({ reviewerId: reviews.reviewerId, totalMilli: sql<number>`${reviews.totalMilli}` })
    .from(reviews)
    .where(and(eq(reviews.applicationId, change.applicationId), eq(reviews.state, "submitted")));
  const means = meansOf(totals, scales);
  await tx
    .insert(applicationStandings)
    .values({
      applicationId: change.applicationId,
      cohortId: change.cohortId,
      ...means,
      normalisedAt: change.now,
    })
    .onConflictDoUpdate({
      target: applicationStandings.applicationId,
      set: { ...means, normalisedAt: change.now },
    });
}

async function keepScale(tx: Tx, change: Change): Promise<void> {
  let delta = NO_REVIEWS;
  if (change.before !== null) delta = scaleWith(delta, change.before, -1);
  if (change.after !== null) delta = scaleWith(delta, change.after, 1);
  await tx.execute(sql`
    insert into reviewer_scales (cohort_id, reviewer_id, reviews, sum_milli, sum_squares)
    values (${change.cohortId}, ${change.reviewerId}, 0, 0, 0) on conflict do nothing`);
  await tx.execute(sql`
    update reviewer_scales set reviews = reviews + ${delta.reviews}, sum_milli = sum_milli + ${delta.sumMilli},
      sum_squares = sum_squares + ${delta.sumSquares}
    where cohort_id = ${change.cohortId} and reviewer_id = ${change.reviewerId}`);
}

/** Reviewer → scale, of a cohort. */
export async function listScales(db: Queryable, cohortId: string): Promise<Map<string, Scale>> {
  const rows = await db.select().from(reviewerScales).where(eq(reviewerScales.cohortId, cohortId));
  return new Map(
    rows.map(({ reviewerId, reviews: n, sumMilli, sumSquares }) => [
      reviewerId,
      { reviews: n, sumMilli, sumSquares },
    ]),
  );
}

/** An application's means of its submitted reviews: as given, and on the cohort's scale. */
export function meansOf(
  totals: readonly { reviewerId: string; totalMilli: number }[],
  scales: ReadonlyMap<string, Scale>,
  cohort: Scale = addScales([...scales.values()]),
): { reviews: number; rawMilli: number | null; normalMilli: number | null } {
  const normal = totals.map(({ reviewerId, totalMilli }) =>
    normalMilliOf(
      totalMilli,
      scales.get(reviewerId) ?? NO_REVIEWS,
      cohort,
      policy.reviewsBeforeOwnScale.value,
    ),
  );
  return {
    reviews: totals.length,
    rawMilli: meanOf(totals.map(({ totalMilli }) => totalMilli)),
    normalMilli: meanOf(normal),
  };
}
