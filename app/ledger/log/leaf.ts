/** What the log's leaves hold (entry leaves, heads leaves) and how a person's chain is linked. Canonical JSON, to the byte. */
import { canonicalJson, type Json } from "../canonical";
import { fromBase64, toBase64 } from "./base64";
import { concat, HASH_BYTES, type Sha256 } from "./sha256";

const VERSION = 1;
const MOST_PEOPLE = 256;
export const SALT_BYTES = 16;
const PERSON = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One link of a person's chain: its number, and the person's head before it. */
export type ChainLink = { n: number; person: string; prev: Uint8Array };
export type EntryLeaf = { chains: readonly ChainLink[]; commit: Uint8Array };
/** The root over the records of all persons' heads, and how many there are. */
export type HeadsLeaf = { heads: Uint8Array; n: number };
export type HeadRecord = { head: Uint8Array; n: number; person: string };

/** The head before a person's first link. */
export const noHead = (): Uint8Array => new Uint8Array(HASH_BYTES);

/** headₙ = SHA-256(headₙ₋₁ ‖ commitₙ). */
export const nextHead = (sha256: Sha256, head: Uint8Array, commit: Uint8Array): Uint8Array =>
  sha256(concat(head, commit));

/** C = SHA-256(salt ‖ body). */
export const commitmentOf = (sha256: Sha256, salt: Uint8Array, body: Uint8Array): Uint8Array =>
  sha256(concat(salt, body));

/** The bytes of a value in canonical JSON. */
export const canonicalBytes = (value: Json): Uint8Array => utf8.encode(canonicalJson(value));

/** The value of canonical JSON; null for bytes that are none, or that canonical JSON would write otherwise. */
export function parseCanonical(bytes: Uint8Array): { value: Json } | null {
  try {
    const text = strictUtf8.decode(bytes);
    const value = JSON.parse(text) as Json;
    return canonicalJson(value) === text ? { value } : null;
  } catch {
    return null;
  }
}

/** An entry's leaf. Chains must ascend by person. */
export function formatEntryLeaf({ chains, commit }: EntryLeaf): Uint8Array {
  return canonicalBytes({
    chains: chains.map(({ n, person, prev }) => ({ n, person, prev: toBase64(prev) })),
    commit: toBase64(commit),
    v: VERSION,
  });
}

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const hasExactly = (value: { [key: string]: Json }, ...keys: string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
const hashIn = (value: Json | undefined): Uint8Array | null => {
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  return bytes?.length === HASH_BYTES ? bytes : null;
};
const isCount = (value: Json | undefined): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 1;

function parseLink(value: Json): ChainLink | null {
  if (!isRecord(value) || !hasExactly(value, "n", "person", "prev")) return null;
  const { n, person } = value;
  const prev = hashIn(value.prev);
  if (!isCount(n) || typeof person !== "string" || !PERSON.test(person) || !prev) return null;
  return { n, person, prev };
}

/** Reads an entry's leaf; null for any bytes that `formatEntryLeaf` would not write. */
export function parseEntryLeaf(bytes: Uint8Array): EntryLeaf | null {
  const value = parseCanonical(bytes)?.value;
  if (!isRecord(value) || !hasExactly(value, "chains", "commit", "v")) return null;
  const commit = hashIn(value.commit);
  if (value.v !== VERSION || !Array.isArray(value.chains) || !commit) return null;
  if (value.chains.length > MOST_PEOPLE) return null;
  const chains: ChainLink[] = [];
  for (const one of value.chains) {
    const link = parseLink(one);
    const before = chains.at(-1);
    if (!link || (before && before.person >= link.person)) return null;
    chains.push(link);
  }
  return { chains, commit };
}

/** The last leaf of every signed tree. */
export const formatHeadsLeaf = ({ heads, n }: HeadsLeaf): Uint8Array =>
  canonicalBytes({ heads: toBase64(heads), n, v: VERSION });

/** Reads a heads leaf; null for any bytes that `formatHeadsLeaf` would not write. */
export function parseHeadsLeaf(bytes: Uint8Array): HeadsLeaf | null {
  const value = parseCanonical(bytes)?.value;
  if (!isRecord(value) || !hasExactly(value, "heads", "n", "v")) return null;
  const heads = hashIn(value.heads);
  const { n, v } = value;
  return v === VERSION && heads && (n === 0 || isCount(n)) ? { heads, n } : null;
}

/** A person's record under a heads leaf. */
export const formatHeadRecord = ({ head, n, person }: HeadRecord): Uint8Array =>
  canonicalBytes({ head: toBase64(head), n, person });
