/** An earlier bundle of the same person must be the beginning of a later one, and its log the beginning of the log. */
import { type Bundle, readBundle } from "./bundle";
import { Malformed } from "./canonical-reader";
import type { ChainProof } from "./chain";
import { type Checkpoint, parseCheckpoint } from "./checkpoint";
import { Lie, type Tell, type Tools, type Trust } from "./findings";
import { leafHash, provesConsistency } from "./merkle";
import { openNote } from "./note";
import { HASH_BYTES, sameBytes } from "./sha256";
import { consistencyFromTiles } from "./tile-hashes";

/** Compares a verified bundle with an earlier one. Throws Lie where something earlier is gone, changed or not signed. */
export async function compareWithEarlier(
  trust: Trust & { earlier: Uint8Array },
  now: { tree: Checkpoint; chains: readonly ChainProof[] },
  tools: Tools,
  tell: Tell,
): Promise<void> {
  try {
    await compare(readBundle(trust.earlier), trust, now, { tools, tell });
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Lie(`the earlier file is no bundle: ${error.message}`);
  }
}

async function compare(
  earlier: Bundle,
  trust: Trust,
  now: { tree: Checkpoint; chains: readonly ChainProof[] },
  { tools, tell }: { tools: Tools; tell: Tell },
): Promise<void> {
  const then = await earlierTree(earlier, trust, tools);
  if (earlier.person !== now.chains[0]?.person)
    throw new Lie("the earlier bundle is that of another person");
  if (then.origin !== now.tree.origin) throw new Lie("the earlier bundle is from another log");
  for (const chain of [earlier, ...earlier.others]) compareChain(chain, now.chains, tools);
  const count = [earlier, ...earlier.others].reduce((sum, { entries }) => sum + entries.count, 0);
  tell({ kind: "recomputed", text: `nothing of the ${count} earlier entries has changed` });
  await compareTrees(then, now.tree, trust, { tools, tell });
}

async function earlierTree(earlier: Bundle, trust: Trust, tools: Tools): Promise<Checkpoint> {
  const text = await openNote(earlier.checkpoint, trust.keys, tools.verifyEd25519);
  if (text === null) throw new Lie("the earlier checkpoint is not signed by a key that you trust");
  const tree = parseCheckpoint(text);
  if (!tree) throw new Lie("what was signed earlier is no checkpoint");
  return tree;
}

const hashAt = (hashes: Uint8Array, at: number): Uint8Array =>
  hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

function compareChain(
  then: Pick<Bundle, "entries" | "handle" | "head" | "person">,
  chains: readonly ChainProof[],
  { sha256 }: Tools,
): void {
  const now = chains.find(({ person }) => person === then.person);
  if (now?.handle !== then.handle) throw new Lie(`${then.handle}: the earlier chain is gone`);
  for (let i = 0; i < then.entries.count; i++) {
    const { index, leaf } = then.entries.read(i);
    const later = hashAt(now.leafHashes, i);
    if (now.indices[i] !== index || !sameBytes(later, leafHash(sha256, leaf)))
      throw new Lie(`${then.handle}, entry ${i + 1}: it was another in the earlier bundle`);
  }
  const { n, head } = then.head;
  if (n !== then.entries.count || n === 0 || !sameBytes(hashAt(now.heads, n - 1), head))
    throw new Lie(`${then.handle}: the earlier head is not that of the same entries`);
}

async function compareTrees(
  then: Checkpoint,
  now: Checkpoint,
  { fetchTile }: Trust,
  { tools, tell }: { tools: Tools; tell: Tell },
): Promise<void> {
  if (then.size > now.size)
    throw new Lie(`the log had ${then.size} leaves and now has ${now.size}`);
  const grew = `the log of ${then.size} leaves is the beginning of that of ${now.size}`;
  if (then.size === now.size) {
    if (!sameBytes(then.root, now.root)) throw new Lie("two different logs of one size are signed");
    tell({ kind: "recomputed", text: "the log is the same" });
    return;
  }
  if (!fetchTile) {
    tell({ kind: "limit", text: `whether ${grew} takes the log's tiles: give the bundle's URL` });
    return;
  }
  const proof = await consistencyFromTiles(tools.sha256, then.size, now.size, fetchTile);
  if (!proof || !provesConsistency(tools.sha256, then, now, proof))
    throw new Lie(`the log's tiles do not prove that ${grew}`);
  tell({ kind: "recomputed", text: grew });
}
