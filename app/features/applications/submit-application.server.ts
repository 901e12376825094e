import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applicationAnswers, applications, decisions, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import type { Question } from "~/features/cohorts/queries.server";
import { recordEvent } from "./events.server";
import { type Application, holdForWriting } from "./hold-application.server";
import { dropUnusedFiles } from "./keep-file.server";
import { answerProblem, readAnswer } from "./kinds";
import { answerField } from "./rules";
import { applicationInput } from "./schema";
import { type Drafted, writeDrafts, writeShownWorks } from "./write-drafts.server";

/** What was submitted to one question. */
type Submitted = { questionId: string; answer: string; fileId: string | null };

/**
 * Submits the asker's application to a cohort with these answers (what is not among them goes as it was drafted), and writes to
 * the applicant with a copy. Each question that must be needs an answer, all of their kind; a profile is not needed. Submitting
 * again changes what reviewers read, until the deadline; the same again changes nothing and sends nothing.
 * Refusals: those of `holdForWriting`, `writeDrafts` and `writeShownWorks`, and `unanswered` with a message a question.
 */
export const submitApplication = defineCommand({
  name: "submit-application",
  action: "application.draft",
  input: applicationInput,
  async run(tx, context) {
    const { input } = context;
    const held = await holdForWriting(tx, context, { cohort: "held" });
    const { application, cohort, questions } = held;
    const changes = Object.entries(input.answers).map(([questionId, answer]) => ({
      questionId,
      answer,
    }));
    const { drafts } = await writeDrafts(tx, context, { application, questions, changes });
    refuseIncomplete(context, questions, drafts);
    if (input.works) await writeShownWorks(tx, context, application.id, input.works);
    const submitted = questions.map((question): Submitted => {
      const draft = drafts.get(question.id);
      const read = readAnswer(question, draft?.answer ?? "");
      return {
        questionId: question.id,
        answer: read.ok ? read.answer : "",
        fileId: question.kind === "file" ? (draft?.file?.id ?? null) : null,
      };
    });
    const changed = await putAnswers(tx, application, submitted);
    // A file that was sent before and has since been replaced is nowhere any more.
    if (changed) await dropUnusedFiles(tx, context.person.id);
    const first = application.state !== "submitted";
    await settleState(tx, context, application, cohort.formVersion);
    if (application.state === "revise") await dropPending(tx, context, application.id);
    if (first || changed) {
      await tell(tx, context, {
        ...{ application, cohort: cohort.title, first },
        copy: copyOf(questions, submitted, drafts),
      });
    }
    return { applicationId: application.id, state: "submitted" };
  },
});

function refuseIncomplete(
  context: Context<unknown>,
  questions: readonly Question[],
  drafts: ReadonlyMap<string, Drafted>,
): void {
  const fields: Record<string, string[]> = {};
  for (const question of questions) {
    const draft = drafts.get(question.id);
    const given = draft && { answer: draft.answer, hasFile: draft.file !== null };
    const problem = answerProblem(question, given);
    if (problem) fields[answerField(question.id)] = [problem];
  }
  if (Object.keys(fields).length > 0) context.refuse({ code: "unanswered", fields });
}

/** Makes these the answers that reviewers read; whether that changed anything. */
async function putAnswers(
  tx: Tx,
  application: Application,
  answers: readonly Submitted[],
): Promise<boolean> {
  const before = await tx
    .select()
    .from(applicationAnswers)
    .where(eq(applicationAnswers.applicationId, application.id));
  const known = new Map(before.map((row) => [row.questionId, row]));
  const changed = answers.filter(({ questionId, answer, fileId }) => {
    const row = known.get(questionId);
    return !row || row.answer !== answer || row.fileId !== fileId;
  });
  const asked = new Set(answers.map(({ questionId }) => questionId));
  const gone = before.filter((row) => !asked.has(row.questionId)).map(({ id }) => id);
  const again = changed.flatMap(({ questionId }) => known.get(questionId)?.id ?? []);
  const stale = [...gone, ...again];
  if (stale.length > 0)
    await tx.delete(applicationAnswers).where(inArray(applicationAnswers.id, stale));
  if (changed.length > 0)
    await tx
      .insert(applicationAnswers)
      .values(changed.map((one) => ({ applicationId: application.id, ...one })));
  return changed.length > 0 || gone.length > 0;
}

async function settleState(
  tx: Tx,
  { now }: Context<unknown>,
  application: Application,
  formVersion: number,
): Promise<void> {
  const first = application.state !== "submitted";
  await tx
    .update(applications)
    .set({
      ...{ state: "submitted", formVersion, updatedAt: now },
      ...(first ? { submittedAt: now, withdrawnAt: null, reviseBy: null } : {}),
      ...(first ? { decidedAt: null, decidedBy: null, decisionMessage: null } : {}),
    })
    .where(eq(applications.id, application.id));
}

/** What was decided about the answers before they were revised is nothing any more; what is on its way already goes out. */
async function dropPending(tx: Tx, { now }: Context<unknown>, applicationId: string) {
  const dropped = await tx
    .update(decisions)
    .set({ state: "dropped", updatedAt: now })
    .where(and(eq(decisions.applicationId, applicationId), eq(decisions.state, "pending")))
    .returning({ kind: decisions.kind });
  for (const { kind } of dropped)
    await recordEvent(tx, {
      ...{ applicationId, at: now, actorId: null, kind: "decision_dropped" },
      ...{ audience: "staff" as const, data: { kind } },
    });
}

/** The questions with what was answered, as plain text for a letter. */
function copyOf(
  questions: readonly Question[],
  submitted: readonly Submitted[],
  drafts: ReadonlyMap<string, Drafted>,
): string {
  const answers = new Map(submitted.map((one) => [one.questionId, one]));
  return questions
    .map(({ id, prompt, kind }) => {
      const file = kind === "file" ? drafts.get(id)?.file?.name : undefined;
      return `${prompt}\n${file ?? (answers.get(id)?.answer || "(no answer)")}`;
    })
    .join("\n\n");
}

async function tell(
  tx: Tx,
  { now, person }: Context<unknown>,
  of: { application: Application; cohort: string; first: boolean; copy: string },
): Promise<void> {
  const { application, cohort, first, copy } = of;
  await recordEvent(tx, {
    ...{ applicationId: application.id, at: now, actorId: person.id, audience: "applicant" },
    kind: first ? "submitted" : "changed",
  });
  const [applicant] = await tx
    .select({ email: persons.email })
    .from(persons)
    .where(eq(persons.id, person.id));
  if (!applicant) throw new Error("an applicant vanished");
  await enqueueMail(tx, {
    to: { personId: person.id, email: applicant.email },
    template: first ? "application-submitted" : "application-changed",
    props: {
      ...{ name: person.displayName, cohort, copy },
      path: `/applications/${application.id}`,
    },
    now,
  });
}
