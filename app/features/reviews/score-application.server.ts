import { type Context, defineCommand } from "~/auth/command.server";
import { type Held, holdApplication } from "./hold-application.server";
import { type Kept, keepReview } from "./keep-review.server";
import { enqueueNormalising } from "./normalise-scores.server";
import { mayScore } from "./rules";
import { reviewInput, savedReviewInput } from "./schema";

/** Whoever has seen others' scores without one of their own, or abstained, scores no more (T29). */
function refuseLate(context: Context<unknown>, { own, standing }: Held): void {
  if (own?.state === "abstained") context.refuse({ code: "abstained" });
  if (!mayScore(standing)) context.refuse({ code: "reviewed_enough" });
}

/** What `keepReview` kept, or its refusal. */
function need(context: Context<unknown>, kept: Awaited<ReturnType<typeof keepReview>>): Kept {
  if (kept === "unknown") return context.refuse({ code: "unknown_criterion" });
  if (!("stands" in kept)) return kept;
  const fields = Object.entries(kept.stands).map(([name, stands]) => [
    name,
    [`Saved in another window since: ${name === "note" ? `“${stands}”` : stands}`],
  ]);
  return context.refuse({
    code: "changed_elsewhere",
    fields: Object.fromEntries(fields),
    facts: { revision: String(kept.revision) },
  });
}

/**
 * A reviewer scores a submitted application by every criterion of its cohort, with a note that is theirs alone; from then on
 * the review counts, and they see the others'. Scoring again replaces it, until the decision. Refusals: `not_found`,
 * `not_submitted`, `already_decided`, `conflicted`, `abstained`, `reviewed_enough`, `unknown_criterion`, `unscored` beside the
 * criteria left out, `changed_elsewhere` beside what the reviewer would overwrite without having seen it.
 */
export const scoreApplication = defineCommand({
  name: "score-application",
  action: "application.review",
  input: reviewInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId);
    refuseLate(context, held);
    const result = await keepReview(
      tx,
      { held, reviewerId: person.id, now },
      { ...input, submit: true },
    );
    const kept = need(context, result);
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
 * follows. Answers with the revisions before and after. Refusals: as `scoreApplication`, but for `unscored`.
 */
export const saveReview = defineCommand({
  name: "save-review",
  action: "application.review",
  input: savedReviewInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId);
    refuseLate(context, held);
    const result = await keepReview(
      tx,
      { held, reviewerId: person.id, now },
      { ...input, note: input.note, submit: false },
    );
    const { state, missing, before, revision } = need(context, result);
    return {
      applicationId: held.application.id,
      ...{ state, missing: missing.length, before, revision },
    };
  },
});
