import { feedback } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { findShown, pathOf } from "./find-shown.server";
import { findMembership } from "./membership.server";
import { feedbackInput } from "./schema";

/**
 * A teacher of the cohort gives feedback on a published update or a piece of work; it is the student's and the teachers'
 * to read, and the student is told. `revise` asks for another go. Refusal: `not_found`.
 */
export const giveFeedback = defineCommand({
  name: "give-feedback",
  action: "feedback.give",
  input: feedbackInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const shown = await findShown(tx, input.on, input.id);
    if (!shown) return context.refuse({ code: "not_found" });
    const member = await findMembership(tx, { id: shown.cohortId }, person.id);
    if (!member) throw new Error("a cohort vanished");
    context.authorise({ teacher: member.teacherIds, student: shown.studentId });
    const [row] = await tx
      .insert(feedback)
      .values({
        cohortId: shown.cohortId,
        authorId: person.id,
        studentId: shown.studentId,
        [input.on === "update" ? "updateId" : "workId"]: input.id,
        body: input.body,
        state: input.ask === "revise" ? "revise" : "open",
        givenAt: now,
      })
      .returning({ id: feedback.id });
    if (!row) throw new Error("the feedback was not kept");
    await tellAbout(tx, "feedback", {
      to: [shown.studentId],
      template: "feedback-given",
      props: {
        by: person.displayName,
        cohort: member.cohort.title,
        about: shown.about,
        body: "",
        path: `${pathOf(member.cohort.slug, shown)}#f-${row.id}`,
      },
      now,
    });
    return { feedbackId: row.id };
  },
});
