/** What the log keeps apart from the database: its keys, and how far it was ever signed. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { getEnv } from "~/env.server";
import { PlainError } from "~/lib/plain-error";
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint";
import { verifierOf } from "./crypto.server";
import { formatSigningKey, formatVkey, parseSigningKey, type SignerKey } from "./note";
import { sameBytes } from "./sha256";

/** A signing key with its public form. */
export type LogKey = SignerKey & { vkey: string };
/** The log's name, its keys (newest first; the second is the one that was rotated out), and its folder. */
export type LogPlace = { origin: string; keys: readonly LogKey[]; folder: string };

const KEYS = "signing-keys";
const MARK = "high-water-mark";

function withVkey(text: string): LogKey {
  const key = parseSigningKey(text);
  if (!key)
    throw new PlainError(
      "A key of the public log cannot be read: it is PRIVATE+KEY+name+id+key, as `npm run log -- key` prints it.",
    );
  const verifier = verifierOf(key);
  if (!sameBytes(verifier.keyId, key.keyId))
    throw new PlainError(`The key of ${key.name} has another id than its name and key give.`);
  return { ...key, vkey: formatVkey(verifier) };
}

/** A new signing key of that name. */
export function makeSigningKey(name: string): LogKey {
  const seed = new Uint8Array(randomBytes(32));
  const verifier = verifierOf({ name, seed });
  return { name, seed, keyId: verifier.keyId, vkey: formatVkey(verifier) };
}

/** Writes a file so that after a crash there is the old one or the new one, whole. */
function writeWhole(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, path);
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

const linesOf = (text: string): string[] => text.split(/\s+/).filter((line) => line !== "");

/** The embedded default's keys: made once, kept in the log's folder, readable by its owner alone. */
function keptKeys(folder: string): LogKey[] {
  const kept = readIfThere(join(folder, KEYS));
  if (kept !== null) return linesOf(kept).map(withVkey);
  const key = makeSigningKey(`localhost/log-${randomBytes(4).toString("hex")}`);
  try {
    const made = `${formatSigningKey(key)}\n`;
    writeFileSync(join(folder, KEYS), made, { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return keptKeys(folder);
  }
  return [key];
}

/**
 * Where this installation's log lives: `LOG_ORIGIN`, `LOG_SIGNING_KEY` (the newest first, then the one before it) and
 * `LOG_STATE_DIR`; in the embedded default all are made once. Throws PlainError on a key that cannot be read, or that is
 * another log's.
 */
export function getLogPlace(): LogPlace {
  const env = getEnv();
  const folder = resolve(env.LOG_STATE_DIR ?? join(env.DATA_DIR, "log"));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = env.LOG_SIGNING_KEY ? linesOf(env.LOG_SIGNING_KEY).map(withVkey) : keptKeys(folder);
  const origin = env.LOG_ORIGIN ?? keys[0]?.name ?? "";
  const foreign = keys.find(({ name }) => name !== origin);
  if (foreign)
    throw new PlainError(
      `LOG_SIGNING_KEY is a key of ${foreign.name}, but LOG_ORIGIN is ${origin}: a log's key bears its name.`,
    );
  return { origin, keys, folder };
}

/** Puts a new key before the present one, where they are kept in the log's folder. */
export function keepNewKey({ folder, keys }: LogPlace, key: LogKey): void {
  const kept = [key, ...keys.slice(0, 1)].map((one) => `${formatSigningKey(one)}\n`);
  writeWhole(folder, KEYS, kept.join(""));
}

/** The largest tree that was ever about to be signed here; null before the first. Throws PlainError where it cannot be read. */
export function readMark({ folder, origin }: LogPlace): Checkpoint | null {
  const path = join(folder, MARK);
  const text = readIfThere(path);
  if (text === null) return null;
  const mark = parseCheckpoint(text);
  if (!mark || mark.origin !== origin)
    throw new PlainError(`${path} is not the high-water mark of ${origin}.`);
  return mark;
}

/** Remembers, for good, that this tree is about to be signed. */
export function writeMark({ folder }: LogPlace, mark: Checkpoint): void {
  writeWhole(folder, MARK, formatCheckpoint(mark));
}
