import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { feedback } from "#db/schema/index";
import { tellAbout } from "~/features/notices/tell-about.server";
import type { Membership } from "./membership.server";

/**
 * What follows when a student shows an update or a piece of work: the first time the cohort's teachers are told; later,
 * feedback that asked for another go is answered, and who gave it is told. In the caller's transaction.
 */
export async function tellOfWork(
  tx: Tx,
  shown: {
    by: { id: string; displayName: string };
    member: Membership;
    on: { updateId: string } | { workId: string };
    about: string;
    path: string;
    first: boolean;
    now: Date;
  },
): Promise<void> {
  const { by, member, on, about, path, now } = shown;
  const props = { by: by.displayName, cohort: member.cohort.title, about, body: "", path };
  if (shown.first) {
    const to = member.teacherIds.filter((id) => id !== by.id);
    return tellAbout(tx, "updates", { to, template: "work-waits", props, now });
  }
  const thing =
    "updateId" in on ? eq(feedback.updateId, on.updateId) : eq(feedback.workId, on.workId);
  const asked = await tx
    .update(feedback)
    .set({ state: "answered" })
    .where(and(thing, eq(feedback.state, "revise")))
    .returning({ authorId: feedback.authorId });
  const to = asked.map((row) => row.authorId);
  await tellAbout(tx, "feedback", { to, template: "feedback-answered", props, now });
}
