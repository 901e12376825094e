import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { journalEntries } from "#db/schema/index";
import type { EvidenceGrade } from "~/lib/gain-words";
import type { LotMark } from "./carried-value";
import type { FoldedLot, LotChange } from "./record-book";
import type { BookLot, RecordFlow } from "./record-lines";

/** A lot as it stands, with whose it is, whose token, the prices that mark it, and all cash that it brought. */
export type HeldLot = FoldedLot & {
  tokenId: string;
  tokenOwnerName: string;
  holderId: string;
  holderHandle: string;
  holderName: string;
  /** Bought from another holder, not from the token's owner. */
  resold: boolean;
  /** In the order of the book. */
  flows: RecordFlow[];
};

const idArray = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::uuid[]`;

/** All lots on the platform, finder's stakes included, in the order in which they came to be. */
export async function listAllLots(db: Queryable): Promise<HeldLot[]> {
  return selectLots(db, sql`true`);
}

/**
 * All lots of one person under all the ids that are theirs, finder's stakes included, in the order in which they came to
 * be. Grades are those that stand. Reads the projections of the lots, not the entries.
 */
export async function listHeldLots(
  db: Queryable,
  holderIds: readonly string[],
): Promise<HeldLot[]> {
  return selectLots(db, sql`l.holder_id = ANY (${idArray(holderIds)})`, holderIds);
}

/** All lots of one token, in order. */
export async function listTokenLots(db: Queryable, tokenId: string): Promise<HeldLot[]> {
  return selectLots(db, sql`l.token_id = ${tokenId}`);
}

/** The people whose records are that person's too, that person first (T18): whoever was joined to them, however far. */
export async function listSamePersons(db: Queryable, personId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    WITH RECURSIVE same (id, depth) AS (
      SELECT ${personId}::uuid, 0
      UNION
      SELECT s.other_id, same.depth + 1 FROM same JOIN same_persons s ON s.person_id = same.id WHERE same.depth < 100
    ) SELECT id FROM same GROUP BY id ORDER BY min(depth), id`);
  return rows.map((row) => row.id);
}

/** The handles of those whose shares a person ever bought, and whether any are still held; stakes left out. */
export async function listFunded(
  db: Queryable,
  personId: string,
): Promise<{ handle: string; held: boolean }[]> {
  const rows = await db.execute<{ handle: string; held: boolean }>(sql`
    SELECT o.handle, bool_or(l.shares_left > 0) AS held
    FROM lots l JOIN tokens t ON t.id = l.token_id JOIN persons o ON o.id = t.owner_id
    WHERE l.holder_id = ${personId} AND NOT l.finder GROUP BY o.handle ORDER BY o.handle`);
  return [...rows];
}

type LotRow = {
  id: string;
  entry: string;
  token_id: string;
  token_log_id: string;
  token_handle: string;
  token_owner_name: string;
  holder_id: string;
  holder_handle: string;
  holder_name: string;
  cohort: string | null;
  acquired_day: string;
  shares_bought: string;
  shares_left: string;
  paid_cents: string;
  cost_left_cents: string;
  cap_cents: string | null;
  cap_left_cents: string | null;
  sunset: string | null;
  ended_day: string | null;
  ended_cause: "cap" | "sunset" | null;
  reversed_day: string | null;
  resold: boolean;
  finder: boolean;
  apart: boolean;
};

const day = (column: SQL): SQL => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/** `samePerson`: ids that are all one holder's, for whom a price counts where it does for any of them. */
async function selectLots(
  db: Queryable,
  where: SQL,
  samePerson: readonly string[] = [],
): Promise<HeldLot[]> {
  const rows = await db.execute<LotRow>(sql`
    SELECT l.id, l.entry_id::text AS entry, l.token_id, i.log_id AS token_log_id, o.handle AS token_handle, o.display_name AS token_owner_name,
      l.holder_id, h.handle AS holder_handle, h.display_name AS holder_name, l.cohort, ${day(sql`l.acquired_at`)} AS acquired_day,
      l.shares_bought::text, l.shares_left::text, l.paid_cents::text, l.cost_left_cents::text, l.cap_cents::text, l.cap_left_cents::text,
      to_char(l.sunset, 'YYYY-MM-DD') AS sunset, ${day(sql`l.ended_at`)} AS ended_day, l.ended_cause, ${day(sql`l.reversed_at`)} AS reversed_day,
      l.from_lot_id IS NOT NULL AS resold, l.finder, l.apart
    FROM lots l JOIN tokens t ON t.id = l.token_id JOIN persons o ON o.id = t.owner_id JOIN persons h ON h.id = l.holder_id
    JOIN log_ids i ON i.kind = 'token' AND i.subject_id = l.token_id
    WHERE ${where} ORDER BY l.seq`);
  const [marks, flows, changes] = await Promise.all([
    listMarks(db, where, samePerson),
    listFlows(db, where),
    listChanges(db, where),
  ]);
  return rows.map((row) => ({
    ...toBookLot(row),
    tokenId: row.token_id,
    tokenOwnerName: row.token_owner_name,
    holderId: row.holder_id,
    holderHandle: row.holder_handle,
    holderName: row.holder_name,
    capCents: centsOrNull(row.cap_cents),
    sunset: row.sunset,
    endedCause: row.ended_cause,
    reversedDay: row.reversed_day,
    resold: row.resold,
    marks: marks.get(row.id) ?? [],
    flows: flows.get(row.id) ?? [],
    changes: changes.get(row.id) ?? [],
  }));
}

const centsOrNull = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

