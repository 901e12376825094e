import { createHmac, timingSafeEqual } from "node:crypto";
import type { Queryable } from "#db/client.server";
import { mailSecret } from "#db/schema/index";
import { isId } from "~/lib/ids";
import { isMailTopic, type MailTopic } from "./topics";

async function signatureOf(db: Queryable, personId: string, topic: MailTopic): Promise<Buffer> {
  const [row] = await db.select({ secret: mailSecret.secret }).from(mailSecret);
  if (!row) throw new Error("the database has no secret for mail links");
  return createHmac("sha256", row.secret).update(`stop-mail:${personId}:${topic}`).digest();
}

/** The path at which mail about a topic is stopped without signing in. It holds for good, and opens nothing else. */
export async function stopPath(db: Queryable, personId: string, topic: MailTopic): Promise<string> {
  const signature = await signatureOf(db, personId, topic);
  return `/unsubscribe?token=${personId}.${topic}.${signature.toString("base64url")}`;
}

/** Whose mail about what such a link stops; null for a link that was not signed here. */
export async function readStopToken(
  db: Queryable,
  token: string,
): Promise<{ personId: string; topic: MailTopic } | null> {
  const [personId, topic, signature, more] = token.split(".");
  if (more !== undefined || !isId(personId) || !topic || !isMailTopic(topic)) return null;
  const given = Buffer.from(signature ?? "", "base64url");
  const right = await signatureOf(db, personId, topic);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return { personId, topic };
}
