/**
 * RFC 6962's Merkle tree: leaf = SHA-256(0x00 ‖ data), node = SHA-256(0x01 ‖ left ‖ right), empty root = SHA-256("").
 * Indices and sizes are safe integers. Pure; the hash is given.
 */
import { concat, hashOfPair, type Sha256, sameBytes } from "./sha256";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf's data. */
export const leafHash = (sha256: Sha256, data: Uint8Array): Uint8Array =>
  hashOfPair(sha256, LEAF, data);

/** The hash of two neighbours. */
export const nodeHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concat(NODE, left, right));

/** A full subtree: its node `index` at `level` stands for the leaves from index × 2^level on, 2^level of them. */
export type Subtree = { level: number; index: number };
/** The hash of a full subtree. */
export type SubtreeHash = (subtree: Subtree) => Uint8Array;

const assertTree = (index: number, size: number): void => {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
};

/** The largest power of two that is smaller than `n`, for n ≥ 2. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The full subtrees that the leaves from `begin` up to `end` consist of, left to right; `begin` as RFC 6962 splits. */
export function subtreesOf(begin: number, end: number): Subtree[] {
  const parts: Subtree[] = [];
  let at = begin;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      level += 1;
      width *= 2;
    }
    parts.push({ level, index: at / width });
    at += width;
  }
  return parts;
}

/** The hash of the leaves from `begin` up to `end`, where `begin` is a border of the tree's own splits. */
function rangeHash(sha256: Sha256, begin: number, end: number, hashOf: SubtreeHash): Uint8Array {
  const hashes = subtreesOf(begin, end).map(hashOf);
  return hashes.reduceRight((right, left) => nodeHash(sha256, left, right));
}

/** The root of a tree of `size` leaves. */
export function rootOf(sha256: Sha256, size: number, hashOf: SubtreeHash): Uint8Array {
  return size === 0 ? sha256(new Uint8Array()) : rangeHash(sha256, 0, size, hashOf);
}

/** The proof that leaf `index` is in the tree of `size` leaves, from the leaf's sibling to the root's child. */
export function inclusionProof(
  sha256: Sha256,
  index: number,
  size: number,
  hashOf: SubtreeHash,
): Uint8Array[] {
  assertTree(index, size);
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      proof.push(rangeHash(sha256, middle, end, hashOf));
      end = middle;
    } else {
      proof.push(rangeHash(sha256, begin, middle, hashOf));
      begin = middle;
    }
  }
  return proof.reverse();
}

/**
 * The root that a proof leads to from a leaf's hash; null where the proof has not the length that index and size ask for
 * (RFC 9162, 2.1.3.2). It proves inclusion when it is the root of a tree that one trusts.
 */
export function rootFromInclusion(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return null;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(sha256, hash, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

/** The proof that a tree of `from` leaves is the beginning of one of `to` (RFC 6962, 2.1.2). Empty for from = 0 or from = to. */
export function consistencyProof(
  sha256: Sha256,
  from: number,
  to: number,
  hashOf: SubtreeHash,
): Uint8Array[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to)
    throw new RangeError(`no tree of ${from} begins one of ${to}`);
  if (from === 0 || from === to) return [];
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = to;
  let whole = true;
  while (from !== end) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      proof.push(rangeHash(sha256, middle, end, hashOf));
      end = middle;
    } else {
      proof.push(rangeHash(sha256, begin, middle, hashOf));
      begin = middle;
      whole = false;
    }
  }
  if (!whole) proof.push(rangeHash(sha256, begin, end, hashOf));
  return proof.reverse();
}

/** Whether the proof shows that the tree of `from` leaves with that root is the beginning of the tree of `to` (RFC 9162, 2.1.4.2). */
export function provesConsistency(
  sha256: Sha256,
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (from.size > to.size || from.size < 0) return false;
  if (from.size === to.size) return proof.length === 0 && sameBytes(from.root, to.root);
  if (from.size === 0) return proof.length === 0 && sameBytes(from.root, sha256(new Uint8Array()));
  let path = [...proof];
  if (Number.isInteger(Math.log2(from.size))) path = [from.root, ...path];
  const first = path.shift();
  if (!first) return false;
  let at = from.size - 1;
  let last = to.size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let old = first;
  let fresh = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(sha256, sibling, old);
      fresh = nodeHash(sha256, sibling, fresh);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else fresh = nodeHash(sha256, fresh, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(old, from.root) && sameBytes(fresh, to.root);
}

/** The root of a list of leaf hashes, and the proof of one of them. For small trees that are in memory, such as that of the heads. */
export function treeOf(sha256: Sha256, leaves: readonly Uint8Array[]) {
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1; ) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < below.length; i += 2)
      above.push(nodeHash(sha256, below[i] as Uint8Array, below[i + 1] as Uint8Array));
    levels.push(above);
    below = above;
  }
  const hashOf: SubtreeHash = ({ level, index }) => {
    const hash = levels[level]?.[index];
    if (!hash) throw new RangeError(`no subtree ${level}/${index}`);
    return hash;
  };
  return {
    root: rootOf(sha256, leaves.length, hashOf),
    inclusion: (index: number) => inclusionProof(sha256, index, leaves.length, hashOf),
    consistency: (from: number) => consistencyProof(sha256, from, leaves.length, hashOf),
  };
}
