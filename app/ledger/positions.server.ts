import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Queryable } from "#db/client.server";
import { journalEntries, logIds, lots, persons, tokens } from "#db/schema/index";
import { daysBetween, utcDay } from "~/lib/dates";
import { type EvidenceGrade, isConfirmed } from "~/lib/gain-words";
import { policy } from "~/policy";

/** What a lot was paid of one gain: the book's day, the cents, how well the gain is evidenced, and whether it is early (T24a). */
export type LotPayment = {
  gainId: string;
  day: string;
  cents: bigint;
  grade: EvidenceGrade;
  confirmed: boolean;
  early: boolean;
};

/** A lot with whose token it is and everything it was paid. */
export type HeldLot = typeof lots.$inferSelect & {
  /** The token's log id. */
  tokenLogId: string;
  tokenHandle: string;
  tokenOwnerName: string;
  holderHandle: string;
  holderName: string;
  acquiredDay: string;
  payments: LotPayment[];
};

/** Whether a gain that closed on `closingDay` came so soon after the lot settled that it stands apart (T24a). */
export function isEarly(acquiredDay: string, closingDay: string): boolean {
  return daysBetween(acquiredDay, closingDay) <= policy.earlyDistributionDays.value;
}

/**
 * All lots of some holders (of everybody, when absent), finder's stakes included, in the order in which they came to
 * be, each with its payments in the order of the book. Grades are the latest that stand in the book.
 */
export async function listHeldLots(
  db: Queryable,
  holderIds?: readonly string[],
): Promise<HeldLot[]> {
  if (holderIds?.length === 0) return [];
  const whose = holderIds ? inArray(lots.holderId, [...holderIds]) : undefined;
  return withPayments(db, await selectLots(db, whose));
}

/** All lots of one token, in order, with their payments. */
export async function listTokenLots(db: Queryable, tokenId: string): Promise<HeldLot[]> {
  return withPayments(db, await selectLots(db, eq(lots.tokenId, tokenId)));
}

async function selectLots(db: Queryable, where: ReturnType<typeof eq> | undefined) {
  const holder = alias(persons, "holder");
  return db
    .select({
      lot: lots,
      tokenLogId: logIds.logId,
      tokenHandle: persons.handle,
      tokenOwnerName: persons.displayName,
      holderHandle: holder.handle,
      holderName: holder.displayName,
    })
    .from(lots)
    .innerJoin(tokens, eq(tokens.id, lots.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .innerJoin(holder, eq(holder.id, lots.holderId))
    .innerJoin(logIds, and(eq(logIds.kind, "token"), eq(logIds.subjectId, lots.tokenId)))
    .where(where)
    .orderBy(asc(lots.seq));
}

async function withPayments(
  db: Queryable,
  rows: Awaited<ReturnType<typeof selectLots>>,
): Promise<HeldLot[]> {
  const payments = await listPayments(
    db,
    rows.map((row) => row.lot.id),
  );
  return rows.map(({ lot, ...rest }) => {
    const acquiredDay = utcDay(lot.acquiredAt);
    const own = (payments.get(lot.id) ?? []).map(({ closingDay, ...payment }) => ({
      ...payment,
      confirmed: isConfirmed(payment.grade),
      early: isEarly(acquiredDay, closingDay),
    }));
    return { ...lot, ...rest, acquiredDay, payments: own };
  });
}

type StoredPayment = {
  gainId: string;
  day: string;
  cents: bigint;
  grade: EvidenceGrade;
  closingDay: string;
};

async function listPayments(
  db: Queryable,
  lotIds: string[],
): Promise<Map<string, StoredPayment[]>> {
  const found = new Map<string, StoredPayment[]>();
  if (lotIds.length === 0) return found;
  const ids = `{${lotIds.join(",")}}`;
  const rows = await db.execute<{
    lot_id: string;
    gain_id: string;
    day: string;
    cents: string;
    grade: EvidenceGrade;
    closing: string;
  }>(sql`
    WITH paid AS (SELECT lot_id, gain_id, entry_id, cents, recorded_at FROM lot_payments WHERE lot_id = ANY (${ids}::uuid[])),
    graded AS (
      SELECT g.gain_id,
        (SELECT e.data->>'grade' FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = g.gain_id
           AND e.kind IN ('gain', 'evidence') ORDER BY e.id DESC LIMIT 1) AS grade,
        (SELECT e.data->>'recordInstant' FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = g.gain_id
           AND e.kind = 'gain' ORDER BY e.id LIMIT 1)::timestamptz AS record_instant
      FROM (SELECT DISTINCT gain_id FROM paid) g
    )
    SELECT p.lot_id, p.gain_id, to_char(p.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, p.cents::text, g.grade,
      to_char((g.record_instant AT TIME ZONE 'UTC')::date - 1, 'YYYY-MM-DD') AS closing
    FROM paid p JOIN graded g USING (gain_id) ORDER BY p.entry_id`);
  for (const row of rows) {
    const payment = {
      gainId: row.gain_id,
      day: row.day,
      cents: BigInt(row.cents),
      grade: row.grade,
      closingDay: row.closing,
    };
    found.set(row.lot_id, [...(found.get(row.lot_id) ?? []), payment]);
  }
  return found;
}

/** The ids of gains whose evidence no operator has judged yet, in the order of the book. */
export async function listUngradedGainIds(db: Queryable): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    SELECT e.about_id AS id FROM journal_entries e
    WHERE e.kind = 'gain' AND NOT EXISTS (
      SELECT 1 FROM journal_entries j WHERE j.about_type = 'gain' AND j.about_id = e.about_id AND j.kind = 'evidence')
    GROUP BY e.about_id ORDER BY min(e.id)`);
  return rows.map((row) => row.id);
}

/** Whether an operator has judged this gain's evidence. */
export async function hasEvidence(db: Queryable, gainId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: journalEntries.id })
    .from(journalEntries)
    .where(
      and(
        eq(journalEntries.aboutType, "gain"),
        eq(journalEntries.aboutId, gainId),
        eq(journalEntries.kind, "evidence"),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Sums over the whole book: cash ever paid for shares, and cash ever distributed to holders, in cents. */
export async function getBookTotals(db: Queryable): Promise<{
  investments: number;
  students: number;
  paidInCents: bigint;
  distributedCents: bigint;
  confirmedCents: bigint;
}> {
  const [row] = await db.execute<{
    n: string;
    students: string;
    paid: string;
    distributed: string;
    confirmed: string;
  }>(sql`
    SELECT (SELECT count(*) FROM lots WHERE NOT finder)::text AS n,
      (SELECT count(DISTINCT token_id) FROM lots)::text AS students,
      (SELECT COALESCE(sum(paid_cents), 0) FROM lots)::text AS paid,
      COALESCE(sum(d.cents), 0)::text AS distributed,
      COALESCE(sum(d.cents) FILTER (WHERE d.grade IN ('counterparty', 'tax_transcript')), 0)::text AS confirmed
    FROM (
      SELECT sum(p.cents) AS cents, (SELECT e.data->>'grade' FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = p.gain_id
        AND e.kind IN ('gain', 'evidence') ORDER BY e.id DESC LIMIT 1) AS grade
      FROM lot_payments p GROUP BY p.gain_id
    ) d`);
  return {
    investments: Number(row?.n ?? 0),
    students: Number(row?.students ?? 0),
    paidInCents: BigInt(row?.paid ?? 0),
    distributedCents: BigInt(row?.distributed ?? 0),
    confirmedCents: BigInt(row?.confirmed ?? 0),
  };
}
