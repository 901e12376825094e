import { comments } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { findShown, pathOf } from "./find-shown.server";
import { findMembership } from "./membership.server";
import { commentInput } from "./schema";
import { excerpt } from "./words";

/** Anybody in the cohort comments under a published update; its author is told. Refusal: `not_found`. */
export const commentOnUpdate = defineCommand({
  name: "comment-on-update",
  action: "space.discuss",
  input: commentInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const shown = await findShown(tx, "update", input.updateId);
    if (!shown) return context.refuse({ code: "not_found" });
    const member = await findMembership(tx, { id: shown.cohortId }, person.id);
    if (!member) throw new Error("a cohort vanished");
    context.authorise(member.subject);
    const [row] = await tx
      .insert(comments)
      .values({
        updateId: input.updateId,
        authorId: person.id,
        body: input.body,
        postedAt: now,
      })
      .returning({ id: comments.id });
    if (!row) throw new Error("the comment was not kept");
    await tellAbout(tx, "comments", {
      to: person.id === shown.studentId ? [] : [shown.studentId],
      template: "comment-posted",
      props: {
        by: person.displayName,
        cohort: member.cohort.title,
        about: shown.about,
        body: excerpt(input.body),
        path: `${pathOf(member.cohort.slug, shown)}#comments`,
      },
      now,
    });
    return { commentId: row.id };
  },
});
