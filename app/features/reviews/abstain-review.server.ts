import { sql } from "drizzle-orm";
import { reviews } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { holdApplication } from "./hold-application.server";
import { abstainInput } from "./schema";
import { keepStandings } from "./standings.server";

/**
 * A reviewer abstains, with a reason that the cohort's staff see. It is final: they see the others' scores from then on, and
 * what they had given counts no more. Refusals: `not_found`, `not_submitted`, `already_decided`, `conflicted`, `abstained`.
 */
export const abstainReview = defineCommand({
  name: "abstain-review",
  action: "application.review",
  input: abstainInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId);
    if (held.own?.state === "abstained") context.refuse({ code: "abstained" });
    const set = {
      state: "abstained" as const,
      reason: input.reason,
      totalMilli: null,
      updatedAt: now,
      submittedAt: now,
    };
    await tx
      .insert(reviews)
      .values({ applicationId: input.applicationId, reviewerId: person.id, ...set })
      .onConflictDoUpdate({
        target: [reviews.applicationId, reviews.reviewerId],
        set: { ...set, revision: sql`${reviews.revision} + 1` },
      });
    await keepStandings(tx, {
      cohortId: held.cohort.id,
      applicationId: input.applicationId,
      reviewerId: person.id,
      before: held.own?.totalMilli ?? null,
      after: null,
      now,
    });
    await recordEvent(tx, {
      applicationId: input.applicationId,
      at: now,
      actorId: person.id,
      kind: "review_abstained",
      audience: "staff",
      data: { reason: input.reason },
    });
    return { applicationId: input.applicationId };
  },
});
