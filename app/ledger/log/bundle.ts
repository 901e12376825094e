/** The bundle: one person's record with everything that proves it, read from its bytes. One form; whatever else is refused. */

import { isDay } from "../bodies";
import type { Json } from "../canonical";
import { CanonicalReader, Malformed } from "./canonical-reader";
import { SALT_BYTES } from "./leaf";
import { HASH_BYTES } from "./sha256";

/**
 * One link of a chain: its leaf in the log, and what the leaf commits to, or null where that is withheld. Its bytes are
 * good until another entry of the bundle is read.
 */
export type BundledEntry = {
  index: number;
  leaf: Uint8Array;
  /** Hashes one after the other. */
  proof: Uint8Array;
  opening: { body: Uint8Array; salt: Uint8Array } | null;
};
/** A chain's entries, which are read one at a time: a bundle may hold very many. `read` throws Malformed. */
export type BundledEntries = { count: number; read(at: number): BundledEntry };
/** One person's chain: the record's owner's, or that of somebody whose record is theirs too. */
export type BundledChain = {
  entries: BundledEntries;
  handle: string;
  head: { head: Uint8Array; n: number };
  heads: { leaf: Uint8Array; path: Uint8Array; position: number; proof: Uint8Array };
  person: string;
};
export type Bundle = BundledChain & {
  checkpoint: string;
  origin: string;
  others: BundledChain[];
  summary: Json;
  valuationDate: string;
  vkey: string;
};

const PERSON = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HANDLE = /^[a-z0-9-]{3,30}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A log's leaves have their length in two bytes. */
const MOST_LEAF_BYTES = 0xffff;
const MOST_BODY_BYTES = 2 ** 20;
const MOST_NOTE_BYTES = 2 ** 16;
const MOST_HASHES = 64;
const MOST_SUMMARY_DEPTH = 8;
const CLOSING_BRACE = 0x7d;

/** Whose record an address of a bundle promises; null where it is another kind of address. */
export function handleInUrl(url: string): string | null {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  return /\/teachers\/([a-z0-9-]{3,30})\/track-record\.json$/.exec(path)?.[1] ?? null;
}

/** Reads a bundle, its entries but for their places. Throws Malformed where its form is not that of one. */
export function readBundle(bytes: Uint8Array): Bundle {
  const reader = new CanonicalReader(bytes);
  reader.take('{"checkpoint":');
  const checkpoint = reader.text("a checkpoint", MOST_NOTE_BYTES);
  reader.take(',"entries":');
  const start = startOfChain(reader);
  reader.take(',"origin":');
  const origin = reader.text("an origin", MOST_NOTE_BYTES);
  reader.take(',"others":');
  const others = listIn(reader, chainIn);
  reader.take(',"person":');
  const person = reader.ascii("a person's id", PERSON);
  reader.take(',"summary":');
  const summary = reader.json("a summary", MOST_SUMMARY_DEPTH);
  reader.take(',"valuationDate":');
  const valuationDate = reader.ascii("a day", DAY);
  reader.take(',"vkey":');
  const vkey = reader.text("a key", MOST_NOTE_BYTES);
  reader.take("}");
  reader.end();
  if (!isDay(valuationDate)) throw new Malformed(`${valuationDate} is no day`);
  return { checkpoint, ...start, origin, others, person, summary, valuationDate, vkey };
}

function listIn<T>(reader: CanonicalReader, one: (reader: CanonicalReader) => T): T[] {
  const found: T[] = [];
  reader.take("[");
  if (reader.takeIf("]")) return found;
  do found.push(one(reader));
  while (reader.takeIf(","));
  reader.take("]");
  return found;
}

/** Where the entries are; an entry holds no brace, so it ends with the next one. */
function entriesIn(reader: CanonicalReader): BundledEntries {
  const places = listIn(reader, () => {
    const { at } = reader;
    reader.take("{");
    reader.skipPast(CLOSING_BRACE, "an entry's end");
    return at;
  });
  const read = (at: number): BundledEntry => {
    reader.seek(places[at] ?? Number.NaN);
    return entryIn(reader);
  };
  return { count: places.length, read };
}

/** From the list of a chain's entries to its heads. */
function startOfChain(reader: CanonicalReader): Omit<BundledChain, "person"> {
  const entries = entriesIn(reader);
  reader.take(',"handle":');
  const handle = reader.ascii("a handle", HANDLE);
  reader.take(',"head":{"head":');
  const head = reader.fixed("a head", HASH_BYTES).slice();
  reader.take(',"n":');
  const n = reader.integer();
  reader.take('},"heads":{"leaf":');
  const leaf = reader.base64("a leaf", MOST_LEAF_BYTES).slice();
  reader.take(',"path":');
  const path = reader.hashes("a path's hash", MOST_HASHES).slice();
  reader.take(',"position":');
  const position = reader.integer();
  reader.take(',"proof":');
  const proof = reader.hashes("a proof's hash", MOST_HASHES).slice();
  reader.take("}");
  return { entries, handle, head: { head, n }, heads: { leaf, path, position, proof } };
}

function chainIn(reader: CanonicalReader): BundledChain {
  reader.take('{"entries":');
  const start = startOfChain(reader);
  reader.take(',"person":');
  const person = reader.ascii("a person's id", PERSON);
  reader.take("}");
  return { ...start, person };
}

function entryIn(reader: CanonicalReader): BundledEntry {
  reader.take("{");
  const body = reader.takeIf('"body":') ? reader.base64("a body", MOST_BODY_BYTES) : null;
  reader.take(body ? ',"index":' : '"index":');
  const index = reader.integer();
  reader.take(',"leaf":');
  const leaf = reader.base64("a leaf", MOST_LEAF_BYTES);
  reader.take(',"proof":');
  const proof = reader.hashes("a proof's hash", MOST_HASHES);
  if (!body) {
    reader.take("}");
    return { index, leaf, proof, opening: null };
  }
  reader.take(',"salt":');
  const salt = reader.fixed("a salt", SALT_BYTES);
  reader.take("}");
  return { index, leaf, proof, opening: { body, salt } };
}
