import { and, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { reviews } from "#db/schema/index";

export type Review = { score: number; note: string };

/** The asker's own review of an application, if they wrote one. Only for reviewers: ask `getApplicationToReview` first. */
export async function findOwnReview(
  applicationId: string,
  reviewerId: string,
  db: Queryable = getDb(),
): Promise<Review | null> {
  const [row] = await db
    .select({ score: reviews.score, note: reviews.note })
    .from(reviews)
    .where(and(eq(reviews.applicationId, applicationId), eq(reviews.reviewerId, reviewerId)));
  return row ?? null;
}
