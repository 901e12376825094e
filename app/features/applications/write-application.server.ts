import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applicationAnswers, applications, cohorts } from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import { listQuestions } from "~/features/cohorts/queries.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { answerField, editProblem } from "./rules";

export type Application = typeof applications.$inferSelect;
type Input = { cohortId: string; answers: Record<string, string> };

/**
 * Makes or changes the asker's application to a cohort within the caller's transaction, holding its row. A withdrawn one
 * becomes a draft again. Answers with what it holds now, by question id.
 * Refusals: `not_found`, `cancelled`, `not_open_yet`, `window_closed`, `already_decided`, `unknown_question`.
 */
export async function writeApplication(tx: Tx, context: Context<Input>) {
  const { input, now } = context;
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(eq(cohorts.id, input.cohortId))
    // Whoever cancels it, moves its dates or changes its questions waits, or is waited for.
    .for("key share");
  if (!cohort || cohort.state === "draft") return context.refuse({ code: "not_found" });
  const { teacher, reviewer } = await staffOf(tx, cohort.id);
  context.authorise({ teacher, reviewer });
  if (cohort.state === "cancelled") context.refuse({ code: "cancelled" });
  const application = await holdApplication(tx, {
    cohortId: cohort.id,
    applicantId: context.person.id,
    formVersion: cohort.formVersion,
    now,
  });
  const problem = editProblem(application.state, cohort, now);
  if (problem) context.refuse({ code: problem });
  const questions = await listQuestions({ cohortId: cohort.id, version: cohort.formVersion }, tx);
  const known = new Set(questions.map((question) => question.id));
  const given = Object.entries(input.answers);
  if (given.some(([id]) => !known.has(id))) context.refuse({ code: "unknown_question" });
  if (given.length > 0) {
    await tx
      .insert(applicationAnswers)
      .values(
        given.map(([questionId, answer]) => ({
          applicationId: application.id,
          questionId,
          answer,
        })),
      )
      .onConflictDoUpdate({
        target: [applicationAnswers.applicationId, applicationAnswers.questionId],
        set: { answer: sql`excluded.answer` },
      });
  }
  const state = application.state === "withdrawn" ? "draft" : application.state;
  await tx
    .update(applications)
    .set({
      state,
      formVersion: cohort.formVersion,
      updatedAt: now,
      ...(state === "draft" ? { submittedAt: null, withdrawnAt: null } : {}),
    })
    .where(eq(applications.id, application.id));
  const rows = await tx
    .select()
    .from(applicationAnswers)
    .where(eq(applicationAnswers.applicationId, application.id));
  const answers = Object.fromEntries(rows.map((row) => [row.questionId, row.answer]));
  return { application: { ...application, state }, cohort, questions, answers };
}

async function holdApplication(
  tx: Tx,
  who: { cohortId: string; applicantId: string; formVersion: number; now: Date },
): Promise<Application> {
  await tx
    .insert(applications)
    .values({
      cohortId: who.cohortId,
      applicantId: who.applicantId,
      formVersion: who.formVersion,
      createdAt: who.now,
      updatedAt: who.now,
    })
    .onConflictDoNothing({ target: [applications.cohortId, applications.applicantId] });
  const [row] = await tx
    .select()
    .from(applications)
    .where(
      and(eq(applications.cohortId, who.cohortId), eq(applications.applicantId, who.applicantId)),
    )
    .for("update");
  if (!row) throw new Error("an application vanished");
  return row;
}

/** Refuses with a message beside each question that has no answer. */
export function refuseUnanswered(context: Context<Input>, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const fields = Object.fromEntries(
    missing.map((id) => [answerField(id), ["Answer this question."]]),
  );
  context.refuse({ code: "unanswered", fields });
}
