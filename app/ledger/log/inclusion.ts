/** Inclusion proofs of many leaves of one tree, where neighbours share most of their way to the root. */
import { HASH_BYTES, type Sha256, sameBytes } from "./sha256";

const MOST_LEVELS = 64;
const NODE = 1;

/**
 * Proves leaves to be in one tree. The way of the last proven leaf to the root is kept: the next leaf is hashed up to where
 * its way meets that one, and from there on its proof must be that one's to the byte. What is accepted is what
 * `rootFromInclusion` leads to the root, and nothing else.
 */
export class InclusionProofs {
  readonly #size: number;
  readonly #root: Uint8Array;
  readonly #sha256: Sha256;
  #lastIndex = -1;
  /** By level: whether the way of the last leaf has a sibling there, the way's own node, and the sibling. */
  readonly #steps = new Uint8Array(MOST_LEVELS);
  readonly #own = new Uint8Array(MOST_LEVELS * HASH_BYTES);
  readonly #siblings = new Uint8Array(MOST_LEVELS * HASH_BYTES);
  readonly #pair = new Uint8Array(1 + 2 * HASH_BYTES).fill(NODE, 0, 1);

  constructor(sha256: Sha256, tree: { size: number; root: Uint8Array }) {
    this.#sha256 = sha256;
    this.#size = tree.size;
    this.#root = tree.root;
  }

  /** Whether the leaf with that hash is at that index; `proof` is hashes one after the other. */
  proves(leafHash: Uint8Array, index: number, proof: Uint8Array): boolean {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.#size) return false;
    if (proof.length % HASH_BYTES !== 0 || proof.length / HASH_BYTES > MOST_LEVELS) return false;
    const last = this.#lastIndex;
    // A way that is only half written must not be met.
    this.#lastIndex = -1;
    if (!this.#climb(leafHash, index, proof, last)) return false;
    this.#lastIndex = index;
    return true;
  }

  #climb(leafHash: Uint8Array, index: number, proof: Uint8Array, lastIndex: number): boolean {
    let [hash, at, end, level, used] = [leafHash, index, this.#size - 1, 0, 0];
    let before = lastIndex;
    while (end > 0) {
      const isPromoted = at === end && at % 2 === 0;
      if (!isPromoted) {
        if (used === proof.length) return false;
        const sibling = proof.subarray(used, used + HASH_BYTES);
        if (before >= 0 && Math.floor(before / 2) === Math.floor(at / 2))
          return this.#meets({ hash, proof, used, level, isSame: before === at });
        this.#own.set(hash, level * HASH_BYTES);
        this.#siblings.set(sibling, level * HASH_BYTES);
        this.#pair.set(at % 2 === 1 ? sibling : hash, 1);
        this.#pair.set(at % 2 === 1 ? hash : sibling, 1 + HASH_BYTES);
        hash = this.#sha256(this.#pair);
        used += HASH_BYTES;
      }
      this.#steps[level] = isPromoted ? 0 : 1;
      at = Math.floor(at / 2);
      end = Math.floor(end / 2);
      if (before >= 0) before = Math.floor(before / 2);
      level += 1;
    }
    this.#steps.fill(0, level);
    return used === proof.length && sameBytes(hash, this.#root);
  }

  /** The node is the last way's own, or its sibling; the rest of the proof is that way's. */
  #meets(here: {
    hash: Uint8Array;
    proof: Uint8Array;
    used: number;
    level: number;
    isSame: boolean;
  }): boolean {
    const { hash, proof, level, isSame } = here;
    let { used } = here;
    const [own, siblings] = [this.#own, this.#siblings];
    const place = level * HASH_BYTES;
    for (let i = 0; i < HASH_BYTES; i++) {
      const [mine, next] = [hash[i] as number, proof[used + i] as number];
      const [known, beside] = [own[place + i] as number, siblings[place + i] as number];
      if (isSame ? mine !== known || next !== beside : mine !== beside || next !== known)
        return false;
      own[place + i] = mine;
      siblings[place + i] = next;
    }
    used += HASH_BYTES;
    for (let above = level + 1; above < MOST_LEVELS; above++) {
      if (this.#steps[above] === 0) continue;
      const start = above * HASH_BYTES;
      for (let i = 0; i < HASH_BYTES; i++)
        if (proof[used + i] !== siblings[start + i]) return false;
      used += HASH_BYTES;
    }
    return used === proof.length;
  }
}
