import { and, eq, ne } from "drizzle-orm";
import { decisionTemplates } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { removeTemplateInput, templateInput } from "./schema";
import { STANDARD, unknownVariables } from "./templates";

/** So many texts a kind of decision, beside the standard one. */
const MOST = 20;

/**
 * A teacher keeps a text for a kind of decision under a name; one of that name is replaced. The one named "Standard" stands where
 * nobody wrote a message; the others are chosen and edited person by person. Refusals: `not_found`, `too_many_texts`,
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
    const others = await tx.$count(
      decisionTemplates,
      and(
        eq(decisionTemplates.cohortId, input.cohortId),
        eq(decisionTemplates.kind, input.kind),
        ne(decisionTemplates.name, input.name),
        ne(decisionTemplates.name, STANDARD),
      ),
    );
    if (input.name !== STANDARD && others >= MOST)
      context.refuse({ code: "too_many_texts", facts: { most: String(MOST) } });
    const [kept] = await tx
      .insert(decisionTemplates)
      .values({ ...input, updatedAt: now })
      .onConflictDoUpdate({
        target: [decisionTemplates.cohortId, decisionTemplates.kind, decisionTemplates.name],
        set: { body: input.body, updatedAt: now },
      })
      .returning({ id: decisionTemplates.id });
    if (!kept) throw new Error("a text vanished");
    await context.audit({ type: "cohort", id: input.cohortId }, { text: input.kind });
    return { templateId: kept.id };
  },
});

/** A teacher throws a text away; after the standard one ours stands again. Refusals: `not_found`. */
export const removeTemplate = defineCommand({
  name: "remove-template",
  action: "application.decide",
  input: removeTemplateInput,
  async run(tx, context) {
    const [text] = await tx
      .select()
      .from(decisionTemplates)
      .where(eq(decisionTemplates.id, context.input.templateId))
      .for("update");
    if (!text) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, text.cohortId));
    await tx.delete(decisionTemplates).where(eq(decisionTemplates.id, text.id));
    await context.audit({ type: "cohort", id: text.cohortId }, { removed: text.kind });
    return { templateId: text.id };
  },
});
