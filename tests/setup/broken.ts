import { sql } from "drizzle-orm";
import postgres from "postgres";
import { getDb, rawClient, type Tx } from "#db/client.server";

/** Where a transaction is broken: the server ends its connection before that statement (from 1), or before its COMMIT. */
export type Break = { before: number } | "before commit" | "after commit";
/** What became of it: the statements that were asked, and whether it was broken at all. */
export type Broken<T> = { asked: number; broken: boolean; answer: T | null };

type Statement = ReturnType<ReturnType<typeof rawClient>["unsafe"]>;

/** A statement that is sent when somebody waits for it, as the driver's own are. */
function later(send: (values: boolean) => Promise<unknown>): Statement {
  let sent: Promise<unknown> | undefined;
  const one = () => {
    sent ??= send(false);
    return sent;
  };
  return {
    // biome-ignore lint/suspicious/noThenProperty: the driver's statements are thenables.
    then: (done?: (value: unknown) => unknown, failed?: (error: unknown) => unknown) =>
      one().then(done, failed),
    catch: (failed: (error: unknown) => unknown) => one().catch(failed),
    finally: (done: () => void) => one().finally(done),
    values: () => send(true),
  } as unknown as Statement;
}

/** Ends, as the owner, the server's side of the connection that a transaction runs on; answers when it is gone. */
async function endConnection(owner: postgres.Sql, unsafe: (text: string) => Statement) {
  const [row] = (await unsafe("SELECT pg_backend_pid() AS pid")) as unknown as { pid: number }[];
  await owner`SELECT pg_terminate_backend(${row?.pid ?? 0}, 5000)`;
}

/**
 * Runs `act` with the pool's transactions broken at one point, counted over all of them. "after commit": what was done is
 * in the database, but nobody is told.
 */
export async function withBreak<T>(
  ownerUrl: string,
  at: Break,
  act: () => Promise<T>,
): Promise<Broken<T>> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const db = getDb();
  const transaction = db.transaction;
  const state = { asked: 0, broken: false };
  const breakNow = async (unsafe: (text: string) => Statement) => {
    state.broken = true;
    await endConnection(owner, unsafe);
  };
  const watch = (tx: Tx) => {
    const client = rawClient(tx);
    const unsafe = client.unsafe.bind(client);
    client.unsafe = ((...args: Parameters<typeof unsafe>) =>
      later(async (values) => {
        state.asked += 1;
        if (typeof at === "object" && state.asked === at.before && !state.broken)
          await breakNow(unsafe);
        return values ? unsafe(...args).values() : unsafe(...args);
      })) as typeof unsafe;
    return unsafe;
  };
  db.transaction = (async (fn: (tx: Tx) => Promise<unknown>, config?: object) => {
    const answer = await transaction.call(
      db,
      async (tx) => {
        const unsafe = watch(tx);
        const result = await fn(tx);
        if (at === "before commit" && !state.broken) await breakNow(unsafe);
        return result;
      },
      config,
    );
    if (at === "after commit" && !state.broken) {
      state.broken = true;
      throw new Error("the answer was lost");
    }
    return answer;
  }) as typeof transaction;
  try {
    const answer = await act().catch(() => null);
    return { ...state, answer };
  } finally {
    db.transaction = transaction;
    await owner.end();
  }
}

/** How many rows each table has, and a hash of all that is in them. */
export async function everything(): Promise<Map<string, { rows: number; hash: string }>> {
  const tables = await getDb().execute<{ name: string }>(sql`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss') ORDER BY 1`);
  const all = tables.map(
    ({ name }) =>
      sql`SELECT ${name} AS name, count(*)::int AS rows, COALESCE(md5(string_agg(t::text, E'\n' ORDER BY t::text)), '') AS hash FROM ${sql.raw(name)} t`,
  );
  const rows = await getDb().execute<{ name: string; rows: number; hash: string }>(
    sql.join(all, sql` UNION ALL `),
  );
  return new Map(rows.map(({ name, ...rest }) => [name, rest]));
}
