import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { TOKEN_SHARES, tokenAsset } from "./entries";
import { getBalance, getBalanceAsOf } from "./read.server";

/** The shares of one lot at an instant, with what never changes about it. */
export type HeldShares = {
  lotId: string;
  tokenId: string;
  holderId: string;
  acquiredAt: Date;
  sharesBought: bigint;
  shares: bigint;
  paidCents: bigint;
  finder: boolean;
};

/** Who holds a token's 10,000,000 shares; `reservedShares` wait for offers that were signed and have not settled. */
export type CapTable = {
  ownerShares: bigint;
  reservedShares: bigint;
  /** Largest holding first, ties by the earlier first lot; each with its lots in order. */
  holders: { holderId: string; shares: bigint; lots: HeldShares[] }[];
};

type Whose = { tokenId: string } | { holderId: string };

/** Lots with shares in them, now or as of an instant, in the order in which they came to be. */
async function listHeldShares(db: Queryable, whose: Whose, at: Date | null): Promise<HeldShares[]> {
  const where =
    "tokenId" in whose ? sql`l.token_id = ${whose.tokenId}` : sql`l.holder_id = ${whose.holderId}`;
  const held = at
    ? sql`CROSS JOIN LATERAL (SELECT COALESCE(sum(shares), 0) AS shares FROM lot_movements
        WHERE lot_id = l.id AND recorded_at <= ${at.toISOString()}::timestamptz) h`
    : sql`CROSS JOIN LATERAL (SELECT l.shares_left AS shares) h`;
  const rows = await db.execute<{
    id: string;
    token_id: string;
    holder_id: string;
    acquired_at: Date | string;
    shares_bought: string;
    shares: string;
    paid_cents: string;
    finder: boolean;
  }>(sql`
    SELECT l.id, l.token_id, l.holder_id, l.acquired_at, l.shares_bought::text, h.shares::text, l.paid_cents::text, l.finder
    FROM lots l ${held} WHERE ${where} AND h.shares > 0 ORDER BY l.seq`);
  return rows.map((row) => ({
    lotId: row.id,
    tokenId: row.token_id,
    holderId: row.holder_id,
    acquiredAt: new Date(row.acquired_at),
    sharesBought: BigInt(row.shares_bought),
    shares: BigInt(row.shares),
    paidCents: BigInt(row.paid_cents),
    finder: row.finder,
  }));
}

function sumBy(lots: readonly HeldShares[], keyOf: (lot: HeldShares) => string) {
  const sums = new Map<string, { shares: bigint; lots: HeldShares[] }>();
  for (const lot of lots) {
    const sum = sums.get(keyOf(lot)) ?? { shares: 0n, lots: [] };
    sum.shares += lot.shares;
    sum.lots.push(lot);
    sums.set(keyOf(lot), sum);
  }
  return [...sums].sort(([, a], [, b]) => (a.shares > b.shares ? -1 : a.shares < b.shares ? 1 : 0));
}

/**
 * A token's cap table, now or as of the end of an instant, with its lots. Shares move when they are recorded (L7), so
 * that both clocks say the same. Before the token was minted it is empty. Reads the token's lots, not its entries.
 */
export async function getCapTable(
  db: Queryable,
  token: { id: string; ownerId: string },
  at: Date | null = null,
): Promise<CapTable> {
  const asset = tokenAsset(token.id);
  const owner = { purpose: "shares", owner: token.ownerId, asset } as const;
  const [lots, ownerShares] = await Promise.all([
    listHeldShares(db, { tokenId: token.id }, at),
    at
      ? getBalanceAsOf(db, owner, { recordedAt: at })
      : getBalance(db, "shares", token.ownerId, asset),
  ]);
  const held = lots.reduce((sum, lot) => sum + lot.shares, 0n);
  const minted = ownerShares + held > 0n;
  return {
    ownerShares,
    reservedShares: minted ? TOKEN_SHARES - ownerShares - held : 0n,
    holders: sumBy(lots, (lot) => lot.holderId).map(([holderId, sum]) => ({ holderId, ...sum })),
  };
}

/**
 * What a person holds of others' tokens, now or as of the end of an instant, largest position first, finder's stakes
 * included; each with its lots in order. Reads the person's lots, not their entries.
 */
export async function listPositions(
  db: Queryable,
  holderId: string,
  at: Date | null = null,
): Promise<{ tokenId: string; shares: bigint; lots: HeldShares[] }[]> {
  const lots = await listHeldShares(db, { holderId }, at);
  return sumBy(lots, (lot) => lot.tokenId).map(([tokenId, sum]) => ({ tokenId, ...sum }));
}

/** One entry of a token's history. `data` is what the entry says, in log ids. */
export type HistoryLine = {
  entryId: bigint;
  kind: string;
  effectiveAt: Date;
  recordedAt: Date;
  aboutType: string;
  aboutId: string;
  data: Record<string, unknown>;
};

/**
 * What ever happened to a token, newest first: its minting, signings, investments, gains with their evidence and
 * payments, resales, marks, ended lots and reversals of these. `beforeEntry` asks for what came before an entry already
 * read. A page is read off the indexes of entries by subject and by token, whatever the history's length.
 */
export async function listTokenHistory(
  db: Queryable,
  token: { id: string; logId: string },
  page: { limit: number; beforeEntry?: bigint } = { limit: 50 },
): Promise<HistoryLine[]> {
  const before = sql`e.id < ${String(page.beforeEntry ?? 9_223_372_036_854_775_807n)}::bigint`;
  const last = sql`ORDER BY e.id DESC LIMIT ${page.limit}`;
  const rows = await db.execute<{
    id: string;
    kind: string;
    effective_at: Date | string;
    recorded_at: Date | string;
    about_type: string;
    about_id: string;
    data: Record<string, unknown>;
  }>(sql`
    WITH found AS (
      (SELECT e.id FROM journal_entries e WHERE e.about_type = 'token' AND e.about_id = ${token.id} AND ${before} ${last})
      UNION
      (SELECT e.id FROM journal_entries e WHERE e.data->>'token' = ${token.logId} AND ${before} ${last})
      UNION
      (SELECT e.id FROM journal_entries e WHERE e.about_type = 'gain' AND e.kind = 'evidence' AND e.about_id IN (
          SELECT g.about_id FROM journal_entries g WHERE g.data->>'token' = ${token.logId} AND g.kind = 'gain') AND ${before} ${last})
      UNION
      (SELECT e.id FROM journal_entries e JOIN journal_entries o ON o.id = e.reverses_id
        WHERE ((o.about_type = 'token' AND o.about_id = ${token.id}) OR o.data->>'token' = ${token.logId}) AND ${before} ${last})
    )
    SELECT e.id::text, e.kind, e.effective_at, e.recorded_at, e.about_type, e.about_id, e.data
    FROM journal_entries e JOIN found USING (id) ORDER BY e.id DESC LIMIT ${page.limit}`);
  return rows.map((row) => ({
    entryId: BigInt(row.id),
    kind: row.kind,
    effectiveAt: new Date(row.effective_at),
    recordedAt: new Date(row.recorded_at),
    aboutType: row.about_type,
    aboutId: row.about_id,
    data: row.data,
  }));
}
