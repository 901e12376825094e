/**
 * Verifies one person's bundle from its bytes alone: the signature, the heads, every inclusion and commitment, the chain
 * from its first link to its head, each body, and then every number again from the bodies. Pure: the command line and
 * the reader's browser run the same.
 */
import type { PublicBody } from "../bodies";
import { BookRules } from "./book-rules";
import { type Bundle, readBundle } from "./bundle";
import { Malformed } from "./canonical-reader";
import { ChainProof, entriesInOrder } from "./chain";
import { type Checkpoint, parseCheckpoint } from "./checkpoint";
import { Lie, type Progress, type Tell, type Tools, type Trust } from "./findings";
import { InclusionProofs } from "./inclusion";
import { LeafReader } from "./leaf";
import { openNote, parseVkey, type VerifierKey } from "./note";
import { checkSummary, counted, recordOf, Statements } from "./record-check";
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
    if (trust.handle && bundle.handle !== trust.handle)
      throw new Lie(`this is the record of ${bundle.handle}, not of ${trust.handle}`);
    const tree = await openCheckpoint(bundle, trust.keys, tools, tell);
    const inclusion = new InclusionProofs(tools.sha256, tree);
    const proving = { tools, tree, inclusion, leaves: new LeafReader() };
    const chains = [bundle, ...bundle.others].map((chain) => new ChainProof(chain, proving));
    const verdict = checkContents(bundle, chains, tell, onProgress);
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
  const size = counted(checkpoint.size, "leaf", "leaves");
  tell({ kind: "recomputed", text: `signed by ${origin}: a log of ${size}` });
  return checkpoint;
}

/** Proves every entry, and what they say together. */
function checkContents(
  bundle: Bundle,
  chains: readonly ChainProof[],
  tell: Tell,
  onProgress: Progress,
): Verdict {
  const [book, said] = [new BookRules(), new Statements()];
  const all = chains.reduce((sum, { count }) => sum + count, 0);
  const entries = entriesInOrder(chains);
  const bodies = function* (): Generator<PublicBody, void> {
    for (let step = entries.next(); !step.done; step = entries.next()) {
      const entry = step.value;
      book.check(entry);
      onProgress(book.count, all);
      if (!entry.body) continue;
      said.add(entry.body);
      yield entry.body;
    }
  };
  const people = chains.map(({ person }) => person);
  const computed = recordOf(bodies(), people, bundle.valuationDate);
  // Bodies that contradict each other do not end the proof: whatever is left out may be why.
  for (const _ of bodies());
  onProgress(all, all);
  const withheld = book.countWithheld();
  const holders = book.checkPersons(bundle.person, chains);
  for (const { handle, count } of chains)
    tell({
      kind: "recomputed",
      text: `${handle}: ${counted(count, "entry", "entries")}, each in the log, from the opening to the head that the log states`,
    });
  for (const holder of holders)
    tell({ kind: "limit", text: `the record of ${holder}, which holds this one and more` });
  if (bundle.valuationDate < said.lastDay)
    throw new Lie(`valued on ${bundle.valuationDate}, before its last entry of ${said.lastDay}`);
  if (withheld > 0) {
    tell({ kind: "incomplete", text: `${withheld} of ${book.count}` });
    return "incomplete";
  }
  if ("contradiction" in computed)
    throw new Lie(`the entries contradict each other: ${computed.contradiction}`);
  if (!checkSummary(bundle.summary, computed.record, tell)) return "lie";
  for (const text of said.lines) tell({ kind: "stated", text });
  return "true";
}
