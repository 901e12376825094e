import { type PublicBody, publicBody } from "~/ledger/bodies";
import type { Body } from "~/ledger/bodies.server";
import {
  type BundleChain,
  type BundleEntry,
  type BundleParts,
  bundleText,
} from "~/ledger/log/bundle-of";
import { formatCheckpoint } from "~/ledger/log/checkpoint";
import { sha256, signText, verifierOf } from "~/ledger/log/crypto.server";
import {
  canonicalBytes,
  commitmentOf,
  formatEntryLeaf,
  formatHeadRecord,
  formatHeadsLeaf,
  nextHead,
  noHead,
  SALT_BYTES,
} from "~/ledger/log/leaf";
import { leafHash, treeOf } from "~/ledger/log/merkle";
import { formatNote, formatVkey, type SignerKey } from "~/ledger/log/note";
import { concat } from "~/ledger/log/sha256";
import { parseTilePath, TILE_WIDTH, widthIn } from "~/ledger/log/tiles";
import { recordInputOf } from "~/ledger/record-book";
import { computeRecord } from "~/ledger/returns";

type Head = { head: Uint8Array; n: number };
type Leaf = {
  data: Uint8Array;
  body: Body | null;
  opening: BundleEntry["opening"];
  people: readonly string[];
};
type Signed = { size: number; note: string; heads: ReadonlyMap<string, Head> };

/** A log's own key of that name, always the same for the same seed. */
export function makeKey(name = "belay.test/log", seed = 1): SignerKey & { vkey: string } {
  const key = { name, seed: new Uint8Array(32).fill(seed) };
  const verifier = verifierOf(key);
  return { ...key, keyId: verifier.keyId, vkey: formatVkey(verifier) };
}

/**
 * A public log in memory, as ledger.md has it: whatever bodies it is given, honest or not, it chains and signs. `people`
 * names whose chains an entry belongs to where that is not what its body says.
 */
export class TestLog {
  readonly leaves: Leaf[] = [];
  readonly #heads = new Map<string, Head>();
  readonly #signed: Signed[] = [];
  readonly #trees = new Map<number, ReturnType<typeof treeOf>>();
  readonly keys: (SignerKey & { vkey: string })[];

  constructor(
    readonly key = makeKey(),
    ...others: (SignerKey & { vkey: string })[]
  ) {
    this.keys = [key, ...others];
  }

  append(
    body: Body | PublicBody,
    given: { people?: readonly string[]; bytes?: Uint8Array; prev?: Uint8Array; n?: number } = {},
  ): number {
    const people = given.people ?? body.people;
    const salt = Uint8Array.from(
      { length: SALT_BYTES },
      (_, i) => (this.leaves.length * 7 + i) % 256,
    );
    const bytes = given.bytes ?? canonicalBytes(body as Body);
    const commit = commitmentOf(sha256, salt, bytes);
    const chains = people.map((person) => {
      const before = this.#heads.get(person) ?? { head: noHead(), n: 0 };
      const prev = given.prev ?? before.head;
      const n = given.n ?? before.n + 1;
      this.#heads.set(person, { head: nextHead(sha256, prev, commit), n });
      return { n, person, prev };
    });
    const data = formatEntryLeaf({ chains, commit });
    return (
      this.leaves.push({ data, body: body as Body, opening: { body: bytes, salt }, people }) - 1
    );
  }

  /** Takes all of a book's entries, and signs. */
  fill(book: { bodies: readonly (Body | PublicBody)[] }, andSign = true): this {
    for (const body of book.bodies) this.append(body);
    return andSign ? this.sign() : this;
  }

  /** The body is withheld from now on. */
  withhold(index: number): void {
    const leaf = this.leaves[index];
    if (leaf) leaf.opening = null;
  }

  headOf(person: string): Head | undefined {
    return this.#heads.get(person);
  }

  /** Says that a person's chain ends there. */
  setHead(person: string, head: Head): void {
    this.#heads.set(person, head);
  }

