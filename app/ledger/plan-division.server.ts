import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { addDays, utcDay } from "~/lib/dates";
import {
  type Distributable,
  distributableCents,
  divideGain,
  isInTail,
  type PartedLot,
  type YearSoFar,
} from "./distribution";
import { TOKEN_SHARES } from "./entries";
import { listEntitledLots } from "./read.server";

/** One lot's part of a gain: what it gets, of which shares, and what its payout cap leaves with the owner, in cents. */
export type PlannedPart = {
  lotId: string;
  holderId: string;
  shares: bigint;
  cents: bigint;
  cutCents: bigint;
};

export type Division = Distributable & {
  ownerShares: bigint;
  /** The owner's part of what is distributable, with what caps leave to them, less the tails of partings. */
  ownerCents: bigint;
  /** All entitled lots, then parted ones in their tail; those that get nothing included. */
  parts: PlannedPart[];
  /** What the holders get together. */
  toPayCents: bigint;
};

/** A result of a token's owner: a company sale, or a sale of another's shares on the platform. */
export type OwnSale = {
  proceeds: bigint;
  basis: bigint;
  costs: bigint;
  /** Whether a loss counts: it is documented, or the book itself says so. */
  lossCounts: boolean;
};

/**
 * Works out what each lot of a token gets of a sale (T6, T7, T8, T10): the calendar year in the order of posting, the
 * shares held at the record instant, the caps less what other declared gains still owe, the tails of partings. To decide
 * from it, hold the account of the owner's shares first. `recordInstant` is 24:00 of a company sale's closing date, the
 * moment itself of a sale on the platform.
 */
export async function planDivision(
  db: Queryable,
  tokenId: string,
  sale: OwnSale,
  record: { instant: Date; onPlatform: boolean },
): Promise<Division> {
  const day = utcDay(record.instant);
  const year = (record.onPlatform ? day : addDays(day, -1)).slice(0, 4);
  const outcome = distributableCents({ ...(await sumYear(db, tokenId, year)), ...sale });
  // On the platform what came to be at that very instant is there already.
  const until = record.onPlatform ? new Date(record.instant.getTime() + 1) : record.instant;
  const lots = await listEntitledLots(db, tokenId, until);
  const parted = await listPartedLots(db, tokenId, record.instant);
  const ownerShares = TOKEN_SHARES - lots.reduce((sum, lot) => sum + lot.shares, 0n);
  const divided = divideGain({
    gainCents: outcome.distributableCents,
    ownerShares,
    lots,
    parted,
  });
  const partOf = new Map([...divided.parts, ...divided.tails].map((part) => [part.lotId, part]));
  const parts = [...lots, ...parted].map(({ lotId, holderId, shares }) => {
    const part = partOf.get(lotId);
    const cutCents = part && "cutCents" in part ? (part.cutCents as bigint) : 0n;
    return { lotId, holderId, shares, cents: part?.cents ?? 0n, cutCents };
  });
  return {
    ...outcome,
    ownerShares,
    ownerCents: divided.ownerCents,
    parts,
    toPayCents: parts.reduce((sum, part) => sum + part.cents, 0n),
  };
}

/** What a token's results of one calendar year (UTC) add up to so far, reversed ones left out. */
async function sumYear(db: Queryable, tokenId: string, year: string): Promise<YearSoFar> {
  const [row] = await db.execute<{ gains: string; losses: string; distributed: string }>(sql`
    SELECT COALESCE(sum(gain_cents), 0)::text AS gains, COALESCE(sum(loss_cents), 0)::text AS losses,
      COALESCE(sum(distributable_cents), 0)::text AS distributed
    FROM token_gains WHERE token_id = ${tokenId} AND year = ${Number(year)} AND reversed_by IS NULL`);
  return {
    gainsSoFar: BigInt(row?.gains ?? 0),
    lossesSoFar: BigInt(row?.losses ?? 0),
    distributedSoFar: BigInt(row?.distributed ?? 0),
  };
}

type Parted = PartedLot & { holderId: string };

/**
 * The lots that their holders were parted from, so far as their tail reaches a record instant (T7), in lot order: the price
 * paid, the gains since, and what the tail got of them. The cap is what was left of it at the parting.
 */
async function listPartedLots(
  db: Queryable,
  tokenId: string,
  recordInstant: Date,
): Promise<Parted[]> {
  const rows = await db.execute<{
    id: string;
    holder_id: string;
    shares: string;
    price: string;
    parted_at: string;
    cap_left: string | null;
    received: string;
    gains: { instant: string; cents: string }[];
  }>(sql`
    SELECT l.id, l.holder_id, s.shares::text, s.price_cents::text AS price, v.recorded_at::text AS parted_at,
      (l.cap_left_cents - COALESCE(owed.cents, 0) + tail.cents)::text AS cap_left, tail.cents::text AS received,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('instant', g.record_instant, 'cents', g.distributable_cents::text) ORDER BY g.entry_id)
        FROM token_gains g WHERE g.token_id = l.token_id AND g.entry_id > v.entry_id AND g.reversed_by IS NULL), '[]') AS gains
    FROM sales v JOIN sold_lots s ON s.entry_id = v.entry_id JOIN lots l ON l.id = s.lot_id
    CROSS JOIN LATERAL (SELECT sum(p.cents - p.paid_cents) AS cents FROM gain_parts p WHERE p.lot_id = l.id) owed
    CROSS JOIN LATERAL (SELECT
      COALESCE((SELECT sum(p.cents) FROM gain_parts p JOIN token_gains g ON g.gain_id = p.gain_id AND g.reversed_by IS NULL
        WHERE p.lot_id = l.id AND g.entry_id > v.entry_id AND g.record_instant > v.recorded_at), 0)
      + COALESCE((SELECT sum(y.cents) FROM lot_payments y WHERE y.lot_id = l.id AND y.gain_id IS NULL AND y.entry_id > v.entry_id), 0) AS cents) tail
    WHERE v.token_id = ${tokenId} AND v.kind = 'parting' AND v.reversed_by IS NULL
    ORDER BY l.seq`);
  return rows
    .map((row) => ({ row, partedAt: new Date(row.parted_at) }))
    .filter(({ partedAt }) => isInTail(partedAt, recordInstant))
    .map(({ row, partedAt }) => ({
      lotId: row.id,
      holderId: row.holder_id,
      shares: BigInt(row.shares),
      priceCents: BigInt(row.price),
      capLeftCents: row.cap_left === null ? null : BigInt(row.cap_left),
      receivedCents: BigInt(row.received),
      gainsBefore: row.gains
        .filter((gain) => isInTail(partedAt, new Date(gain.instant)))
        .map((gain) => BigInt(gain.cents)),
    }));
}
