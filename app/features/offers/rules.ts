import type { OfferState } from "#db/schema/offers";
import { addDaysToInstant } from "~/lib/dates";
import { policy } from "~/policy";

/** When an offer that goes out now lapses (T14). */
export const expiryOf = (sentAt: Date): Date =>
  addDaysToInstant(sentAt, policy.offerOpenDays.value);

/** When an offer signed now settles, and until when each side may leave it (T16). */
export function coolingOff(signedAt: Date): { settlesAt: Date; investorMayLeaveUntil: Date } {
  return {
    settlesAt: addDaysToInstant(signedAt, policy.coolingOffDays.value),
    investorMayLeaveUntil: addDaysToInstant(signedAt, policy.investorLeaveDays.value),
  };
}

type Standing = {
  state: OfferState;
  createdAt: Date;
  expiresAt: Date | null;
  settlesAt: Date | null;
  investorMayLeaveUntil: Date | null;
};

/** From when on an unsigned offer lapses: its own expiry, or the end of the time to fund it. */
export const lapsesAt = (offer: Pick<Standing, "createdAt" | "expiresAt">): Date =>
  offer.expiresAt ?? addDaysToInstant(offer.createdAt, policy.fundingDays.value);

export type AnswerProblem =
  | "already_signed"
  | "already_settled"
  | "offer_closed"
  | "offer_expired"
  | "not_open_yet";

/** Whether the student may answer the offer now: it is open, and the instant of its expiry has not come. */
export function answerProblem(offer: Standing, now: Date): AnswerProblem | null {
  if (offer.state === "signed") return "already_signed";
  if (offer.state === "settled") return "already_settled";
  if (offer.state === "funding") return "not_open_yet";
  if (offer.state !== "open") return "offer_closed";
  return now < lapsesAt(offer) ? null : "offer_expired";
}

export type FundingProblem = "already_out" | "offer_closed" | "funding_over";

/** Whether a part of the offer may be funded or declined now: it is being funded, and its time is not over (T14). */
export function fundingProblem(offer: Standing, now: Date): FundingProblem | null {
  if (offer.state === "open" || offer.state === "signed" || offer.state === "settled")
    return "already_out";
  if (offer.state !== "funding") return "offer_closed";
  return now < lapsesAt(offer) ? null : "funding_over";
}

export type LeaveProblem = "not_signed" | "already_settled" | "already_left" | "too_late";

/** Whether that side may leave a signed offer now; at the very instant of its deadline it may no longer. */
export function leaveProblem(
  offer: Standing,
  by: "student" | "investor",
  now: Date,
): LeaveProblem | null {
  if (offer.state === "settled") return "already_settled";
  if (offer.state === "left") return "already_left";
  const until = by === "student" ? offer.settlesAt : offer.investorMayLeaveUntil;
  if (offer.state !== "signed" || !until) return "not_signed";
  return now < until ? null : "too_late";
}

/** Whether a signed offer is to be settled now: from the instant on at which it settles. */
export function settlementDue(offer: Standing, now: Date): boolean {
  return offer.state === "signed" && offer.settlesAt !== null && now >= offer.settlesAt;
}

/** Whether an unsigned offer is to lapse now. */
export function lapseDue(offer: Standing, now: Date): boolean {
  return (offer.state === "open" || offer.state === "funding") && now >= lapsesAt(offer);
}
