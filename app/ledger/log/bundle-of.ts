/** Writes a bundle, piece by piece, so that a record of any length takes constant memory. */
import { canonicalJson, type Json } from "../canonical";
import type { RecordSummary } from "../returns";
import { toBase64 } from "./base64";

/** One link of a person's chain as the log has it; `opening` is null where the body is withheld. */
export type BundleEntry = {
  index: number;
  leaf: Uint8Array;
  proof: readonly Uint8Array[];
  opening: { body: Uint8Array; salt: Uint8Array } | null;
};

/** A person's whole chain in a signed tree, from the opening to the head. */
export type BundleChain = {
  person: string;
  handle: string;
  head: { head: Uint8Array; n: number };
  /** The tree's last leaf with its proof, and the way from this person's record to its root. */
  heads: {
    leaf: Uint8Array;
    position: number;
    path: readonly Uint8Array[];
    proof: readonly Uint8Array[];
  };
  /** In the log's order; read once. */
  entries: Iterable<BundleEntry> | AsyncIterable<BundleEntry>;
};

export type BundleParts = BundleChain & {
  origin: string;
  /** The signed note of the tree that everything is proven against. */
  checkpoint: string;
  vkey: string;
  /** Not before the day of the last entry. */
  valuationDate: string;
  summary: RecordSummary;
  /** The chains of everybody who is the same person. */
  others: readonly BundleChain[];
};

const CHUNK_CHARACTERS = 2 ** 16;
const hashes = (list: readonly Uint8Array[]): string[] => list.map(toBase64);

/** The bundle's text: canonical JSON to the byte, in chunks of some 64 KiB, no newline at its end. Nothing is verified. */
export async function* bundleText(parts: BundleParts): AsyncGenerator<string> {
  let chunk = "";
  for await (const piece of piecesOf(parts)) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

async function* piecesOf(parts: BundleParts): AsyncGenerator<string> {
  const { checkpoint, origin, person, summary, valuationDate, vkey } = parts;
  yield `{"checkpoint":${canonicalJson(checkpoint)},`;
  yield* startOfChain(parts);
  yield `,"origin":${canonicalJson(origin)},"others":[`;
  let separator = "";
  for (const other of parts.others) {
    yield `${separator}{`;
    yield* startOfChain(other);
    yield `,"person":${canonicalJson(other.person)}}`;
    separator = ",";
  }
  const rest = { person, summary: summary as unknown as Json, valuationDate, vkey };
  yield `],${canonicalJson(rest).slice(1)}`;
}

/** From a chain's entries to its heads, as they stand in the bundle and in each of the others. */
async function* startOfChain(chain: BundleChain): AsyncGenerator<string> {
  yield '"entries":[';
  let separator = "";
  for await (const entry of chain.entries) {
    yield separator + canonicalJson(entryJson(entry));
    separator = ",";
  }
  const { handle, head, heads } = chain;
  const rest = {
    handle,
    head: { head: toBase64(head.head), n: head.n },
    heads: {
      leaf: toBase64(heads.leaf),
      path: hashes(heads.path),
      position: heads.position,
      proof: hashes(heads.proof),
    },
  };
  yield `],${canonicalJson(rest).slice(1, -1)}`;
}

function entryJson({ index, leaf, proof, opening }: BundleEntry): Json {
  const shown = { index, leaf: toBase64(leaf), proof: hashes(proof) };
  return opening ? { ...shown, body: toBase64(opening.body), salt: toBase64(opening.salt) } : shown;
}
