import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohortQuestions, questionVersions } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { MAX_QUESTIONS } from "./limits";
import { moved } from "./move";
import type { Cohort } from "./queries.server";
import { findEdited } from "./question-versions.server";
import { questionInput } from "./questions-schema";

const which = z.object({ cohortId: z.uuid(), questionId: z.uuid() });

/**
 * Writes another question behind those of the version that is being edited. Holds the cohort's row, as all of these.
 * Refusals: `not_found`, `not_now`, `too_many_questions`.
 */
export const addQuestion = defineCommand({
  name: "add-question",
  action: "cohort.manage",
  input: z.object({ cohortId: z.uuid(), question: questionInput }),
  async run(tx, context) {
    const { cohortId, question } = context.input;
    const { version, ids } = await beginEditing(tx, context, cohortId);
    if (ids.length >= MAX_QUESTIONS) context.refuse({ code: "too_many_questions" });
    const { kind, ...wording } = question;
    const [row] = await tx
      .insert(cohortQuestions)
      .values({ cohortId, kind })
      .returning({ id: cohortQuestions.id });
    if (!row) throw new Error("a question vanished");
    await tx
      .insert(questionVersions)
      .values({ cohortId, version, questionId: row.id, position: ids.length, ...wording });
    return { questionId: row.id };
  },
});

/**
 * Words a question anew in the version that is being edited; its kind stays. Refusals: `not_found`, `not_now`,
 * `another_kind`.
 */
export const editQuestion = defineCommand({
  name: "edit-question",
  action: "cohort.manage",
  input: which.extend({ question: questionInput }),
  async run(tx, context) {
    const { cohortId, questionId, question } = context.input;
    const { version } = await beginEditing(tx, context, cohortId, questionId);
    const { kind, ...wording } = question;
    const [found] = await tx
      .select()
      .from(cohortQuestions)
      .where(eq(cohortQuestions.id, questionId));
    if (found?.kind !== kind) context.refuse({ code: "another_kind", field: "kind" });
    await tx
      .update(questionVersions)
      .set(wording)
      .where(of(cohortId, version, questionId));
    return { questionId };
  },
});

/** Puts a question in another place, from 0, of the version that is being edited. Refusals: `not_found`, `not_now`. */
export const moveQuestion = defineCommand({
  name: "move-question",
  action: "cohort.manage",
  input: which.extend({ to: z.coerce.number().int().min(0).max(MAX_QUESTIONS) }),
  async run(tx, context) {
    const { cohortId, questionId, to } = context.input;
    const { version, ids } = await beginEditing(tx, context, cohortId, questionId);
    await writeOrder(tx, { cohortId, version }, moved(ids, questionId, to));
    return { questionId };
  },
});

/** Takes a question out of the version that is being edited. Refusals: `not_found`, `not_now`, `last_question`. */
export const removeQuestion = defineCommand({
  name: "remove-question",
  action: "cohort.manage",
  input: which,
  async run(tx, context) {
    const { cohortId, questionId } = context.input;
    const { version, ids } = await beginEditing(tx, context, cohortId, questionId);
    if (ids.length === 1) context.refuse({ code: "last_question" });
    await tx.delete(questionVersions).where(of(cohortId, version, questionId));
    const left = ids.filter((id) => id !== questionId);
    await writeOrder(tx, { cohortId, version }, left);
    return { questionId };
  },
});

/** Throws away all changes since the questions in force. Refusals: `not_found`, `not_now`, `nothing_changed`. */
export const dropQuestionChanges = defineCommand({
  name: "drop-question-changes",
  action: "cohort.manage",
  input: z.object({ cohortId: z.uuid() }),
  async run(tx, context) {
    const cohort = await holdCohort(tx, context, context.input.cohortId, "edit_questions");
    const edited = await findEdited(tx, cohort);
    if (cohort.formVersion === 0 || !edited) return context.refuse({ code: "nothing_changed" });
    await tx
      .delete(questionVersions)
      .where(
        and(
          eq(questionVersions.cohortId, cohort.id),
          eq(questionVersions.version, cohort.formVersion + 1),
        ),
      );
    return { cohortId: cohort.id };
  },
});

const of = (cohortId: string, version: number, questionId: string) =>
  and(
    eq(questionVersions.cohortId, cohortId),
    eq(questionVersions.version, version),
    eq(questionVersions.questionId, questionId),
  );

/** The version that is edited, made from the one in force where there is none yet, and its questions in order. */
async function beginEditing<I>(
  tx: Tx,
  context: Context<I>,
  cohortId: string,
  questionId?: string,
): Promise<{ cohort: Cohort; version: number; ids: string[] }> {
  const cohort = await holdCohort(tx, context, cohortId, "edit_questions");
  const version = cohort.formVersion + 1;
  if (cohort.formVersion > 0 && !(await findEdited(tx, cohort))) {
    await tx.execute(sql`
      insert into question_versions (cohort_id, version, question_id, position, prompt, help, required, max_words, options)
      select cohort_id, ${version}, question_id, position, prompt, help, required, max_words, options
      from question_versions where cohort_id = ${cohort.id} and version = ${cohort.formVersion}`);
  }
  const rows = await tx
    .select({ id: questionVersions.questionId })
    .from(questionVersions)
    .where(and(eq(questionVersions.cohortId, cohort.id), eq(questionVersions.version, version)))
    .orderBy(asc(questionVersions.position));
  const ids = rows.map(({ id }) => id);
  if (questionId && !ids.includes(questionId)) context.refuse({ code: "not_found" });
  return { cohort, version, ids };
}

async function writeOrder(
  tx: Tx,
  form: { cohortId: string; version: number },
  ids: readonly string[],
): Promise<void> {
  for (const [position, id] of ids.entries())
    await tx
      .update(questionVersions)
      .set({ position })
      .where(of(form.cohortId, form.version, id));
}
