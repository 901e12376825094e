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
  nextHead,
  noHead,
  parseCanonical,
  parseEntryLeaf,
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
export type ProvenChain = {
  person: string;
  handle: string;
  entries: readonly ProvenEntry[];
  /** Of each entry its leaf's hash, and the head after it, one after the other. */
  leafHashes: Uint8Array;
  heads: Uint8Array;
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

/** Proves chains against one signed tree. */
export class ChainProofs {
  readonly #proofs: InclusionProofs;

  constructor(
    private readonly tools: Tools,
    private readonly tree: Checkpoint,
    private readonly onEntry: () => void,
  ) {
    this.#proofs = new InclusionProofs(tools.sha256, tree);
  }

  /** The chain, complete from its first link to the head that the log states. Throws Lie on any other. */
  prove(chain: BundledChain): ProvenChain {
    this.#proveHead(chain);
    const { person, handle } = chain;
    const { count } = chain.entries;
    const proven: ProvenEntry[] = [];
    const leafHashes = new Uint8Array(count * HASH_BYTES);
    const heads = new Uint8Array(count * HASH_BYTES);
    let head = noHead();
    let before = -1;
    for (let i = 0; i < count; i++) {
      const entry = chain.entries.read(i);
      const due = { handle, n: i + 1, head };
      if (entry.index <= before) throw new Lie(`${nameOf(due)}: out of the log's order`);
      before = entry.index;
      const found = this.#proveEntry(person, entry, due);
      head = found.head;
      leafHashes.set(found.leafHash, i * HASH_BYTES);
      heads.set(head, i * HASH_BYTES);
      proven.push(found.entry);
      this.onEntry();
    }
    const { n, head: stated } = chain.head;
    if (count !== n || !sameBytes(head, stated))
      throw new Lie(`${handle}: the chain does not lead to its head: entries are left out`);
    return { person, handle, entries: proven, leafHashes, heads };
  }

  #isIncluded(hash: Uint8Array, index: number, proof: Uint8Array): boolean {
    return this.#proofs.proves(hash, index, proof);
  }

  /** The last leaf of the tree holds the root over everybody's heads, and this head is one of them. */
  #proveHead({ heads, head, person, handle }: BundledChain): void {
    const { sha256 } = this.tools;
    const leaf = parseHeadsLeaf(heads.leaf);
    if (!leaf) throw new Lie(`${handle}: the leaf of all heads is none`);
    if (!this.#isIncluded(leafHash(sha256, heads.leaf), this.tree.size - 1, heads.proof))
      throw new Lie(`${handle}: the leaf of all heads is not the last of the log`);
    const record = leafHash(sha256, formatHeadRecord({ ...head, person }));
    const all = new InclusionProofs(sha256, { size: leaf.n, root: leaf.heads });
    if (!all.proves(record, heads.position, heads.path))
      throw new Lie(`${handle}: the log states another head of this person's chain`);
  }

  #proveEntry(
    person: string,
    entry: BundledEntry,
    due: { handle: string; n: number; head: Uint8Array },
  ): { entry: ProvenEntry; leafHash: Uint8Array; head: Uint8Array } {
    const { sha256 } = this.tools;
    const { handle, n, head } = due;
    const { index } = entry;
    const leaf = parseEntryLeaf(entry.leaf);
    if (!leaf) throw new Lie(`${nameOf(due)}: its leaf is not that of an entry`);
    const hash = leafHash(sha256, entry.leaf);
    if (!this.#isIncluded(hash, index, entry.proof))
      throw new Lie(`${nameOf(due)}: not in the log at ${index}`);
    const link = leaf.chains.find((one) => one.person === person);
    if (link?.n !== n || !sameBytes(link.prev, head))
      throw new Lie(`${nameOf(due)}: not link ${n} of this person's chain`);
    const body = entry.opening ? this.#bodyOf(entry.opening, leaf, due) : null;
    const people = body ? body.people : leaf.chains.map((one) => one.person);
    return {
      entry: { handle, n, index, people, body },
      leafHash: hash,
      head: nextHead(sha256, head, leaf.commit),
    };
  }

  #bodyOf(
    { body, salt }: NonNullable<BundledEntry["opening"]>,
    leaf: EntryLeaf,
    due: { handle: string; n: number },
  ): PublicBody {
    if (!sameBytes(commitmentOf(this.tools.sha256, salt, body), leaf.commit))
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
}
