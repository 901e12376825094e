import { eq } from "drizzle-orm";
import { cohorts } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { takeEffect } from "./put-questions-in-force.server";
import { dateProblem } from "./rules";

/**
 * A lead makes a draft public, with its questions in force. Holds the cohort's row. Refusals: `not_found`, `not_now`,
 * `too_few_questions`, the codes of `dateProblem`.
 */
export const publishCohort = defineCommand({
  name: "publish-cohort",
  action: "cohort.staff",
  input: z.object({ cohortId: z.uuid() }),
  async run(tx, context) {
    const cohort = await holdCohort(tx, context, context.input.cohortId, "publish");
    const problem = dateProblem(cohort, context.now);
    if (problem) context.refuse({ code: problem.code });
    const formVersion = await takeEffect(tx, context, cohort);
    await tx
      .update(cohorts)
      .set({ state: "published", publishedAt: context.now, changedAt: context.now })
      .where(eq(cohorts.id, cohort.id));
    await context.audit({ type: "cohort", id: cohort.id }, { formVersion });
    return { cohortId: cohort.id, slug: cohort.slug };
  },
});
