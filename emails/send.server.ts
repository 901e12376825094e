import { eq } from "drizzle-orm";
import { Resend } from "resend";
import { inTransaction, type Tx } from "#db/client.server";
import { devMailbox, outbox } from "#db/schema/index";
import { getEnv } from "~/env.server";
import { err, ok, type Result } from "~/lib/result";
import { type RenderedMail, renderMail } from "./render.server";
import { SECRET_TEMPLATES } from "./templates/index";

/** How often a message is tried before it counts as failed: one more than its job's retries would allow. */
export const MAX_ATTEMPTS = 13;
const TIMEOUT_MS = 10_000;

type Row = typeof outbox.$inferSelect;
/** Why the provider did not take a message: `again` when trying later may help. */
type Failure = { again: boolean; reason: string };
type Outcome = "sent" | "failed" | "again" | "nothing_to_do";

/** Says that a message could not be sent now, so that its job is tried again with backoff. */
export class MailNotSent extends Error {
  constructor(readonly reason: string) {
    super(`mail not sent: ${reason}`);
    this.name = "MailNotSent";
  }
}

/**
 * Sends one message of the outbox. The row is held meanwhile and its id is the provider's idempotency key, so that a
 * job that runs twice, or dies after sending, sends once visibly. A refusal that trying again cannot mend marks the row
 * `failed`; timeouts, 429 and 5xx throw `MailNotSent` until `MAX_ATTEMPTS`. Sent already, or unknown: does nothing.
 */
export async function sendMail(
  outboxId: string,
  now: Date,
  options: { timeoutMs?: number } = {},
): Promise<Outcome> {
  const { outcome, reason } = await inTransaction(async (tx) => {
    const [row] = await tx.select().from(outbox).where(eq(outbox.id, outboxId)).for("update");
    if (row?.state !== "waiting") return { outcome: "nothing_to_do" as const, reason: "" };
    const delivered = await deliver(tx, row, now, options.timeoutMs ?? TIMEOUT_MS);
    const after = stateAfter(row, delivered, now);
    const secret = after.state !== "waiting" && SECRET_TEMPLATES.has(row.template);
    const changes = { ...after, attempts: row.attempts + 1, ...(secret ? { props: {} } : {}) };
    await tx.update(outbox).set(changes).where(eq(outbox.id, outboxId));
    const outcome: Outcome = after.state === "waiting" ? "again" : after.state;
    return { outcome, reason: after.lastError ?? "" };
  });
  if (outcome === "again") throw new MailNotSent(reason);
  return outcome;
}

function stateAfter(row: Row, delivered: Result<string | null, Failure>, now: Date) {
  if (delivered.ok)
    return { state: "sent" as const, sentAt: now, providerId: delivered.value, lastError: null };
  const { again, reason } = delivered.error;
  const over = !again || row.attempts + 1 >= MAX_ATTEMPTS;
  return { state: over ? ("failed" as const) : ("waiting" as const), lastError: reason };
}

/** Gives the message to Resend, or to the embedded default's mailbox; answers the provider's id, if it has one. */
async function deliver(
  tx: Tx,
  row: Row,
  now: Date,
  timeoutMs: number,
): Promise<Result<string | null, Failure>> {
  const mail = await renderMail(row.template, row.props).catch((error: unknown) =>
    error instanceof Error ? error : new Error("unknown"),
  );
  if (mail instanceof Error) return err({ again: false, reason: `not rendered: ${mail.message}` });
  if (getEnv().production) return sendByResend(row, mail, timeoutMs);
  await tx
    .insert(devMailbox)
    .values({ id: row.id, toEmail: row.toEmail, ...mail, sentAt: now })
    .onConflictDoNothing();
  return ok(null);
}

/** How mailboxes stop mail of a topic with one click (RFC 8058); null for mail that always comes. */
function stopHeaders(row: Row): Record<string, string> | null {
  const path = row.props.stopPath;
  if (!path) return null;
  return {
    "List-Unsubscribe": `<${getEnv().appUrl}${path}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

async function sendByResend(
  row: Row,
  mail: RenderedMail,
  timeoutMs: number,
): Promise<Result<string, Failure>> {
  const env = getEnv();
  if (!env.RESEND_API_KEY || !env.MAIL_FROM) throw new Error("mail is not configured");
  const headers = stopHeaders(row);
  const resend = new Resend(
    env.RESEND_API_KEY,
    env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL.replace(/\/+$/, "") } : {},
  );
  const { data, error } = await resend.emails.send(
    { from: env.MAIL_FROM, to: row.toEmail, ...mail, ...(headers ? { headers } : {}) },
    { idempotencyKey: row.id, signal: AbortSignal.timeout(timeoutMs) },
  );
  if (data?.id) return ok(data.id);
  const status = error?.statusCode ?? null;
  // No status: no answer, or none that could be read. 408 and 409 are about this moment, unless the key was used for
  // other contents: then the message was sent in an earlier form.
  const about = error?.name ?? "no_answer";
  const again =
    about !== "invalid_idempotent_request" &&
    (status === null || status >= 500 || [408, 409, 425, 429].includes(status));
  return err({ again, reason: `${about}${status === null ? "" : ` (${status})`}` });
}
