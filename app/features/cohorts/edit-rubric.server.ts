import { asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { rubricCriteria } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { hasScores } from "~/features/reviews/queries.server";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { MAX_CRITERIA } from "./limits";
import { moved } from "./move";
import { criterionInput } from "./questions-schema";

const which = z.object({ cohortId: z.uuid(), criterionId: z.uuid() });

/**
 * Adds a criterion behind the others. Holds the cohort's row, as all of these; none of them once somebody has scored.
 * Refusals: `not_found`, `not_now`, `scored_already`, `too_many_criteria`.
 */
export const addCriterion = defineCommand({
  name: "add-criterion",
  action: "cohort.manage",
  input: z.object({ cohortId: z.uuid(), criterion: criterionInput }),
  async run(tx, context) {
    const { cohortId, criterion } = context.input;
    const ids = await holdRubric(tx, context, cohortId);
    if (ids.length >= MAX_CRITERIA) context.refuse({ code: "too_many_criteria" });
    const [row] = await tx
      .insert(rubricCriteria)
      .values({ cohortId, position: ids.length, ...criterion })
      .returning({ id: rubricCriteria.id });
    if (!row) throw new Error("a criterion vanished");
    return { criterionId: row.id };
  },
});

/** Words a criterion anew, with its weight and what its scores mean. Refusals: `not_found`, `not_now`, `scored_already`. */
export const editCriterion = defineCommand({
  name: "edit-criterion",
  action: "cohort.manage",
  input: which.extend({ criterion: criterionInput }),
  async run(tx, context) {
    const { cohortId, criterionId, criterion } = context.input;
    await holdRubric(tx, context, cohortId, criterionId);
    await tx.update(rubricCriteria).set(criterion).where(eq(rubricCriteria.id, criterionId));
    return { criterionId };
  },
});

/** Puts a criterion in another place, from 0. Refusals: `not_found`, `not_now`, `scored_already`. */
export const moveCriterion = defineCommand({
  name: "move-criterion",
  action: "cohort.manage",
  input: which.extend({ to: z.coerce.number().int().min(0).max(MAX_CRITERIA) }),
  async run(tx, context) {
    const { cohortId, criterionId, to } = context.input;
    const ids = await holdRubric(tx, context, cohortId, criterionId);
    await writeOrder(tx, moved(ids, criterionId, to));
    return { criterionId };
  },
});

/** Takes a criterion away; one is left always. Refusals: `not_found`, `not_now`, `scored_already`, `last_criterion`. */
export const removeCriterion = defineCommand({
  name: "remove-criterion",
  action: "cohort.manage",
  input: which,
  async run(tx, context) {
    const { cohortId, criterionId } = context.input;
    const ids = await holdRubric(tx, context, cohortId, criterionId);
    if (ids.length === 1) context.refuse({ code: "last_criterion" });
    await tx.delete(rubricCriteria).where(eq(rubricCriteria.id, criterionId));
    await writeOrder(
      tx,
      ids.filter((id) => id !== criterionId),
    );
    return { criterionId };
  },
});

/** Holds the cohort and answers its criteria in order, where they may still change. */
async function holdRubric<I>(
  tx: Tx,
  context: Context<I>,
  cohortId: string,
  criterionId?: string,
): Promise<string[]> {
  const cohort = await holdCohort(tx, context, cohortId, "edit_rubric");
  const scored = await hasScores(cohort.id, tx);
  if (scored) context.refuse({ code: "scored_already" });
  const rows = await tx
    .select({ id: rubricCriteria.id })
    .from(rubricCriteria)
    .where(eq(rubricCriteria.cohortId, cohort.id))
    .orderBy(asc(rubricCriteria.position), asc(rubricCriteria.id));
  const ids = rows.map(({ id }) => id);
  if (criterionId && !ids.includes(criterionId)) context.refuse({ code: "not_found" });
  return ids;
}

async function writeOrder(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries())
    await tx.update(rubricCriteria).set({ position }).where(eq(rubricCriteria.id, id));
}
