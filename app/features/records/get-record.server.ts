import type { Queryable } from "#db/client.server";
import { getNames, getPersonByHandle, type PublicPerson } from "~/features/people/queries.server";
import { carriedValue, type MarkClass } from "~/ledger/carried-value";
import { type HeldLot, listAllLots } from "~/ledger/positions.server";
import { keptRecord, listRecordLots, recordOfLots } from "~/ledger/record.server";
import { type RecordSummary, ratioOrNull, signedCents } from "~/ledger/returns";
import type { EvidenceGrade } from "~/lib/gain-words";
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
  /** Whether the investment was reversed: it stays in the record. */
  reversed: boolean;
  /** What came, summed by how well it is confirmed; `grade` null: of a sale of shares, or given back. */
  payments: {
    cents: string;
    grade: EvidenceGrade | null;
    confirmed: boolean;
    early: boolean;
  }[];
};

export type PersonRecord = {
  person: PublicPerson;
  summary: RecordSummary;
  investments: InvestmentLine[];
  rope: RopePoint[];
};

/**
 * The public record of the person of that handle on a day, with each investment and what came of it; an empty record for
 * a person who never invested, null for an unknown handle. Finder's stakes are in `summary.findersStakes` alone. Kept
 * until an entry changes it or the day does.
 */
export async function getRecord(
  db: Queryable,
  handle: string,
  valuationDate: string,
): Promise<PersonRecord | null> {
  const person = await getPersonByHandle(handle, db);
  return person && getRecordOf(db, person, valuationDate);
}

/** The public record of a person, as `getRecord` gives it. */
export async function getRecordOf<P extends { id: string }>(
  db: Queryable,
  person: P,
  valuationDate: string,
): Promise<Omit<PersonRecord, "person"> & { person: P }> {
  const record = await keptRecord(
    db,
    { personId: person.id, valuationDate, what: "record" },
    async () => {
      const lots = await listRecordLots(db, person.id);
      const bought = lots.filter((lot) => !lot.finder);
      return {
        summary: recordOfLots(lots, valuationDate),
        investments: bought.map((lot) => toLine(lot, valuationDate)),
        rope: toRopePoints(
          bought.filter((lot) => !lot.apart),
          valuationDate,
        ),
      };
    },
  );
  return { person, ...record, investments: await withNames(db, record.investments) };
}

/** People may change the names that they are shown by; their handles stay. */
async function withNames(db: Queryable, lines: InvestmentLine[]): Promise<InvestmentLine[]> {
  const names = await getNames(
    lines.map(({ handle }) => handle),
    db,
  );
  return lines.map((line) => ({ ...line, student: names.get(line.handle) ?? line.student }));
}

/** All investments on the platform as one record on a day, finder's stakes and those that stand apart left out. */
export async function getWholeBook(
  db: Queryable,
  valuationDate: string,
): Promise<{ summary: RecordSummary; investments: InvestmentLine[] }> {
  return keptRecord(db, { personId: null, valuationDate, what: "book" }, async () => {
    const lots = (await listAllLots(db)).filter((lot) => !lot.finder && !lot.apart);
    return {
      summary: recordOfLots(lots, valuationDate),
      investments: lots.map((lot) => toLine(lot, valuationDate)),
    };
  });
}

const sum = (flows: HeldLot["flows"]) =>
  flows.reduce((total, flow) => total + signedCents(flow), 0n);

function toLine(lot: HeldLot, valuationDate: string): InvestmentLine {
  const carried = carriedValue(lot, valuationDate);
  const late = lot.flows.filter((flow) => !flow.early);
  const confirmed = sum(late.filter((flow) => flow.confirmed));
  return {
    lotId: lot.lotId,
    student: lot.tokenOwnerName,
    handle: lot.tokenHandle,
    cohort: lot.cohort,
    day: lot.acquiredDay,
    shares: String(lot.sharesBought),
    sharesLeft: String(lot.sharesLeft),
    paidCents: String(lot.paidCents),
    confirmedCents: String(confirmed),
    unconfirmedCents: String(sum(late.filter((flow) => !flow.confirmed))),
    earlyCents: String(sum(lot.flows.filter((flow) => flow.early))),
    carriedCents: String(carried?.cents ?? 0n),
    markClass: carried?.markClass ?? null,
    markDate: carried?.markDate ?? null,
    endedCause: lot.endedCause,
    reversed: lot.reversedDay !== null,
    multiple: ratioOrNull(confirmed + (carried?.cents ?? 0n), lot.paidCents),
    capLeftCents: lot.capLeftCents === null ? null : String(lot.capLeftCents),
    sunset: lot.sunset,
    apart: lot.apart,
    payments: paymentsOf(lot.flows),
  };
}

/** Cash by how well it is confirmed, in the order in which the first of each kind came. */
function paymentsOf(flows: HeldLot["flows"]): InvestmentLine["payments"] {
  const sums = new Map<string, HeldLot["flows"]>();
  for (const flow of flows) {
    const key = `${flow.grade}/${flow.confirmed}/${flow.early}`;
    const alike = sums.get(key);
    if (alike) alike.push(flow);
    else sums.set(key, [flow]);
  }
  return [...sums.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { grade, confirmed, early } = first;
    return [{ cents: String(sum(alike)), grade, confirmed, early }];
  });
}
