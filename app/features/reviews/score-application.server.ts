import { type Context, defineCommand } from "~/auth/command.server";
import { type Held, holdApplication } from "./hold-application.server";
import { keepReview } from "./keep-review.server";
import { enqueueNormalising } from "./normalise-scores.server";
import { mayScore } from "./rules";
import { reviewInput, savedReviewInput } from "./schema";

/** Whoever has seen others' scores without one of their own, or abstained, scores no more (T29). */
function refuseLate(context: Context<unknown>, { own, standing }: Held): void {
  if (own?.state === "abstained") context.refuse({ code: "abstained" });
  if (!mayScore(standing)) context.refuse({ code: "reviewed_enough" });
}

/**
 * A reviewer scores a submitted application by every criterion of its cohort, with a note that is theirs alone; from then on
 * the review counts, and they see the others'. Scoring again replaces it, until the decision. Refusals: `not_found`,
 * `not_submitted`, `already_decided`, `conflicted`, `abstained`, `reviewed_enough`, `unknown_criterion`, `unscored` beside the
 * criteria left out.
 */
export const scoreApplication = defineCommand({
  name: "score-application",
  action: "application.review",
  input: reviewInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId);
    refuseLate(context, held);
    const kept = await keepReview(
      tx,
      { held, reviewerId: person.id, now },
      { scores: input.scores, note: input.note, submit: true },
    );
    if (kept === "unknown") return context.refuse({ code: "unknown_criterion" });
    if (kept.missing.length > 0) {
      const fields = kept.missing.map((id) => [`score-${id}`, ["Choose a score from 1 to 5."]]);
      context.refuse({ code: "unscored", fields: Object.fromEntries(fields) });
    }
    await enqueueNormalising(tx, held.application.cohortId);
    return { applicationId: held.application.id, totalMilli: kept.totalMilli };
  },
});

/**
 * Keeps scores and note as a reviewer gives them, before the review counts; a review that counts stays one and its total
 * follows. Refusals: as `scoreApplication`, but for `unscored`.
 */
export const saveReview = defineCommand({
  name: "save-review",
  action: "application.review",
  input: savedReviewInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId);
    refuseLate(context, held);
    const kept = await keepReview(
      tx,
      { held, reviewerId: person.id, now },
      { scores: input.scores, note: input.note, submit: false },
    );
    if (kept === "unknown") return context.refuse({ code: "unknown_criterion" });
    return { applicationId: held.application.id, state: kept.state, missing: kept.missing.length };
  },
});
