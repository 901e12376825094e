/** What the public may read of the log: the newest signed tree, and nothing beyond it. */
import { desc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { logCheckpoints, logLeaves } from "#db/schema/index";
import { type EntryKind, PUBLIC_KINDS } from "../kinds";
import { findEntry, listPartiesOf } from "../reverse.server";
import { formatEntryBundle, TILE_WIDTH, type Tile, widthIn } from "./tiles";
import { listTileHashes } from "./tree.server";

/** A signed tree, and when it was signed (`2026-11-22T14:03:05.123Z`). */
export type Published = { size: number; note: string; signedAt: string };

/** The newest signed tree; null before the first. */
export async function getPublished(db: Queryable): Promise<Published | null> {
  const [row] = await db.select().from(logCheckpoints).orderBy(desc(logCheckpoints.size)).limit(1);
  return row ? { ...row, signedAt: row.signedAt.toISOString() } : null;
}

/** Keys that have signed, newest first. */
export async function listVkeys(db: Queryable): Promise<string[]> {
  const rows = await db.execute<{ vkey: string }>(
    sql`SELECT vkey FROM log_keys ORDER BY since DESC, vkey`,
  );
  return rows.map((row) => row.vkey);
}

const CHECKPOINTS_AT_ONCE = 1_000;

/** All checkpoints ever signed, oldest first, some at a time. */
export async function* allCheckpoints(db: Queryable): AsyncGenerator<string[]> {
  for (let after = 0; ; ) {
    const rows = await db.execute<{ size: string; note: string }>(
      sql`SELECT c.size::text, c.note FROM log_checkpoints c WHERE c.size > ${after} ORDER BY c.size LIMIT ${CHECKPOINTS_AT_ONCE}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => row.note);
    after = Number(last.size);
  }
}

/**
 * A tile's bytes: hashes one after another, or entries with their lengths. Null beyond the signed tree, and for a partial
 * tile once the full one is there (C2SP tlog-tiles lets a log drop it).
 */
export async function getTile(
  db: Queryable,
  { level, index, width }: Tile,
  size: number,
): Promise<Uint8Array | null> {
  const there = widthIn({ level, index }, size);
  if (width > there || (width < TILE_WIDTH && there === TILE_WIDTH)) return null;
  const from = index * TILE_WIDTH;
  if (level === "entries") {
    const rows = await db.execute<{ data: Buffer }>(
      sql`SELECT data FROM log_leaves WHERE index >= ${from} AND index < ${from + width} ORDER BY index`,
    );
    return rows.length === width ? formatEntryBundle(rows.map((row) => row.data)) : null;
  }
  const hashes = await listTileHashes(db, { level, from, to: from + width });
  return hashes.length === width ? Buffer.concat(hashes) : null;
}

/** What opens a leaf's commitment. */
export type Opening = {
  index: number;
  leaf: Buffer;
  body: Buffer;
  salt: Buffer;
  isPublic: boolean;
};
type OpeningRow = { index: string; data: Buffer; body: Buffer; salt: Buffer; kind: EntryKind };

const openingOf = (row: OpeningRow | undefined): Opening | null =>
  row
    ? {
        index: Number(row.index),
        leaf: row.data,
        body: row.body,
        salt: row.salt,
        isPublic: (PUBLIC_KINDS as readonly EntryKind[]).includes(row.kind),
      }
    : null;
const opened = sql`
  SELECT l.index::text, l.data, o.body, o.salt, e.kind
  FROM log_leaves l JOIN journal_entries e ON e.id = l.entry_id JOIN entry_openings o ON o.entry_id = e.id AND o.body IS NOT NULL`;

/** The opening of a public entry's leaf in the signed tree; null for any other leaf, and where it was withheld. */
export async function getOpening(
  db: Queryable,
  index: number,
  size: number,
): Promise<Opening | null> {
  if (index >= size) return null;
  const [row] = await db.execute<OpeningRow>(sql`${opened} WHERE l.index = ${index}`);
  const found = openingOf(row);
  return found?.isPublic ? found : null;
}

/** A leaf of the signed tree as the tiles hold it; null beyond it. */
export async function findLeaf(
  db: Queryable,
  index: number,
  size: number,
): Promise<Uint8Array | null> {
  if (index >= size) return null;
  const [row] = await db
    .select({ data: logLeaves.data })
    .from(logLeaves)
    .where(eq(logLeaves.index, index));
  return row?.data ?? null;
}

/** The opening of an entry by its log id, in the signed tree, a private one too; null where there is none. */
export async function findOpening(
  db: Queryable,
  entryLogId: string,
  size: number,
): Promise<Opening | null> {
  const [row] = await db.execute<OpeningRow>(
    sql`${opened} WHERE e.log_id = ${entryLogId}::uuid AND l.index < ${size}`,
  );
  return openingOf(row);
}

/**
 * Whose entry it is, by its log id: whoever's cash, shares or escrow it moved, and whose deal, token or gain it is about. They may
 * open it though it is private.
 */
export async function listParties(db: Queryable, entryLogId: string): Promise<string[]> {
  const entry = await findEntry(db, entryLogId);
  if (!entry) return [];
  const { id, type } = entry.about;
  const rows = await db.execute<{ id: string }>(sql`
    SELECT student_id AS id FROM offers WHERE id = ${id} AND ${type} = 'offer'
    UNION SELECT investor_id FROM offer_parts WHERE offer_id = ${id} AND ${type} = 'offer'
    UNION SELECT o.student_id FROM offer_parts p JOIN offers o ON o.id = p.offer_id WHERE p.id = ${id} AND ${type} = 'offer_part'
    UNION SELECT owner_id FROM tokens WHERE id = ${id} AND ${type} = 'token'
    UNION SELECT t.owner_id FROM gains g JOIN tokens t ON t.id = g.token_id WHERE g.id = ${id} AND ${type} = 'gain'`);
  return [...new Set([...(await listPartiesOf(db, entry)), ...rows.map((row) => row.id)])];
}
