import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { getDb, inTransaction } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { getPublished } from "~/ledger/log/published.server";
import { getConsistencyProof, listInclusionProofs, TileCache } from "~/ledger/log/tree.server";
import { MOST_ENTRIES, post } from "~/ledger/post.server";
import { giveCash, makeBarePerson, START } from "../setup/book";
import { logSettings } from "../setup/log-place";
import { childEnv } from "./child-env";
import { withBenchDatabase } from "./database";
import { type Bench, type Comparison, median, ratePerSecond } from "./harness";
import { makeTeacher, payment, postAll, type Teacher } from "./paying";
import type { Order, Report } from "./sequencer-child";

const SMALL = 10_000;
const LARGE = 100_000;
const FULL = 1_000_000;
/** Entries of one measurement: two batches of the sequencer. */
const WINDOW = 2_048;
const WINDOWS = 8;
/** How many entries of one are public: where time is measured, and on the way there. */
const MEASURED = 2;
const IN_BETWEEN = 10;
const WORKERS = 20;
const TRANSFERS = 4_000;
const CENTS = 1_000_000_000n;

type Compare = (comparison: Comparison) => Promise<void>;
type Log = { child: ChildProcess; teacher: Teacher; people: string[]; posted: number };

/** Sends the child an order and waits for its answer. */
function order(child: ChildProcess, what: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the sequencer ended with ${code}`)));
    child.once("message", (answer) => {
      child.removeAllListeners("exit");
      resolve(answer as Report);
    });
    child.send(what);
  });
}

async function startChild(stateDir: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./sequencer-child.ts", import.meta.url)), {
    execArgv: ["--expose-gc", "--import", "tsx"],
    env: childEnv({ NODE_ENV: "test", ...logSettings(), LOG_STATE_DIR: stateDir }),
  });
  await new Promise((ready) => child.once("message", ready));
  return child;
}

/** One entry of one posting that its parties alone can open. */
function transfer({ people, teacher }: Log, index: number): entries.EntryInput {
  const key = `bench:${randomUUID()}`;
  const cash = (nth: number) => ({
    purpose: "cash" as const,
    owner: people[nth % people.length] ?? "",
  });
  return {
    kind: "offer_refunded",
    recordedAt: START,
    actorId: null,
    idempotencyKey: key,
    input: { key },
    about: { type: "offer", id: teacher.paying[index % teacher.paying.length]?.offer.id ?? "" },
    data: { cause: "lapsed" },
    postings: [
      { from: cash(index), to: cash(index + 1 + (index % 7)), asset: entries.USD, amount: 1n },
    ],
  };
}

/** One in so many entries is public, in two chains, one of which all of them are in. */
function nextEntries(log: Log, count: number, oneIn: number): entries.EntryInput[] {
  return Array.from({ length: count }, () => {
    const n = log.posted++;
    const paying = log.teacher.paying[n % log.teacher.paying.length];
    return n % oneIn === 0 && paying
      ? payment(log.teacher, paying, Math.floor(n / 3_000))
      : transfer(log, n);
  });
}

const sizeOf = async (): Promise<number> => (await getPublished(getDb()))?.size ?? 0;

async function growTo(log: Log, size: number): Promise<void> {
  const started = Date.now();
  for (let now = await sizeOf(); now < size; now = await sizeOf()) {
    await postAll(nextEntries(log, Math.min(MOST_ENTRIES, size - now), IN_BETWEEN));
    const { rssMb, heapMb } = await order(log.child, "drain");
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    process.stderr.write(
      `\r  ${(await sizeOf()).toLocaleString("en-US")} leaves of ${size.toLocaleString("en-US")}, ${seconds} s; the sequencer has ${rssMb.toFixed(0)} MB, ${heapMb.toFixed(0)} MB of it heap   `,
    );
  }
  process.stderr.write("\n");
}

/** Microseconds a leaf, and what the sequencer's process holds after it. */
async function measureWindow(log: Log): Promise<{ us: number; report: Report }> {
  await postAll(nextEntries(log, WINDOW, MEASURED));
  const report = await order(log.child, "drain");
  if (report.taken !== WINDOW) throw new Error(`took ${report.taken} of ${WINDOW}`);
  return { us: (report.ms * 1000) / WINDOW, report };
}

type Reading = { checkpoint: number; inclusion: number; consistency: number };

/** Milliseconds to read the checkpoint, to prove an entry's place, and that an earlier tree is the beginning. */
async function measureReading(): Promise<Reading> {
  const db = getDb();
  const size = await sizeOf();
  const earlier = await db.execute<{ size: string }>(
    sql`SELECT c.size::text FROM log_checkpoints c ORDER BY random() LIMIT 20`,
  );
  const each = async (times: number, once: (n: number) => Promise<unknown>) => {
    const figures: number[] = [];
    for (let n = 0; n < times; n++) {
      const started = process.hrtime.bigint();
      await once(n);
      figures.push(Number(process.hrtime.bigint() - started) / 1e6);
    }
    return median(figures);
  };
  return {
    checkpoint: await each(51, () => getPublished(db)),
    inclusion: await each(51, (n) =>
      listInclusionProofs(new TileCache(db), [Math.floor((n * size) / 51)], size),
    ),
    consistency: await each(earlier.length - 1 + (earlier.length % 2), (n) =>
      getConsistencyProof(db, Number(earlier[n]?.size), size),
    ),
  };
}

/** A comparison of figures that were measured one after the other: the small log's first, then the large one's. */
const afterwards = (
  name: string,
  target: Comparison["target"],
  { ours, theirs }: { ours: number[]; theirs: number[] },
): Comparison => {
  const taker = (figures: readonly number[]) => {
    let n = 0;
    return async () => figures[n++ % figures.length] ?? Number.NaN;
  };
  return { name, target, ours: taker(ours), theirs: taker(theirs) };
};

type Stage = { us: number[]; heap: number[]; rss: number[]; reading: Reading };

async function measureAt(log: Log, size: number): Promise<Stage> {
  await growTo(log, size);
  const windows = [];
  for (let n = 0; n < WINDOWS; n++) windows.push(await measureWindow(log));
  return {
    us: windows.map(({ us }) => us),
    heap: windows.map(({ report }) => report.heapMb),
    rss: windows.map(({ report }) => report.rssMb),
    reading: await measureReading(),
  };
}

async function compareSizes(
  { small, big, large }: { small: Stage; big: Stage; large: number },
  compare: Compare,
): Promise<void> {
  const sizes = `${large.toLocaleString("en-US")} leaves to ${SMALL.toLocaleString("en-US")}`;
  const flat = { text: "at most 1.25 times", met: (ratio: number) => ratio <= 1.25 };
  const pair = (of: "us" | "heap" | "rss") => ({ ours: big[of], theirs: small[of] });
  await compare(afterwards(`log, microseconds a leaf to sequence, ${sizes}`, flat, pair("us")));
  await compare(afterwards(`log, megabytes of the sequencer's heap, ${sizes}`, flat, pair("heap")));
  await compare(
    afterwards(`log, megabytes of the sequencer's process, ${sizes}`, flat, pair("rss")),
  );
  for (const of of ["checkpoint", "inclusion", "consistency"] as const) {
    const names = {
      checkpoint: "checkpoint",
      inclusion: "inclusion proof",
      consistency: "consistency proof",
    };
    await compare(
      afterwards(
        `log, milliseconds to read a ${names[of]}, ${sizes}`,
        { text: "at most 2 times, or 5 ms", met: (ratio) => ratio <= 2 || big.reading[of] <= 5 },
        { ours: [big.reading[of]], theirs: [small.reading[of]] },
      ),
    );
  }
}

