/** A person's chain in a signed tree, with everything that proves it. */
import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { singleton } from "~/lib/singleton.server";
import { listBodies } from "../bodies.server";
import type { BundleChain, BundleEntry } from "./bundle-of";
import type { HeadsTree } from "./heads-tree";
import { canonicalBytes } from "./leaf";
import { listInclusionProofs, loadHeads, TileCache } from "./tree.server";

const LINKS_AT_ONCE = 500;
type Row = {
  n: number;
  index: string;
  entry_id: string;
  data: Buffer;
  body: Buffer | null;
  salt: Buffer | null;
};
/** A chain in the signed tree of that size, its links from `after` (all of them without). */
type Whose = { person: string; size: number; after?: number };

async function listLinks(db: Queryable, { person, size }: Whose, after: number): Promise<Row[]> {
  return db.execute<Row>(sql`
    SELECT k.n, l.index::text, l.entry_id::text, l.data, o.body, o.salt
    FROM log_links k JOIN log_leaves l ON l.index = k.leaf_index LEFT JOIN entry_openings o ON o.entry_id = l.entry_id AND o.body IS NOT NULL
    WHERE k.person = ${person}::uuid AND k.n > ${after} AND k.leaf_index < ${size} ORDER BY k.n LIMIT ${LINKS_AT_ONCE}`);
}

async function* pages(db: Queryable, whose: Whose): AsyncGenerator<Row[]> {
  for (let coming = listLinks(db, whose, whose.after ?? 0); ; ) {
    const rows = await coming;
    if (rows.length === LINKS_AT_ONCE) {
      // The next are fetched while these are worked on; who stops before them does not miss them.
      coming = listLinks(db, whose, rows.at(-1)?.n ?? 0);
      coming.catch(() => {});
    }
    if (rows.length > 0) yield rows;
    if (rows.length < LINKS_AT_ONCE) return;
  }
}

async function* entriesOf(
  db: Queryable,
  whose: Whose,
  tiles: TileCache,
): AsyncGenerator<BundleEntry> {
  for await (const rows of pages(db, whose)) {
    const indexes = rows.map((row) => Number(row.index));
    const proofs = await listInclusionProofs(tiles, indexes, whose.size);
    for (const [i, { data, body, salt }] of rows.entries())
      yield {
        index: indexes[i] as number,
        leaf: data,
        proof: proofs[i] as Uint8Array[],
        opening: body && salt ? { body, salt } : null,
      };
  }
}

/**
 * The bytes of all bodies in a person's chain, withheld ones too: what the record is computed from. In the log's order, with
 * the leaf's index and the entry's number in the book.
 */
export async function* bodiesOf(
  db: Queryable,
  whose: Whose,
): AsyncGenerator<{ index: number; entry: string; body: Uint8Array }> {
  for await (const rows of pages(db, whose)) {
    const closed = rows.filter((row) => row.body === null);
    const known = await listBodies(
      db,
      closed.map((row) => BigInt(row.entry_id)),
    );
    const written = new Map(closed.map((row, i) => [row.index, known[i]]));
    for (const row of rows) {
      const { index, entry_id: entry } = row;
      const hidden = written.get(index);
      const body = row.body ?? (hidden ? canonicalBytes(hidden) : null);
      if (body) yield { index: Number(index), entry, body };
    }
  }
}

/** The heads of the signed tree, kept in this process until another is asked for. */
async function keptHeads(db: Queryable, size: number): Promise<HeadsTree> {
  const kept = singleton("log-heads", () => new Map<number, Promise<HeadsTree>>());
  const found = kept.get(size) ?? loadHeads(db, size);
  kept.clear();
  kept.set(size, found);
  try {
    return await found;
  } catch (error) {
    kept.delete(size);
    throw error;
  }
}

/** A person's chain in the signed tree of that size; null for who is not in it. Its entries are read as they are asked for. */
export async function getChain(
  db: Queryable,
  { person, handle, size }: Whose & { handle: string },
): Promise<BundleChain | null> {
  const heads = await keptHeads(db, size);
  const own = heads.of(person);
  if (!own) return null;
  const tiles = new TileCache(db);
  const [proof] = await listInclusionProofs(tiles, [size - 1], size);
  const [last] = await db.execute<{ data: Buffer }>(
    sql`SELECT data FROM log_leaves WHERE index = ${size - 1}`,
  );
  if (!last || !proof) throw new Error(`the log has no leaf ${size - 1}`);
  return {
    person,
    handle,
    head: { head: own.head, n: own.n },
    heads: { leaf: last.data, position: own.position, path: heads.path(person), proof },
    entries: entriesOf(db, { person, size }, tiles),
  };
}
