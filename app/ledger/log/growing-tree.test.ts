import { expect, it } from "vitest";
import { sha256 } from "./crypto.server";
import { GrowingTree } from "./growing-tree";
import { HeadsTree } from "./heads-tree";
import { formatHeadRecord, parseEntryLeaf, parseHeadsLeaf } from "./leaf";
import { leafHash, rootFromInclusion, treeOf } from "./merkle";
import { RightEdge } from "./right-edge";

const commitOf = (n: number) => sha256(Buffer.from(String(n)));

it("has the root of the tree that is made at once, across the borders of tiles", () => {
  const edge = new RightEdge(sha256);
  const leaves: Uint8Array[] = [];
  const looked = new Set([1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 66_000]);
  let tiles = 0;
  for (let size = 1; size <= 66_000; size++) {
    const hash = commitOf(size);
    leaves.push(hash);
    for (const { level, index, hash: full } of edge.append(hash)) {
      tiles += 1;
      const width = 256 ** level;
      expect(full).toEqual(treeOf(sha256, leaves.slice(index * width, (index + 1) * width)).root);
    }
    if (looked.has(size)) expect([size, edge.root()]).toEqual([size, treeOf(sha256, leaves).root]);
  }
  expect(tiles).toBe(257 + 1);
});

it("refuses tiles that are not the edge of a tree of that size", () => {
  expect(() => new RightEdge(sha256, 3, [[commitOf(1), commitOf(2)]])).toThrow(RangeError);
});

it("knows every head in the order of first appearance, and the way to the root", () => {
  const heads = new HeadsTree(sha256);
  const people = ["c", "a", "b", "d", "e"];
  for (const [i, person] of people.entries()) heads.set({ person, n: 1, head: commitOf(i) });
  heads.set({ person: "b", n: 2, head: commitOf(9) });
  const record = leafHash(sha256, formatHeadRecord({ person: "b", n: 2, head: commitOf(9) }));
  expect(heads.of("b")).toEqual({ position: 2, n: 2, head: commitOf(9) });
  expect(rootFromInclusion(sha256, record, 2, 5, heads.path("b"))).toEqual(heads.root());
  expect(() => heads.path("nobody")).toThrow(RangeError);
});

it("links each entry to its people's chains, and ends with all heads", () => {
  const one = "00000000-0000-4000-8000-000000000001";
  const two = "00000000-0000-4000-8000-000000000002";
  const tree = new GrowingTree(sha256);
  const first = tree.appendEntry(commitOf(1), [one]);
  tree.appendEntry(commitOf(2), []);
  const third = tree.appendEntry(commitOf(3), [one, two]);
  const chains = parseEntryLeaf(third.data)?.chains;
  expect(chains?.map(({ n, person }) => [n, person])).toEqual([
    [2, one],
    [1, two],
  ]);
  expect(chains?.[0]?.prev).toEqual(first.links[0]?.head);
  expect(parseHeadsLeaf(tree.appendHeads().data)?.n).toBe(2);
  expect(tree.size).toBe(4);
});
