/** Full subtrees of a log, read out of its tiles. */
import { nodeHash, type SubtreeHash } from "./merkle";
import { HASH_BYTES, type Sha256 } from "./sha256";
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from "./tiles";

/** The hash of 2^n neighbours. */
export function perfectHash(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  let row = [...hashes];
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2)
      above.push(nodeHash(sha256, row[i] as Uint8Array, row[i + 1] as Uint8Array));
    row = above;
  }
  return row[0] as Uint8Array;
}

/**
 * Reads subtrees out of tiles: a subtree of any level is a run of one tile's hashes. `tileHashes` gives the hashes
 * `from` to `to` of a tile level.
 */
export function subtreeReader(
  sha256: Sha256,
  tileHashes: (level: number, from: number, to: number) => readonly Uint8Array[],
): SubtreeHash {
  return ({ level, index }) => {
    const width = 2 ** (level % TILE_HEIGHT);
    const from = index * width;
    return perfectHash(sha256, tileHashes(Math.floor(level / TILE_HEIGHT), from, from + width));
  };
}

/** Where a tile of hashes stands. */
export type TilePlace = Pick<Tile, "index"> & { level: number };

/**
 * What `make` computes from subtrees, with the tiles that they stand in loaded first, each once: `make` runs twice, first to tell
 * what it asks for. Null where `load` has no tile. Throws RangeError where a tile is shorter than what is asked of it.
 */
export async function fromTiles<T>(
  sha256: Sha256,
  make: (hashOf: SubtreeHash) => T,
  load: (tile: TilePlace) => Promise<readonly Uint8Array[] | null>,
): Promise<T | null> {
  const wanted = new Map<string, TilePlace>();
  make(({ level, index }) => {
    const width = 2 ** (level % TILE_HEIGHT);
    const tile = {
      level: Math.floor(level / TILE_HEIGHT),
      index: Math.floor((index * width) / TILE_WIDTH),
    };
    wanted.set(`${tile.level}/${tile.index}`, tile);
    return new Uint8Array(HASH_BYTES);
  });
  const loaded = new Map<string, readonly Uint8Array[]>();
  for (const [key, tile] of wanted) {
    const hashes = await load(tile);
    if (!hashes) return null;
    loaded.set(key, hashes);
  }
  return make(
    subtreeReader(sha256, (level, from, to) => {
      const index = Math.floor(from / TILE_WIDTH);
      const hashes = loaded.get(`${level}/${index}`) ?? [];
      const run = hashes.slice(from - index * TILE_WIDTH, to - index * TILE_WIDTH);
      if (run.length !== to - from) throw new RangeError(`the log has no tile ${level}/${index}`);
      return run;
    }),
  );
}
