import type { Sql, TransactionSql } from "postgres";

/**
 * What follows from the entries and postings alone, parents before children. Of accounts: their balances and versions, and
 * what waits for their owner.
 */
export const PROJECTIONS = [
  "accounts",
  "same_persons",
  "lots",
  "lot_movements",
  "lot_payments",
  "gain_parts",
  "reservations",
  "sales",
  "sold_lots",
  "token_gains",
  "marks",
  "mark_counts",
  "claims",
  "person_payments",
  "nothing_declared",
  "record_flows",
  "person_totals",
] as const;
type Projection = (typeof PROJECTIONS)[number];

/** What an account is, not what its postings made of it; and the instant, which entries that only hold it move as well. */
const GIVEN_WITH_ACCOUNTS = [
  ...["purpose", "owner_id", "asset", "floor", "ceiling", "last_recorded_at"],
];
const SHADOW = "ledger_rebuild";
const BATCH = 2_000;

/** A row that stands (`stored`) or should (`rebuilt`), as JSON; null where there is none of that key. */
export type Difference = { table: Projection; stored: string | null; rebuilt: string | null };

export type RebuildReport = {
  entries: number;
  /** How many rows of each projection differ, those without differences left out. */
  differing: { table: Projection; rows: number }[];
  first: Difference | null;
};

type RebuildOptions = {
  /** Replaces what differs by what was rebuilt; nothing can be posted meanwhile. */
  write?: boolean;
  onProgress?: (done: number, of: number) => void;
};

/**
 * Makes every projection anew from the entries and postings, in a schema of its own that never outlives the transaction,
 * by the same functions that post, and compares it with what stands, row by row. Without `write` nothing is locked or
 * changed, and all of it is seen as of one moment. `owner` must be the tables' owner's connection.
 */
export async function rebuildProjections(
  owner: Sql,
  options: RebuildOptions = {},
): Promise<RebuildReport> {
  const report: { value?: RebuildReport } = {};
  try {
    await owner.begin("ISOLATION LEVEL REPEATABLE READ", async (tx) => {
      if (options.write) await tx`LOCK TABLE journal_entries IN SHARE ROW EXCLUSIVE MODE`;
      await makeShadow(tx);
      const entries = await replay(tx, options.onProgress ?? (() => {}));
      await sumPostings(tx);
      report.value = { entries, ...(await compare(tx)) };
      if (options.write) {
        await replace(tx, report.value);
        // Pages that are kept may have been made of what was wrong.
        await tx`INSERT INTO public.public_changes DEFAULT VALUES`;
      } else throw new NothingKept();
      await tx.unsafe(`DROP SCHEMA ${SHADOW} CASCADE`);
    });
  } catch (error) {
    if (!(error instanceof NothingKept)) throw error;
  }
  if (!report.value) throw new Error("the rebuild came to no end");
  return report.value;
}

/** Rolls the shadow back. */
class NothingKept extends Error {}

/** Empty copies of the projections, and of the functions that write them, so that these write the copies. */
async function makeShadow(tx: TransactionSql): Promise<void> {
  await tx.unsafe(`SET LOCAL client_min_messages = warning; SET LOCAL check_function_bodies = off;
    SET LOCAL search_path = public; CREATE SCHEMA ${SHADOW}`);
  for (const table of PROJECTIONS)
    await tx.unsafe(
      `CREATE TABLE ${SHADOW}.${table} (LIKE public.${table} INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING IDENTITY)`,
    );
  const functions = await tx<{ definition: string }[]>`
    SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'ledger\\_%' AND p.prokind = 'f' AND p.prorettype <> 'trigger'::regtype
      AND l.lanname IN ('sql', 'plpgsql')`;
  await tx.unsafe(`SET LOCAL search_path = ${SHADOW}, public, pg_temp`);
  for (const { definition } of functions)
    await tx.unsafe(
      definition
        .replace("FUNCTION public.", `FUNCTION ${SHADOW}.`)
        .replace(/^ SET search_path TO .*$/m, ` SET search_path TO ${SHADOW}, public, pg_temp`),
    );
  await tx.unsafe(`
    INSERT INTO ${SHADOW}.accounts OVERRIDING SYSTEM VALUE SELECT * FROM public.accounts;
    UPDATE ${SHADOW}.accounts SET balance = balance - balance, version = version - version, waiting = 0`);
}

