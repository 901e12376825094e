import { and, eq, inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { offers } from "#db/schema/index";
import { findShareLimit } from "~/features/tokens/queries.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { getBalance } from "~/ledger/read.server";

export type OfferProblem = {
  code:
    | "not_admitted"
    | "not_verified"
    | "offer_already_open"
    | "cap_exceeded"
    | "holder_limit"
    | "insufficient_balance";
  field?: string;
  facts?: Record<string, string>;
};

/**
 * What stands in the way of an offer before any money moves: no place in the cohort (T13), no verification (T18), another
 * live offer to the same place, the 20% or 10% limit given what is out and reserved now (T2), not enough cash. The ledger
 * refuses the limits again when the offer is signed.
 */
export async function findOfferProblem(
  db: Queryable,
  offer: {
    investorId: string;
    studentId: string;
    enrolmentId: string | null;
    amountCents: bigint;
    shares: bigint;
  },
  now: Date,
): Promise<OfferProblem | null> {
  if (!offer.enrolmentId) return { code: "not_admitted" };
  if (!(await isVerifiedInvestor(db, offer.investorId, now))) return { code: "not_verified" };
  const [live] = await db
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(
        eq(offers.enrolmentId, offer.enrolmentId),
        eq(offers.madeBy, offer.investorId),
        inArray(offers.state, ["funding", "open", "signed"]),
      ),
    );
  if (live) return { code: "offer_already_open", facts: { offerId: live.id } };
  const limit = await findShareLimit(db, {
    ownerId: offer.studentId,
    holderId: offer.investorId,
    shares: offer.shares,
  });
  if (limit) return { code: limit, field: "percent" };
  const balance = await getBalance(db, "cash", offer.investorId);
  if (balance < offer.amountCents) {
    return {
      code: "insufficient_balance",
      field: "amount",
      facts: { missingCents: String(offer.amountCents - balance) },
    };
  }
  return null;
}
