import { and, eq, inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { offers } from "#db/schema/index";
import { hasOverdueGain } from "~/features/gains/overdue.server";
import { findShareLimit } from "~/features/tokens/queries.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { getBalance } from "~/ledger/read.server";
import { holdingsOf } from "./holdings";

export type OfferProblem = {
  code:
    | "not_admitted"
    | "not_verified"
    | "co_not_verified"
    | "distribution_overdue"
    | "offer_already_open"
    | "cap_exceeded"
    | "holder_limit"
    | "finder_limit"
    | "insufficient_balance";
  field?: string;
  facts?: Record<string, string>;
};

export type PlannedOffer = {
  investorId: string;
  studentId: string;
  enrolmentId: string | null;
  /** The first part is the maker's; `field` leads to where another's was typed. */
  parts: readonly {
    investorId: string;
    name: string;
    amountCents: bigint;
    shares: bigint;
    field: string;
  }[];
  finderId: string | null;
  finderStakeBps: number;
};

/**
 * What stands in the way of an offer before any money moves: no place in the cohort (T13), an investor without
 * verification (T18), a student who owes an overdue distribution (T11), another live offer to the same place, the 20% or
 * 10% limits given what is out and reserved now (T2), not enough cash for the maker's part. The ledger refuses the limits
 * again when the offer is signed.
 */
export async function findOfferProblem(
  db: Queryable,
  offer: PlannedOffer,
  now: Date,
): Promise<OfferProblem | null> {
  if (!offer.enrolmentId) return { code: "not_admitted" };
  for (const part of offer.parts) {
    if (await isVerifiedInvestor(db, part.investorId, now)) continue;
    return part.investorId === offer.investorId
      ? { code: "not_verified" }
      : { code: "co_not_verified", field: part.field, facts: { name: part.name } };
  }
  if (await hasOverdueGain(db, offer.studentId, now)) return { code: "distribution_overdue" };
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
  return (await findLimit(db, offer)) ?? findShortfall(db, offer);
}

/** The 20% over all parts together, and the 10% of each who would hold, the scout included (T2). */
async function findLimit(db: Queryable, offer: PlannedOffer): Promise<OfferProblem | null> {
  const { studentId: ownerId } = offer;
  const all = offer.parts.reduce((sum, part) => sum + part.shares, 0n);
  const most = { ownerId, holderId: offer.investorId, shares: all };
  if ((await findShareLimit(db, most)) === "cap_exceeded")
    return { code: "cap_exceeded", field: "percent" };
  for (const { holderId, shares, finder } of holdingsOf(offer)) {
    const limit = await findShareLimit(db, { ownerId, holderId, shares });
    if (!limit) continue;
    if (finder) return { code: "finder_limit" };
    return {
      code: limit,
      field: offer.parts.find((part) => part.investorId === holderId)?.field ?? "percent",
    };
  }
  return null;
}

async function findShortfall(db: Queryable, offer: PlannedOffer): Promise<OfferProblem | null> {
  const own = offer.parts.find((part) => part.investorId === offer.investorId)?.amountCents ?? 0n;
  const balance = await getBalance(db, "cash", offer.investorId);
  if (balance >= own) return null;
  return {
    code: "insufficient_balance",
    field: "amount",
    facts: { missingCents: String(own - balance) },
  };
}
