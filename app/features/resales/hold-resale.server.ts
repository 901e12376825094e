import { asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { resalePurchases, resales } from "#db/schema/index";
import type { Subject } from "~/auth/permissions";
import { getParties, type Party } from "~/features/offers/hold-offer.server";
import { findSoldToken } from "~/features/tokens/sold-token.server";
import type { SoldToken } from "~/ledger/entries-of-sales";

export type Resale = typeof resales.$inferSelect;
export type Purchase = typeof resalePurchases.$inferSelect;

/** A resale with all that commands decide from. */
export type ResaleFile = {
  resale: Resale;
  token: SoldToken;
  owner: Party;
  seller: Party;
  buyer: Party;
  purchases: Purchase[];
};

/** Loads a resale and holds its row until the transaction ends: all that changes its state goes through here. */
export async function holdResale(tx: Tx, resaleId: string): Promise<ResaleFile | null> {
  const [resale] = await tx.select().from(resales).where(eq(resales.id, resaleId)).for("update");
  if (!resale) return null;
  const sold = await findSoldToken(tx, resale.tokenId);
  if (!sold) throw new Error("a token vanished");
  const people = await getParties(tx, [resale.sellerId, resale.buyerId]);
  const party = (id: string): Party => {
    const found = people.get(id);
    if (!found) throw new Error("a person vanished");
    return found;
  };
  const purchases = await tx
    .select()
    .from(resalePurchases)
    .where(eq(resalePurchases.resaleId, resaleId))
    .orderBy(asc(resalePurchases.fundedAt), asc(resalePurchases.id));
  return {
    resale,
    ...sold,
    seller: party(resale.sellerId),
    buyer: party(resale.buyerId),
    purchases,
  };
}

/** Who plays which part in a resale, for the table of permissions. */
export function partiesOf(file: ResaleFile): Subject {
  return {
    owner: file.owner.id,
    person: file.resale.sellerId,
    investor: file.resale.buyerId,
  };
}
