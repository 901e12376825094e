import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "./crypto.server";
import { leafHash, provesConsistency, rootFromInclusion, treeOf } from "./merkle";
import { sameBytes } from "./sha256";

type Vectors = {
  leafDataHex: string[];
  leafHashHex: string[];
  rootHexBySize: string[];
  inclusion: { index: number; size: number; proofHex: string[] }[];
};
const vectors = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/merkle.json", import.meta.url), "utf8"),
) as Vectors;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const leaves = vectors.leafDataHex.map((data) => leafHash(sha256, Buffer.from(data, "hex")));
const numbered = (n: number) =>
  Array.from({ length: n }, (_, i) => leafHash(sha256, Buffer.from(String(i))));
/** The same hash with one bit turned. */
const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const other = Uint8Array.from(bytes);
  const at = bit % (bytes.length * 8);
  other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
  return other;
};

describe("the reference tree", () => {
  it("has the leaves' hashes", () => {
    expect(leaves.map(hex)).toEqual(vectors.leafHashHex);
  });

  it.each(vectors.rootHexBySize.map((root, size) => ({ root, size })))(
    "has its root at size $size",
    ({ root, size }) => {
      expect(hex(treeOf(sha256, leaves.slice(0, size)).root)).toBe(root);
    },
  );

  it.each(vectors.inclusion)(
    "proves leaf $index in a tree of $size",
    ({ index, size, proofHex }) => {
      const tree = treeOf(sha256, leaves.slice(0, size));
      const proof = tree.inclusion(index);
      expect(proof.map(hex)).toEqual(proofHex);
      const leaf = leaves[index];
      if (!leaf) throw new Error("no such leaf");
      const root = rootFromInclusion(sha256, leaf, index, size, proof);
      expect(root && hex(root)).toBe(vectors.rootHexBySize[size]);
    },
  );
});

const sized = fc.integer({ min: 1, max: 300 }).chain((to) =>
  fc.record({
    to: fc.constant(to),
    from: fc.integer({ min: 0, max: to }),
    index: fc.integer({ min: 0, max: to - 1 }),
    bit: fc.nat(255),
    at: fc.nat(),
  }),
);

describe("any tree", () => {
  it("proves each leaf, and no other, at no other place, with no hash more, fewer or changed", () => {
    fc.assert(
      fc.property(sized, ({ to, index, bit, at }) => {
        const all = numbered(to);
        const { root, inclusion } = treeOf(sha256, all);
        const proof = inclusion(index);
        const leaf = all[index] as Uint8Array;
        const leads = (of: Uint8Array, i: number, n: number, by: Uint8Array[]) => {
          const found = rootFromInclusion(sha256, of, i, n, by);
          return found !== null && sameBytes(found, root);
        };
        expect(leads(leaf, index, to, proof)).toBe(true);
        expect(leads(flip(leaf, bit), index, to, proof)).toBe(false);
        expect(leads(leaf, index, to, [...proof, root])).toBe(false);
        if (proof.length === 0) return;
        expect(leads(leaf, index, to, proof.slice(1))).toBe(false);
        const changed = proof.map((one, i) => (i === at % proof.length ? flip(one, bit) : one));
        expect(leads(leaf, index, to, changed)).toBe(false);
        expect(leads(leaf, (index + 1) % to, to, proof)).toBe(false);
      }),
    );
  });

  it("proves each earlier size, and nothing that was not its beginning", () => {
    fc.assert(
      fc.property(sized, ({ from, to, bit, at }) => {
        const all = numbered(to);
        const tree = treeOf(sha256, all);
        const old = { size: from, root: treeOf(sha256, all.slice(0, from)).root };
        const now = { size: to, root: tree.root };
        const proof = tree.consistency(from);
        expect(provesConsistency(sha256, old, now, proof)).toBe(true);
        const other = { ...old, root: flip(old.root, bit) };
        expect(provesConsistency(sha256, other, now, proof)).toBe(false);
        expect(provesConsistency(sha256, old, { ...now, root: flip(now.root, bit) }, proof)).toBe(
          from === 0,
        );
        if (proof.length === 0) return;
        const changed = proof.map((one, i) => (i === at % proof.length ? flip(one, bit) : one));
        expect(provesConsistency(sha256, old, now, changed)).toBe(false);
        expect(provesConsistency(sha256, old, now, proof.slice(1))).toBe(false);
        expect(provesConsistency(sha256, old, now, [...proof, now.root])).toBe(false);
      }),
    );
  });
});
