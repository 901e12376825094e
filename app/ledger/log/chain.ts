/** One person's chain in a bundle: each leaf in the log, each the next link, each body what its leaf commits to. */
import { type PublicBody, publicBody } from "../bodies";
import type { Json } from "../canonical";
import type { BundledChain, BundledEntry } from "./bundle";
import type { Checkpoint } from "./checkpoint";
import { shapeOf } from "./closed-shape";
import { Lie, type Tools } from "./findings";
import { InclusionProofs } from "./inclusion";
import {
  commitmentOf,
  type EntryLeaf,
  formatHeadRecord,
  type LeafReader,
  nextHead,
  noHead,
  parseCanonical,
  parseHeadsLeaf,
} from "./leaf";
import { leafHash } from "./merkle";
import { HASH_BYTES, sameBytes } from "./sha256";

/** An entry that is in the log, is a link of the chain, and holds this body; null where the body is withheld. */
export type ProvenEntry = {
  /** Whose chain, and which link of it. */
  handle: string;
  n: number;
  index: number;
  people: readonly string[];
  body: PublicBody | null;
};

/** Which entry of whose chain, for people. */
export const nameOf = ({ handle, n }: Pick<ProvenEntry, "handle" | "n">): string =>
  `${handle}, entry ${n}`;

const isPublicBody = shapeOf(publicBody);
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a public body; in words what is wrong with bytes that are none. */
export function readBody(bytes: Uint8Array): { body: PublicBody } | { wrong: string } {
  const quick = quickBody(bytes);
  if (quick) return { body: quick };
  const found = parseCanonical(bytes);
  if (!found) return { wrong: "its body is not canonical JSON" };
  const parsed = publicBody.safeParse(found.value);
  if (parsed.success) return { body: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "its body";
  return { wrong: `${where} is not what its kind asks for: ${issue?.message ?? "?"}` };
}

/** What is written as JSON writes it, its keys in order, is canonical where it holds ASCII text alone, as each shape does. */
function quickBody(bytes: Uint8Array): PublicBody | null {
  try {
    const text = strictUtf8.decode(bytes);
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text && isPublicBody(value)
      ? (value as unknown as PublicBody)
      : null;
  } catch {
    return null;
  }
}

/** What chains are proven with: one tree, whose proofs share their way to its root. */
export type Proving = {
  tools: Tools;
  tree: Checkpoint;
  inclusion: InclusionProofs;
  leaves: LeafReader;
};

/** Along one chain an instant may be this much before the latest so far. */
const CLOCK_SLACK_MS = 5_000;

/**
 * Proves a chain entry by entry, in the log's order; nothing is kept of what was proven but its hashes. Making it proves the
 * head that the log states, the last `next` that the chain leads there. Throws Lie, and Malformed.
 */
export class ChainProof {
  /** Of each entry its place in the log, its leaf's hash, and the head after it, one after the other. */
  readonly indices: Float64Array;
  readonly leafHashes: Uint8Array;
  readonly heads: Uint8Array;
  #done = 0;
  #head = noHead();
  #index = -1;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly chain: BundledChain,
    private readonly proving: Proving,
  ) {
    this.indices = new Float64Array(this.count);
    this.leafHashes = new Uint8Array(this.count * HASH_BYTES);
    this.heads = new Uint8Array(this.count * HASH_BYTES);
    if (this.count === 0) throw new Lie(`${this.handle}: the chain is empty`);
    this.#proveHead();
  }

  get person(): string {
    return this.chain.person;
  }
  get handle(): string {
    return this.chain.handle;
  }
  get count(): number {
    return this.chain.entries.count;
  }

  /** The next entry; null after the last. */
  next(): ProvenEntry | null {
    if (this.#done === this.count) {
      this.#checkEnd();
      return null;
    }
    const entry = this.#prove(this.chain.entries.read(this.#done));
    this.#checkPlace(entry);
    this.#done += 1;
    return entry;
  }

  #isIncluded(hash: Uint8Array, index: number, proof: Uint8Array): boolean {
    return this.proving.inclusion.proves(hash, index, proof);
  }

  /** The last leaf of the tree holds the root over everybody's heads, and this head is one of them. */
  #proveHead(): void {
    const { heads, head, person, handle } = this.chain;
    const { tree, tools } = this.proving;
    const { sha256 } = tools;
    const leaf = parseHeadsLeaf(heads.leaf);
    if (!leaf) throw new Lie(`${handle}: the leaf of all heads is none`);
    if (!this.#isIncluded(leafHash(sha256, heads.leaf), tree.size - 1, heads.proof))
      throw new Lie(`${handle}: the leaf of all heads is not the last of the log`);
    const record = leafHash(sha256, formatHeadRecord({ ...head, person }));
    const all = new InclusionProofs(sha256, { size: leaf.n, root: leaf.heads });
    if (!all.proves(record, heads.position, heads.path))
      throw new Lie(`${handle}: the log states another head of this person's chain`);
  }

  #checkEnd(): void {
    const { head, n } = this.chain.head;
    if (this.count !== n || !sameBytes(this.#head, head))
      throw new Lie(`${this.handle}: the chain does not lead to its head: entries are left out`);
  }

  #prove({ index, leaf: bytes, proof, opening }: BundledEntry): ProvenEntry {
    const { sha256 } = this.proving.tools;
    const due = { handle: this.handle, n: this.#done + 1 };
    if (index <= this.#index) throw new Lie(`${nameOf(due)}: out of the log's order`);
    const leaf = this.proving.leaves.read(bytes);
    if (!leaf) throw new Lie(`${nameOf(due)}: its leaf is not that of an entry`);
    const hash = leafHash(sha256, bytes);
    if (!this.#isIncluded(hash, index, proof))
      throw new Lie(`${nameOf(due)}: not in the log at ${index}`);
    const link = leaf.chains.find((one) => one.person === this.person);
    if (link?.n !== due.n || !sameBytes(link.prev, this.#head))
      throw new Lie(`${nameOf(due)}: not link ${due.n} of this person's chain`);
    const body = opening ? this.#bodyOf(opening, leaf, due) : null;
    this.#head = nextHead(sha256, this.#head, leaf.commit);
    this.#index = index;
    this.indices[this.#done] = index;
    this.leafHashes.set(hash, this.#done * HASH_BYTES);
    this.heads.set(this.#head, this.#done * HASH_BYTES);
    const people = leaf.chains.map((one) => one.person);
    return { ...due, index, people, body };
  }

  #bodyOf(
    { body, salt }: NonNullable<BundledEntry["opening"]>,
    leaf: EntryLeaf,
    due: { handle: string; n: number },
  ): PublicBody {
    if (!sameBytes(commitmentOf(this.proving.tools.sha256, salt, body), leaf.commit))
      throw new Lie(`${nameOf(due)}: not what the log is committed to`);
    const read = readBody(body);
    if ("wrong" in read) throw new Lie(`${nameOf(due)}: ${read.wrong}`);
    const { people } = read.body;
    if (
      people.length !== leaf.chains.length ||
      !people.every((one, i) => one === leaf.chains[i]?.person)
    )
      throw new Lie(`${nameOf(due)}: in the chains of others than it names`);
    return read.body;
  }

  /** A chain begins with its opening, under its handle, and is opened once; its instants do not fall. */
  #checkPlace(entry: ProvenEntry): void {
    const { body, n } = entry;
    if (!body) return;
    const isOpening = body.kind === "person_opened" && body.about === this.person;
    if (isOpening !== (n === 1))
      throw new Lie(`${nameOf(entry)}: a chain begins with its person's opening, and nowhere else`);
    if (isOpening && body.data.handle !== this.handle)
      throw new Lie(`${nameOf(entry)}: the handle that was opened is ${body.data.handle}`);
    const recordedAt = Date.parse(body.recordedAt);
    if (recordedAt < this.#latest - CLOCK_SLACK_MS)
      throw new Lie(
        `${nameOf(entry)}: recorded at ${body.recordedAt}, long before an entry before it`,
      );
    this.#latest = Math.max(this.#latest, recordedAt);
  }
}

/**
 * The entries of some chains in the log's order, each once, proven as they are asked for; with its body where any of the
 * chains has it. Throws what the proofs throw.
 */
export function* entriesInOrder(chains: readonly ChainProof[]): Generator<ProvenEntry, void> {
  let heads = chains.map((chain) => ({ chain, entry: chain.next() }));
  while (heads.length > 0) {
    let first: ProvenEntry | null = null;
    for (const { entry } of heads)
      if (entry && (!first || entry.index < first.index)) first = entry;
    if (!first) return;
    const { index } = first;
    for (const head of heads) {
      if (head.entry?.index !== index) continue;
      if (!first.body) first = head.entry;
      head.entry = head.chain.next();
    }
    yield first;
    if (heads.some(({ entry }) => entry === null)) heads = heads.filter(({ entry }) => entry);
  }
}
