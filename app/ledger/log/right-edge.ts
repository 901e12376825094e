/** The right edge of a growing tree: all that is needed to append to it and to know its root. */
import { rootOf } from "./merkle";
import type { Sha256 } from "./sha256";
import { perfectHash, subtreeReader } from "./subtrees";
import { TILE_WIDTH } from "./tiles";

/** The hash of a full tile that an append completed. */
export type TileHash = { level: number; index: number; hash: Uint8Array };

/** How many hashes a level of tiles has in a tree of that size. */
export const countAt = (level: number, size: number): number =>
  Math.floor(size / TILE_WIDTH ** level);

/** A tree's last, unfinished tile of each level. Appending and the root cost the same at any size. */
export class RightEdge {
  /** By tile level: the hashes of its unfinished tile. */
  readonly #tiles: Uint8Array[][];

  /** `tiles` are the unfinished tiles of a tree of `size` leaves, level 0 first; none for an empty tree. */
  constructor(
    private readonly sha256: Sha256,
    private count = 0,
    tiles: readonly (readonly Uint8Array[])[] = [],
  ) {
    this.#tiles = tiles.map((tile) => [...tile]);
    for (let level = 0; countAt(level, count) > 0; level += 1)
      if (this.#tiles[level]?.length !== countAt(level, count) % TILE_WIDTH)
        throw new RangeError(`not the edge of a tree of ${count}: level ${level}`);
  }

  get size(): number {
    return this.count;
  }

  /** Appends a leaf's hash; answers the hashes of the tiles that it completed. */
  append(hash: Uint8Array): TileHash[] {
    const full: TileHash[] = [];
    this.count += 1;
    let up = hash;
    for (let level = 0; ; level += 1) {
      const tile = this.#tiles[level] ?? [];
      this.#tiles[level] = tile;
      tile.push(up);
      if (tile.length < TILE_WIDTH) return full;
      up = perfectHash(this.sha256, tile);
      this.#tiles[level] = [];
      full.push({ level: level + 1, index: countAt(level + 1, this.count) - 1, hash: up });
    }
  }

  /** The root of the tree as it stands. */
  root(): Uint8Array {
    const read = subtreeReader(this.sha256, (level, from, to) => {
      const start = countAt(level, this.count) - (this.#tiles[level]?.length ?? 0);
      return (this.#tiles[level] ?? []).slice(from - start, to - start);
    });
    return rootOf(this.sha256, this.count, read);
  }
}
