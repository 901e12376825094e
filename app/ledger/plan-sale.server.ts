import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { utcDay } from "~/lib/dates";
import { err, ok, type Result } from "~/lib/result";
import { type NewLot, tokenAsset } from "./entries";
import type { SaleFacts, SoldToken } from "./entries-of-sales";
import { capOfSold, type TakenLot, takeAll, takeShares } from "./fifo";
import { type LotToSell, listLotsToSell } from "./lots-to-sell.server";
import { planDivision } from "./plan-division.server";
import { getLogIds, lockAccount } from "./read.server";

/** A sale as it is agreed; `shares` is absent where all are taken, as in a parting. */
export type AgreedSale = {
  token: SoldToken;
  sellerId: string;
  buyerId: string;
  shares?: bigint;
  priceCents: bigint;
  unconnected: boolean;
  apart: boolean;
  now: Date;
};

/**
 * Works out what a sale of token shares takes and gives: the seller's lots first in first out, what goes along with the
 * shares (T6), and what the seller's own holders get of the gain (T8, T9). Holds the accounts of the owner's shares and of
 * the seller's own token's. Refuses `insufficient_balance`, `shares_locked` (T19, T22). Throws for a parting below the
 * least price.
 */
export async function planSale(
  tx: Tx,
  sale: AgreedSale,
): Promise<Result<SaleFacts, "insufficient_balance" | "shares_locked">> {
  const own = await findOwnToken(tx, sale.sellerId);
  await holdOwners(tx, [
    { tokenId: sale.token.id, ownerId: sale.token.ownerId },
    ...(own ? [{ tokenId: own, ownerId: sale.sellerId }] : []),
  ]);
  const lots = await listLotsToSell(tx, sale.token.id, sale.sellerId);
  const day = utcDay(sale.now);
  const { shares, priceCents } = sale;
  const taking =
    shares === undefined
      ? ok(takeAll(lots, { priceCents, day }))
      : takeShares(lots, { shares, priceCents, day });
  if (!taking.ok) return err(taking.error);
  const { taken } = taking.value;
  const basis = taken.reduce((sum, lot) => sum + lot.basisCents, 0n);
  const division = own
    ? await planDivision(
        tx,
        own,
        { proceeds: priceCents, basis, costs: 0n, lossCounts: true },
        { instant: sale.now, onPlatform: true },
      )
    : null;
  const paid = (division?.parts ?? []).filter((part) => part.cents > 0n);
  const people = await getLogIds(tx, "person", [
    sale.sellerId,
    sale.buyerId,
    ...paid.map((part) => part.holderId),
  ]);
  const party = (id: string) => ({ id, logId: people.get(id) ?? "" });
  const buyer = party(sale.buyerId);
  return ok({
    token: sale.token,
    seller: party(sale.sellerId),
    buyer,
    priceCents,
    taken,
    lots: sale.buyerId === sale.token.ownerId ? [] : taken.map((lot) => newLot(lot, lots, buyer)),
    gainCents: division?.distributableCents ?? 0n,
    ownParts: paid.map(({ lotId, holderId, cents }) => ({
      lotId,
      holderId,
      holderLogId: people.get(holderId) ?? "",
      cents,
    })),
    ownTokenId: own,
    unconnected: sale.unconnected,
    apart: sale.apart,
  });
}

/** What is left of cap, sunset and lock-up goes along; what declared gains still owe the seller's lot stays with it. */
function newLot(
  taken: TakenLot,
  lots: readonly LotToSell[],
  buyer: { id: string; logId: string },
): NewLot {
  const lot = lots.find((one) => one.lotId === taken.lotId);
  if (!lot) throw new Error("a lot vanished");
  return {
    lotId: randomUUID(),
    holderId: buyer.id,
    holderLogId: buyer.logId,
    shares: taken.shares,
    costCents: taken.priceCents,
    capCents: capOfSold({
      capLeftCents: lot.capLeftCents === null ? null : lot.capLeftCents - lot.promisedCents,
      sharesLeft: lot.sharesLeft,
      sharesSold: taken.shares,
    }),
    sunset: taken.sunset,
    lockedUntil: taken.lockedUntil,
    finder: false,
  };
}

/** The token that a person minted; null where they have none. */
async function findOwnToken(db: Queryable, ownerId: string): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(
    sql`SELECT id FROM tokens WHERE owner_id = ${ownerId}`,
  );
  return row?.id ?? null;
}

/** Holds the accounts of several tokens' owners, in the order of the accounts' ids, as posting does. */
async function holdOwners(
  tx: Tx,
  owners: readonly { tokenId: string; ownerId: string }[],
): Promise<void> {
  const assets = owners.map((owner) => tokenAsset(owner.tokenId));
  const rows = await tx.execute<{ owner_id: string; asset: string }>(sql`
    SELECT owner_id, asset FROM accounts WHERE purpose = 'shares' AND asset IN ${assets}
      AND owner_id IN ${owners.map((owner) => owner.ownerId)} ORDER BY id`);
  for (const owner of owners) {
    if (!rows.some((row) => row.asset === tokenAsset(owner.tokenId)))
      throw new Error("a token has no owner's account");
  }
  for (const row of rows) {
    if (owners.some((o) => o.ownerId === row.owner_id && tokenAsset(o.tokenId) === row.asset))
      await lockAccount(tx, "shares", row.owner_id, row.asset);
  }
}
