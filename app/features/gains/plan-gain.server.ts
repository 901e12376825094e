import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { gains } from "#db/schema/index";
import { distributableCents, divideGain } from "~/ledger/distribution";
import { TOKEN_SHARES } from "~/ledger/entries";
import { listEntitledLots } from "~/ledger/read.server";
import type { Sale } from "./schema";

/** One lot's part of a gain: what it gets, of which shares, and what its payout cap leaves with the owner, in cents. */
export type PlannedPart = {
  lotId: string;
  holderId: string;
  shares: bigint;
  cents: bigint;
  cutCents: bigint;
};

/** What a sale gives whom. All in cents; `parts` are all entitled lots, those that get nothing included. */
export type GainPlan = {
  gainCents: bigint;
  lossCents: bigint;
  /** What losses of the same year take up of it: `gainCents − distributableCents`. */
  offsetCents: bigint;
  distributableCents: bigint;
  ownerShares: bigint;
  /** The owner's part of what is distributable, with what caps leave to them. */
  ownerCents: bigint;
  parts: PlannedPart[];
  /** What the holders get together. */
  toPayCents: bigint;
};

/**
 * Works out what each lot gets of a sale (T8, T10): the calendar year of the closing date in the order of posting, the
 * shares held at the record instant, the caps less what other declared gains still owe. To decide from it, hold the
 * owner's shares account first. `documented`: whether a loss counts.
 */
export async function planGain(
  db: Queryable,
  tokenId: string,
  sale: Pick<Sale, "closingDate" | "proceeds" | "basis" | "costs">,
  recordInstant: Date,
  documented: boolean,
): Promise<GainPlan> {
  const soFar = await sumYear(db, tokenId, sale.closingDate.slice(0, 4));
  const outcome = distributableCents({ ...soFar, ...sale, lossCounts: documented });
  const lots = await listEntitledLots(db, tokenId, recordInstant);
  const ownerShares = TOKEN_SHARES - lots.reduce((sum, lot) => sum + lot.shares, 0n);
  const divided = divideGain({ gainCents: outcome.distributableCents, ownerShares, lots });
  const partOf = new Map(divided.parts.map((part) => [part.lotId, part]));
  const parts = lots.map(({ lotId, holderId, shares }) => {
    const part = partOf.get(lotId);
    return { lotId, holderId, shares, cents: part?.cents ?? 0n, cutCents: part?.cutCents ?? 0n };
  });
  return {
    ...outcome,
    ownerShares,
    ownerCents: divided.ownerCents,
    parts,
    toPayCents: parts.reduce((sum, part) => sum + part.cents, 0n),
  };
}

/** What a token's gains, losses and distributable amounts of one calendar year (UTC, by closing date) add up to so far. */
async function sumYear(db: Queryable, tokenId: string, year: string) {
  const made = sql`greatest(0, ${gains.proceedsCents} - ${gains.basisCents} - ${gains.costsCents})`;
  const [row] = await db
    .select({
      gains: sql<string>`coalesce(sum(${made}), 0)`,
      losses: sql<string>`coalesce(sum(${gains.lossCents}), 0)`,
      distributed: sql<string>`coalesce(sum(${gains.distributableCents}), 0)`,
    })
    .from(gains)
    .where(
      and(
        eq(gains.tokenId, tokenId),
        sql`extract(year from ${gains.closingDate}) = ${Number(year)}`,
      ),
    );
  return {
    gainsSoFar: BigInt(row?.gains ?? 0),
    lossesSoFar: BigInt(row?.losses ?? 0),
    distributedSoFar: BigInt(row?.distributed ?? 0),
  };
}
