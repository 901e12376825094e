/** Signed notes (C2SP signed-note) with Ed25519 keys: text, a blank line, signature lines. Pure; hash and signatures are given. */
import { fromBase64, toBase64 } from "./base64";
import { concat, HASH_BYTES, type Sha256, sameBytes } from "./sha256";

const ED25519 = 1;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const MOST_SIGNATURES = 100;
const utf8 = new TextEncoder();

/** A key that verifies: who signs with it, and the raw 32 bytes. */
export type VerifierKey = { name: string; keyId: Uint8Array; publicKey: Uint8Array };
/** A key that signs; `seed` is the private 32 bytes. */
export type SignerKey = { name: string; keyId: Uint8Array; seed: Uint8Array };
export type Signature = { name: string; keyId: Uint8Array; signature: Uint8Array };
export type SignedNote = { text: string; signatures: Signature[] };

/** Whether a name may stand for a key: not empty, without spaces, plus signs and control characters. */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\s+\p{Cc}\p{Surrogate}]/u.test(name);
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export function keyIdOf(sha256: Sha256, name: string, publicKey: Uint8Array): Uint8Array {
  const input = concat(utf8.encode(name), Uint8Array.of(0x0a, ED25519), publicKey);
  return sha256(input).slice(0, KEY_ID_BYTES);
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function fromHex(text: string): Uint8Array | null {
  if (!/^[0-9a-f]{8}$/.test(text)) return null;
  return Uint8Array.from({ length: KEY_ID_BYTES }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

/** `name+<keyid, 8 hex>+base64(0x01 ‖ public key)`. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${hex(key.keyId)}+${toBase64(concat(Uint8Array.of(ED25519), key.publicKey))}`;
}

/** `PRIVATE+KEY+name+<keyid>+base64(0x01 ‖ seed)`. */
export function formatSigningKey(key: SignerKey): string {
  return `PRIVATE+KEY+${key.name}+${hex(key.keyId)}+${toBase64(concat(Uint8Array.of(ED25519), key.seed))}`;
}

/** The three fields of a key, split at its first two plus signs (the base64 may hold more). */
function fieldsOf(text: string): { name: string; keyId: Uint8Array; key: Uint8Array } | null {
  const [name = "", id = "", ...rest] = text.split("+");
  const keyId = fromHex(id);
  const bytes = fromBase64(rest.join("+"));
  if (!isKeyName(name) || !keyId || bytes?.length !== 1 + HASH_BYTES || bytes[0] !== ED25519)
    return null;
  return { name, keyId, key: bytes.slice(1) };
}

/** Reads a vkey; null where it is none, or its id is not that of its name and key. */
export function parseVkey(sha256: Sha256, text: string): VerifierKey | null {
  const fields = fieldsOf(text);
  if (!fields) return null;
  const { name, keyId, key } = fields;
  return sameBytes(keyId, keyIdOf(sha256, name, key)) ? { name, keyId, publicKey: key } : null;
}

/** Reads a signing key; null where it is none. Whether its id fits is known once the public key is. */
export function parseSigningKey(text: string): SignerKey | null {
  const marker = "PRIVATE+KEY+";
  if (!text.startsWith(marker)) return null;
  const fields = fieldsOf(text.slice(marker.length));
  return fields ? { name: fields.name, keyId: fields.keyId, seed: fields.key } : null;
}

/** The note: its text, which ends with a newline, a blank line, and one line a signature. Throws RangeError on a text that no note can hold. */
export function formatNote(note: SignedNote): string {
  if (!isNoteText(note.text)) throw new RangeError("not the text of a note");
  const lines = note.signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(concat(keyId, signature))}\n`,
  );
  return `${note.text}\n${lines.join("")}`;
}

const isNoteText = (text: string): boolean =>
  text.endsWith("\n") && !/[^\P{Cc}\n\u007f-\u009f]|\p{Surrogate}/u.test(text);

/** Reads a note; null where the form is not that of one. Nothing is verified. */
export function parseNote(note: string): SignedNote | null {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return null;
  const text = note.slice(0, split + 1);
  const lines = note
    .slice(split + 2)
    .split("\n")
    .slice(0, -1);
  if (!isNoteText(note) || lines.length === 0 || lines.length > MOST_SIGNATURES) return null;
  const signatures: Signature[] = [];
  for (const line of lines) {
    const [dash, name = "", value = "", ...more] = line.split(" ");
    const bytes = fromBase64(value);
    if (dash !== "—" || more.length > 0 || !isKeyName(name) || !bytes) return null;
    if (bytes.length <= KEY_ID_BYTES) return null;
    signatures.push({
      name,
      keyId: bytes.slice(0, KEY_ID_BYTES),
      signature: bytes.slice(KEY_ID_BYTES),
    });
  }
  return { text, signatures };
}

/** Verifies an Ed25519 signature (RFC 8032) with a raw public key. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/**
 * The text of a note that at least one of the keys has signed; null otherwise. Lines of unknown signers are ignored; a wrong
 * signature of a known key refuses the whole note.
 */
export async function openNote(
  note: string,
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<string | null> {
  const parsed = parseNote(note);
  if (!parsed) return null;
  const message = utf8.encode(parsed.text);
  let good = false;
  for (const { name, keyId, signature } of parsed.signatures) {
    const key = keys.find((known) => known.name === name && sameBytes(known.keyId, keyId));
    if (!key) continue;
    if (signature.length !== SIGNATURE_BYTES) return null;
    if (!(await verify(key.publicKey, message, signature))) return null;
    good = true;
  }
  return good ? parsed.text : null;
}
