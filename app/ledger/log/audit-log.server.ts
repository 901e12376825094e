/** The log against the book: every leaf, link, tile, root and checkpoint made anew from the entries and compared. */
import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { isPublic, listBodies } from "../bodies.server";
import { parseCheckpoint } from "./checkpoint";
import { sha256 } from "./crypto.server";
import { GrowingTree, type NewLink } from "./growing-tree";
import { canonicalBytes, commitmentOf, parseEntryLeaf } from "./leaf";
import { leafHash } from "./merkle";
import { parseNote } from "./note";
import type { TileHash } from "./right-edge";
import { sameBytes } from "./sha256";

const LEAVES_AT_ONCE = 1_000;
type Row = {
  index: string;
  entry_id: string | null;
  data: Buffer;
  hash: Buffer;
  salt: Buffer | null;
  body: Buffer | null;
};

/** What an entry says: its body's bytes, and whose chains it belongs to. */
type Said = { bytes: Uint8Array; people: readonly string[] };

/** Ends the walk at the first thing that is wrong: what follows rests on it. */
class Wrong extends Error {}

/**
 * Walks the whole log in batches and answers the first thing that is wrong with it, null in a true one: a leaf that is not what its
 * entry gives, a chain or the heads that do not follow, a tile, a root, a checkpoint of another tree. Entries whose openings
 * were erased are compared by their chains alone. Memory grows with the number of persons only.
 */
