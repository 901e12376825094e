/** What a batch of entries adds to the log: leaves, links, tiles, the leaf of all heads, the root. Pure. */
import type { HeadsTree } from "./heads-tree";
import { commitmentOf, formatEntryLeaf, formatHeadsLeaf, nextHead, noHead } from "./leaf";
import { leafHash } from "./merkle";
import type { RightEdge, TileHash } from "./right-edge";
import type { Sha256 } from "./sha256";

/** An entry to be committed to: its body's bytes, and whose chains it goes into (nobody's where it is private), ascending. */
export type Waiting = {
  entryId: bigint;
  body: Uint8Array;
  salt: Uint8Array;
  people: readonly string[];
};
export type NewLeaf = {
  entryId: bigint | null;
  data: Uint8Array;
  hash: Uint8Array;
  body: Uint8Array | null;
};
export type NewLink = { person: string; n: number; leaf: number; head: Uint8Array };
export type Batch = {
  leaves: NewLeaf[];
  links: NewLink[];
  tiles: TileHash[];
  root: Uint8Array;
  size: number;
};

/** Appends entries in their order, and the leaf of all heads after them. Changes `edge` and `heads`, which must be of one tree. */
export function appendBatch(
  sha256: Sha256,
  { edge, heads }: { edge: RightEdge; heads: HeadsTree },
  entries: readonly Waiting[],
): Batch {
  const batch: Omit<Batch, "root" | "size"> = { leaves: [], links: [], tiles: [] };
  const push = (leaf: Omit<NewLeaf, "hash">) => {
    const hash = leafHash(sha256, leaf.data);
    batch.leaves.push({ ...leaf, hash });
    batch.tiles.push(...edge.append(hash));
  };
  for (const { entryId, body, salt, people } of entries) {
    const commit = commitmentOf(sha256, salt, body);
    const chains = people.map((person) => {
      const before = heads.of(person) ?? { head: noHead(), n: 0 };
      const head = nextHead(sha256, before.head, commit);
      const n = before.n + 1;
      heads.set({ person, head, n });
      batch.links.push({ person, n, leaf: edge.size, head });
      return { n, person, prev: before.head };
    });
    push({ entryId, data: formatEntryLeaf({ chains, commit }), body });
  }
  push({
    entryId: null,
    data: formatHeadsLeaf({ heads: heads.root(), n: heads.count }),
    body: null,
  });
  return { ...batch, root: edge.root(), size: edge.size };
}
