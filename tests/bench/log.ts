import { sql } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { getPublished } from "~/ledger/log/published.server";
import { getConsistencyProof, listInclusionProofs, TileCache } from "~/ledger/log/tree.server";
import { afterwards, type Bench, type Comparison, median } from "./harness";
import { growTo, type Log, nextEntries, order, sizeOf, withLog } from "./log-growth";
import { postAll } from "./paying";
import type { Report } from "./sequencer-child";

const SMALL = 10_000;
const LARGE = 100_000;
const FULL = 1_000_000;
/** Entries of one measurement: two batches of the sequencer. */
const WINDOW = 2_048;
const WINDOWS = 8;
/** How many entries of one are public: where time is measured, and on the way there (each costs many times a private one). */
const MEASURED = 2;
const IN_BETWEEN = 20;

type Compare = (comparison: Comparison) => Promise<void>;

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

type Stage = { us: number[]; heap: number[]; rss: number[]; reading: Reading };

async function measureAt(log: Log, size: number): Promise<Stage> {
  await growTo(log, size, IN_BETWEEN);
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

/** The public log: what a leaf costs as it grows. */
export const logBench: Bench = {
  about: `the public log at ${LARGE.toLocaleString("en-US")} leaves (--full: ${FULL.toLocaleString("en-US")}) beside ${SMALL.toLocaleString("en-US")}: time a leaf, memory, proofs`,
  run: (compare, { full }) => {
    const large = full ? FULL : LARGE;
    return withLog(large, async (log) => {
      const small = await measureAt(log, SMALL);
      const big = await measureAt(log, large);
      await compareSizes({ small, big, large }, compare);
    });
  },
};
