import { createPrivateKey, createPublicKey, hash, sign, verify } from "node:crypto";
import { keyIdOf, type Signature, type SignerKey, type VerifierKey } from "./note";
import { concat, type Sha256 } from "./sha256";

/** SHA-256 by Node. */
export const sha256: Sha256 = (data) => {
  const { buffer, byteOffset, length } = hash("sha256", data, "buffer");
  return new Uint8Array(buffer, byteOffset, length);
};

/** What stands before the raw 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

const privateKeyOf = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.from(concat(PKCS8, seed)), format: "der", type: "pkcs8" });

/** Verifies an Ed25519 signature with a raw public key. */
export function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = createPublicKey({
    key: Buffer.from(concat(SPKI, publicKey)),
    format: "der",
    type: "spki",
  });
  return verify(null, message, key, signature);
}

/** The key that verifies what this one signs. */
export function verifierOf(key: Pick<SignerKey, "name" | "seed">): VerifierKey {
  const spki = createPublicKey(privateKeyOf(key.seed)).export({ format: "der", type: "spki" });
  const publicKey = new Uint8Array(spki.subarray(SPKI.length));
  return { name: key.name, keyId: keyIdOf(sha256, key.name, publicKey), publicKey };
}

/** The signature line of a key for a note's text. Ed25519 is deterministic: the same text, the same signature. */
export function signText(key: SignerKey, text: string): Signature {
  const signature = sign(null, Buffer.from(text, "utf8"), privateKeyOf(key.seed));
  return { name: key.name, keyId: key.keyId, signature: new Uint8Array(signature) };
}
