import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { type PublicBody, publicBody } from "./bodies";
import { listBodies } from "./bodies.server";
import { getPublished, type Published } from "./log/published.server";
import { type TokenBook, tokenBookOf } from "./token-book";

const AT_ONCE = 1_000;

/** A token that the signed tree knows, and that tree; before the first tree the whole book, and null. */
export type PublishedToken = {
  /** By log id. */
  id: string;
  book: TokenBook;
  published: Published | null;
};

/**
 * A token's public history as of the newest signed tree, by its owner or by its public id (its log id). Null where there is
 * no such token, or the signed tree does not know it yet.
 */
export async function findTokenBook(
  db: Queryable,
  which: { ownerId: string } | { logId: string },
): Promise<PublishedToken | null> {
  const where =
    "ownerId" in which
      ? sql`t.owner_id = ${which.ownerId}::uuid`
      : sql`i.log_id = ${which.logId}::uuid`;
  const [token] = await db.execute<{ id: string; log_id: string }>(sql`
    SELECT t.id, i.log_id FROM tokens t JOIN log_ids i ON i.kind = 'token' AND i.subject_id = t.id WHERE ${where}`);
  if (!token) return null;
  const published = await getPublished(db);
  const book = tokenBookOf(await listTokenBodies(db, token, published?.size ?? null));
  return book && { id: token.log_id, book, published };
}

/** The public entries that a token's shares are moved by, in the log's order, of a signed tree of that size (null: of the book). */
async function listTokenBodies(
  db: Queryable,
  token: { id: string; log_id: string },
  size: number | null,
): Promise<PublicBody[]> {
  const inTree =
    size === null
      ? sql`true`
      : sql`e.id IN (SELECT l.entry_id FROM log_leaves l WHERE l.entry_id = e.id AND l.index < ${size})`;
  const rows = await db.execute<{ id: string }>(sql`
    WITH direct AS (
      SELECT e.id FROM journal_entries e WHERE e.about_type = 'token' AND e.about_id = ${token.id}::uuid
        AND e.kind IN ('token_minted', 'resale', 'parting', 'lot_ended')
      UNION SELECT e.id FROM journal_entries e WHERE e.kind = 'investment' AND e.data->>'token' = ${token.log_id}
    ), found AS (
      SELECT id FROM direct UNION SELECT r.id FROM journal_entries r WHERE r.reverses_id IN (SELECT id FROM direct)
    )
    SELECT e.id::text FROM journal_entries e JOIN found USING (id) WHERE ${inTree} ORDER BY e.id`);
  const bodies: PublicBody[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const batch = rows.slice(from, from + AT_ONCE).map(({ id }) => BigInt(id));
    for (const body of await listBodies(db, batch)) bodies.push(publicBody.parse(body));
  }
  return bodies;
}
