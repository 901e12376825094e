import { and, eq } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import {
  applicationAnswers,
  applicationDrafts,
  applicationFiles,
  applicationWorks,
  portfolioWorks,
} from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import type { Question } from "~/features/cohorts/queries.server";
import type { Application } from "./hold-application.server";
import { dropUnusedFiles, type KeptFile, keepFile } from "./keep-file.server";
import { MOST_SHOWN_WORKS } from "./limits";
import { answerField } from "./rules";
import type { Change } from "./schema";

/** What stands in an application's draft for a question. `revision` 0: nothing was drafted, this is what was submitted. */
export type Drafted = {
  answer: string;
  file: KeptFile | null;
  revision: number;
  savedAt: Date | null;
};
/** An answer that somebody else, or the same person elsewhere, has saved since its writer last saw it. */
export type Conflict = { questionId: string; answer: string; revision: number; savedAt: string };

const fileColumns = {
  id: applicationFiles.id,
  name: applicationFiles.fileName,
  sizeBytes: applicationFiles.sizeBytes,
};

/**
 * What an application holds as it is being written, by question id: its drafts, and where there is none what was submitted;
 * or what was submitted alone.
 */
export async function readDraftsOf(
  applicationId: string,
  which: "drafted" | "submitted" = "drafted",
  db: Queryable = getDb(),
): Promise<Map<string, Drafted>> {
  const [submitted, drafts] = await Promise.all([
    db
      .select({ row: applicationAnswers, file: fileColumns })
      .from(applicationAnswers)
      .leftJoin(applicationFiles, eq(applicationFiles.id, applicationAnswers.fileId))
      .where(eq(applicationAnswers.applicationId, applicationId)),
    db
      .select({ row: applicationDrafts, file: fileColumns })
      .from(applicationDrafts)
      .leftJoin(applicationFiles, eq(applicationFiles.id, applicationDrafts.fileId))
      .where(eq(applicationDrafts.applicationId, applicationId)),
  ]);
  const sent = submitted.map(({ row, file }): [string, Drafted] => [
    row.questionId,
    { answer: row.answer, file, revision: 0, savedAt: null },
  ]);
  if (which === "submitted") return new Map(sent);
  const typed = drafts.map(({ row, file }): [string, Drafted] => [
    row.questionId,
    { answer: row.answer, file, revision: row.revision, savedAt: row.savedAt },
  ]);
  return new Map([...sent, ...typed]);
}

/**
 * Writes what is typed into the draft of an application that the caller holds. What was saved elsewhere meanwhile with another
 * text is left, and answered as a conflict with that text; all else is kept. Refusals: `unknown_question`, and those of
 * `keepFile` beside the file's field.
 */
export async function writeDrafts(
  tx: Tx,
  context: Context<unknown>,
  of: { application: Application; questions: readonly Question[]; changes: readonly Change[] },
): Promise<{ drafts: Map<string, Drafted>; conflicts: Conflict[] }> {
  const kinds = new Map(of.questions.map(({ id, kind }) => [id, kind]));
  if (of.changes.some(({ questionId }) => !kinds.has(questionId)))
    context.refuse({ code: "unknown_question" });
  const drafts = await readDraftsOf(of.application.id, "drafted", tx);
  const conflicts: Conflict[] = [];
  for (const change of of.changes) {
    const { questionId, seen } = change;
    const before = drafts.get(questionId) ?? EMPTY;
    const isFile = kinds.get(questionId) === "file";
    if (isFile ? change.file === undefined : (change.answer ?? "") === before.answer) continue;
    if (seen !== undefined && seen !== before.revision) {
      conflicts.push({
        ...{ questionId, answer: before.file?.name ?? before.answer, revision: before.revision },
        savedAt: (before.savedAt ?? context.now).toISOString(),
      });
      continue;
    }
    const file = isFile && change.file ? await keep(tx, context, questionId, change.file) : null;
    const after: Drafted = {
      ...{ answer: isFile ? "" : (change.answer ?? ""), file },
      ...{ revision: before.revision + 1, savedAt: context.now },
    };
    await putDraft(tx, of.application.id, questionId, after);
    drafts.set(questionId, after);
    if (isFile) await dropUnusedFiles(tx, context.person.id);
  }
  return { drafts, conflicts };
}

const EMPTY: Drafted = { answer: "", file: null, revision: 0, savedAt: null };

async function keep(
  tx: Tx,
  context: Context<unknown>,
  questionId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<KeptFile> {
  const { person, now } = context;
  return context.need(
    await keepFile(tx, { ownerId: person.id, file, now }),
    answerField(questionId),
  );
}

async function putDraft(
  tx: Tx,
  applicationId: string,
  questionId: string,
  { answer, file, revision, savedAt }: Drafted,
): Promise<void> {
  if (!savedAt) throw new Error("a draft is saved at an instant");
  const kept = { answer, fileId: file?.id ?? null, revision, savedAt };
  await tx
    .insert(applicationDrafts)
    .values({ applicationId, questionId, ...kept })
    .onConflictDoUpdate({
      target: [applicationDrafts.applicationId, applicationDrafts.questionId],
      set: kept,
    });
}

/** Makes these of the asker's own works the ones that an application shows. Refusals: `unknown_work`, `too_many_works`. */
export async function writeShownWorks(
  tx: Tx,
  context: Context<unknown>,
  applicationId: string,
  workIds: readonly string[],
): Promise<void> {
  const asked = [...new Set(workIds)];
  if (asked.length > MOST_SHOWN_WORKS) context.refuse({ code: "too_many_works", field: "works" });
  const own = await tx
    .select({ id: portfolioWorks.id, removedAt: portfolioWorks.removedAt })
    .from(portfolioWorks)
    .where(and(eq(portfolioWorks.personId, context.person.id)));
  const live = new Set(own.filter(({ removedAt }) => !removedAt).map(({ id }) => id));
  if (asked.some((id) => !live.has(id))) context.refuse({ code: "unknown_work", field: "works" });
  await tx.delete(applicationWorks).where(eq(applicationWorks.applicationId, applicationId));
  if (asked.length > 0)
    await tx.insert(applicationWorks).values(asked.map((workId) => ({ applicationId, workId })));
}
