import { addDaysToInstant, addMonths, utcDay } from "~/lib/dates";
import { policy } from "~/policy";

/** Until when a referral sent now may lead to an application, and until when to an investment (T21). */
export function deadlinesOf(sentAt: Date): { applyBy: Date; investBy: Date } {
  const day = addMonths(utcDay(sentAt), policy.referralToInvestmentMonths.value);
  return {
    applyBy: addDaysToInstant(sentAt, policy.referralToApplicationDays.value),
    investBy: new Date(`${day}${sentAt.toISOString().slice(10)}`),
  };
}

type Times = { sentAt: Date; applyBy: Date; investBy: Date };

/** Whether an application submitted then is one that the referral led to: after it was sent, within its time. */
export function ledTo(referral: Times, submittedAt: Date | null): boolean {
  return submittedAt !== null && submittedAt >= referral.sentAt && submittedAt < referral.applyBy;
}

/**
 * Whether a referral can still lead to an investment: until the time to apply is over, and beyond it, until the time to
 * invest is over, where an application came in time. At the very instant of a deadline it no longer can.
 */
export function isAlive(referral: Times, appliedInTime: boolean, now: Date): boolean {
  return now < (appliedInTime ? referral.investBy : referral.applyBy);
}
