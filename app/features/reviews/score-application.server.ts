import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, reviewScores, reviews } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { optionalTextField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { listCriteria } from "./queries.server";
import { totalMilliOf } from "./rules";

export const reviewInput = z.object({
  applicationId: z.uuid(),
  /** Criterion → 1 to 5. */
  scores: z.record(
    z.uuid(),
    z.enum(["1", "2", "3", "4", "5"], { error: "Choose a score from 1 to 5." }).transform(Number),
  ),
  note: optionalTextField("the note", 5_000),
});

/**
 * A reviewer scores a submitted application by every criterion of its cohort, with a note that is theirs alone; scoring
 * again replaces it, until the decision. Refusals: `not_found`, `not_submitted`, `already_decided`, `unscored` beside the
 * criteria left out, `conflicted`.
 */
export const scoreApplication = defineCommand({
  name: "score-application",
  action: "application.review",
  input: reviewInput,
  async run(tx, context) {
    const { input } = context;
    const [found] = await tx
      .select({ application: applications })
      .from(applications)
      .where(eq(applications.id, input.applicationId))
      .for("update");
    if (!found?.application.submittedAt) return context.refuse({ code: "not_found" });
    const { application } = found;
    context.authorise({
      ...(await staffOf(tx, application.cohortId)),
      applicant: application.applicantId,
    });
    if (application.state === "withdrawn") context.refuse({ code: "not_submitted" });
    if (application.state !== "submitted") context.refuse({ code: "already_decided" });
    await refuseConflicted(tx, context, application);
    // The rubric stays as it is from here on.
    await tx
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(eq(cohorts.id, application.cohortId))
      .for("share");
    const totalMilli = await keepReview(tx, context, application.cohortId);
    return { applicationId: application.id, totalMilli };
  },
});

type Input = z.output<typeof reviewInput>;

async function refuseConflicted(
  tx: Tx,
  context: Context<Input>,
  application: { applicantId: string; cohortId: string },
): Promise<void> {
  const [conflict] = await tx.execute<{ kind: string }>(
    sql`select kind from review_conflicts(${context.person.id}, ${application.cohortId}) where applicant_id = ${application.applicantId} limit 1`,
  );
  if (conflict) context.refuse({ code: "conflicted" });
}

async function keepReview(tx: Tx, context: Context<Input>, cohortId: string): Promise<number> {
  const { input, now, person } = context;
  const criteria = await listCriteria(cohortId, tx);
  const missing = criteria.filter(({ id }) => input.scores[id] === undefined);
  if (missing.length > 0 || Object.keys(input.scores).length !== criteria.length) {
    context.refuse({
      code: "unscored",
      fields: Object.fromEntries(
        missing.map(({ id }) => [`score-${id}`, ["Choose a score from 1 to 5."]]),
      ),
    });
  }
  const scored = criteria.map(({ id, weight }) => ({ id, weight, score: input.scores[id] ?? 0 }));
  const totalMilli = totalMilliOf(scored);
  const review = {
    state: "submitted" as const,
    note: input.note,
    totalMilli,
    updatedAt: now,
    submittedAt: now,
  };
  const [row] = await tx
    .insert(reviews)
    .values({ applicationId: input.applicationId, reviewerId: person.id, ...review })
    .onConflictDoUpdate({
      target: [reviews.applicationId, reviews.reviewerId],
      set: { ...review, revision: sql`${reviews.revision} + 1` },
    })
    .returning({ id: reviews.id });
  if (!row) throw new Error("a review vanished");
  for (const { id, score } of scored) {
    await tx
      .insert(reviewScores)
      .values({ reviewId: row.id, criterionId: id, score })
      .onConflictDoUpdate({
        target: [reviewScores.reviewId, reviewScores.criterionId],
        set: { score },
        setWhere: and(eq(reviewScores.reviewId, row.id)),
      });
  }
  return totalMilli;
}
