/** Reads of the log's tree: hashes, proofs, heads. */
import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { sha256 } from "./crypto.server";
import { HeadsTree } from "./heads-tree";
import { consistencyProof, inclusionProof, type SubtreeHash } from "./merkle";
import { countAt, RightEdge } from "./right-edge";
import { fromTiles, type TilePlace } from "./subtrees";
import { TILE_WIDTH } from "./tiles";

const HEADS_AT_ONCE = 20_000;

/** The hashes `from` to `to` (exclusive) of a level of tiles, as far as the log has them. */
export async function listTileHashes(
  db: Queryable,
  { level, from, to }: { level: number; from: number; to: number },
): Promise<Uint8Array[]> {
  const rows =
    level === 0
      ? await db.execute<{ hash: Buffer }>(
          sql`SELECT hash FROM log_leaves WHERE index >= ${from} AND index < ${to} ORDER BY index`,
        )
      : await db.execute<{ hash: Buffer }>(
          sql`SELECT hash FROM log_tile_hashes WHERE level = ${level} AND index >= ${from} AND index < ${to} ORDER BY index`,
        );
  return rows.map((row) => row.hash);
}

/** The right edge of the log at a size that it has or had. */
export async function loadEdge(db: Queryable, size: number): Promise<RightEdge> {
  const tiles: Uint8Array[][] = [];
  for (let level = 0; countAt(level, size) > 0; level += 1) {
    const to = countAt(level, size);
    tiles.push(await listTileHashes(db, { level, from: to - (to % TILE_WIDTH), to }));
  }
  return new RightEdge(sha256, size, tiles);
}

/** All heads as they stood in the tree of that size. Takes the time and memory of all persons. */
export async function loadHeads(db: Queryable, size: number): Promise<HeadsTree> {
  const heads = new HeadsTree(sha256);
  let after = { leaf: -1, person: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await db.execute<{ person: string; leaf: string; n: number; head: Buffer }>(sql`
      SELECT f.person, f.leaf_index::text AS leaf, l.n, l.head
      FROM (SELECT person, leaf_index FROM log_links WHERE n = 1 AND leaf_index < ${size}
              AND (leaf_index, person) > (${after.leaf}, ${after.person}::uuid)
            ORDER BY leaf_index, person LIMIT ${HEADS_AT_ONCE}) f
      CROSS JOIN LATERAL (SELECT n, head FROM log_links WHERE person = f.person AND leaf_index < ${size} ORDER BY n DESC LIMIT 1) l
      ORDER BY f.leaf_index, f.person`);
    for (const { person, n, head } of rows) heads.set({ person, n, head });
    const last = rows.at(-1);
    if (!last || rows.length < HEADS_AT_ONCE) return heads;
    after = { leaf: Number(last.leaf), person: last.person };
  }
}

/** Hashes of tiles, read when they are first asked for; the most recently used stay. */
export class TileCache {
  readonly #tiles = new Map<string, Uint8Array[]>();

  constructor(
    private readonly db: Queryable,
    private readonly most = 4_096,
  ) {}

  /** What `make` computes from the tree; every subtree that it asks for is loaded first. */
  async with<T>(make: (hashOf: SubtreeHash) => T): Promise<T> {
    const made = await fromTiles(sha256, make, (tile) => this.#load(tile));
    return made as T;
  }

  async #load({ level, index }: TilePlace): Promise<Uint8Array[]> {
    const key = `${level}/${index}`;
    const known = this.#tiles.get(key);
    this.#tiles.delete(key);
    const from = index * TILE_WIDTH;
    const hashes = known ?? (await listTileHashes(this.db, { level, from, to: from + TILE_WIDTH }));
    this.#tiles.set(key, hashes);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= this.most) break;
      this.#tiles.delete(oldest);
    }
    return hashes;
  }
}

/** The proofs that some leaves are in the tree of `size` leaves. */
export async function listInclusionProofs(
  tiles: TileCache,
  indexes: readonly number[],
  size: number,
): Promise<Uint8Array[][]> {
  return tiles.with((hashOf) =>
    indexes.map((index) => inclusionProof(sha256, index, size, hashOf)),
  );
}

/** The proof that the tree of `from` leaves is the beginning of that of `to`. */
export async function getConsistencyProof(
  db: Queryable,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  return new TileCache(db).with((hashOf) => consistencyProof(sha256, from, to, hashOf));
}
