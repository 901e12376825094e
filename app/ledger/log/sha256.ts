/** SHA-256 of some bytes, 32 bytes. Node's and the browser's differ; whoever uses the log's pure files gives one. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

export const HASH_BYTES = 32;

/** One after the other, as one run of bytes. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

let room = new Uint8Array(2 ** 12);

/** The hash of one after the other. Whatever hashes must not keep what it was given. */
export function hashOfPair(sha256: Sha256, first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = first.length + second.length;
  if (length > room.length) room = new Uint8Array(2 * length);
  room.set(first);
  room.set(second, first.length);
  return sha256(room.subarray(0, length));
}

/** Whether two runs of bytes are the same. Not for secrets: takes as long as they agree. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
