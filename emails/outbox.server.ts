import type { Tx } from "#db/client.server";
import { enqueue, enqueueAll } from "#db/jobs.server";
import { outbox } from "#db/schema/index";
import type { PropsOf, TemplateName } from "./templates/index";

export type { PropsOf };

/**
 * Puts a message in the outbox and enqueues the job that sends it, both in the caller's transaction: rolled back, it
 * was never sent; committed, it is sent once. Links are paths of this site in props named `path` or ending in `Path`.
 */
export async function enqueueMail<N extends TemplateName>(
  tx: Tx,
  mail: {
    to: { personId: string | null; email: string };
    template: N;
    props: PropsOf<N>;
    now: Date;
  },
): Promise<{ outboxId: string }> {
  const [row] = await tx
    .insert(outbox)
    .values({
      personId: mail.to.personId,
      toEmail: mail.to.email,
      template: mail.template,
      props: mail.props,
      createdAt: mail.now,
    })
    .returning({ id: outbox.id });
  if (!row) throw new Error("the outbox gave no id");
  await enqueue(tx, "send-mail", { outboxId: row.id });
  return { outboxId: row.id };
}

/** So many rows of the outbox are written by one statement. */
const BATCH = 500;

/**
 * Puts the same message to many people in the outbox, as `enqueueMail` does one: in the caller's transaction, each once.
 * A bounded number of statements for each 500.
 */
export async function enqueueMails<N extends TemplateName>(
  tx: Tx,
  template: N,
  mails: readonly { to: { personId: string | null; email: string }; props: PropsOf<N> }[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < mails.length; from += BATCH) {
    const rows = await tx
      .insert(outbox)
      .values(
        mails.slice(from, from + BATCH).map(({ to, props }) => ({
          ...{ personId: to.personId, toEmail: to.email },
          ...{ template, props, createdAt: now },
        })),
      )
      .returning({ id: outbox.id });
    await enqueueAll(
      tx,
      "send-mail",
      rows.map(({ id }) => ({ outboxId: id })),
    );
  }
}
