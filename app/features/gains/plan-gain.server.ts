import type { Queryable } from "#db/client.server";
import { type Division, planDivision } from "~/ledger/plan-division.server";
import type { Sale } from "./schema";

/**
 * Works out what each lot gets of a company sale, as the ledger divides it. To decide from it, hold the account of the
 * owner's shares first. `documented`: whether a loss counts.
 */
export async function planGain(
  db: Queryable,
  tokenId: string,
  sale: Pick<Sale, "proceeds" | "basis" | "costs">,
  recordInstant: Date,
  documented: boolean,
): Promise<Division> {
  const { proceeds, basis, costs } = sale;
  return planDivision(
    db,
    tokenId,
    { proceeds, basis, costs, lossCounts: documented },
    { instant: recordInstant, onPlatform: false },
  );
}
