import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { type Check, PROJECTION_CHECKS, type Range, within } from "./audit-projections";
import { IRREVERSIBLE_KINDS, PUBLIC_KINDS, SHARE_KINDS } from "./kinds";
import { auditLog } from "./log/audit-log.server";

/** Something in the book that no posting through the ledger's functions could have made. */
export type Finding = { guarantee: string; check: string; message: string };
export type AuditProgress = (done: { check: string; upTo: bigint; of: bigint }) => void;

const list = (kinds: readonly string[]): SQL =>
  sql.join(
    kinds.map((kind) => sql`${kind}`),
    sql`, `,
  );
const BATCH = 5_000n;

const CHECKS: Record<string, Check> = {
  "postings are positive, of one asset, between two accounts": {
    guarantee: "L1",
    over: "entries",
    query: (r) => sql`
      SELECT format('posting %s.%s breaks the shape of a posting', p.entry_id, p.position) AS message
      FROM postings p LEFT JOIN accounts f ON f.id = p.from_id LEFT JOIN accounts t ON t.id = p.to_id
      WHERE ${within(sql`p.entry_id`, r)} AND (p.amount <= 0 OR p.from_id = p.to_id OR f.asset IS DISTINCT FROM p.asset OR t.asset IS DISTINCT FROM p.asset)`,
  },
  "every posting belongs to an entry": {
    guarantee: "L3",
    over: "accounts",
    query: (r) => sql`
      SELECT format('posting %s.%s belongs to no entry', p.entry_id, p.position) AS message FROM postings p
      WHERE ${within(sql`p.from_id`, r)} AND NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.id = p.entry_id)`,
  },
  "no balance passes its limits": {
    guarantee: "L2",
    over: "accounts",
    query: (r) => sql`
      SELECT format('account %s (%s) has passed a limit', a.id, a.purpose) AS message FROM accounts a
      WHERE ${within(sql`a.id`, r)} AND (a.balance < a.floor OR a.balance + a.waiting > a.ceiling
        OR EXISTS (SELECT 1 FROM postings p WHERE p.from_id = a.id AND p.from_balance < a.floor)
        OR EXISTS (SELECT 1 FROM postings p WHERE p.to_id = a.id AND p.to_balance > a.ceiling))`,
  },
  "each account has the limits of its purpose": {
    guarantee: "L2",
    over: "accounts",
    query: (r) => sql`
      SELECT format('account %s (%s) does not have its purpose''s limits', a.id, a.purpose) AS message
      FROM accounts a LEFT JOIN tokens t ON a.asset = 'TOKEN:' || t.id
      WHERE ${within(sql`a.id`, r)} AND (a.floor, a.ceiling) IS DISTINCT FROM (CASE
        WHEN a.purpose IN ('outside', 'mint', 'claim') THEN NULL::bigint
        WHEN a.purpose = 'shares' AND a.owner_id = t.owner_id AND a.version > 0 THEN 8000000 ELSE 0 END,
        CASE WHEN a.purpose = 'claim' THEN 0::bigint WHEN a.purpose = 'shares' AND a.owner_id <> t.owner_id THEN 1000000 END)`,
  },
  "a holder's account counts what waits for the holder": {
    guarantee: "L2",
    over: "accounts",
    query: (r) => sql`
      SELECT format('account %s counts %s shares as waiting, %s do', a.id, a.waiting, w.shares) AS message
      FROM accounts a JOIN tokens t ON a.asset = 'TOKEN:' || t.id CROSS JOIN LATERAL (
        SELECT COALESCE(sum(v.shares), 0) AS shares FROM reservations v WHERE v.token_id = t.id AND (v.holder_id = a.owner_id OR v.seller_id = a.owner_id)) w
      WHERE ${within(sql`a.id`, r)} AND a.purpose = 'shares' AND a.owner_id <> t.owner_id AND a.waiting <> w.shares`,
  },
  "balances are the sum of postings, versions have no gap": {
    guarantee: "L3",
    over: "accounts",
    query: (r) => sql`
      WITH lines AS (
        SELECT from_id AS account, from_version AS version, from_balance AS balance, -amount AS amount FROM postings WHERE ${within(sql`from_id`, r)}
        UNION ALL
        SELECT to_id, to_version, to_balance, amount FROM postings WHERE ${within(sql`to_id`, r)}
      ), walked AS (
        SELECT account, version, balance, row_number() OVER w AS n, sum(amount) OVER w AS running FROM lines
        WINDOW w AS (PARTITION BY account ORDER BY version ROWS UNBOUNDED PRECEDING)
      ), ends AS (SELECT account, sum(amount) AS total, count(*) AS lines FROM lines GROUP BY account)
      SELECT format('account %s: line %s does not follow from the one before', w.account, w.n) AS message
      FROM walked w JOIN accounts a ON a.id = w.account
      WHERE a.balance IS NOT NULL AND (w.version IS DISTINCT FROM w.n OR w.balance IS DISTINCT FROM w.running)
      UNION ALL
      SELECT format('account %s: the balance is not the sum of its postings', a.id) FROM accounts a LEFT JOIN ends e ON e.account = a.id
      WHERE ${within(sql`a.id`, r)} AND a.balance IS NOT NULL AND (a.balance <> COALESCE(e.total, 0) OR a.version <> COALESCE(e.lines, 0))`,
  },
  "the book's tables refuse changes": {
    guarantee: "L4",
    over: "once",
    query: () => sql`
      SELECT format('table %s has lost a trigger that refuses changes', t.name) AS message
      FROM unnest(ARRAY['journal_entries', 'postings', 'log_leaves', 'log_links', 'log_tile_hashes', 'log_trees', 'log_checkpoints', 'log_keys']) AS t(name), unnest(ARRAY['_no_change', '_no_truncate']) AS s(suffix)
      WHERE NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = t.name::regclass AND g.tgname = t.name || s.suffix AND g.tgenabled IN ('O', 'A'))
      UNION ALL
      SELECT format('%s may %s on %s', g.grantee, g.privilege_type, g.table_name)
      FROM information_schema.role_table_grants g JOIN pg_tables t ON t.schemaname = g.table_schema AND t.tablename = g.table_name
      WHERE g.table_schema = 'public' AND g.grantee <> t.tableowner AND g.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
        AND g.table_name IN ('accounts', 'journal_entries', 'postings', 'lots', 'lot_movements', 'lot_payments', 'gain_parts', 'reservations', 'log_queue', 'entry_openings',
          'log_leaves', 'log_links', 'log_tile_hashes', 'log_trees', 'log_checkpoints', 'log_keys', 'log_state')`,
  },
  "no key was used twice": {
    guarantee: "L5",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s has a key that another entry has', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND (octet_length(e.input_hash) <> 32
        OR EXISTS (SELECT 1 FROM journal_entries o WHERE o.idempotency_key = e.idempotency_key AND o.id < e.id))`,
  },
  "reversals are single and of what can be reversed": {
    guarantee: "L6",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s reverses what it may not', e.id) AS message FROM journal_entries e LEFT JOIN journal_entries o ON o.id = e.reverses_id
      WHERE ${within(sql`e.id`, r)} AND e.reverses_id IS NOT NULL AND (e.kind <> 'reversal' OR o.kind IS NULL OR o.kind IN (${list(IRREVERSIBLE_KINDS)}) OR o.kind <> e.reverses_kind
        OR EXISTS (SELECT 1 FROM journal_entries d WHERE d.reverses_id = e.reverses_id AND d.id < e.id))`,
  },
  "shares move when it is recorded, in the kinds that move shares": {
    guarantee: "L7",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s (%s) moves shares at another time or in another kind', e.id, e.kind) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND ((e.kind IN (${list(SHARE_KINDS)}) AND e.effective_at <> e.recorded_at)
        OR (e.kind NOT IN (${list(SHARE_KINDS)}) AND EXISTS (SELECT 1 FROM postings p WHERE p.entry_id = e.id AND p.asset <> 'USD')))`,
  },
  "whoever made an entry is a person": {
    guarantee: "actor",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s was made by %s, who is nobody', e.id, e.actor_id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND e.actor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = e.actor_id)`,
  },
  "money on the platform is what came in less what went out": {
    guarantee: "L10",
    over: "once",
    query: () => sql`
      WITH held AS (SELECT COALESCE(sum(balance), 0) AS cents FROM accounts WHERE purpose IN ('cash', 'escrow')),
      edge AS (SELECT COALESCE(sum(CASE p.from_id WHEN a.id THEN p.amount ELSE -p.amount END), 0) AS cents
        FROM accounts a JOIN postings p ON p.from_id = a.id OR p.to_id = a.id WHERE a.purpose = 'outside')
      SELECT format('%s cents are held, %s came in less went out', held.cents, edge.cents) AS message FROM held, edge WHERE held.cents <> edge.cents
      UNION ALL
      SELECT format('claims of %s cents do not answer dues of %s', c.cents, d.cents)
      FROM (SELECT COALESCE(sum(balance), 0) AS cents FROM accounts WHERE purpose = 'claim') c, (SELECT COALESCE(sum(balance), 0) AS cents FROM accounts WHERE purpose = 'due') d
      WHERE c.cents <> -d.cents`,
  },
  "only confirmed movements cross the platform's edge": {
    guarantee: "L10",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s (%s) crosses the edge', e.id, e.kind) AS message
      FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts f ON f.id = p.from_id JOIN accounts t ON t.id = p.to_id
      WHERE ${within(sql`p.entry_id`, r)} AND NOT CASE
        WHEN t.purpose = 'mint' THEN false
        WHEN f.purpose = 'mint' THEN e.kind = 'token_minted'
        WHEN f.purpose = 'outside' THEN e.kind IN ('deposit', 'reversal')
        WHEN t.purpose = 'outside' THEN e.kind IN ('withdrawal_paid', 'reversal', 'claim_repaid')
        WHEN f.purpose = 'claim' OR t.purpose = 'due' THEN e.kind = 'reversal' AND f.purpose = 'claim' AND t.purpose = 'due'
        WHEN f.purpose = 'due' OR t.purpose = 'claim' THEN e.kind = 'claim_repaid' AND f.purpose = 'due' AND t.purpose = 'claim'
        ELSE true END`,
  },
  "a token has 10,000,000 shares": {
    guarantee: "T1",
    over: "once",
    query: () => sql`
      SELECT format('%s has %s shares', asset, sum(balance)) AS message FROM accounts WHERE purpose IN ('shares', 'reserved')
      GROUP BY asset HAVING sum(balance) <> 10000000`,
  },
  "nobody holds more than 10% with what is reserved for them": {
    guarantee: "T2",
    over: "once",
    query: () => sql`
      SELECT format('%s holds or waits for %s shares of %s', x.holder, sum(x.shares), x.token) AS message FROM (
        SELECT l.holder_id AS holder, l.token_id AS token, l.shares_left AS shares FROM lots l
        UNION ALL SELECT r.holder_id, r.token_id, r.shares FROM reservations r) x GROUP BY x.holder, x.token HAVING sum(x.shares) > 1000000`,
  },
  "every entry waits for the log, with its salt, or is in it": {
    guarantee: "log",
    over: "entries",
    query: (r) => sql`
      SELECT format('entry %s is missing from the log, or in it twice', e.id) AS message FROM journal_entries e
      WHERE ${within(sql`e.id`, r)} AND CASE WHEN EXISTS (SELECT 1 FROM log_leaves l WHERE l.entry_id = e.id)
        THEN EXISTS (SELECT 1 FROM log_queue q WHERE q.entry_id = e.id)
        ELSE NOT EXISTS (SELECT 1 FROM log_queue q WHERE q.entry_id = e.id)
          OR NOT EXISTS (SELECT 1 FROM entry_openings o WHERE o.entry_id = e.id AND octet_length(o.salt) = 16) END`,
  },
  "openings are away only where two operators took them, of public entries with a word in the log":
    {
      guarantee: "log",
      over: "entries",
      query: (r) => sql`
      SELECT format('the opening of entry %s is away, or is there although it was taken away', e.id) AS message
      FROM journal_entries e JOIN log_leaves l ON l.entry_id = e.id LEFT JOIN closed_openings c ON c.entry_id = e.id AND c.closed_at IS NOT NULL
      LEFT JOIN journal_entries w ON w.id = c.withheld_by AND w.kind = 'withheld' AND w.about_id = e.log_id
      WHERE ${within(sql`e.id`, r)} AND EXISTS (SELECT 1 FROM entry_openings o WHERE o.entry_id = e.id) = (c.entry_id IS NOT NULL
        AND CASE WHEN e.kind IN (${list(PUBLIC_KINDS)}) THEN w.id IS NULL
          OR EXISTS (SELECT 1 FROM log_leaves wl JOIN log_checkpoints k ON k.size > wl.index WHERE wl.entry_id = w.id) ELSE true END)`,
    },
  ...PROJECTION_CHECKS,
};
const LOG_CHECK = "the public log is what its entries make it";

/** What the auditor proves, in order: the guarantee and the check's sentence. */
export const AUDIT_CHECKS = [
  ...Object.entries(CHECKS).map(([sentence, { guarantee }]) => ({ sentence, guarantee })),
  { sentence: LOG_CHECK, guarantee: "log" },
];

type Ask = (range: Range) => Promise<string | undefined>;

/** The message about the first id in the range at which a check finds something; the range is known to hold one. */
async function firstIn(ask: Ask, range: Range, found: string): Promise<string> {
  if (range.to - range.from <= 1n) return found;
  const middle = (range.from + range.to) / 2n;
  const lower = { from: range.from, to: middle };
  const before = await ask(lower);
  if (before !== undefined) return firstIn(ask, lower, before);
  const upper = { from: middle, to: range.to };
  return firstIn(ask, upper, (await ask(upper)) ?? found);
}

/**
 * Walks the whole book and answers, for every check, the first row that is wrong: nothing, in a true book. Reads in batches by
 * id, so that its memory does not grow with the book; takes one consistent view per batch.
 */
export async function auditLedger(
  db: Queryable,
  onProgress: AuditProgress = () => {},
): Promise<Finding[]> {
  const [last] = await db.execute<{ accounts: string; entries: string }>(sql`
    SELECT COALESCE((SELECT max(id) FROM accounts), 0)::text AS accounts, COALESCE((SELECT max(id) FROM journal_entries), 0)::text AS entries`);
  const ends = {
    accounts: BigInt(last?.accounts ?? 0),
    entries: BigInt(last?.entries ?? 0),
    once: 1n,
  };
  const findings: Finding[] = [];
  for (const [sentence, { guarantee, over, query }] of Object.entries(CHECKS)) {
    const ask: Ask = async (range) => {
      const [row] = await db.execute<{ message: string }>(sql`${query(range)} LIMIT 1`);
      return row?.message;
    };
    const of = ends[over];
    let found: string | undefined;
    for (let from = 0n; from < of && found === undefined; from += BATCH) {
      const to = from + BATCH < of ? from + BATCH : of;
      found = await ask({ from, to });
      if (found !== undefined) {
        const message = over === "once" ? found : await firstIn(ask, { from, to }, found);
        findings.push({ guarantee, check: sentence, message });
      }
      onProgress({ check: sentence, upTo: to, of });
    }
  }
  const wrong = await auditLog(db, (upTo, of) =>
    onProgress({ check: LOG_CHECK, upTo: BigInt(upTo), of: BigInt(of) }),
  );
  if (wrong !== null) findings.push({ guarantee: "log", check: LOG_CHECK, message: wrong });
  return findings;
}
