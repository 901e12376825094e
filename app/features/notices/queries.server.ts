import { desc, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { devMailbox, mutedTopics, outbox } from "#db/schema/index";
import { getEnv } from "~/env.server";
import { isId } from "~/lib/ids";
import { readStopToken } from "./stop-link.server";
import type { MailTopic } from "./topics";

/** Whether this installation keeps its mail to itself: the embedded default does, production never. */
export const hasDevMailbox = (): boolean => !getEnv().production;

/** The latest messages of the embedded default's mailbox, newest cause first; none in production. */
export async function listDevMail(limit = 100) {
  if (!hasDevMailbox()) return [];
  const { id, toEmail, subject } = devMailbox;
  return getDb()
    .select({ id, toEmail, subject, sentAt: outbox.createdAt })
    .from(devMailbox)
    .innerJoin(outbox, eq(outbox.id, id))
    .orderBy(desc(outbox.createdAt), desc(id))
    .limit(limit);
}

/** One message of the embedded default's mailbox, with its text cut into words and links; null where there is none. */
export async function findDevMail(id: string) {
  if (!hasDevMailbox() || !isId(id)) return null;
  const [mail] = await getDb().select().from(devMailbox).where(eq(devMailbox.id, id));
  return mail ? { ...mail, pieces: cutLinks(mail.text, getEnv().appUrl) } : null;
}

/** About which topics a person wants no mail. */
export async function listMutedTopics(personId: string): Promise<MailTopic[]> {
  const rows = await getDb()
    .select({ topic: mutedTopics.topic })
    .from(mutedTopics)
    .where(eq(mutedTopics.personId, personId));
  return rows.map((row) => row.topic);
}

/** The topic that a mailed link stops; null for a link that was not signed here. */
export async function findStoppedTopic(token: string): Promise<MailTopic | null> {
  return (await readStopToken(getDb(), token))?.topic ?? null;
}

export type MailPiece = { text: string; path?: string };

/** Cuts a text at addresses of this site, which become paths; other addresses stay words. */
export function cutLinks(text: string, appUrl: string): MailPiece[] {
  const pieces: MailPiece[] = [];
  let rest = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s\])>]+/g)) {
    const path = pathOf(found[0], appUrl);
    if (path === null) continue;
    if (found.index > rest) pieces.push({ text: text.slice(rest, found.index) });
    pieces.push({ text: found[0], path });
    rest = found.index + found[0].length;
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest) });
  return pieces;
}

function pathOf(address: string, appUrl: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.origin !== new URL(appUrl).origin) return null;
  return url.pathname + url.search + url.hash;
}
