import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { handleInUrl } from "~/ledger/log/bundle";
import type { Finding, Tools } from "~/ledger/log/findings";
import { parseVkey, type VerifierKey } from "~/ledger/log/note";
import { type Verdict, verifyBundle } from "~/ledger/log/verify";

/** What a verification says while it runs, one thing after the other; the last is `ended` or `failed`. */
export type Said =
  | { kind: "read"; bytes: number; of: number | null }
  | { kind: "checked"; done: number; of: number }
  | { kind: "found"; finding: Finding }
  | { kind: "ended"; verdict: Verdict }
  /** Nothing is proven either way. */
  | { kind: "failed"; why: string };
export type Asked = { bundleUrl: string; vkeyUrl: string };

const SAY_EVERY = 1_000;

function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    // Bytes that are no key or no signature.
    return false;
  }
}

/** Hash and signatures where there is no Node: the same in every browser, old ones too. */
export const browserTools: Tools = { sha256, verifyEd25519 };

class Unfetched extends Error {}

async function fetchBytes(
  url: string,
  fetch_: typeof fetch,
  onPiece: (bytes: number, of: number | null) => void = () => {},
): Promise<Uint8Array> {
  const response = await fetch_(url).catch(() => null);
  if (!response?.ok || !response.body)
    throw new Unfetched(
      `${url} could not be fetched${response ? ` (status ${response.status})` : ""}. Try again in a minute.`,
    );
  // What is compressed on its way is larger than its stated length.
  const isPlain = !response.headers.has("content-encoding");
  const length = isPlain ? Number(response.headers.get("content-length")) || null : null;
  const pieces: Uint8Array[] = [];
  let filled = 0;
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    filled += piece.value.length;
    onPiece(filled, length);
  }
  const all = new Uint8Array(filled);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function keysAt(url: string, fetch_: typeof fetch): Promise<VerifierKey[]> {
  const text = new TextDecoder().decode(await fetchBytes(url, fetch_));
  const keys = text.split("\n").map((line) => parseVkey(sha256, line));
  const known = keys.filter((key) => key !== null);
  if (known.length === 0) throw new Unfetched(`${url} gives no key of a log.`);
  return known;
}

/**
 * Fetches a bundle and the key of the log from one site, and verifies the one with the other: that the site agrees with
 * itself. Says everything as it is found; never throws.
 */
export async function verifyAtSite(
  { bundleUrl, vkeyUrl }: Asked,
  say: (said: Said) => void,
  fetch_: typeof fetch = fetch,
): Promise<void> {
  try {
    const keys = await keysAt(vkeyUrl, fetch_);
    const bytes = await fetchBytes(bundleUrl, fetch_, (filled, of) =>
      say({ kind: "read", bytes: filled, of }),
    );
    const verdict = await verifyBundle(
      bytes,
      { keys, handle: handleInUrl(bundleUrl) },
      browserTools,
      (finding) => say({ kind: "found", finding }),
      (done, of) => {
        if (done % SAY_EVERY === 0 || done === of) say({ kind: "checked", done, of });
      },
    );
    say({ kind: "ended", verdict });
  } catch (error) {
    const why =
      error instanceof Unfetched
        ? error.message
        : `The verifier failed: ${(error as Error).message}. Use the command line.`;
    say({ kind: "failed", why });
  }
}
