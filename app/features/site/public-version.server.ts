/** What public pages stand on, told before any of them is made. */
import { sql } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { singleton } from "~/lib/singleton.server";

const MINUTE_MS = 60_000;

type Counts = { counts: string };
type Turns = { of: string; atMs: number[] };
type Asking = {
  running: Promise<unknown> | null;
  next: Promise<string> | null;
  turns: Turns | null;
};

const asking = (): Asking =>
  singleton("public-version", () => ({ running: null, next: null, turns: null }));

/**
 * Another text whenever anything may have changed that a public page shows: what `getPublicState` says, or a minute or a deadline
 * went by. Whoever holds a page that was made after the same text was told holds the page as it is now.
 */
export async function getPublicVersion(now: Date): Promise<string> {
  const counts = await getPublicState();
  const minuteMs = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const atMs = await turnsOf(`${counts} ${minuteMs}`, minuteMs);
  const passed = atMs.filter((ms) => ms <= now.getTime()).length;
  const before = atMs.filter((ms) => ms < now.getTime()).length;
  return `${counts} ${minuteMs} ${passed} ${before}`;
}

/**
 * Another text whenever anything was written that a public page may show: a tree was signed; an entry was posted (each is in the
 * log or in its queue, so both together tell); another table was written, as its trigger counts. All that was committed by the
 * time of the call is in it. One statement runs at a time, and whoever comes meanwhile shares the next: what they wait for may have
 * been committed after this one began.
 */
export function getPublicState(): Promise<string> {
  const state = asking();
  if (state.next) return state.next;
  const begin = () => {
    state.next = null;
    const counts = readCounts();
    const running = counts
      .catch(() => {})
      .then(() => {
        if (state.running === running) state.running = null;
      });
    state.running = running;
    return counts;
  };
  if (!state.running) return begin();
  state.next = state.running.then(begin);
  return state.next;
}

async function readCounts(): Promise<string> {
  const [row] = await getDb().execute<Counts>(sql`
    SELECT concat_ws(' ', (SELECT max(size) FROM log_checkpoints), (SELECT size FROM log_state), (SELECT count(*) FROM log_queue),
      (SELECT sum(n) FROM public_changes)) AS counts`);
  return row?.counts ?? "";
}

/** The instants of a minute at which something that is open ends, or begins: pages say which it is. */
async function turnsOf(of: string, minuteMs: number): Promise<number[]> {
  const state = asking();
  if (state.turns?.of === of) return state.turns.atMs;
  const [from, to] = [minuteMs, minuteMs + MINUTE_MS].map((ms) => new Date(ms).toISOString());
  const within = (column: string) =>
    sql`${sql.raw(column)} >= ${from}::timestamptz AND ${sql.raw(column)} < ${to}::timestamptz`;
  const rows = await getDb().execute<{ at: string }>(sql`
    SELECT (extract(epoch FROM at) * 1000)::bigint::text AS at FROM (
      SELECT opens_at AS at FROM cohorts WHERE ${within("opens_at")} UNION ALL SELECT closes_at FROM cohorts WHERE ${within("closes_at")}
      UNION ALL SELECT decisions_by FROM cohorts WHERE ${within("decisions_by")} UNION ALL SELECT starts_at FROM cohorts WHERE ${within("starts_at")}
      UNION ALL SELECT ends_at FROM cohorts WHERE ${within("ends_at")}
      UNION ALL SELECT due_at FROM gains WHERE ${within("due_at")} UNION ALL SELECT apply_by FROM referrals WHERE ${within("apply_by")}
      UNION ALL SELECT invest_by FROM referrals WHERE ${within("invest_by")}) AS turns`);
  const atMs = rows.map((row) => Number(row.at));
  state.turns = { of, atMs };
  return atMs;
}