async function replay(
  tx: TransactionSql,
  onProgress: (done: number, of: number) => void,
): Promise<number> {
  const [all] = await tx`SELECT count(*)::int AS n FROM public.journal_entries`;
  const of = Number(all?.n ?? 0);
  let done = 0;
  for (let last = "0"; done < of; ) {
    const [batch] = await tx<{ n: number; last: string }[]>`
      SELECT count(*)::int AS n, max(id)::text AS last FROM (
        SELECT id, ledger_project(entry) FROM (
          SELECT j AS entry, j.id FROM public.journal_entries j WHERE j.id > ${last}::bigint ORDER BY j.id LIMIT ${BATCH}) x) y`;
    if (!batch?.n) break;
    done += batch.n;
    last = batch.last;
    onProgress(done, of);
  }
  return done;
}

/** Balances and versions from the postings; what waits for a person from the reservations. */
async function sumPostings(tx: TransactionSql): Promise<void> {
  await tx.unsafe(`
    UPDATE ${SHADOW}.accounts a SET balance = s.balance, version = s.version FROM (
      SELECT id, sum(amount) AS balance, count(*) AS version FROM (
        SELECT from_id AS id, -amount AS amount FROM public.postings UNION ALL SELECT to_id, amount FROM public.postings) l GROUP BY id) s
    WHERE s.id = a.id AND a.balance IS NOT NULL;
    UPDATE ${SHADOW}.accounts a SET waiting = w.shares FROM (
      SELECT person, token_id, sum(shares) AS shares FROM (
        SELECT holder_id AS person, token_id, shares FROM ${SHADOW}.reservations
        UNION ALL SELECT seller_id, token_id, shares FROM ${SHADOW}.reservations WHERE seller_id IS NOT NULL) r GROUP BY person, token_id) w
    WHERE a.purpose = 'shares' AND a.owner_id = w.person AND a.asset = 'TOKEN:' || w.token_id`);
}

async function columnsOf(tx: TransactionSql, table: Projection): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute WHERE attrelid = ${`public.${table}`}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`;
  const names = rows.map((row) => row.name);
  return table === "accounts" ? names.filter((name) => !GIVEN_WITH_ACCOUNTS.includes(name)) : names;
}

async function keyOf(tx: TransactionSql, table: Projection): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = ${`public.${table}`}::regclass AND i.indisprimary ORDER BY a.attnum`;
  return rows.map((row) => row.name);
}

async function compare(tx: TransactionSql): Promise<Omit<RebuildReport, "entries">> {
  const differing: RebuildReport["differing"] = [];
  let first: Difference | null = null;
  for (const table of PROJECTIONS) {
    const columns = (await columnsOf(tx, table)).join(", ");
    const key = await keyOf(tx, table);
    const same = key.map((name) => `a.${name} = b.${name}`).join(" AND ");
    const rows = await tx.unsafe<{ stored: string | null; rebuilt: string | null; n: number }[]>(`
      SELECT to_jsonb(a)::text AS stored, to_jsonb(b)::text AS rebuilt, (count(*) OVER ())::int AS n
      FROM (SELECT ${columns} FROM public.${table}) a FULL JOIN (SELECT ${columns} FROM ${SHADOW}.${table}) b ON ${same}
      WHERE to_jsonb(a) IS DISTINCT FROM to_jsonb(b)
      ORDER BY ${key.map((name) => `COALESCE(a.${name}, b.${name})`).join(", ")} LIMIT 1`);
    const [row] = rows;
    if (!row) continue;
    differing.push({ table, rows: row.n });
    first ??= { table, stored: row.stored, rebuilt: row.rebuilt };
  }
  return { differing, first };
}

/** Brings what differs to what was rebuilt: rows put in or changed parents first, rows taken out children first. */
async function replace(tx: TransactionSql, { differing }: RebuildReport): Promise<void> {
  const tables = differing.map(({ table }) => table);
  for (const table of tables) {
    const columns = await columnsOf(tx, table);
    const key = await keyOf(tx, table);
    const set = columns.filter((name) => !key.includes(name));
    if (table === "accounts") {
      await tx.unsafe(
        `UPDATE public.accounts a SET ${set.map((name) => `${name} = n.${name}`).join(", ")} FROM ${SHADOW}.accounts n WHERE n.id = a.id`,
      );
      continue;
    }
    const change = set.map((name) => `${name} = excluded.${name}`).join(", ");
    await tx.unsafe(`INSERT INTO public.${table} (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM ${SHADOW}.${table}
      ON CONFLICT (${key.join(", ")}) DO ${change === "" ? "NOTHING" : `UPDATE SET ${change}`}`);
  }
  for (const table of tables.toReversed()) {
    if (table === "accounts") continue;
    const same = (await keyOf(tx, table)).map((name) => `n.${name} = o.${name}`).join(" AND ");
    await tx.unsafe(
      `DELETE FROM public.${table} o WHERE NOT EXISTS (SELECT 1 FROM ${SHADOW}.${table} n WHERE ${same})`,
    );
  }
}
