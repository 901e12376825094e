import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { reviewScores, reviews } from "#db/schema/index";
import { recordEvent } from "~/features/applications/events.server";
import type { Held } from "./hold-application.server";
import { listCriteria } from "./queries.server";
import { totalMilliOf } from "./rules";
import { keepStandings } from "./standings.server";

export type Kept = {
  totalMilli: number | null;
  state: "draft" | "submitted";
  missing: string[];
  /** Of the review before and after; before the first, and where nothing was kept, 0. */
  before: number;
  revision: number;
};

type Given = {
  scores: Record<string, number>;
  note: string | undefined;
  submit: boolean;
  seen?: number | undefined;
  mine: number;
};

/**
 * Keeps what a reviewer gave: scores (the others stay), the note where there is one, and the total once it counts (`submit`,
 * or a review that was submitted before). The caller holds the application. Answers with the criteria that lack a score: then
 * nothing counts. `unknown`: a criterion that the rubric has not. Where the reviewer did not see what was last saved (`seen`), and
 * would overwrite some of it, nothing is kept: `stands` says what stands, by field.
 */
export async function keepReview(
  tx: Tx,
  of: { held: Held; reviewerId: string; now: Date },
  given: Given,
): Promise<Kept | "unknown" | { stands: Record<string, string>; revision: number }> {
  const { held, reviewerId, now } = of;
  const { application, own } = held;
  const criteria = await listCriteria(application.cohortId, tx);
  if (Object.keys(given.scores).some((id) => !criteria.some((one) => one.id === id)))
    return "unknown";
  const before = own ? await scoresOf(tx, own.id) : {};
  const revision = own?.revision ?? 0;
  const stands =
    given.seen === undefined || revision - given.seen <= given.mine
      ? {}
      : overwritten(own, before, given);
  if (Object.keys(stands).length > 0) return { stands, revision };
  const scores = { ...before, ...given.scores };
  const missing = criteria.filter(({ id }) => scores[id] === undefined).map(({ id }) => id);
  const submitted = given.submit || own?.state === "submitted";
  if (submitted && missing.length > 0)
    return { totalMilli: null, state: "draft", missing, before: revision, revision };
  const totalMilli = submitted
    ? totalMilliOf(criteria.map(({ id, weight }) => ({ weight, score: scores[id] ?? 0 })))
    : null;
  const state = submitted ? ("submitted" as const) : ("draft" as const);
  const kept = await putReview(tx, of, { note: given.note, totalMilli, state });
  await putScores(tx, kept.id, given.scores);
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
  return { totalMilli, state, missing, before: revision, revision: kept.revision };
}

/** What stands and would be something else then, by the name of its field: a score, or the note. */
function overwritten(
  own: Held["own"],
  before: Record<string, number>,
  given: Given,
): Record<string, string> {
  const scores = Object.entries(given.scores).flatMap(([id, score]) => {
    const stands = before[id];
    return stands === undefined || stands === score ? [] : [[`score-${id}`, String(stands)]];
  });
  const note = own?.note ?? "";
  const noted = given.note === undefined || note === "" || oneBreak(note) === oneBreak(given.note);
  return Object.fromEntries(noted ? scores : [...scores, ["note", note]]);
}

/** A form that is sent without scripts breaks lines in two characters. */
const oneBreak = (text: string): string => text.replace(/\r\n/g, "\n");

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
): Promise<{ id: string; revision: number }> {
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
    .returning({ id: reviews.id, revision: reviews.revision });
  if (!row) throw new Error("a review vanished");
  return row;
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
