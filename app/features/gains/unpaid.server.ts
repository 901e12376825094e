import type { Queryable } from "#db/client.server";
import { listGainParts } from "~/ledger/read.server";

export type UnpaidPart = { lotId: string; holderId: string; cents: bigint };

/** What is still to be paid of a gain, by lot, in lot order; fully paid lots left out. */
export async function unpaidParts(db: Queryable, gainId: string): Promise<UnpaidPart[]> {
  return (await listGainParts(db, gainId))
    .map(({ lotId, holderId, cents, paidCents }) => ({ lotId, holderId, cents: cents - paidCents }))
    .filter((part) => part.cents > 0n);
}