  /** Ends the tree with the leaf of all heads, and signs it. */
  sign(): this {
    const records = [...this.#heads].map(([person, head]) =>
      leafHash(sha256, formatHeadRecord({ ...head, person })),
    );
    const data = formatHeadsLeaf({ heads: treeOf(sha256, records).root, n: records.length });
    this.leaves.push({ data, body: null, opening: null, people: [] });
    const { root } = this.tree();
    const size = this.leaves.length;
    const text = formatCheckpoint({ origin: this.key.name, size, root });
    const note = formatNote({ text, signatures: this.keys.map((key) => signText(key, text)) });
    this.#signed.push({ size, note, heads: new Map(this.#heads) });
    return this;
  }

  /** The tree of the first leaves, which never changes. */
  tree(size = this.leaves.length): ReturnType<typeof treeOf> {
    const known = this.#trees.get(size);
    if (known) return known;
    const leaves = this.leaves.slice(0, size);
    const tree = treeOf(
      sha256,
      leaves.map(({ data }) => leafHash(sha256, data)),
    );
    this.#trees.set(size, tree);
    return tree;
  }

  get signed(): Signed {
    const last = this.#signed.at(-1);
    if (!last) throw new Error("sign it first");
    return last;
  }

  /** A tile of hashes as the log serves it: any width up to what is there. Null for everything else. */
  tile(path: string): Uint8Array | null {
    const { size } = this.signed;
    const tile = parseTilePath(path);
    if (!tile || tile.level === "entries" || widthIn(tile, size) < tile.width) return null;
    const span = TILE_WIDTH ** tile.level;
    const hashes = this.leaves.slice(0, size).map(({ data }) => leafHash(sha256, data));
    const nodes = Array.from({ length: tile.width }, (_, i) => {
      const begin = (tile.index * TILE_WIDTH + i) * span;
      return treeOf(sha256, hashes.slice(begin, begin + span)).root;
    });
    return concat(...nodes);
  }

  /** A person's chain in the last signed tree. */
  chainOf(person: string): BundleChain & { entries: BundleEntry[] } {
    const { size, heads } = this.signed;
    const tree = this.tree(size);
    const entries = this.leaves
      .slice(0, size)
      .flatMap(({ data, opening, people }, index) =>
        people.includes(person)
          ? [{ index, leaf: data, proof: tree.inclusion(index), opening }]
          : [],
      );
    const all = [...heads];
    const position = all.findIndex(([one]) => one === person);
    const records = all.map(([one, head]) =>
      leafHash(sha256, formatHeadRecord({ ...head, person: one })),
    );
    const leaf = this.leaves[size - 1]?.data ?? new Uint8Array();
    const head = heads.get(person) ?? { head: noHead(), n: 0 };
    const path = position < 0 ? [] : treeOf(sha256, records).inclusion(position);
    return {
      person,
      handle: this.handleOf(person),
      head,
      heads: { leaf, position: Math.max(0, position), path, proof: tree.inclusion(size - 1) },
      entries,
    };
  }

  handleOf(person: string): string {
    for (const { body } of this.leaves)
      if (body?.kind === "person_opened" && body.about === person) return String(body.data.handle);
    return "nobody";
  }

  /** All public bodies of some people, in the log's order, that can be read. */
  bodiesOf(people: readonly string[]): PublicBody[] {
    return this.leaves
      .filter((leaf) => leaf.opening && leaf.people.some((one) => people.includes(one)))
      .map(({ body }) => publicBody.parse(body));
  }

  /** Everything that a person's bundle is made of: of the last signed tree, with the others given. */
  partsOf(person: string, valuationDate: string, others: readonly string[] = []): BundleParts {
    const people = [person, ...others];
    const input = recordInputOf(this.bodiesOf(people), people, valuationDate);
    return {
      ...this.chainOf(person),
      origin: this.key.name,
      checkpoint: this.signed.note,
      vkey: this.key.vkey,
      valuationDate,
      summary: computeRecord(input),
      others: others.map((one) => this.chainOf(one)),
    };
  }
}

/** The bundle's text in one piece. */
export async function textOf(parts: BundleParts): Promise<string> {
  let text = "";
  for await (const chunk of bundleText(parts)) text += chunk;
  return text;
}
