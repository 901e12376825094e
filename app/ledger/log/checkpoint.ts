/** Checkpoints (C2SP tlog-checkpoint): origin, size and root of a tree as the text of a signed note; and tlog-proofs. */
import { fromBase64, toBase64 } from "./base64";
import { isKeyName } from "./note";
import { HASH_BYTES } from "./sha256";

export type Checkpoint = { origin: string; size: number; root: Uint8Array };

/** A number as the formats write it: decimal, no leading zeros, at most 2^53 − 1. Null for anything else. */
export function parseSize(text: string): number | null {
  const size = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : null;
}

/** `origin\nsize\nbase64(root)\n`. Throws RangeError on an origin that cannot be a key's name. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin) || !Number.isSafeInteger(size) || root.length !== HASH_BYTES)
    throw new RangeError("not a checkpoint");
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a checkpoint's text; null where it is none. Lines after the third, which others may add, are ignored. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = "", sizeText = "", rootText = "", ...rest] = text.split("\n");
  const size = parseSize(sizeText);
  const root = fromBase64(rootText);
  if (!isKeyName(origin) || size === null || root?.length !== HASH_BYTES) return null;
  if (rest.pop() !== "" || rest.includes("")) return null;
  return { origin, size, root };
}

const PROOF_HEADER = "c2sp.org/tlog-proof@v1";

/** A proof that stands by itself: where the entry is, its inclusion proof, and the signed checkpoint. */
export type TlogProof = {
  extra: Uint8Array | null;
  index: number;
  hashes: Uint8Array[];
  /** The whole signed note. */
  checkpoint: string;
};

/** The proof as text (C2SP tlog-proof). */
export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [
    PROOF_HEADER,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** Reads a proof; null where it is none. Nothing is verified. */
export function parseTlogProof(text: string): TlogProof | null {
  const split = text.indexOf("\n\n");
  if (split < 0) return null;
  const lines = text.slice(0, split).split("\n");
  if (lines.shift() !== PROOF_HEADER) return null;
  let extra: Uint8Array | null = null;
  if (lines[0]?.startsWith("extra ")) {
    extra = fromBase64(lines.shift()?.slice("extra ".length) ?? "");
    if (!extra) return null;
  }
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? parseSize(indexLine.slice("index ".length)) : null;
  const hashes = lines.map(fromBase64);
  if (index === null || !hashes.every((hash) => hash?.length === HASH_BYTES)) return null;
  return { extra, index, hashes: hashes as Uint8Array[], checkpoint: text.slice(split + 2) };
}
