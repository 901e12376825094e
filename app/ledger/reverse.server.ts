import { sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import type { Result } from "~/lib/result";
import type { AccountRef, Act, EntryInput, Purpose } from "./entries";
import { reversed } from "./entries-of-reversals";
import { type EntryKind, IRREVERSIBLE_KINDS } from "./kinds";
import { type Posted, post } from "./post.server";
import { getBalance, getLogIds } from "./read.server";
import type { LedgerRefusal } from "./refusals";
import { isPlatform, type Mirror, mirrorOf, type OldPosting } from "./reversal";

/** A journal entry that may be reversed. */
export type OldEntry = {
  id: bigint;
  logId: string;
  kind: EntryKind;
  about: { type: string; id: string };
  data: Record<string, unknown>;
  postings: OldPosting[];
};

/** An entry by its log id, with its postings in order; null where there is none. */
export async function findEntry(db: Queryable, logId: string): Promise<OldEntry | null> {
  const [row] = await db.execute<{
    id: string;
    kind: EntryKind;
    about_type: string;
    about_id: string;
    data: Record<string, unknown>;
    postings: {
      from_purpose: Purpose;
      from_owner: string;
      to_purpose: Purpose;
      to_owner: string;
      asset: string;
      amount: string;
    }[];
  }>(sql`
    SELECT e.id::text, e.kind, e.about_type, e.about_id, e.data, COALESCE((
      SELECT jsonb_agg(jsonb_build_object('from_purpose', f.purpose, 'from_owner', f.owner_id, 'to_purpose', t.purpose, 'to_owner', t.owner_id,
        'asset', p.asset, 'amount', p.amount::text) ORDER BY p.position)
      FROM postings p JOIN accounts f ON f.id = p.from_id JOIN accounts t ON t.id = p.to_id WHERE p.entry_id = e.id), '[]') AS postings
    FROM journal_entries e WHERE e.log_id = ${logId}`);
  if (!row) return null;
  return {
    id: BigInt(row.id),
    logId,
    kind: row.kind,
    about: { type: row.about_type, id: row.about_id },
    data: row.data,
    postings: row.postings.map((p) => ({
      from: { purpose: p.from_purpose, owner: p.from_owner },
      to: { purpose: p.to_purpose, owner: p.to_owner },
      asset: p.asset,
      amount: BigInt(p.amount),
    })),
  };
}

/** Whether that kind of entry can be reversed at all. */
export const isReversible = (kind: EntryKind): boolean => !IRREVERSIBLE_KINDS.includes(kind);

/** Everybody whose cash, shares, claim or due an entry moved; escrows count for whoever's they are. */
export async function listPartiesOf(db: Queryable, entry: OldEntry): Promise<string[]> {
  const refs = entry.postings.flatMap((p) => [p.from, p.to]);
  const own = refs.filter((ref) => ["cash", "shares", "claim", "due"].includes(ref.purpose));
  const escrows = await ownersOfEscrows(db, refs);
  const ids = [...own.map((ref) => ref.owner), ...escrows.values()];
  return [...new Set(ids)].filter((id) => !isPlatform(id));
}

/** Whose each escrow account is: an offer part's, withdrawal's, purchase's or parting's. */
async function ownersOfEscrows(
  db: Queryable,
  refs: readonly AccountRef[],
): Promise<Map<string, string>> {
  const ids = [...new Set(refs.filter((r) => r.purpose === "escrow").map((r) => r.owner))];
  if (ids.length === 0) return new Map();
  const wanted = sql`ANY (${`{${ids.join(",")}}`}::uuid[])`;
  const rows = await db.execute<{ id: string; person: string }>(sql`
    SELECT id, investor_id AS person FROM offer_parts WHERE id = ${wanted}
    UNION ALL SELECT id, person_id FROM withdrawals WHERE id = ${wanted}
    UNION ALL SELECT id, buyer_id FROM resale_purchases WHERE id = ${wanted}
    UNION ALL SELECT p.id, t.owner_id FROM partings p JOIN tokens t ON t.id = p.token_id WHERE p.id = ${wanted}`);
  return new Map(rows.map((row) => [row.id, row.person]));
}

/**
 * Posts the reversal of an entry: its mirror, and claims for what was spent (T31). Holds the cash of all who give back.
 * Refused with `not_reversible`, `already_reversed`, `reverse_later_entries_first`.
 */
export async function postReversal(
  tx: Tx,
  act: Act,
  entry: OldEntry,
): Promise<Result<Posted & { mirror: Mirror }, LedgerRefusal>> {
  const debtors = [
    ...new Set(entry.postings.filter((p) => p.to.purpose === "cash").map((p) => p.to.owner)),
  ];
  await holdCash(tx, debtors);
  const balances = new Map<string, bigint>();
  for (const id of debtors) balances.set(id, await getBalance(tx, "cash", id));
  const escrows = await ownersOfEscrows(
    tx,
    entry.postings.flatMap((p) => [p.from, p.to]),
  );
  const mirror = mirrorOf(
    entry.postings,
    (person) => balances.get(person) ?? 0n,
    (owner) => escrows.get(owner) ?? owner,
  );
  const people = mirror.claims.flatMap((claim) => [claim.debtor, claim.creditor]);
  const logIds = await getLogIds(
    tx,
    "person",
    people.filter((id) => !isPlatform(id)),
  );
  const input = reversed(
    act,
    { entryId: entry.id, logId: entry.logId, kind: entry.kind },
    mirror,
    (id) => logIds.get(id) ?? "",
  );
  const waiting = await waitingAfter(tx, entry);
  const posted = await post(tx, { ...input, ...(waiting.length > 0 ? { waiting } : {}) });
  return posted.ok ? { ok: true, value: { ...posted.value, mirror } } : posted;
}

/** Holds several people's cash, in the order of the accounts' ids, as posting does. */
async function holdCash(tx: Tx, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const rows = await tx.execute<{ owner_id: string }>(sql`
    SELECT owner_id FROM accounts WHERE purpose = 'cash' AND asset = 'USD' AND owner_id = ANY (${`{${people.join(",")}}`}::uuid[]) ORDER BY id`);
  for (const row of rows)
    await tx.execute(sql`SELECT ledger_hold('cash', ${row.owner_id}::uuid, 'USD')`);
}

/** Shares that are back in `reserved`, or gone from it: whom they wait for, under their limits. */
async function waitingAfter(tx: Tx, entry: OldEntry): Promise<NonNullable<EntryInput["waiting"]>> {
  const moved = entry.postings.filter((p) => p.asset !== "USD");
  const out = moved.filter((p) => p.from.purpose === "reserved");
  if (entry.kind === "investment")
    return out.map((p) => ({ holder: p.to.owner, asset: p.asset, shares: p.amount }));
  const into = moved.filter((p) => p.to.purpose === "reserved");
  if (entry.kind === "offer_signed" || entry.kind === "resale_reserved")
    return whoWaits(tx, into, -1n);
  if (entry.kind === "resale") return whoWaits(tx, out, 1n);
  return [];
}

/** Whom the shares of `reserved` accounts wait for: a resale's buyer and seller, an offer's future holders. */
async function whoWaits(
  tx: Tx,
  moved: readonly OldPosting[],
  sign: bigint,
): Promise<NonNullable<EntryInput["waiting"]>> {
  const found: NonNullable<EntryInput["waiting"]> = [];
  for (const p of moved) {
    const owner = p.from.purpose === "reserved" ? p.from.owner : p.to.owner;
    const rows = await tx.execute<{ holder: string; shares: string }>(sql`
      SELECT buyer_id AS holder, ${String(p.amount)} AS shares FROM resales WHERE id = ${owner}
      UNION ALL SELECT seller_id, ${String(p.amount)} FROM resales WHERE id = ${owner}
      UNION ALL SELECT r.holder_id, r.shares::text FROM reservations r JOIN accounts a ON a.id = r.account_id
        WHERE a.owner_id = ${owner} AND a.purpose = 'reserved' AND r.seller_id IS NULL`);
    for (const row of rows)
      found.push({ holder: row.holder, asset: p.asset, shares: sign * BigInt(row.shares) });
  }
  return found;
}
