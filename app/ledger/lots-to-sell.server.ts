import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { utcDay } from "~/lib/dates";
import type { LotMark } from "./carried-value";
import type { HeldLot } from "./fifo";

/** A lot that can be sold, with what declared and unpaid gains still take of its payout cap. */
export type LotToSell = HeldLot & {
  holderId: string;
  /** The entry that made it. */
  sinceEntryId: bigint;
  promisedCents: bigint;
};

/**
 * The lots of a token that a holder (everybody, for null) has shares in, the first first, with what T25 asks of each: the
 * marks after its purchase, and whether they count for the holder. Hold the account of the owner's shares before deciding
 * from it.
 */
export async function listLotsToSell(
  db: Queryable,
  tokenId: string,
  holderId: string | null,
): Promise<LotToSell[]> {
  const rows = await db.execute<{
    id: string;
    holder_id: string;
    entry_id: string;
    acquired_at: string;
    shares: string;
    cost: string;
    cap: string | null;
    promised: string;
    sunset: string | null;
    locked: string | null;
    marks: {
      day: string;
      class: LotMark["markClass"];
      price: string;
      shares: string;
      counts: boolean;
    }[];
  }>(sql`
    SELECT l.id, l.holder_id, l.entry_id::text, l.acquired_at::text, l.shares_left::text AS shares, l.cost_left_cents::text AS cost, l.cap_left_cents::text AS cap,
      COALESCE((SELECT sum(p.cents - p.paid_cents) FROM gain_parts p WHERE p.lot_id = l.id), 0)::text AS promised,
      l.sunset::text, l.locked_until::text AS locked,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('day', m.day, 'class', m.class, 'price', m.price_cents::text, 'shares', m.shares::text,
          'counts', EXISTS (SELECT 1 FROM mark_counts c WHERE c.entry_id = m.entry_id AND c.holder_id = l.holder_id)) ORDER BY m.entry_id)
        FROM marks m WHERE m.token_id = l.token_id AND m.entry_id > l.entry_id AND m.reversed_by IS NULL
          AND m.event <> (SELECT e.log_id::text FROM journal_entries e WHERE e.id = l.entry_id)), '[]') AS marks
    FROM lots l WHERE l.token_id = ${tokenId} AND (${holderId}::uuid IS NULL OR l.holder_id = ${holderId}) AND l.shares_left > 0
    ORDER BY l.seq`);
  return rows.map((row) => ({
    lotId: row.id,
    holderId: row.holder_id,
    sinceEntryId: BigInt(row.entry_id),
    acquiredDay: utcDay(new Date(row.acquired_at)),
    sharesLeft: BigInt(row.shares),
    costLeftCents: BigInt(row.cost),
    capLeftCents: row.cap === null ? null : BigInt(row.cap),
    promisedCents: BigInt(row.promised),
    sunset: row.sunset,
    lockedUntil: row.locked,
    endedDay: null,
    marks: row.marks.map((mark) => ({
      day: mark.day,
      markClass: mark.class,
      priceCents: BigInt(mark.price),
      shares: BigInt(mark.shares),
      counts: mark.counts,
    })),
  }));
}
