import { eq } from "drizzle-orm";
import { offerParts } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { hasOverdueGain } from "~/features/gains/overdue.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { holdOffer, type OfferFile, partiesOf } from "./hold-offer.server";
import { refundOffer } from "./refund.server";
import { fundingProblem } from "./rules";
import { offerIdInput } from "./schema";
import { fundPartInTx, sendOut } from "./send-out.server";

type Input = { offerId: string };

/** The asker's own part of an offer that is still being funded; refuses where there is none, or its time is over. */
function ownPart(context: Context<Input>, file: OfferFile) {
  const part = file.parts.find((one) => one.investorId === context.person.id);
  if (!part) return context.refuse({ code: "not_found" });
  const problem = fundingProblem(file.offer, context.now);
  if (problem) context.refuse({ code: problem });
  return part;
}

/**
 * A co-investor puts the money of their part into its own escrow; with the last part the offer goes out, open for 7 days
 * (T14). Holds the offer's row, so that funding, declining and falling back exclude each other.
 * Refusals: `not_found`, those of `fundingProblem`, `already_funded`, `not_verified`, `distribution_overdue`, and the
 * ledger's `insufficient_balance`.
 */
export const fundPart = defineCommand({
  name: "fund-part",
  action: "offer.fund",
  input: offerIdInput,
  async run(tx, context) {
    const { now, person } = context;
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const part = ownPart(context, file);
    if (part.fundedAt) context.refuse({ code: "already_funded" });
    if (!(await isVerifiedInvestor(tx, person.id, now))) context.refuse({ code: "not_verified" });
    if (await hasOverdueGain(tx, file.offer.studentId, now))
      context.refuse({ code: "distribution_overdue" });
    await fundPartInTx(tx, context, part);
    const all = file.parts.every((one) => one.fundedAt !== null || one.id === part.id);
    if (all) await sendOut(tx, file.offer.id, now);
    const amountCents = String(part.amountCents);
    await context.audit({ type: "offer", id: file.offer.id }, { part: part.id, amountCents });
    return { offerId: file.offer.id, state: all ? "open" : "funding" };
  },
});

/**
 * An investor does not take part after all, while the offer is being funded: it falls back, and all money goes back to
 * whom it came from (T14). Refusals: `not_found`, those of `fundingProblem`.
 */
export const declinePart = defineCommand({
  name: "decline-part",
  action: "offer.fund",
  input: offerIdInput,
  async run(tx, context) {
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const part = ownPart(context, file);
    await tx.update(offerParts).set({ declinedAt: context.now }).where(eq(offerParts.id, part.id));
    await refundOffer(tx, context, file, "lapsed", context.person.id);
    return { offerId: file.offer.id, state: "lapsed" };
  },
});
