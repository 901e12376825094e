import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getEnv } from "~/env.server";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Says how a sealed text is made; another way would get another. */
const FORM = "v1";
const KEY_FILE = "encryption-key";

/** The embedded default's key: made once, kept beside its data, readable by its owner alone. */
function keptKey(dataDir: string): string {
  const path = join(dataDir, KEY_FILE);
  try {
    mkdirSync(dataDir, { recursive: true });
    const made = `${randomBytes(KEY_BYTES).toString("base64")}\n`;
    writeFileSync(path, made, { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(path, "utf8").trim();
}

/** A key for one purpose, derived from the installation's, so that no two purposes share one. */
function keyFor(purpose: string): Buffer {
  const { ENCRYPTION_KEY, DATA_DIR } = getEnv();
  const key = Buffer.from(ENCRYPTION_KEY ?? keptKey(resolve(DATA_DIR)), "base64");
  if (key.length !== KEY_BYTES)
    throw new Error(`the installation's key has ${key.length} bytes, not ${KEY_BYTES}`);
  return Buffer.from(hkdfSync("sha256", key, "", purpose, KEY_BYTES));
}

/**
 * Seals a text for the database (AES-256-GCM, a new nonce each time, the key derived from `ENCRYPTION_KEY`): a stolen table
 * tells nothing. `of` is whose it is: it opens for the same purpose and owner alone.
 */
export function seal(text: string, of: { purpose: string; owner: string }): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(of.purpose), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(of.owner));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final()]);
  return `${FORM}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString("base64url")}`;
}

/** The text that was sealed. Throws for anything changed, another owner or purpose, or another installation's key. */
export function unseal(sealed: string, of: { purpose: string; owner: string }): string {
  const [form, body] = sealed.split(".");
  const bytes = Buffer.from(body ?? "", "base64url");
  if (form !== FORM || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Error("this was not sealed here");
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor(of.purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(of.owner));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error(
      "a sealed secret does not open: ENCRYPTION_KEY is not the one it was sealed with",
      { cause },
    );
  }
}
