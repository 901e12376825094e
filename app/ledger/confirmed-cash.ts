/** Which cash is confirmed, early, or the own holders' (T24a): the one place that makes cash events. */
import { daysBetween } from "~/lib/dates";
import { type EvidenceGrade, isConfirmed } from "~/lib/gain-words";
import { policy } from "~/policy";
import { divideByLargestRemainder } from "./distribution";
import type { CashEvent } from "./returns";

/** Whether a gain that closed on `closingDay` came so soon after the lot settled that it stands apart. */
export function isEarly(acquiredDay: string, closingDay: string): boolean {
  return daysBetween(acquiredDay, closingDay) <= policy.earlyDistributionDays.value;
}

/**
 * What a lot was paid of a company sale's gain: confirmed where the evidence is, early by the closing
 * date. `reversed`: paid back on `day`, counting as it counted.
 */
export function distributionEvent(paid: {
  lotId: string;
  day: string;
  cents: bigint;
  grade: EvidenceGrade;
  acquiredDay: string;
  closingDay: string;
  reversed?: boolean;
}): CashEvent {
  return {
    lotId: paid.lotId,
    day: paid.day,
    cents: paid.cents,
    kind: paid.reversed ? "distribution_reversed" : "distribution",
    confirmed: isConfirmed(paid.grade),
    early: isEarly(paid.acquiredDay, paid.closingDay),
    ownHoldersCents: 0n,
  };
}

/**
 * What a lot of the seller's own token was paid of the gain in a resale or parting: confirmed where
 * that sale counts in full, early by the sale's day.
 */
export function ownPartEvent(paid: {
  lotId: string;
  day: string;
  cents: bigint;
  saleCounts: boolean;
  acquiredDay: string;
  saleDay: string;
  reversed?: boolean;
}): CashEvent {
  return {
    lotId: paid.lotId,
    day: paid.day,
    cents: paid.cents,
    kind: paid.reversed ? "distribution_reversed" : "distribution",
    confirmed: paid.saleCounts,
    early: isEarly(paid.acquiredDay, paid.saleDay),
    ownHoldersCents: 0n,
  };
}

/** One lot of a resale or parting, as the seller's record takes it. */
export type SoldLot = { lotId: string; priceCents: bigint; carriedCents: bigint };

/**
 * A seller's cash of a resale or parting: all of a price that an unconnected buyer paid is confirmed;
 * of any other, what the shares were carried at the day before, the rest is not. What the seller's own
 * holders got is taken off these in proportion, by largest remainder. `reversed`: all of it given back
 * on `day`, whether or not the cash was there.
 */
export function saleEvents(sale: {
  day: string;
  unconnected: boolean;
  taken: readonly SoldLot[];
  ownHoldersCents: bigint;
  reversed?: boolean;
}): CashEvent[] {
  const kind = sale.reversed ? ("proceeds_reversed" as const) : ("proceeds" as const);
  const split = sale.taken.flatMap(({ lotId, priceCents, carriedCents }) => {
    const counts = sale.unconnected || priceCents < carriedCents ? priceCents : carriedCents;
    return [
      { lotId, cents: counts, confirmed: true },
      { lotId, cents: priceCents - counts, confirmed: false },
    ];
  });
  const pieces = split.filter(({ cents }) => cents > 0n);
  if (pieces.length === 0) return [];
  const own = divideByLargestRemainder(
    sale.ownHoldersCents,
    pieces.map(({ cents }) => cents),
  );
  return pieces.map((piece, i) => ({
    ...piece,
    day: sale.day,
    kind,
    early: false,
    ownHoldersCents: own[i] ?? 0n,
  }));
}

/** What came back of a reversed investment or purchase, at once or as a `due` that was paid: always confirmed. */
export function returnedEvent(cash: {
  lotId: string;
  day: string;
  cents: bigint;
  reversed?: boolean;
}): CashEvent {
  return {
    lotId: cash.lotId,
    day: cash.day,
    cents: cash.cents,
    kind: cash.reversed ? "proceeds_reversed" : "proceeds",
    confirmed: true,
    early: false,
    ownHoldersCents: 0n,
  };
}
