/** The hashes of a log's subtrees from the tiles that it serves, and proofs made of them. */
import { consistencyProof } from "./merkle";
import { HASH_BYTES, type Sha256 } from "./sha256";
import { fromTiles } from "./subtrees";
import { formatTilePath, TILE_WIDTH, type Tile, widthIn } from "./tiles";

/** The bytes of a tile by its path under the log's prefix; null where the log has none. Throws where the log cannot be asked. */
export type FetchTile = (path: string) => Promise<Uint8Array | null>;

/** A tile as the log has it: the partial one may have gone once the full one is there. */
async function tileBytes(tile: Tile, fetchTile: FetchTile): Promise<Uint8Array | null> {
  const bytes = await fetchTile(formatTilePath(tile));
  if (bytes || tile.width === TILE_WIDTH) return bytes;
  const full = await fetchTile(formatTilePath({ ...tile, width: TILE_WIDTH }));
  return full?.subarray(0, tile.width * HASH_BYTES) ?? null;
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
  return fromTiles(
    sha256,
    (hashOf) => consistencyProof(sha256, from, to, hashOf),
    async (place) => {
      const width = widthIn(place, to);
      const bytes = await tileBytes({ ...place, width }, fetchTile);
      if (bytes?.length !== width * HASH_BYTES) return null;
      return Array.from({ length: width }, (_, i) =>
        bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES),
      );
    },
  );
}
