/** What the log's leaves hold (entry leaves, heads leaves) and how a person's chain is linked. Canonical JSON, to the byte. */
import { canonicalJson, type Json } from "../canonical";
import { toBase64 } from "./base64";
import { CanonicalReader, Malformed } from "./canonical-reader";
import { HASH_BYTES, hashOfPair, type Sha256 } from "./sha256";

const VERSION = 1;
const MOST_PEOPLE = 256;
const ROOM_BYTES = 2 ** 12;
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
  hashOfPair(sha256, head, commit);

/** C = SHA-256(salt ‖ body). */
export const commitmentOf = (sha256: Sha256, salt: Uint8Array, body: Uint8Array): Uint8Array =>
  hashOfPair(sha256, salt, body);

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

/** What `read` makes of bytes of one form; null for bytes of any other. */
function readAll<T>(reader: CanonicalReader, read: (reader: CanonicalReader) => T): T | null {
  try {
    const found = read(reader);
    reader.end();
    return found;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function linkIn(reader: CanonicalReader): ChainLink {
  reader.take('{"n":');
  const n = reader.integer();
  reader.take(',"person":');
  const person = reader.ascii("a person's id", PERSON);
  reader.take(',"prev":');
  const prev = reader.fixed("a head", HASH_BYTES);
  reader.take("}");
  if (n === 0) throw new Malformed("links are counted from 1");
  return { n, person, prev };
}

function entryLeafIn(reader: CanonicalReader): EntryLeaf {
  const chains: ChainLink[] = [];
  reader.take('{"chains":[');
  if (!reader.comes("]"))
    do {
      const link = linkIn(reader);
      const before = chains.at(-1);
      if (before && before.person >= link.person) throw new Malformed("people must ascend");
      if (chains.push(link) > MOST_PEOPLE) throw new Malformed("more people than a leaf holds");
    } while (reader.takeIf(","));
  reader.take('],"commit":');
  const commit = reader.fixed("a commitment", HASH_BYTES);
  reader.take(`,"v":${VERSION}}`);
  return { chains, commit };
}

/** Reads many leaves one after the other: what it answers is good until it reads the next. */
export class LeafReader {
  readonly #reader = new CanonicalReader(new Uint8Array(ROOM_BYTES));

  /** An entry's leaf; null for any bytes that `formatEntryLeaf` would not write. */
  read(bytes: Uint8Array): EntryLeaf | null {
    this.#reader.open(bytes);
    return readAll(this.#reader, entryLeafIn);
  }
}

/** Reads an entry's leaf; null for any bytes that `formatEntryLeaf` would not write. */
export const parseEntryLeaf = (bytes: Uint8Array): EntryLeaf | null =>
  readAll(new CanonicalReader(bytes), entryLeafIn);

/** The last leaf of every signed tree. */
export const formatHeadsLeaf = ({ heads, n }: HeadsLeaf): Uint8Array =>
  canonicalBytes({ heads: toBase64(heads), n, v: VERSION });

function headsLeafIn(reader: CanonicalReader): HeadsLeaf {
  reader.take('{"heads":');
  const heads = reader.fixed("a root", HASH_BYTES);
  reader.take(',"n":');
  const n = reader.integer();
  reader.take(`,"v":${VERSION}}`);
  return { heads, n };
}

/** Reads a heads leaf; null for any bytes that `formatHeadsLeaf` would not write. */
export const parseHeadsLeaf = (bytes: Uint8Array): HeadsLeaf | null =>
  readAll(new CanonicalReader(bytes), headsLeafIn);

/** A person's record under a heads leaf. */
export const formatHeadRecord = ({ head, n, person }: HeadRecord): Uint8Array =>
  canonicalBytes({ head: toBase64(head), n, person });
