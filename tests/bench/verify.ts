import { readBundle } from "~/ledger/log/bundle";
import { bundleText } from "~/ledger/log/bundle-of";
import { parseCheckpoint } from "~/ledger/log/checkpoint";
import { sha256, verifyEd25519 } from "~/ledger/log/crypto.server";
import { commitmentOf, nextHead, noHead } from "~/ledger/log/leaf";
import { leafHash, rootFromInclusion } from "~/ledger/log/merkle";
import { parseNote, parseVkey } from "~/ledger/log/note";

import { HASH_BYTES, type Sha256, sameBytes } from "~/ledger/log/sha256";
import { verifyBundle } from "~/ledger/log/verify";
import { TestLog } from "../setup/log-world";
import { idOf, Pen } from "../setup/rich-book";
import type { Bench } from "./harness";

const ENTRIES = 100_000;
const POSITIONS = 300;
const TEACHER = idOf(1);
const VALUED = "2026-12-31";
const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.parse("2016-01-01");

/** The day of an entry: ten years for all of them. */
const dayOf = (entry: number): string =>
  new Date(FIRST_DAY_MS + Math.floor((entry / ENTRIES) * 3_600) * DAY_MS)
    .toISOString()
    .slice(0, 10);

const ids = (position: number) => ({
  token: idOf(10_000 + position),
  owner: idOf(20_000 + position),
  lot: idOf(30_000 + position),
  stake: idOf(40_000 + position),
  scout: idOf(50_000 + (position % 10)),
});

function invest(pen: Pen, position: number): void {
  const { token, owner, lot, stake, scout } = ids(position);
  const none = { capCents: null, sunset: null, lockedUntil: null };
  const cents = String(1_000_000 + position * 1_000);
  pen.write(
    "investment",
    dayOf(pen.bodies.length),
    idOf(60_000 + position),
    {
      ...{ token, tokenHandle: `student-${position}`, cohort: `cohort-${position % 12}` },
      parts: [
        { investor: TEACHER, paidCents: cents, shares: "100000", stake: "5000", apart: false },
      ],
      lots: [
        { lot, holder: TEACHER, shares: "95000", costCents: cents, ...none, finder: false },
        { lot: stake, holder: scout, shares: "5000", costCents: "0", ...none, finder: true },
      ],
    },
    {
      postings: [
        {
          amount: cents,
          asset: "USD",
          from: `escrow/${idOf(70_000 + position)}`,
          to: `cash/${owner}`,
        },
      ],
    },
  );
}

/** A gain, its evidence and its payment, and at times a price. */
function gain(pen: Pen, number: number): void {
  const { token, owner, lot, stake, scout } = ids(number % POSITIONS);
  const about = idOf(1_000_000 + number);
  const day = dayOf(pen.bodies.length);
  const parts = [
    { lot, holder: TEACHER, cents: String(100 + (number % 977)) },
    { lot: stake, holder: scout, cents: "5" },
  ];
  const sums = { basisCents: "0", costsCents: "0", lossCents: "0", distributableCents: "10500" };
  const at = {
    recordInstant: `${day}T00:00:00.000Z`,
    proceedsCents: "10500",
    grade: "documented",
  } as const;
  const { people } = pen.write("gain", day, about, { token, ...at, ...sums, parts });
  pen.write("evidence", day, about, { grade: "counterparty" }, { people });
  const paid = parts.map(({ holder, cents }) => ({
    ...{ amount: cents, asset: "USD", from: `cash/${owner}`, to: `cash/${holder}` },
  }));
  pen.write("distribution", day, about, { token, parts }, { postings: paid });
  if (number % 10 !== 0) return;
  const price = { priceCents: "2000000", shares: "100000", class: "price" } as const;
  const mark = { ...price, date: day, event: about, counts: [TEACHER] };
  pen.write("mark", day, token, mark, { people: [scout, owner] });
}

