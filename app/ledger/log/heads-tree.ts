/** The tree of all persons' heads, in the order of their first appearance, kept in memory. */
import { formatHeadRecord, type HeadRecord } from "./leaf";
import { inclusionProof, leafHash, nodeHash, rootOf, type SubtreeHash } from "./merkle";
import type { Sha256 } from "./sha256";

/** A change of one head costs the tree's height; memory grows with the number of persons alone. */
export class HeadsTree {
  readonly #levels: Uint8Array[][] = [[]];
  readonly #positions = new Map<string, number>();
  readonly #heads: { head: Uint8Array; n: number }[] = [];

  constructor(private readonly sha256: Sha256) {}

  get count(): number {
    return this.#heads.length;
  }

  /** A person's position and head; undefined for who has no chain. */
  of(person: string): { position: number; head: Uint8Array; n: number } | undefined {
    const position = this.#positions.get(person);
    const state = position === undefined ? undefined : this.#heads[position];
    return state && position !== undefined ? { position, ...state } : undefined;
  }

  /** Sets a person's head; whoever is new comes last. */
  set({ person, head, n }: HeadRecord): void {
    const position = this.#positions.get(person) ?? this.#heads.length;
    this.#positions.set(person, position);
    this.#heads[position] = { head, n };
    const leaves = this.#levels[0] as Uint8Array[];
    leaves[position] = leafHash(this.sha256, formatHeadRecord({ head, n, person }));
    let index = position;
    for (let level = 0; ; level += 1) {
      const row = this.#levels[level] as Uint8Array[];
      const left = row[index - (index % 2)];
      const right = row[index - (index % 2) + 1];
      if (!left || !right) return;
      index = Math.floor(index / 2);
      const above = this.#levels[level + 1] ?? [];
      this.#levels[level + 1] = above;
      above[index] = nodeHash(this.sha256, left, right);
    }
  }

  readonly #hashOf: SubtreeHash = ({ level, index }) => {
    const hash = this.#levels[level]?.[index];
    if (!hash) throw new RangeError(`no heads at ${level}/${index}`);
    return hash;
  };

  root(): Uint8Array {
    return rootOf(this.sha256, this.count, this.#hashOf);
  }

  /** The way from a person's record to the root. Throws RangeError for who has no chain. */
  path(person: string): Uint8Array[] {
    const position = this.#positions.get(person) ?? -1;
    return inclusionProof(this.sha256, position, this.count, this.#hashOf);
  }
}
