import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { mutedTopics, persons } from "#db/schema/index";
import { enqueueMail, type PropsOf } from "#emails/outbox.server";
import { stopPath } from "./stop-link.server";
import type { MailTopic } from "./topics";

/** The messages that have a topic. */
type TopicMail =
  | "announcement-posted"
  | "comment-posted"
  | "feedback-answered"
  | "feedback-given"
  | "hypotheses-due"
  | "hypothesis-scored"
  | "work-waits";

/**
 * Writes to these people, each once, about something that has a topic, in the caller's transaction; not to those who
 * stopped that topic. Each message carries its own link that stops it.
 */
export async function tellAbout<N extends TopicMail>(
  tx: Tx,
  topic: MailTopic,
  message: {
    to: readonly string[];
    template: N;
    props: Omit<PropsOf<N>, "name" | "stopPath">;
    now: Date;
  },
): Promise<void> {
  if (message.to.length === 0) return;
  const ids = [...new Set(message.to)];
  const muted = await tx
    .select({ personId: mutedTopics.personId })
    .from(mutedTopics)
    .where(and(inArray(mutedTopics.personId, ids), eq(mutedTopics.topic, topic)));
  const silent = new Set(muted.map((row) => row.personId));
  const people = await tx
    .select({ id: persons.id, email: persons.email, name: persons.displayName })
    .from(persons)
    .where(inArray(persons.id, ids));
  for (const person of people.filter(({ id }) => !silent.has(id)))
    await enqueueMail(tx, {
      to: { personId: person.id, email: person.email },
      template: message.template,
      props: {
        ...message.props,
        name: person.name,
        stopPath: await stopPath(tx, person.id, topic),
      } as PropsOf<N>,
      now: message.now,
    });
}