/** A teacher of a hundred thousand entries, in a log with as many of others. */
async function makeBundle(): Promise<{ bytes: Uint8Array; vkey: string }> {
  const pen = new Pen();
  pen.write("person_opened", dayOf(0), TEACHER, { handle: "teacher" });
  for (let position = 0; position < POSITIONS; position++) invest(pen, position);
  for (let number = 0; pen.bodies.length < ENTRIES; number++) gain(pen, number);
  const log = new TestLog();
  const { id, ...kept } = new Pen().keep(dayOf(0));
  pen.bodies.slice(0, ENTRIES).forEach((body, i) => {
    log.append(body);
    log.append({ ...kept, id: idOf(2_000_000 + i) });
  });
  const parts = log.sign().partsOf(TEACHER, VALUED);
  let text = "";
  for await (const chunk of bundleText(parts)) text += chunk;
  return { bytes: new TextEncoder().encode(text), vkey: log.key.vkey };
}

async function secondsOf(work: () => unknown): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

/** How many of the inputs are kept to be hashed again and again: all of them would fill the memory. */
const MOST_INPUTS = 200_000;

type Calls = { inputs: Uint8Array[]; count: number };

/** The inputs of the SHA-256 calls that `work` makes, and how many calls there are. */
async function callsOf(work: (hash: Sha256) => unknown): Promise<Calls> {
  const calls: Calls = { inputs: [], count: 0 };
  await work((data) => {
    calls.count += 1;
    if (calls.inputs.length < MOST_INPUTS) calls.inputs.push(data.slice());
    return sha256(data);
  });
  return calls;
}

function hashAgain({ inputs, count }: Calls): void {
  for (let done = 0; done < count; done += inputs.length) {
    const round = Math.min(inputs.length, count - done);
    for (let i = 0; i < round; i++) sha256(inputs[i] as Uint8Array);
  }
}

/** Every leaf, commitment and link, and every node that its proof asks for: each proof checked by itself. */
function hashByItself(bytes: Uint8Array, hash: Sha256): void {
  const bundle = readBundle(bytes);
  const checkpoint = parseCheckpoint(parseNote(bundle.checkpoint)?.text ?? "");
  if (!checkpoint) throw new Error("an honest bundle has a checkpoint");
  let head = noHead();
  for (let i = 0; i < bundle.entries.count; i++) {
    const { index, leaf, proof, opening } = bundle.entries.read(i);
    if (!opening) throw new Error("nothing is withheld");
    head = nextHead(hash, head, commitmentOf(hash, opening.salt, opening.body));
    const hashes = Array.from({ length: proof.length / HASH_BYTES }, (_, at) =>
      proof.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    );
    const root = rootFromInclusion(hash, leafHash(hash, leaf), index, checkpoint.size, hashes);
    if (!root || !sameBytes(root, checkpoint.root)) throw new Error("an honest proof is good");
  }
}

/** Seconds to verify a whole bundle from its bytes, against the seconds of the SHA-256 calls alone. */
export const verifyBench: Bench = {
  about: "a bundle of 100,000 entries, against the SHA-256 calls of its proofs alone (seconds)",
  async run(compare) {
    const { bytes, vkey } = await makeBundle();
    const key = parseVkey(sha256, vkey);
    if (!key) throw new Error("the log has no key");
    const verify = async (hash: Sha256): Promise<void> => {
      const tools = { sha256: hash, verifyEd25519 };
      const verdict = await verifyBundle(bytes, { keys: [key] }, tools, () => {});
      if (verdict !== "true") throw new Error("an honest bundle was refused");
    };
    const byItself = await callsOf((hash) => hashByItself(bytes, hash));
    await compare({
      name: `verify a bundle of ${ENTRIES} entries, against the SHA-256 calls of its proofs, each by itself`,
      ours: () => secondsOf(() => verify(sha256)),
      theirs: () => secondsOf(() => hashAgain(byItself)),
      target: { text: "at most 4 times", met: (ratio) => ratio <= 4 },
    });
    const made = await callsOf(verify);
    const [ours, theirs] = [
      await secondsOf(() => verify(sha256)),
      await secondsOf(() => hashAgain(made)),
    ];
    process.stderr.write(
      `  ${Math.round(bytes.length / 1e6)} MB; ${byItself.count} calls by itself; what neighbours share is hashed once: ${made.count} calls, of whose time it takes ${(ours / theirs).toFixed(1)} times\n`,
    );
  },
};
