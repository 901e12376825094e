import type { Queryable } from "#db/client.server";
import { getPersonByHandle, type PublicPerson } from "~/features/people/queries.server";
import { carriedValue, type MarkClass } from "~/ledger/carried-value";
import { type HeldLot, listHeldLots } from "~/ledger/positions.server";
import {
  type CashEvent,
  computeRecord,
  type RecordLot,
  type RecordSummary,
  ratioOrNull,
} from "~/ledger/returns";
import { utcDay } from "~/lib/dates";
import { type RopePoint, toRopePoints } from "./rope-points";

export type { RecordSummary } from "~/ledger/returns";

/** One investment as the record shows it: what was paid, what came back, what is carried. Cents and shares as text. */
export type InvestmentLine = {
  lotId: string;
  student: string;
  handle: string;
  cohort: string | null;
  day: string;
  shares: string;
  sharesLeft: string;
  paidCents: string;
  confirmedCents: string;
  unconfirmedCents: string;
  earlyCents: string;
  carriedCents: string;
  markClass: MarkClass | null;
  markDate: string | null;
  endedCause: "cap" | "sunset" | null;
  /** (confirmed cash + carried) / paid in, four decimals; null where nothing was paid. */
  multiple: string | null;
  capLeftCents: string | null;
  sunset: string | null;
  apart: boolean;
  payments: {
    gainId: string;
    day: string;
    cents: string;
    grade: HeldLot["payments"][number]["grade"];
    early: boolean;
  }[];
};

export type PersonRecord = {
  person: PublicPerson;
  summary: RecordSummary;
  investments: InvestmentLine[];
  rope: RopePoint[];
};

/** A held lot as `computeRecord` takes it. The token stands under its public log id. */
export function toRecordLot(lot: HeldLot): RecordLot {
  return {
    lotId: lot.id,
    token: lot.tokenLogId,
    tokenHandle: lot.tokenHandle,
    cohort: lot.cohort,
    acquiredDay: lot.acquiredDay,
    paidCents: lot.paidCents,
    costLeftCents: lot.costLeftCents,
    capLeftCents: lot.capLeftCents,
    sharesLeft: lot.sharesLeft,
    endedDay: lot.endedAt ? utcDay(lot.endedAt) : null,
    marks: [],
    finder: lot.finder,
    apart: lot.apart,
  };
}

/** Everything that a lot was paid, as `computeRecord` takes it. */
export function toCashEvents(lot: HeldLot): CashEvent[] {
  return lot.payments.map(({ day, cents, confirmed, early }) => ({
    lotId: lot.id,
    day,
    cents,
    kind: "distribution",
    confirmed,
    early,
    ownHoldersCents: 0n,
  }));
}

/** The record of these lots, all of one person, on a day (T24, T25). */
export function recordOf(lots: readonly HeldLot[], valuationDate: string): RecordSummary {
  return computeRecord({
    valuationDate,
    lots: lots.map(toRecordLot),
    cash: lots.flatMap(toCashEvents),
  });
}

/**
 * The public record of the person of that handle on a day, with each investment and its payments; an empty record for a
 * person who never invested, null for an unknown handle. Finder's stakes are in `summary.findersStakes` alone.
 */
export async function getRecord(
  db: Queryable,
  handle: string,
  valuationDate: string,
): Promise<PersonRecord | null> {
  const person = await getPersonByHandle(handle, db);
  if (!person) return null;
  const lots = await listHeldLots(db, [person.id]);
  const bought = lots.filter((lot) => !lot.finder);
  return {
    person,
    summary: recordOf(lots, valuationDate),
    investments: bought.map((lot) => toLine(lot, valuationDate)),
    rope: toRopePoints(
      bought.filter((lot) => !lot.apart),
      valuationDate,
    ),
  };
}

/** All investments on the platform as one record on a day, finder's stakes and those that stand apart left out. */
export async function getWholeBook(
  db: Queryable,
  valuationDate: string,
): Promise<{ summary: RecordSummary; investments: InvestmentLine[]; lots: HeldLot[] }> {
  const lots = (await listHeldLots(db)).filter((lot) => !lot.finder && !lot.apart);
  return {
    summary: recordOf(lots, valuationDate),
    investments: lots.map((lot) => toLine(lot, valuationDate)),
    lots,
  };
}

const sum = (payments: HeldLot["payments"]) =>
  payments.reduce((total, payment) => total + payment.cents, 0n);

function toLine(lot: HeldLot, valuationDate: string): InvestmentLine {
  const carried = carriedValue(toRecordLot(lot), valuationDate);
  const late = lot.payments.filter((payment) => !payment.early);
  const confirmed = sum(late.filter((payment) => payment.confirmed));
  return {
    lotId: lot.id,
    student: lot.tokenOwnerName,
    handle: lot.tokenHandle,
    cohort: lot.cohort,
    day: lot.acquiredDay,
    shares: String(lot.sharesBought),
    sharesLeft: String(lot.sharesLeft),
    paidCents: String(lot.paidCents),
    confirmedCents: String(confirmed),
    unconfirmedCents: String(sum(late.filter((payment) => !payment.confirmed))),
    earlyCents: String(sum(lot.payments.filter((payment) => payment.early))),
    carriedCents: String(carried?.cents ?? 0n),
    markClass: carried?.markClass ?? null,
    markDate: carried?.markDate ?? null,
    endedCause: lot.endedCause,
    multiple: ratioOrNull(confirmed + (carried?.cents ?? 0n), lot.paidCents),
    capLeftCents: lot.capLeftCents === null ? null : String(lot.capLeftCents),
    sunset: lot.sunset,
    apart: lot.apart,
    payments: lot.payments.map(({ gainId, day, cents, grade, early }) => ({
      gainId,
      day,
      cents: String(cents),
      grade,
      early,
    })),
  };
}
