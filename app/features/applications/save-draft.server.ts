import { eq } from "drizzle-orm";
import { applications } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "./events.server";
import { holdForWriting } from "./hold-application.server";
import { draftInput } from "./schema";
import { writeDrafts, writeShownWorks } from "./write-drafts.server";

/**
 * Keeps what the asker has typed into an application, complete or not, until the deadline; reviewers go on seeing what was
 * submitted, if anything was. A withdrawn application becomes a draft again. An answer that was saved elsewhere since the asker
 * last saw it is left as it is, and answered in `conflicts` with its text; the others are kept. Which works are shown is kept
 * while it is a draft, and after that with the next submission. Any age; not for who works on the cohort.
 * Refusals: those of `holdForWriting`, `writeDrafts` and `writeShownWorks`.
 */
export const saveDraft = defineCommand({
  name: "save-draft",
  action: "application.draft",
  input: draftInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdForWriting(tx, context, { cohort: "read" });
    const { application, cohort, questions } = held;
    const { drafts, conflicts } = await writeDrafts(tx, context, {
      ...{ application, questions, changes: input.changes },
    });
    const again = application.state === "withdrawn";
    const state = again ? ("draft" as const) : application.state;
    if (state === "draft" && input.works)
      await writeShownWorks(tx, context, application.id, input.works);
    await tx
      .update(applications)
      .set({
        updatedAt: now,
        ...(state === "draft" ? { state, formVersion: cohort.formVersion } : {}),
        ...(again ? { submittedAt: null, withdrawnAt: null } : {}),
      })
      .where(eq(applications.id, application.id));
    if (again)
      await recordEvent(tx, {
        ...{ applicationId: application.id, at: now, actorId: person.id },
        ...{ kind: "taken_up", audience: "applicant" },
      });
    const kept = new Set(input.changes.map(({ questionId }) => questionId));
    for (const { questionId } of conflicts) kept.delete(questionId);
    return {
      applicationId: application.id,
      state,
      savedAt: now.toISOString(),
      saved: [...kept].map((questionId) => {
        const draft = drafts.get(questionId);
        return { questionId, revision: draft?.revision ?? 0, file: draft?.file ?? null };
      }),
      conflicts,
    };
  },
});
