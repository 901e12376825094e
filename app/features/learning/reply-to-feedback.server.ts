import { eq } from "drizzle-orm";
import { comments, feedback } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { pathOf } from "./find-shown.server";
import { holdFeedback } from "./hold-feedback.server";
import { replyInput } from "./schema";

/**
 * The student, or a teacher of the cohort, answers under feedback. The student's answer makes it `answered`; a teacher's
 * that asks for another go makes it `revise`. The other side is told. Refusal: `not_found`. Locks the feedback.
 */
export const replyToFeedback = defineCommand({
  name: "reply-to-feedback",
  action: "feedback.answer",
  input: replyInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const held = await holdFeedback(tx, input.feedbackId, person.id);
    if (!held) return context.refuse({ code: "not_found" });
    context.authorise(held.subject);
    const { row, shown, cohort } = held;
    const byStudent = person.id === row.studentId;
    const again = input.ask === "revise" ? ("revise" as const) : row.state;
    const state = byStudent ? ("answered" as const) : again;
    await tx
      .insert(comments)
      .values({ feedbackId: row.id, authorId: person.id, body: input.body, postedAt: now });
    await tx.update(feedback).set({ state }).where(eq(feedback.id, row.id));
    await tellAbout(tx, "feedback", {
      to: [byStudent ? row.authorId : row.studentId],
      template: "feedback-answered",
      props: {
        by: person.displayName,
        cohort: cohort.title,
        about: shown.about,
        body: "",
        path: `${pathOf(cohort.slug, shown)}#f-${row.id}`,
      },
      now,
    });
    return { feedbackId: row.id, state };
  },
});
