/**
 * Verifies one person's bundle from its bytes alone: the signature, the heads, every inclusion and commitment, the chain
 * from its first link to its head, each body, and then every number again from the bodies. Pure: the command line and
 * the reader's browser run the same.
 */
import type { PublicBody } from "../bodies";
import { checkBook, checkChain, checkPersons, countWithheld, entriesInOrder } from "./book-rules";
import { type Bundle, readBundle } from "./bundle";
import { Malformed } from "./canonical-reader";
import { ChainProofs, type ProvenChain } from "./chain";
import { type Checkpoint, parseCheckpoint } from "./checkpoint";
import { Lie, type Progress, type Tell, type Tools, type Trust } from "./findings";
import { openNote, parseVkey, type VerifierKey } from "./note";
import { checkRecord, lastDayOf } from "./record-check";
import { compareWithEarlier } from "./since";

/** `true`; a `lie`; or `incomplete`: nothing is false, but bodies are withheld and the numbers cannot be computed. */
export type Verdict = "true" | "lie" | "incomplete";

/**
 * Verifies the bytes of a bundle. Tells every finding as it is made, and how many entries have been read. A false bundle is
 * answered, never thrown, whatever its bytes; what `fetchTile` throws goes through.
 */
export async function verifyBundle(
  bytes: Uint8Array,
  trust: Trust,
  tools: Tools,
  tell: Tell,
  onProgress: Progress = () => {},
): Promise<Verdict> {
  try {
    const bundle = readBundle(bytes);
    const tree = await openCheckpoint(bundle, trust.keys, tools, tell);
    const chains = proveChains(bundle, tree, tools, onProgress);
    const verdict = checkContents(bundle, chains, tell);
    if (verdict !== "lie" && trust.earlier)
      await compareWithEarlier({ ...trust, earlier: trust.earlier }, { tree, chains }, tools, tell);
    return verdict;
  } catch (error) {
    if (error instanceof Malformed)
      tell({ kind: "lie", text: `this is no bundle: ${error.message}` });
    else if (error instanceof Lie) tell({ kind: "lie", text: error.message });
    else throw error;
    return "lie";
  }
}

async function openCheckpoint(
  { origin, vkey, checkpoint: note }: Bundle,
  keys: readonly VerifierKey[],
  { sha256, verifyEd25519 }: Tools,
  tell: Tell,
): Promise<Checkpoint> {
  const text = await openNote(note, keys, verifyEd25519);
  if (text === null) throw new Lie("the checkpoint is not signed by a key that you trust");
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint) throw new Lie("what was signed is no checkpoint");
  if (checkpoint.origin !== origin)
    throw new Lie(`the checkpoint is of ${checkpoint.origin}, the bundle says ${origin}`);
  if (!keys.some(({ name }) => name === origin))
    throw new Lie(`the key that you trust is not that of ${origin}`);
  const named = parseVkey(sha256, vkey);
  if (named?.name !== origin || (await openNote(note, [named], verifyEd25519)) === null)
    throw new Lie("the checkpoint is not signed by the key that the bundle names");
  if (checkpoint.size === 0) throw new Lie("the log is empty");
  tell({ kind: "recomputed", text: `signed by ${origin}: a log of ${checkpoint.size} leaves` });
  return checkpoint;
}

function proveChains(
  bundle: Bundle,
  tree: Checkpoint,
  tools: Tools,
  onProgress: Progress,
): ProvenChain[] {
  const all = [bundle, ...bundle.others];
  const count = all.reduce((sum, { entries }) => sum + entries.count, 0);
  let done = 0;
  const proofs = new ChainProofs(tools, tree, () => {
    done += 1;
    onProgress(done, count);
  });
  return all.map((chain) => proofs.prove(chain));
}

/** What the entries say, once they are proven to be there. */
function checkContents(bundle: Bundle, chains: readonly ProvenChain[], tell: Tell): Verdict {
  for (const chain of chains) checkChain(chain);
  const entries = entriesInOrder(chains);
  checkBook(entries);
  const withheld = countWithheld(entries);
  const holders = checkPersons(bundle.person, chains, entries);
  for (const { handle, entries: links } of chains)
    tell({
      kind: "recomputed",
      text: `${handle}: ${links.length} entries, each in the log, from the opening to the head that the log states`,
    });
  for (const holder of holders)
    tell({ kind: "limit", text: `the record of ${holder}, which holds this one and more` });
  const bodies = entries.flatMap(({ body }): PublicBody[] => (body ? [body] : []));
  const last = lastDayOf(bodies);
  if (bundle.valuationDate < last)
    throw new Lie(`valued on ${bundle.valuationDate}, before its last entry of ${last}`);
  if (withheld > 0) {
    tell({ kind: "incomplete", text: `${withheld} of ${entries.length}` });
    return "incomplete";
  }
  const people = chains.map(({ person }) => person);
  return checkRecord(bodies, people, bundle, tell) ? "true" : "lie";
}
