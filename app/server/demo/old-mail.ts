import { sql } from "drizzle-orm";
import { inTransaction } from "#db/client.server";
import { enqueueAll } from "#db/jobs.server";
import { SECRET_TEMPLATES } from "#emails/templates/index";

/**
 * Letters of the demo's past were delivered in it: those written before `before` are marked as sent, are rendered by
 * nobody and go to nobody. The others get their jobs.
 */
export async function deliverOldMail(before: Date): Promise<void> {
  const until = sql`${before.toISOString()}::timestamptz`;
  const secret = sql.join(
    [...SECRET_TEMPLATES].map((name) => sql`${name}`),
    sql`, `,
  );
  await inTransaction(async (tx) => {
    await tx.execute(sql`
      UPDATE outbox SET state = 'sent', sent_at = created_at, attempts = 1,
        props = CASE WHEN template IN (${secret}) THEN '{}'::jsonb ELSE props END
      WHERE state = 'waiting' AND created_at < ${until}`);
    const left = await tx.execute<{ id: string }>(
      sql`SELECT id FROM outbox WHERE state = 'waiting' ORDER BY created_at, id`,
    );
    const jobs = left.map(({ id }) => ({ outboxId: id }));
    if (jobs.length > 0) await enqueueAll(tx, "send-mail", jobs);
  });
}
