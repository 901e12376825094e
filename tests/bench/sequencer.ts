import { sql } from "drizzle-orm";
import { getDb, inTransaction } from "#db/client.server";
import { post } from "~/ledger/post.server";
import { afterwards, type Bench, type Comparison, ratePerSecond } from "./harness";
import { type Log, order, transfer, withLog } from "./log-growth";

const WORKERS = 20;
const TRANSFERS = 4_000;
/** The teacher's own history does not matter here. */
const PAYMENTS = 1_000;

type Compare = (comparison: Comparison) => Promise<void>;

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

/** What the public log costs those who post. */
export const sequencerBench: Bench = {
  about: "posting one entry at a time while the public log's sequencer runs beside posting alone",
  run: (compare) => withLog(PAYMENTS, (log) => comparePosting(log, compare)),
};
