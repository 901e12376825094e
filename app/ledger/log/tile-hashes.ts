/** The hashes of a log's subtrees from the tiles that it serves, and proofs made of them. */
import { consistencyProof, nodeHash, type Subtree, type SubtreeHash } from "./merkle";
import { HASH_BYTES, type Sha256 } from "./sha256";
import { formatTilePath, TILE_HEIGHT, TILE_WIDTH, type Tile, widthIn } from "./tiles";

/** The bytes of a tile by its path under the log's prefix; null where the log has none. Throws where the log cannot be asked. */
export type FetchTile = (path: string) => Promise<Uint8Array | null>;

const key = ({ level, index }: Subtree): string => `${level}/${index}`;

const tileOf = ({ level, index }: Subtree, size: number): Tile => {
  const place = {
    level: Math.floor(level / TILE_HEIGHT),
    index: Math.floor((index * 2 ** (level % TILE_HEIGHT)) / TILE_WIDTH),
  };
  return { ...place, width: widthIn(place, size) };
};

/** A tile as the log has it: the partial one may have gone once the full one is there. */
async function tileBytes(tile: Tile, fetchTile: FetchTile): Promise<Uint8Array | null> {
  const bytes = await fetchTile(formatTilePath(tile));
  if (bytes || tile.width === TILE_WIDTH) return bytes;
  const full = await fetchTile(formatTilePath({ ...tile, width: TILE_WIDTH }));
  return full?.subarray(0, tile.width * HASH_BYTES) ?? null;
}

function hashIn(sha256: Sha256, bytes: Uint8Array, { level, index }: Subtree): Uint8Array {
  const width = 2 ** (level % TILE_HEIGHT);
  const first = (index * width) % TILE_WIDTH;
  let hashes: Uint8Array[] = Array.from({ length: width }, (_, i) =>
    bytes.slice((first + i) * HASH_BYTES, (first + i + 1) * HASH_BYTES),
  );
  while (hashes.length > 1)
    hashes = Array.from({ length: hashes.length / 2 }, (_, i) =>
      nodeHash(sha256, hashes[2 * i] as Uint8Array, hashes[2 * i + 1] as Uint8Array),
    );
  return hashes[0] as Uint8Array;
}

/**
 * The consistency proof between two sizes of a log, made of the tiles of the larger one. Null where a tile is not there, or
 * not as large as it must be. Nothing is verified: the roots do that.
 */
export async function consistencyFromTiles(
  sha256: Sha256,
  from: number,
  to: number,
  fetchTile: FetchTile,
): Promise<Uint8Array[] | null> {
  const needed = new Map<string, Subtree>();
  consistencyProof(sha256, from, to, (subtree) => {
    needed.set(key(subtree), subtree);
    return new Uint8Array(HASH_BYTES);
  });
  const tiles = new Map<string, Uint8Array>();
  const hashes = new Map<string, Uint8Array>();
  for (const subtree of needed.values()) {
    const tile = tileOf(subtree, to);
    const path = formatTilePath(tile);
    const bytes = tiles.get(path) ?? (await tileBytes(tile, fetchTile));
    if (bytes?.length !== tile.width * HASH_BYTES) return null;
    tiles.set(path, bytes);
    hashes.set(key(subtree), hashIn(sha256, bytes, subtree));
  }
  const hashOf: SubtreeHash = (subtree) => hashes.get(key(subtree)) as Uint8Array;
  return consistencyProof(sha256, from, to, hashOf);
}
