/** What a verification finds, and what it needs of whoever runs it. */
import type { VerifierKey, VerifyEd25519 } from "./note";
import type { Sha256 } from "./sha256";
import type { FetchTile } from "./tile-hashes";

/** Hash and signature of whoever runs it: Node's, or the browser's. */
export type Tools = { sha256: Sha256; verifyEd25519: VerifyEd25519 };

export type Trust = {
  /** Keys of the log that the caller trusts, whatever the bundle says. */
  keys: readonly VerifierKey[];
  /** Whose record it must be, where that is known. */
  handle?: string | null;
  /** The bytes of an earlier bundle of the same person. */
  earlier?: Uint8Array;
  /** The log's tiles, to prove that the whole log only grew since the earlier bundle. */
  fetchTile?: FetchTile;
};

/**
 * `recomputed` from the bytes; `stated` by the operator, so that nobody can compute it; a `lie`; `incomplete`: what is
 * withheld; a `limit` of what this run could show.
 */
export type Finding = {
  kind: "recomputed" | "stated" | "lie" | "incomplete" | "limit";
  text: string;
};
export type Tell = (finding: Finding) => void;

/** How many entries have been read, of how many. */
export type Progress = (done: number, of: number) => void;

/** Ends a verification that cannot go on: what follows would rest on it. */
export class Lie extends Error {}
