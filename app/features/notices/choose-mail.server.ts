import { eq } from "drizzle-orm";
import { mutedTopics } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { MAIL_TOPICS, type MailTopic } from "./topics";

const tick = z.enum(["yes", "no"]).default("no");

/** A person says about which topics they want mail: those ticked `yes`, and no others. */
export const chooseMail = defineCommand({
  name: "choose-mail",
  action: "mail.choose",
  input: z.object(
    Object.fromEntries(MAIL_TOPICS.map((topic) => [topic, tick])) as Record<MailTopic, typeof tick>,
  ),
  async run(tx, { input, person, now, authorise }) {
    authorise({ person: person.id });
    const muted = MAIL_TOPICS.filter((topic) => input[topic] === "no");
    await tx.delete(mutedTopics).where(eq(mutedTopics.personId, person.id));
    if (muted.length > 0)
      await tx
        .insert(mutedTopics)
        .values(muted.map((topic) => ({ personId: person.id, topic, mutedAt: now })))
        .onConflictDoNothing();
    return { muted };
  },
});
