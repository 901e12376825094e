import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { accounts, gainParts, type LogIdKind, logIds, lots } from "#db/schema/index";
import { type Purpose, tokenAsset, USD } from "./entries";

/** The log ids of subjects of one kind, by their own ids. Throws where one is missing. */
export async function getLogIds(
  db: Queryable,
  kind: LogIdKind,
  subjectIds: string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(subjectIds)];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select()
    .from(logIds)
    .where(and(eq(logIds.kind, kind), inArray(logIds.subjectId, wanted)));
  if (rows.length !== wanted.length) throw new Error(`a ${kind} has no log id`);
  return new Map(rows.map((row) => [row.subjectId, row.logId]));
}

/** The log id of one subject. Throws where it is missing. */
export async function getLogId(db: Queryable, kind: LogIdKind, subjectId: string): Promise<string> {
  const logId = (await getLogIds(db, kind, [subjectId])).get(subjectId);
  if (!logId) throw new Error(`a ${kind} has no log id`);
  return logId;
}

/** The balance of one account now, in cents or shares; 0 where the account was never opened. */
export async function getBalance(
  db: Queryable,
  purpose: Purpose,
  owner: string,
  asset: string = USD,
): Promise<bigint> {
  const [row] = await db
    .select({ balance: accounts.balance })
    .from(accounts)
    .where(
      and(eq(accounts.ownerId, owner), eq(accounts.purpose, purpose), eq(accounts.asset, asset)),
    );
  return row?.balance ?? 0n;
}

/** An instant by one of the two clocks: what the book knew then, or what by now is known to have been true then. */
export type AsOf = { recordedAt: Date } | { effectiveAt: Date };

/**
 * The balance that an account with a running balance had at the end of an instant; 0 where it was not open. By
 * `recordedAt` it is read off one posting, found by halving the account's versions, which follow that clock; by
 * `effectiveAt` the entries recorded later but effective by then are added, found by an index that holds no others.
 */
export async function getBalanceAsOf(
  db: Queryable,
  account: { purpose: Purpose; owner: string; asset?: string },
  asOf: AsOf,
): Promise<bigint> {
  const byEffect = "effectiveAt" in asOf;
  const at = (byEffect ? asOf.effectiveAt : asOf.recordedAt).toISOString();
  const late = byEffect
    ? sql`(SELECT COALESCE(sum(CASE WHEN p.to_id = acc.id THEN p.amount ELSE -p.amount END), 0)
        FROM journal_entries e JOIN postings p ON p.entry_id = e.id
        WHERE e.effective_at < e.recorded_at AND e.effective_at <= ${at}::timestamptz AND e.recorded_at > ${at}::timestamptz
          AND acc.id IN (p.from_id, p.to_id))`
    : sql`0`;
  const [row] = await db.execute<{ balance: string }>(sql`
    WITH RECURSIVE acc AS (
      SELECT id, version FROM accounts
      WHERE owner_id = ${account.owner} AND purpose = ${account.purpose} AND asset = ${account.asset ?? USD} AND balance IS NOT NULL
    ), halving (low, high) AS (
      SELECT 0::bigint, version FROM acc
      UNION ALL
      SELECT CASE WHEN line.recorded_at <= ${at}::timestamptz THEN h.middle ELSE h.low END,
        CASE WHEN line.recorded_at <= ${at}::timestamptz THEN h.high ELSE h.middle - 1 END
      FROM (SELECT low, high, (low + high + 1) / 2 AS middle FROM halving WHERE low < high) h CROSS JOIN acc CROSS JOIN LATERAL (
        SELECT e.recorded_at FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.from_id = acc.id AND p.from_version = h.middle
        UNION ALL
        SELECT e.recorded_at FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.to_id = acc.id AND p.to_version = h.middle
      ) line
    )
    SELECT (COALESCE(
        (SELECT from_balance FROM postings WHERE from_id = acc.id AND from_version = h.low),
        (SELECT to_balance FROM postings WHERE to_id = acc.id AND to_version = h.low), 0) + ${late})::text AS balance
    FROM acc JOIN halving h ON h.low = h.high`);
  return BigInt(row?.balance ?? 0);
}

/** The shares that a token's owner still holds, and those reserved for signed offers. */
export async function getOwnerShares(
  db: Queryable,
  tokenId: string,
  ownerId: string,
): Promise<{ held: bigint; reserved: bigint }> {
  const [row] = await db
    .select({ reserved: sql<string>`coalesce(sum(${accounts.balance}), 0)` })
    .from(accounts)
    .where(and(eq(accounts.asset, tokenAsset(tokenId)), eq(accounts.purpose, "reserved")));
  return {
    held: await getBalance(db, "shares", ownerId, tokenAsset(tokenId)),
    reserved: BigInt(row?.reserved ?? 0),
  };
}

export type Lot = typeof lots.$inferSelect;

/** All lots of a token in the order in which they came to be, ended ones included. */
export async function listLotsOfToken(db: Queryable, tokenId: string): Promise<Lot[]> {
  return db.select().from(lots).where(eq(lots.tokenId, tokenId)).orderBy(asc(lots.seq));
}

/** All lots that a person ever got, in order. */
export async function listLotsOfHolder(db: Queryable, holderId: string): Promise<Lot[]> {
  return db.select().from(lots).where(eq(lots.holderId, holderId)).orderBy(asc(lots.seq));
}

