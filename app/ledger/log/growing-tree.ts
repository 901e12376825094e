/** The log's tree as it grows: the right edge and all heads, and what each new leaf adds. Pure. */
import { HeadsTree } from "./heads-tree";
import { formatEntryLeaf, formatHeadsLeaf, nextHead, noHead } from "./leaf";
import { leafHash } from "./merkle";
import { RightEdge, type TileHash } from "./right-edge";
import type { Sha256 } from "./sha256";

/** A leaf, and the hashes of the tiles that it completed. */
export type NewLeaf = { index: number; data: Uint8Array; hash: Uint8Array; tiles: TileHash[] };
/** A link that a leaf added to a person's chain: the person's head after it. */
export type NewLink = { person: string; n: number; leaf: number; head: Uint8Array };

/** A tree to append to; a step costs the same at any size. */
export class GrowingTree {
  constructor(
    private readonly sha256: Sha256,
    private readonly edge: RightEdge = new RightEdge(sha256),
    private readonly heads: HeadsTree = new HeadsTree(sha256),
  ) {}

  get size(): number {
    return this.edge.size;
  }

  /** The root of the tree as it stands. */
  root(): Uint8Array {
    return this.edge.root();
  }

  /** Appends an entry by its commitment, as the next link of these people's chains (ascending; nobody's where it is private). */
  appendEntry(commit: Uint8Array, people: readonly string[]): NewLeaf & { links: NewLink[] } {
    const links: NewLink[] = [];
    const chains = people.map((person) => {
      const before = this.heads.of(person) ?? { head: noHead(), n: 0 };
      const head = nextHead(this.sha256, before.head, commit);
      const n = before.n + 1;
      this.heads.set({ person, head, n });
      links.push({ person, n, leaf: this.size, head });
      return { n, person, prev: before.head };
    });
    return { ...this.#append(formatEntryLeaf({ chains, commit })), links };
  }

  /** Appends the leaf of all heads, with which every tree that is signed ends. */
  appendHeads(): NewLeaf {
    return this.#append(formatHeadsLeaf({ heads: this.heads.root(), n: this.heads.count }));
  }

  #append(data: Uint8Array): NewLeaf {
    const index = this.size;
    const hash = leafHash(this.sha256, data);
    return { index, data, hash, tiles: this.edge.append(hash) };
  }
}
