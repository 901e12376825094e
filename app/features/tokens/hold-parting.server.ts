import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { partings } from "#db/schema/index";
import { getParties, type Party } from "~/features/offers/hold-offer.server";
import type { SoldToken } from "~/ledger/entries-of-sales";
import { findSoldToken } from "./sold-token.server";

export type PartingFile = {
  parting: typeof partings.$inferSelect;
  token: SoldToken;
  owner: Party;
  holder: Party;
};

/** Loads a parting and holds its row until the transaction ends; null where there is none. */
export async function holdParting(tx: Tx, partingId: string): Promise<PartingFile | null> {
  const [parting] = await tx
    .select()
    .from(partings)
    .where(eq(partings.id, partingId))
    .for("update");
  if (!parting) return null;
  const sold = await findSoldToken(tx, parting.tokenId);
  const holder = (await getParties(tx, [parting.holderId])).get(parting.holderId);
  if (!sold || !holder) throw new Error("a party of a parting vanished");
  return { parting, ...sold, holder };
}
