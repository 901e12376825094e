import { announcements } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { findMembership, listStudentIds } from "./membership.server";
import { announcementInput } from "./schema";
import { excerpt, spacePath } from "./words";

/** A teacher tells everybody in the cohort something; it stands in the space and goes out by mail. Refusal: `not_found`. */
export const postAnnouncement = defineCommand({
  name: "post-announcement",
  action: "space.teach",
  input: announcementInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const member = await findMembership(tx, { id: input.cohortId }, person.id);
    if (!member) return context.refuse({ code: "not_found" });
    context.authorise(member.subject);
    const { cohortId, title, body } = input;
    const [row] = await tx
      .insert(announcements)
      .values({ cohortId, authorId: person.id, title, body, postedAt: now })
      .returning({ id: announcements.id });
    if (!row) throw new Error("the announcement was not kept");
    const everybody = [...(await listStudentIds(tx, cohortId)), ...member.teacherIds];
    await tellAbout(tx, "announcements", {
      to: everybody.filter((id) => id !== person.id),
      template: "announcement-posted",
      props: {
        by: person.displayName,
        cohort: member.cohort.title,
        about: title,
        body: excerpt(body),
        path: spacePath(member.cohort.slug),
      },
      now,
    });
    return { announcementId: row.id };
  },
});
