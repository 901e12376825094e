import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { offers } from "#db/schema/index";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { areRelated } from "~/features/tokens/connections.server";
import { markPrice } from "~/features/tokens/mark-price.server";
import { lotCapCents } from "~/ledger/distribution";
import { investmentSettled, type NewLot, type SettledPart } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId, getLogIds } from "~/ledger/read.server";
import { addMonths, addYears, utcDay } from "~/lib/dates";
import { policy } from "~/policy";
import { holdOffer, type OfferFile } from "./hold-offer.server";
import { holdingsOf, stakeOf } from "./holdings";
import { settlementDue } from "./rules";
import { offerIdInput } from "./schema";
import { tellParties } from "./tell-parties.server";

/**
 * The platform settles a signed offer whose cooling-off period is over, in one journal entry: cash to the student, shares
 * to each investor, and to the scout, as a lot with its cap, sunset and lock-up (T6, T16, T19, T22). Holds the offer's row. An offer that is
 * settled already, or was left, is left as it is. Refusals: `not_found`, `not_due` (nothing is kept: ask again later).
 */
export const settleOffer = defineCommand({
  name: "settle-offer",
  action: "offer.settle",
  input: offerIdInput,
  async run(tx, context) {
    context.authorise({});
    const { now } = context;
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    const { offer } = file;
    // Not kept under its key: an offer that is signed later settles under the same.
    if (offer.state === "funding" || offer.state === "open") context.refuse({ code: "not_due" });
    if (offer.state !== "signed") return { offerId: offer.id, state: offer.state, settled: false };
    if (!settlementDue(offer, now)) context.refuse({ code: "not_due" });
    await postInvestment(tx, context, file);
    await tx.update(offers).set({ state: "settled", closedAt: now }).where(eq(offers.id, offer.id));
    await context.audit(
      { type: "offer", id: offer.id },
      { state: "settled", amountCents: String(offer.amountCents) },
    );
    await tellParties(tx, file, "offer-settled", now);
    return { offerId: offer.id, state: "settled", settled: true };
  },
});

async function postInvestment(
  tx: Tx,
  context: Context<{ offerId: string }>,
  file: OfferFile,
): Promise<void> {
  const { token, offer, parts } = file;
  if (!token) throw new Error("a signed offer without a token");
  const people = await getLogIds(
    tx,
    "person",
    holdingsOf({ ...offer, parts }).map((holding) => holding.holderId),
  );
  const logIdOf = (personId: string): string => people.get(personId) ?? "";
  const act = {
    actorId: null,
    now: context.now,
    idempotencyKey: `${context.key}:settle`,
    input: plainInput(context.input),
  };
  const settled = await settledParts(tx, file, logIdOf);
  const entry = investmentSettled(act, {
    offerId: offer.id,
    tokenId: token.id,
    tokenLogId: await getLogId(tx, "token", token.id),
    tokenHandle: file.student.handle,
    ownerId: token.ownerId,
    cohortSlug: file.cohort.slug,
    parts: settled,
    lots: lotsOf(file, utcDay(context.now), logIdOf),
  });
  const event = context.need(await post(tx, entry));
  await markPrice(tx, {
    act: { ...act, idempotencyKey: `${context.key}:mark` },
    token,
    event,
    sellerId: token.ownerId,
    buyers: settled.map((part) => ({
      personId: part.investorId,
      cents: part.amountCents,
      shares: part.shares - part.stakeShares,
    })),
    priceCents: offer.amountCents,
    shares: offer.shares,
  });
}

/** The parts as they settle; a relative's stands apart in the record (T24a). */
async function settledParts(
  tx: Tx,
  { offer, parts, student }: OfferFile,
  logIdOf: (personId: string) => string,
): Promise<SettledPart[]> {
  const settled: SettledPart[] = [];
  for (const part of parts)
    settled.push({
      id: part.id,
      investorId: part.investorId,
      amountCents: part.amountCents,
      investorLogId: logIdOf(part.investorId),
      shares: part.shares,
      stakeShares: offer.finderId ? stakeOf(part.shares, offer.finderStakeBps) : 0n,
      apart: await areRelated(tx, part.investorId, student.id),
    });
  return settled;
}

/**
 * One lot a part, and one for the scout. The deal's cap is a multiple of all the cash, divided over the lots by shares (T6);
 * a scout's lot is locked for 12 months (T22), the others as T19 says.
 */
function lotsOf(file: OfferFile, day: string, logIdOf: (personId: string) => string): NewLot[] {
  const { offer, parts, cohort } = file;
  const holdings = holdingsOf({ ...offer, parts });
  const caps = lotCapCents({
    paidCents: offer.amountCents,
    capMultiple: offer.payoutCapMultiple,
    lotShares: holdings.map((holding) => holding.shares),
  });
  return holdings.map((holding, index) => ({
    ...holding,
    lotId: randomUUID(),
    holderLogId: logIdOf(holding.holderId),
    capCents: caps[index] ?? null,
    sunset: offer.sunsetYears === null ? null : addYears(day, offer.sunsetYears),
    lockedUntil: holding.finder
      ? addMonths(day, policy.finderLockMonths.value)
      : addMonths(cohort.endsOn, policy.lockUpMonthsAfterCohort.value),
  }));
}
