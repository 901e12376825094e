import { eq } from "drizzle-orm";
import { cohorts } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { holdCohort } from "./hold-cohort.server";
import { countEnrolled } from "./queries.server";
import { dateProblem } from "./rules";
import { editCohortInput } from "./schema";
import { changeProblem, isRescheduled } from "./stages";
import { tellOfSchedule } from "./tell-applicants.server";

/**
 * The teachers change a cohort's description, places, schedule and terms, as far as its stage allows; applicants and those
 * with a place are told where an instant of the schedule moved. Holds the cohort's row, so that no place is given meanwhile.
 * Refusals: `not_found`, the codes of `changeProblem` and of `dateProblem`, each on its field.
 */
export const editCohort = defineCommand({
  name: "edit-cohort",
  action: "cohort.manage",
  input: editCohortInput,
  async run(tx, context) {
    const { now } = context;
    const { cohortId, ...after } = context.input;
    const before = await holdCohort(tx, context, cohortId, "edit");
    const taken = await countEnrolled(cohortId, tx);
    const problem =
      changeProblem(before, after, { now, taken }) ?? dateProblem(after, now, before.closesAt);
    if (problem) context.refuse(problem);
    await tx
      .update(cohorts)
      .set({ ...after, changedAt: now })
      .where(eq(cohorts.id, cohortId));
    const told =
      before.state === "published" && isRescheduled(before, after)
        ? await tellOfSchedule(tx, { ...before, ...after }, now)
        : 0;
    await context.audit({ type: "cohort", id: cohortId }, { told });
    return { cohortId, told };
  },
});