/** A lot as it stood at an instant: its shares then, and what its cap still lets it be promised now. */
export type EntitledLot = {
  lotId: string;
  holderId: string;
  shares: bigint;
  capLeftCents: bigint | null;
};

/**
 * The lots that are entitled to a gain with that record instant (T10): shares as recorded up to the instant, without lots
 * whose sunset had come; `capLeftCents` is what is left of the cap less what declared gains still owe the lot. In lot order.
 * Call it with the token's owner account held, so that no lot moves meanwhile.
 */
export async function listEntitledLots(
  db: Queryable,
  tokenId: string,
  recordInstant: Date,
): Promise<EntitledLot[]> {
  const rows = await db.execute<{
    id: string;
    holder_id: string;
    shares: string;
    cap_left: string | null;
  }>(sql`
    SELECT l.id, l.holder_id, m.shares::text AS shares,
      (l.cap_left_cents - COALESCE((SELECT sum(g.cents - g.paid_cents) FROM gain_parts g WHERE g.lot_id = l.id), 0))::text AS cap_left
    FROM lots l
    JOIN LATERAL (SELECT sum(shares) AS shares FROM lot_movements WHERE lot_id = l.id AND recorded_at < ${recordInstant.toISOString()}::timestamptz) m ON m.shares > 0
    WHERE l.token_id = ${tokenId} AND (l.sunset IS NULL OR (l.sunset::timestamp AT TIME ZONE 'UTC') >= ${recordInstant.toISOString()}::timestamptz)
    ORDER BY l.seq`);
  return rows.map((row) => ({
    lotId: row.id,
    holderId: row.holder_id,
    shares: BigInt(row.shares),
    capLeftCents: row.cap_left === null ? null : BigInt(row.cap_left),
  }));
}

/** What a declared gain gives each lot, and what was paid of it. In lot order. */
export async function listGainParts(db: Queryable, gainId: string) {
  return db
    .select({
      lotId: gainParts.lotId,
      holderId: gainParts.holderId,
      cents: gainParts.cents,
      paidCents: gainParts.paidCents,
    })
    .from(gainParts)
    .innerJoin(lots, eq(lots.id, gainParts.lotId))
    .where(eq(gainParts.gainId, gainId))
    .orderBy(asc(lots.seq));
}

/** Holds an account row until the transaction ends, opening nothing. Used before deciding from what it guards. */
export async function lockAccount(
  tx: Queryable,
  purpose: Purpose,
  owner: string,
  asset: string,
): Promise<void> {
  await tx.execute(sql`SELECT ledger_hold(${purpose}, ${owner}::uuid, ${asset})`);
}

/** One line of a statement: what moved, which way, and the balance after it. */
export type StatementLine = {
  entryId: string;
  kind: string;
  effectiveAt: Date;
  recordedAt: Date;
  amount: bigint;
  balance: bigint;
  aboutType: string;
  aboutId: string;
};

/** Above every version: where a statement begins. */
const LAST_VERSION = 9_223_372_036_854_775_807n;

/**
 * The latest lines of one account with a running balance, newest first; `beforeVersion` asks for those before a line
 * already read (keyset pages: what is posted meanwhile moves nothing). Reads as many rows as a page has, at most twice.
 */
export async function listStatement(
  db: Queryable,
  account: { purpose: Purpose; owner: string; asset?: string },
  page: { limit: number; beforeVersion?: bigint } = { limit: 50 },
): Promise<(StatementLine & { version: bigint })[]> {
  const before = sql`${String(page.beforeVersion ?? LAST_VERSION)}::bigint`;
  const rows = await db.execute<{
    entry_id: string;
    kind: string;
    effective_at: Date | string;
    recorded_at: Date | string;
    amount: string;
    balance: string;
    version: string;
    about_type: string;
    about_id: string;
  }>(sql`
    WITH acc AS (SELECT id FROM accounts WHERE owner_id = ${account.owner} AND purpose = ${account.purpose} AND asset = ${account.asset ?? USD}),
    lines AS (
      (SELECT p.entry_id, -p.amount AS amount, p.from_balance AS balance, p.from_version AS version FROM postings p JOIN acc ON p.from_id = acc.id
        WHERE p.from_version < ${before} ORDER BY p.from_version DESC LIMIT ${page.limit})
      UNION ALL
      (SELECT p.entry_id, p.amount, p.to_balance, p.to_version FROM postings p JOIN acc ON p.to_id = acc.id
        WHERE p.to_version < ${before} ORDER BY p.to_version DESC LIMIT ${page.limit})
    )
    SELECT lines.entry_id::text, e.kind, e.effective_at, e.recorded_at, lines.amount::text, lines.balance::text, lines.version::text, e.about_type, e.about_id
    FROM (SELECT * FROM lines ORDER BY version DESC LIMIT ${page.limit}) lines JOIN journal_entries e ON e.id = lines.entry_id
    ORDER BY lines.version DESC`);
  return rows.map((row) => ({
    entryId: row.entry_id,
    kind: row.kind,
    effectiveAt: new Date(row.effective_at),
    recordedAt: new Date(row.recorded_at),
    amount: BigInt(row.amount),
    balance: BigInt(row.balance),
    version: BigInt(row.version),
    aboutType: row.about_type,
    aboutId: row.about_id,
  }));
}
