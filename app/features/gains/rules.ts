import { divideByLargestRemainder } from "~/ledger/distribution";
import { addDays, addDaysToInstant, addMonths, endOfDayInstant, utcDay } from "~/lib/dates";
import type { EvidenceGrade, PaymentState } from "~/lib/gain-words";
import { err, ok, type Result } from "~/lib/result";
import { policy } from "~/policy";

/** Files that count as documents: content type → the ending that a download gets. */
export const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
};
export const DOCUMENT_MAX_BYTES = 10 * 1024 * 1024;

export type SaleRefusal = "closing_in_future" | "before_token";

/**
 * The record instant of a company sale: 24:00 UTC of its closing date (T10). Refuses a day that has not ended
 * (`closing_in_future`) and one that ended before the token was minted (`before_token`).
 */
export function recordInstantOf(
  closingDate: string,
  mintedAt: Date,
  now: Date,
): Result<Date, SaleRefusal> {
  const instant = endOfDayInstant(closingDate);
  if (instant.getTime() > now.getTime()) return err("closing_in_future");
  if (instant.getTime() <= mintedAt.getTime()) return err("before_token");
  return ok(instant);
}

/** When the holders' parts of a gain declared at this instant are due (T11). */
export function dueAt(declaredAt: Date): Date {
  return addDaysToInstant(declaredAt, policy.payWithinDays.value);
}

/** Until when a payment is deferred that was due at this instant: as many months later, at the same time of day (T11). */
export function deferredUntil(due: Date): Date {
  const day = addMonths(utcDay(due), policy.deferralMonths.value);
  return new Date(`${day}${due.toISOString().slice(10)}`);
}

/** Whether a calendar year (UTC) is over. */
export const yearIsOver = (year: number, now: Date): boolean => year < now.getUTCFullYear();

/** The last calendar year for which the time to declare is over: three months after its end (T11). */
export function lastYearDue(now: Date): number {
  const earlier = addMonths(utcDay(now), -policy.yearlyDeclarationMonths.value);
  return Number(earlier.slice(0, 4)) - 1;
}

/** The last day on which a sale is declared in time (T11). */
export function declareBy(closingDate: string): string {
  return addDays(closingDate, policy.declareWithinDays.value);
}

/** The grade that a declaration starts with (T12). */
export function firstGrade(documented: boolean): EvidenceGrade {
  return documented ? "documented" : "self_reported";
}

/** Says where the payment stands: `paid` only where somebody was to be paid. */
export function paymentState(
  gain: { paidAt: Date | null; dueAt: Date; toPayCents: bigint },
  now: Date,
): PaymentState {
  if (gain.toPayCents === 0n) return "nothing_to_pay";
  if (gain.paidAt) return "paid";
  return now.getTime() > gain.dueAt.getTime() ? "overdue" : "due";
}

/** At most so many people stand in one entry of the public log, its owner included. */
const PEOPLE_PER_ENTRY = 256;

/** Cuts parts into runs that, with the owner, name at most 256 people each. Order is kept. */
export function splitByPeople<P extends { holderId: string }>(parts: readonly P[]): P[][] {
  const runs: P[][] = [];
  let people = new Set<string>();
  for (const part of parts) {
    const run = runs.at(-1);
    if (!run || (!people.has(part.holderId) && people.size === PEOPLE_PER_ENTRY - 1)) {
      runs.push([part]);
      people = new Set([part.holderId]);
    } else {
      run.push(part);
      people.add(part.holderId);
    }
  }
  return runs;
}

/**
 * What a payment gives each unpaid part: all of it, where nothing is said or enough is paid; otherwise its share of the
 * amount by largest remainder. Parts that get nothing are left out.
 */
export function partsPaid<P extends { cents: bigint }>(
  unpaid: readonly P[],
  amountCents: bigint | undefined,
): P[] {
  const owed = unpaid.reduce((sum, part) => sum + part.cents, 0n);
  if (amountCents === undefined || amountCents >= owed) return [...unpaid];
  const shares = divideByLargestRemainder(
    amountCents,
    unpaid.map((part) => part.cents),
  );
  return unpaid
    .map((part, i) => ({ ...part, cents: shares[i] ?? 0n }))
    .filter((part) => part.cents > 0n);
}
