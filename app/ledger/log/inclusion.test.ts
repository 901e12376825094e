import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "./crypto.server";
import { InclusionProofs } from "./inclusion";
import { leafHash, provesConsistency, rootFromInclusion, subtreesOf, treeOf } from "./merkle";
import { concat, sameBytes } from "./sha256";
import { consistencyFromTiles } from "./tile-hashes";
import { parseTilePath, TILE_WIDTH } from "./tiles";

const numbered = (n: number) =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, Buffer.from(String(i))));
const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const other = Uint8Array.from(bytes);
  const at = (bit >> 3) % bytes.length;
  other[at] = (other[at] ?? 0) ^ (1 << (bit & 7));
  return other;
};

describe("inclusion proofs one after another", () => {
  const asked = fc.integer({ min: 1, max: 400 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      indices: fc.array(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 30 }),
    }),
  );

  it("are all accepted, in any order", () => {
    fc.assert(
      fc.property(asked, ({ size, indices }) => {
        const leaves = numbered(size);
        const tree = treeOf(sha256, leaves);
        const proofs = new InclusionProofs(sha256, { size, root: tree.root });
        for (const index of indices)
          expect(
            proofs.proves(leaves[index] as Uint8Array, index, concat(...tree.inclusion(index))),
          ).toBe(true);
      }),
    );
  });

  const changes = fc.record({
    what: fc.constantFrom("leaf", "proof", "index", "more", "fewer", "size"),
    bit: fc.nat(20_000),
  });
  it("say of a false one what a proof by itself says, after any others", () => {
    fc.assert(
      fc.property(asked, changes, ({ size, indices }, { what, bit }) => {
        const leaves = numbered(size);
        const tree = treeOf(sha256, leaves);
        const proofs = new InclusionProofs(sha256, { size, root: tree.root });
        for (const index of indices)
          proofs.proves(leaves[index] as Uint8Array, index, concat(...tree.inclusion(index)));
        const index = bit % size;
        const proof = concat(...tree.inclusion(index));
        const leaf = leaves[index] as Uint8Array;
        const given = {
          leaf: what === "leaf" ? flip(leaf, bit) : leaf,
          index: what === "index" ? (index + 1 + (bit % 7)) % size : index,
          proof:
            what === "proof" && proof.length > 0
              ? flip(proof, bit)
              : what === "more"
                ? concat(proof, leaf)
                : what === "fewer"
                  ? proof.slice(0, -32)
                  : proof,
        };
        const hashes = Array.from({ length: given.proof.length / 32 }, (_, i) =>
          given.proof.slice(32 * i, 32 * i + 32),
        );
        const root = rootFromInclusion(sha256, given.leaf, given.index, size, hashes);
        const isProven = root !== null && sameBytes(root, tree.root);
        expect(proofs.proves(given.leaf, given.index, given.proof)).toBe(isProven);
        // A refusal changes nothing for what comes after it.
        expect(proofs.proves(leaf, index, proof)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("refuse what is no place in the tree", () => {
    const leaves = numbered(5);
    const tree = treeOf(sha256, leaves);
    const proofs = new InclusionProofs(sha256, { size: 5, root: tree.root });
    for (const index of [-1, 5, 0.5, Number.NaN, 2 ** 53])
      expect(proofs.proves(leaves[0] as Uint8Array, index, new Uint8Array())).toBe(false);
    expect(proofs.proves(leaves[0] as Uint8Array, 0, new Uint8Array(31))).toBe(false);
    expect(proofs.proves(leaves[0] as Uint8Array, 0, new Uint8Array(65 * 32))).toBe(false);
  });

  it("hash about one node a leaf where all leaves are asked for in order", () => {
    const leaves = numbered(1024);
    const tree = treeOf(sha256, leaves);
    let count = 0;
    const counted = (data: Uint8Array) => {
      count += 1;
      return sha256(data);
    };
    const proofs = new InclusionProofs(counted, { size: 1024, root: tree.root });
    leaves.forEach((leaf, index) => {
      expect(proofs.proves(leaf, index, concat(...tree.inclusion(index)))).toBe(true);
    });
    expect(count).toBeLessThan(1024 + 11);
  });
});

describe("consistency from tiles", () => {
  it("is proven between any two sizes", async () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 70_000 }),
      fc.integer({ min: 1, max: 70_000 }),
    );
    const leaves = numbered(70_000);
    const levels = [leaves];
    for (let below = leaves; below.length >= TILE_WIDTH; ) {
      const above = Array.from(
        { length: Math.floor(below.length / TILE_WIDTH) },
        (_, i) => treeOf(sha256, below.slice(i * TILE_WIDTH, (i + 1) * TILE_WIDTH)).root,
      );
      levels.push(above);
      below = above;
    }
    const fetchTile = async (path: string) => {
      const tile = parseTilePath(path);
      if (!tile || tile.level === "entries") return null;
      const from = tile.index * TILE_WIDTH;
      return concat(...(levels[tile.level] ?? []).slice(from, from + tile.width));
    };
    const roots = new Map<number, Uint8Array>();
    const rootOf = (size: number) => {
      const known = roots.get(size) ?? treeOf(sha256, leaves.slice(0, size)).root;
      roots.set(size, known);
      return known;
    };
    expect(subtreesOf(0, 70_000).length).toBeGreaterThan(5);
    await fc.assert(
      fc.asyncProperty(sizes, async ([one, other]) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const proof = await consistencyFromTiles(sha256, from, to, fetchTile);
        const [then, now] = [from, to].map((size) => ({ size, root: rootOf(size) }));
        if (!then || !now || !proof) throw new Error("no proof");
        expect(provesConsistency(sha256, then, now, proof)).toBe(true);
      }),
      { numRuns: 15, examples: [[[1, 70_000]], [[256, 65_536]], [[65_536, 65_537]], [[255, 256]]] },
    );
  });
});