export async function auditLog(
  db: Queryable,
  onProgress: (leaves: number, of: number) => void = () => {},
): Promise<string | null> {
  const [state] = await db.execute<{ size: string }>(sql`SELECT size::text FROM log_state`);
  const size = Number(state?.size ?? 0);
  const walk = new Walk(db);
  try {
    for (let from = 0; from < size; from += LEAVES_AT_ONCE) {
      const to = Math.min(size, from + LEAVES_AT_ONCE);
      await walk.through(from, to);
      onProgress(to, size);
    }
    await assertNothingElse(db, size);
    if (size === 0) onProgress(0, 0);
    return null;
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
}

class Walk {
  readonly #tree = new GrowingTree(sha256);

  constructor(private readonly db: Queryable) {}

  async through(from: number, to: number): Promise<void> {
    const rows = await this.db.execute<Row>(sql`
      SELECT l.index::text, l.entry_id::text, l.data, l.hash, o.salt, o.body
      FROM log_leaves l LEFT JOIN entry_openings o ON o.entry_id = l.entry_id
      WHERE l.index >= ${from} AND l.index < ${to} ORDER BY l.index`);
    if (rows.length !== to - from) throw new Wrong(`leaves are missing between ${from} and ${to}`);
    const entries = await this.#entriesOf(rows);
    const links: NewLink[] = [];
    const tiles: TileHash[] = [];
    const trees: { size: number; root: Uint8Array }[] = [];
    for (const row of rows) {
      if (!sameBytes(leafHash(sha256, row.data), row.hash))
        throw new Wrong(`leaf ${row.index} does not have its hash`);
      const made = row.entry_id === null ? this.#heads(row) : this.#entry(row, entries);
      links.push(...made.links);
      tiles.push(...made.tiles);
      if (row.entry_id === null) trees.push({ size: this.#tree.size, root: this.#tree.root() });
    }
    await compareLinks(this.db, links, { from, to });
    await compareTiles(this.db, tiles);
    await compareTrees(this.db, trees, { from, to });
  }

  /** What the leaves' entries say now, by entry id. */
  async #entriesOf(rows: readonly Row[]): Promise<Map<string, Said>> {
    const ids = rows.flatMap((row) => (row.entry_id === null ? [] : [BigInt(row.entry_id)]));
    ids.sort((a, b) => (a < b ? -1 : 1));
    const bodies = await listBodies(this.db, ids);
    if (bodies.length !== ids.length) throw new Wrong("a leaf is of an entry that there is not");
    return new Map(
      ids.map((id, i) => {
        const body = bodies[i] as (typeof bodies)[number];
        const people = isPublic(body.kind) ? body.people : [];
        return [String(id), { bytes: canonicalBytes(body), people }];
      }),
    );
  }

  #entry(row: Row, entries: ReadonlyMap<string, Said>) {
    const leaf = parseEntryLeaf(row.data);
    const said = entries.get(row.entry_id ?? "");
    if (!leaf || !said) throw new Wrong(`leaf ${row.index} is not an entry's`);
    if (row.body && !sameBytes(row.body, said.bytes))
      throw new Wrong(`the opening of leaf ${row.index} is not what its entry says`);
    if (row.salt && !sameBytes(commitmentOf(sha256, row.salt, said.bytes), leaf.commit))
      throw new Wrong(`leaf ${row.index} commits to something else than its entry`);
    const made = this.#tree.appendEntry(leaf.commit, said.people);
    if (!sameBytes(made.data, row.data)) throw new Wrong(`leaf ${row.index} breaks a chain`);
    return made;
  }

  #heads(row: Row) {
    const made = this.#tree.appendHeads();
    if (!sameBytes(made.data, row.data))
      throw new Wrong(`leaf ${row.index} does not hold all heads`);
    return { ...made, links: [] };
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

async function compareLinks(
  db: Queryable,
  made: readonly NewLink[],
  { from, to }: { from: number; to: number },
): Promise<void> {
  const rows = await db.execute<{ person: string; n: number; leaf: string; head: Buffer }>(sql`
    SELECT person, n, leaf_index::text AS leaf, head FROM log_links WHERE leaf_index >= ${from} AND leaf_index < ${to}
    ORDER BY leaf_index, person`);
  for (let i = 0; i < Math.max(rows.length, made.length); i++) {
    const [row, link] = [rows[i], made[i]];
    const isSame =
      row?.person === link?.person &&
      row?.n === link?.n &&
      Number(row?.leaf) === link?.leaf &&
      hex(row?.head ?? new Uint8Array()) === hex(link?.head ?? new Uint8Array());
    if (!isSame)
      throw new Wrong(`leaf ${link?.leaf ?? row?.leaf}: a link is not what the leaf gives`);
  }
}

async function compareTiles(db: Queryable, made: readonly TileHash[]): Promise<void> {
  for (const { level, index, hash } of made) {
    const [row] = await db.execute<{ hash: Buffer }>(
      sql`SELECT hash FROM log_tile_hashes WHERE level = ${level} AND index = ${index}`,
    );
    if (!row || !sameBytes(row.hash, hash))
      throw new Wrong(`tile hash ${level}/${index} is not that of its leaves`);
  }
}

async function compareTrees(
  db: Queryable,
  made: readonly { size: number; root: Uint8Array }[],
  { from, to }: { from: number; to: number },
): Promise<void> {
  const rows = await db.execute<{ size: string; root: Buffer; note: string | null }>(sql`
    SELECT t.size::text, t.root, c.note FROM log_trees t LEFT JOIN log_checkpoints c USING (size)
    WHERE t.size > ${from} AND t.size <= ${to} ORDER BY t.size`);
  if (rows.length !== made.length)
    throw new Wrong(`between leaves ${from} and ${to} are other trees than were made`);
  for (const [i, { size, root, note }] of rows.entries()) {
    const tree = made[i];
    if (Number(size) !== tree?.size || !sameBytes(root, tree.root))
      throw new Wrong(`the tree of ${size} leaves has another root`);
    const signed = note === null ? null : parseCheckpoint(parseNote(note)?.text ?? "");
    if (note !== null && (signed?.size !== tree.size || !sameBytes(signed.root, tree.root)))
      throw new Wrong(`the checkpoint of ${size} leaves is of another tree`);
  }
}

/** Nothing stands beyond the log's end. */
async function assertNothingElse(db: Queryable, size: number): Promise<void> {
  const [row] = await db.execute<{ leaves: number; tiles: number; trees: number }>(sql`
    SELECT (SELECT count(*) FROM log_leaves WHERE index >= ${size})::int AS leaves,
      (SELECT count(*) FROM log_tile_hashes WHERE (index + 1) * 256::numeric ^ level > ${size})::int AS tiles,
      (SELECT count(*) FROM log_trees WHERE size > ${size})::int AS trees`);
  if (row && row.leaves + row.tiles + row.trees > 0)
    throw new Wrong(`something stands beyond the log's ${size} leaves`);
}
