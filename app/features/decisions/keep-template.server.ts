import { and, eq } from "drizzle-orm";
import { decisionTemplates } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { templateInput } from "./schema";
import { unknownVariables } from "./templates";

const NAME = "The cohort’s text";

/**
 * A teacher keeps the text that a kind of decision is told with where nobody wrote another. Refusals: `not_found`,
 * `unknown_variable` on its field.
 */
export const keepTemplate = defineCommand({
  name: "keep-template",
  action: "application.decide",
  input: templateInput,
  async run(tx, context) {
    const { input, now } = context;
    const staff = await staffOf(tx, input.cohortId);
    context.authorise(staff);
    const [unknown] = unknownVariables(input.body, input.kind);
    if (unknown !== undefined)
      context.refuse({ code: "unknown_variable", field: "body", facts: { variable: unknown } });
    await tx
      .delete(decisionTemplates)
      .where(
        and(eq(decisionTemplates.cohortId, input.cohortId), eq(decisionTemplates.kind, input.kind)),
      );
    await tx.insert(decisionTemplates).values({ ...input, name: NAME, updatedAt: now });
    await context.audit({ type: "cohort", id: input.cohortId }, { text: input.kind });
    return { kind: input.kind };
  },
});
