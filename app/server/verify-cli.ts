import { parseArgs } from "node:util";
import { handleInUrl } from "~/ledger/log/bundle";
import { sha256, verifyEd25519 } from "~/ledger/log/crypto.server";
import type { Finding, Trust } from "~/ledger/log/findings";
import { formatVkey, parseVkey, type VerifierKey } from "~/ledger/log/note";
import { type Verdict, verifyBundle } from "~/ledger/log/verify";
import { PlainError } from "~/lib/plain-error";
import { explainFailure } from "./command";
import { bundleUrl, fetchIfThere, isUrl, logUrl, readSource } from "./verify/fetch-bytes";

const EXIT: Record<Verdict, number> = { true: 0, lie: 1, incomplete: 2 };
const NOTHING_PROVEN = 2;
const SHOW_EVERY = 10_000;

const WORDS: Record<Finding["kind"], string> = {
  recomputed: "recomputed",
  stated: "stated by the operator",
  lie: "LIE",
  incomplete: "incomplete",
  limit: "not shown",
};

type Asked = { source: string; vkeys: string[]; since: string | undefined };

const say = (line: string): void => {
  // What others wrote must not steer the reader's terminal.
  process.stdout.write(`${line.replaceAll(/\p{Cc}/gu, "?")}\n`);
};
const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function asked(args: string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { vkey: { type: "string", multiple: true }, since: { type: "string" } },
    });
    const [source, ...more] = positionals;
    if (source === undefined || more.length > 0) throw new Error("Name one bundle: FILE or URL.");
    return { source: bundleUrl(source), vkeys: values.vkey ?? [], since: values.since };
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\nnpm run verify -- --help says more.`);
  }
}

function keyOf(text: string, from: string): VerifierKey {
  const key = parseVkey(sha256, text);
  if (!key)
    throw new PlainError(
      `${from} is no key of a log: it must be a line such as belay.example/log+1a2b3c4d+AQ…, and its eight digits must fit.`,
    );
  return key;
}

/** The keys that are trusted, never the bundle's own; tells whose they are. */
async function trustedKeys({ source, vkeys }: Asked): Promise<VerifierKey[]> {
  const [given] = vkeys;
  if (given !== undefined) {
    const keys = vkeys.map((vkey) => keyOf(vkey, "--vkey"));
    for (const key of keys) say(`trusted: the key that you gave, ${formatVkey(key)}`);
    return keys;
  }
  if (!isUrl(source))
    throw new PlainError(
      "A file does not say whose key to trust. Give the log's key with --vkey KEY: it stands at /log/vkey of the site that the file is from, and better still elsewhere too.",
    );
  const url = logUrl("vkey", source);
  const bytes = await fetchIfThere(url);
  const lines = new TextDecoder().decode(bytes ?? new Uint8Array()).split("\n");
  const keys = lines.filter((line) => line !== "").map((line) => keyOf(line, url));
  if (keys.length === 0) throw new PlainError(`${url} gives no key. Give one with --vkey KEY.`);
  for (const key of keys) say(`trusted: the key that ${url} gives, ${formatVkey(key)}`);
  say(
    "not shown: whether others get the same: record and key are from one server. Compare the key with one from elsewhere and give it with --vkey",
  );
  return keys;
}

const tilesOf = (source: string) => (path: string) => fetchIfThere(logUrl(path, source));

function showProgress(done: number, of: number): void {
  if (done % SHOW_EVERY === 0) note(`… ${done} of ${of} entries`);
}

async function verify(given: Asked): Promise<number> {
  const keys = await trustedKeys(given);
  note(`Reading ${given.source}`);
  const bytes = await readSource(given.source);
  const trust: Trust = {
    keys,
    handle: handleInUrl(given.source),
    ...(given.since === undefined ? {} : { earlier: await readSource(given.since) }),
    ...(isUrl(given.source) ? { fetchTile: tilesOf(given.source) } : {}),
  };
  note(`Verifying ${bytes.length} bytes`);
  const tell = ({ kind, text }: Finding): void => say(`${WORDS[kind]}: ${text}`);
  const verdict = await verifyBundle(bytes, trust, { sha256, verifyEd25519 }, tell, showProgress);
  if (verdict === "true") say("true: nothing is left out, and every number is what the log gives");
  return EXIT[verdict];
}

/** The command line of the verifier. Answers the exit code: 0 true, 1 a lie, 2 nothing proven either way. */
export async function main(args: string[]): Promise<number> {
  // Whoever reads has gone (as `head` does): nothing more can be said, so nothing is proven.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? NOTHING_PROVEN : 1);
  });
  try {
    return await verify(asked(args));
  } catch (error) {
    note(`${explainFailure(error)}\nNothing is proven, neither true nor false.`);
    return NOTHING_PROVEN;
  }
}
