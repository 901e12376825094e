import { canonicalJson, type Json } from "~/ledger/canonical";
import { sha256, verifyEd25519 } from "~/ledger/log/crypto.server";
import type { Finding, Tools } from "~/ledger/log/findings";
import { parseVkey, type VerifierKey } from "~/ledger/log/note";
import { type Verdict, verifyBundle } from "~/ledger/log/verify";
import { makeKey, TestLog } from "./log-world";
import { PEOPLE, type Pen, richBook, VALUED } from "./rich-book";

export const tools: Tools = { sha256, verifyEd25519 };
const utf8 = new TextEncoder();

/** The keys that these vkeys are. */
export const keysOf = (...vkeys: string[]): VerifierKey[] =>
  vkeys.map((vkey) => {
    const key = parseVkey(sha256, vkey);
    if (!key) throw new Error(`no key: ${vkey}`);
    return key;
  });

/** The rich book in a signed log. */
export function richLog(pen: Pen = richBook(), key = makeKey()): TestLog {
  return new TestLog(key).fill(pen);
}

/** Ann's bundle with her company's chain. */
export const annsParts = (log: TestLog) => log.partsOf(PEOPLE.ann, VALUED, [PEOPLE["ann-ltd"]]);

export type Outcome = { verdict: Verdict; findings: Finding[]; lies: string[] };

/** What the verifier says of a text, trusting the test log's key. */
export async function judge(
  text: string | Uint8Array,
  trust: {
    vkeys?: string[];
    earlier?: string;
    fetchTile?: (path: string) => Promise<Uint8Array | null>;
  } = {},
): Promise<Outcome> {
  const findings: Finding[] = [];
  const verdict = await verifyBundle(
    typeof text === "string" ? utf8.encode(text) : text,
    {
      keys: keysOf(...(trust.vkeys ?? [makeKey().vkey])),
      ...(trust.earlier === undefined ? {} : { earlier: utf8.encode(trust.earlier) }),
      ...(trust.fetchTile ? { fetchTile: trust.fetchTile } : {}),
    },
    tools,
    (finding) => findings.push(finding),
  );
  const lies = findings.filter(({ kind }) => kind === "lie").map((one) => one.text);
  return { verdict, findings, lies };
}

/** A bundle as JSON that can be changed at will. */
// biome-ignore lint/suspicious/noExplicitAny: liars change whatever they like
export type Forgery = any;

/** The bundle's text after a change, in canonical JSON again; of the bundle that the change answers, where it answers one. */
export function forged(text: string, change: (bundle: Forgery) => unknown): string {
  const bundle = JSON.parse(text) as Forgery;
  const other = change(bundle) as Forgery;
  const isWhole = typeof other === "object" && other !== null && "checkpoint" in other;
  return canonicalJson(isWhole ? other : bundle);
}

/** Base64 with one bit of its bytes turned. */
export function flipped(base64: string, bit = 0): string {
  const bytes = Buffer.from(base64, "base64");
  const at = (bit >> 3) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString("base64");
}

/** Base64 of the same bytes with a spare bit set; null where it has none. */
export function loosened(base64: string): string | null {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const last = base64.replace(/=+$/, "").length - 1;
  if (last === base64.length - 1) return null;
  const next = alphabet[alphabet.indexOf(base64[last] as string) + 1] as string;
  return base64.slice(0, last) + next + base64.slice(last + 1);
}

/** Every value of a JSON value that holds no others, with the way to it. */
export function leavesOf(
  value: Json,
  path: (string | number)[] = [],
): [(string | number)[], Json][] {
  if (Array.isArray(value)) return value.flatMap((one, i) => leavesOf(one, [...path, i]));
  if (value === null || typeof value !== "object") return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

/** Puts a value at the end of a way. */
export function setAt(root: Forgery, path: readonly (string | number)[], value: unknown): void {
  const parent = path.slice(0, -1).reduce((at, key) => at[key], root);
  parent[path.at(-1) as string | number] = value;
}