const waiting = async (): Promise<number> => {
  const [row] = await getDb().execute<{ n: string }>(
    sql`SELECT count(*)::text AS n FROM log_queue`,
  );
  return Number(row?.n ?? 0);
};

/** Entries a second that are posted one by one, and how many seconds the sequencer was behind at most. */
async function postingRate(log: Log): Promise<{ rate: number; behindS: number }> {
  let [most, going] = [0, true];
  const watch = (async () => {
    while (going) {
      most = Math.max(most, await waiting());
      await new Promise((go) => setTimeout(go, 100));
    }
  })();
  const rate = await ratePerSecond(TRANSFERS, WORKERS, async (index) => {
    const posted = await inTransaction((tx) => post(tx, transfer(log, index * 11)));
    if (!posted.ok) throw new Error(posted.error);
  });
  going = false;
  await watch;
  return { rate, behindS: most / rate };
}

async function comparePosting(log: Log, compare: Compare): Promise<void> {
  const behind: number[] = [];
  await compare({
    name: "post while the sequencer runs to post alone, entries a second",
    ours: async () => {
      await order(log.child, "loop");
      const { rate, behindS } = await postingRate(log);
      await order(log.child, "stop");
      behind.push(behindS);
      await order(log.child, "drain");
      return rate;
    },
    theirs: async () => {
      const { rate } = await postingRate(log);
      await order(log.child, "drain");
      return rate;
    },
    target: { text: "a ratio of 0.9", met: (ratio) => ratio >= 0.9 },
  });
  const worst = Math.max(...behind);
  await compare(
    afterwards(
      "log, seconds that the sequencer was behind at most, to 2",
      { text: "at most 2 seconds", met: (ratio) => ratio <= 1 },
      { ours: [worst], theirs: [2] },
    ),
  );
}

/** The public log: what a leaf costs as it grows, and what it costs those who post. */
export const logBench: Bench = {
  about: `the public log at ${LARGE.toLocaleString("en-US")} leaves (--full: ${FULL.toLocaleString("en-US")}) beside ${SMALL.toLocaleString("en-US")}: time a leaf, memory, proofs; posting while it runs`,
  run: (compare, { full }) =>
    withBenchDatabase(async () => {
      const stateDir = mkdtempSync(join(tmpdir(), "belay-bench-log-"));
      const people = await Promise.all(Array.from({ length: 50 }, () => makeBarePerson()));
      for (const person of people) await giveCash(person, CENTS);
      const large = full ? FULL : LARGE;
      const teacher = await makeTeacher(large, { posted: 0 });
      const log: Log = { child: await startChild(stateDir), teacher, people, posted: 0 };
      try {
        await order(log.child, "drain");
        const small = await measureAt(log, SMALL);
        await comparePosting(log, compare);
        const big = await measureAt(log, large);
        await compareSizes({ small, big, large }, compare);
      } finally {
        log.child.kill();
        rmSync(stateDir, { recursive: true, force: true });
      }
    }),
};
