import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { reviewScores, reviews } from "#db/schema/index";
import { recordEvent } from "~/features/applications/events.server";
import type { Held } from "./hold-application.server";
import { listCriteria } from "./queries.server";
import { totalMilliOf } from "./rules";
import { keepStandings } from "./standings.server";

export type Kept = { totalMilli: number | null; state: "draft" | "submitted"; missing: string[] };

/**
 * Keeps what a reviewer gave: scores (the others stay), the note where there is one, and the total once it counts (`submit`,
 * or a review that was submitted before). The caller holds the application. Answers with the criteria that lack a score: then
 * nothing counts. `unknown`: a criterion that the rubric has not.
 */
export async function keepReview(
  tx: Tx,
  of: { held: Held; reviewerId: string; now: Date },
  given: { scores: Record<string, number>; note: string | undefined; submit: boolean },
): Promise<Kept | "unknown"> {
  const { held, reviewerId, now } = of;
  const { application, own } = held;
  const criteria = await listCriteria(application.cohortId, tx);
  if (Object.keys(given.scores).some((id) => !criteria.some((one) => one.id === id)))
    return "unknown";
  const before = own ? await scoresOf(tx, own.id) : {};
  const scores = { ...before, ...given.scores };
  const missing = criteria.filter(({ id }) => scores[id] === undefined).map(({ id }) => id);
  const submitted = given.submit || own?.state === "submitted";
  if (submitted && missing.length > 0) return { totalMilli: null, state: "draft", missing };
  const totalMilli = submitted
    ? totalMilliOf(criteria.map(({ id, weight }) => ({ weight, score: scores[id] ?? 0 })))
    : null;
  const state = submitted ? ("submitted" as const) : ("draft" as const);
  const reviewId = await putReview(tx, of, { note: given.note, totalMilli, state });
  await putScores(tx, reviewId, given.scores);
  await keepStandings(tx, {
    cohortId: application.cohortId,
    applicationId: application.id,
    reviewerId,
    before: own?.totalMilli ?? null,
    after: totalMilli,
    now,
  });
  const changed = changesOf(before, given.scores, criteria);
  if (own?.state !== state || changed.length > 0) {
    await recordEvent(tx, {
      applicationId: application.id,
      at: now,
      actorId: reviewerId,
      kind:
        own?.state !== "submitted" && state === "submitted" ? "review_submitted" : "review_saved",
      audience: "staff",
      data: { changed: changed.join("; ").slice(0, 2_000), total: totalMilli },
    });
  }
  return { totalMilli, state, missing };
}

/** "Craft: 3 to 4", of each score that is not what it was. */
const changesOf = (
  before: Record<string, number>,
  given: Record<string, number>,
  criteria: readonly { id: string; title: string }[],
): string[] =>
  criteria
    .filter(({ id }) => given[id] !== undefined && given[id] !== before[id])
    .map(({ id, title }) => `${title}: ${before[id] ? `${before[id]} to ` : ""}${given[id]}`);

async function scoresOf(tx: Tx, reviewId: string): Promise<Record<string, number>> {
  const rows = await tx.select().from(reviewScores).where(eq(reviewScores.reviewId, reviewId));
  return Object.fromEntries(rows.map(({ criterionId, score }) => [criterionId, score]));
}

async function putReview(
  tx: Tx,
  { held, reviewerId, now }: { held: Held; reviewerId: string; now: Date },
  review: { note: string | undefined; totalMilli: number | null; state: "draft" | "submitted" },
): Promise<string> {
  const { note, totalMilli, state } = review;
  const submittedAt = state === "submitted" ? (held.own?.submittedAt ?? now) : null;
  const set = {
    totalMilli,
    state,
    submittedAt,
    updatedAt: now,
    ...(note === undefined ? {} : { note }),
  };
  const [row] = await tx
    .insert(reviews)
    .values({ applicationId: held.application.id, reviewerId, ...set })
    .onConflictDoUpdate({
      target: [reviews.applicationId, reviews.reviewerId],
      set: { ...set, revision: sql`${reviews.revision} + 1` },
    })
    .returning({ id: reviews.id });
  if (!row) throw new Error("a review vanished");
  return row.id;
}

async function putScores(tx: Tx, reviewId: string, scores: Record<string, number>): Promise<void> {
  const rows = Object.entries(scores).map(([criterionId, score]) => ({
    reviewId,
    criterionId,
    score,
  }));
  if (rows.length === 0) return;
  await tx
    .insert(reviewScores)
    .values(rows)
    .onConflictDoUpdate({
      target: [reviewScores.reviewId, reviewScores.criterionId],
      set: { score: sql`excluded.score` },
    });
}