function toBookLot(row: LotRow): BookLot {
  return {
    lotId: row.id,
    entry: row.entry,
    token: row.token_log_id,
    tokenHandle: row.token_handle,
    cohort: row.cohort,
    acquiredDay: row.acquired_day,
    sharesBought: BigInt(row.shares_bought),
    sharesLeft: BigInt(row.shares_left),
    paidCents: BigInt(row.paid_cents),
    costLeftCents: BigInt(row.cost_left_cents),
    capLeftCents: centsOrNull(row.cap_left_cents),
    endedDay: row.ended_day,
    finder: row.finder,
    apart: row.apart,
    marks: [],
  };
}

function byLot<R extends { lot_id: string }, T>(
  rows: readonly R[],
  of: (row: R) => T,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(row.lot_id);
    if (list) list.push(of(row));
    else found.set(row.lot_id, [of(row)]);
  }
  return found;
}

/** The marks that bear on each lot (T25): those of its token after its own purchase, and not of it, that nobody reversed. */
async function listMarks(
  db: Queryable,
  where: SQL,
  samePerson: readonly string[],
): Promise<Map<string, LotMark[]>> {
  const rows = await db.execute<{
    lot_id: string;
    day: string;
    class: "price" | "written_down";
    price_cents: string;
    shares: string;
    counts: boolean;
  }>(sql`
    SELECT l.id AS lot_id, to_char(m.day, 'YYYY-MM-DD') AS day, m.class, m.price_cents::text, m.shares::text,
      EXISTS (
        SELECT 1 FROM mark_counts c WHERE c.entry_id = m.entry_id AND (c.holder_id = l.holder_id OR c.holder_id = ANY (${idArray(samePerson)}))) AS counts
    FROM lots l JOIN journal_entries e ON e.id = l.entry_id
    JOIN marks m ON m.token_id = l.token_id AND m.entry_id > l.entry_id AND m.event <> e.log_id::text AND m.reversed_by IS NULL
    WHERE ${where} ORDER BY m.entry_id`);
  return byLot(rows, (row) => ({
    day: row.day,
    markClass: row.class,
    priceCents: BigInt(row.price_cents),
    shares: BigInt(row.shares),
    counts: row.counts,
  }));
}

async function listFlows(db: Queryable, where: SQL): Promise<Map<string, RecordFlow[]>> {
  const rows = await db.execute<{
    lot_id: string;
    entry: string;
    day: string;
    kind: RecordFlow["kind"];
    gain_id: string | null;
    grade: EvidenceGrade | null;
    confirmed: boolean;
    early: boolean;
    cents: string;
    own_cents: string;
  }>(sql`
    SELECT f.lot_id, f.entry_id::text AS entry, to_char(f.day, 'YYYY-MM-DD') AS day, f.kind, f.gain_id, f.grade, f.confirmed, f.early,
      f.cents::text, f.own_cents::text
    FROM record_flows f JOIN lots l ON l.id = f.lot_id WHERE ${where} ORDER BY f.entry_id, f.n`);
  return byLot(rows, (row) => ({
    lotId: row.lot_id,
    entry: row.entry,
    day: row.day,
    kind: row.kind,
    gainId: row.gain_id,
    grade: row.grade,
    confirmed: row.confirmed,
    early: row.early,
    cents: BigInt(row.cents),
    ownHoldersCents: BigInt(row.own_cents),
  }));
}

/** What sales took out of lots, and what reversals of sales put back, in the order of the book. */
async function listChanges(db: Queryable, where: SQL): Promise<Map<string, LotChange[]>> {
  const rows = await db.execute<{
    lot_id: string;
    day: string;
    shares: string;
    cost_cents: string;
    cap_cents: string;
  }>(sql`
    SELECT c.lot_id, ${day(sql`c.at`)} AS day, c.shares::text, c.cost_cents::text, c.cap_cents::text FROM (
      SELECT s.lot_id, v.entry_id AS entry, v.recorded_at AS at, -s.shares AS shares, -s.basis_cents AS cost_cents, -COALESCE(s.cap_cents, 0) AS cap_cents
      FROM sold_lots s JOIN sales v USING (entry_id)
      UNION ALL
      SELECT s.lot_id, e.id, e.recorded_at, s.shares, s.basis_cents, COALESCE(s.cap_cents, 0)
      FROM sold_lots s JOIN sales v USING (entry_id) JOIN journal_entries e ON e.id = v.reversed_by
    ) c JOIN lots l ON l.id = c.lot_id WHERE ${where} ORDER BY c.entry`);
  return byLot(rows, (row) => ({
    day: row.day,
    shares: BigInt(row.shares),
    costCents: BigInt(row.cost_cents),
    capCents: BigInt(row.cap_cents),
  }));
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
    WITH received AS (
      SELECT f.confirmed, CASE f.kind WHEN 'distribution' THEN f.cents ELSE -f.cents END AS cents
      FROM record_flows f WHERE f.kind IN ('distribution', 'distribution_reversed')
    )
    SELECT COALESCE(sum(lots), 0)::text AS n, count(DISTINCT token_id)::text AS students, COALESCE(sum(paid_cents), 0)::text AS paid,
      (SELECT COALESCE(sum(cents), 0) FROM received)::text AS distributed,
      (SELECT COALESCE(sum(cents) FILTER (WHERE confirmed), 0) FROM received)::text AS confirmed
    FROM person_totals`);
  return {
    investments: Number(row?.n ?? 0),
    students: Number(row?.students ?? 0),
    paidInCents: BigInt(row?.paid ?? 0),
    distributedCents: BigInt(row?.distributed ?? 0),
    confirmedCents: BigInt(row?.confirmed ?? 0),
  };
}
