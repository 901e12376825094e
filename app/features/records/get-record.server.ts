import type { Queryable } from "#db/client.server";
import { getNames, getPersonByHandle, type PublicPerson } from "~/features/people/queries.server";
import { carriedValue, type MarkClass } from "~/ledger/carried-value";
import type { PublicBook } from "~/ledger/public-record.server";
import type { FoldedLot } from "~/ledger/record-book";
import type { LinedRecord, RecordFlow } from "~/ledger/record-lines";
import {
  computeRecord,
  medianOf,
  type RecordSummary,
  ratioOrNull,
  shareOfBest,
  signedCents,
} from "~/ledger/returns";
import type { EvidenceGrade } from "~/lib/gain-words";
import type { AsOf } from "./as-of-words";
import { countExits, type ExitCounts } from "./exits";
import {
  findFalseRecord,
  findLines,
  type KeptAmongAll,
  keepRecords,
  listKeptRecords,
  refreshKept,
} from "./published-records.server";
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

/** What is computed of a record and kept; `student` is the handle until names are put in. */
export type ComputedRecord = {
  summary: RecordSummary;
  investments: InvestmentLine[];
  rope: RopePoint[];
  exits: ExitCounts;
};

export type PersonRecord = ComputedRecord & {
  person: PublicPerson;
  /** The signed tree that it stands for; null before the first. */
  asOf: AsOf | null;
};

/**
 * The public record of the person of that handle on a day, with each investment and what came of it, as of the newest signed
 * tree; an empty record for a person who never invested, null for an unknown handle. Finder's stakes are in
 * `summary.findersStakes` alone.
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
  const { records, asOf } = await keepRecords(db, [person.id], valuationDate, computed);
  const record = records.get(person.id) as ComputedRecord;
  return { person, ...record, investments: await withNames(db, record.investments), asOf };
}

/** The public records of some people on a day, by id, all of one signed tree. Their lines bear handles for names. */
export async function listRecordsOf(
  db: Queryable,
  personIds: readonly string[],
  valuationDate: string,
): Promise<ReadonlyMap<string, ComputedRecord>> {
  return (await keepRecords(db, personIds, valuationDate, computed)).records;
}

export type LinedLeaves = LinedRecord & { leaves: ReadonlyMap<string, number> };

/**
 * A person's public record line by line, as of the newest signed tree, and the leaf of each entry by its number. Reading it grows
 * with its history; `state` (null: unknown) is another whenever the lines are.
 */
export async function findLinedRecord(
  db: Queryable,
  person: { id: string; handle: string },
  valuationDate: string,
): Promise<{ state: string | null; asOf: AsOf | null; read(): Promise<LinedLeaves> }> {
  const { state, asOf, read } = await findLines(db, person.id);
  return {
    state,
    asOf,
    read: async () => {
      const book = await read();
      const { lots, flows, movements, leaves } = book;
      const { handle } = person;
      return { handle, valuationDate: dayOf(book, valuationDate), lots, flows, movements, leaves };
    },
  };
}

/** A person's public record line by line, and the tree that it stands for. Grows with its history. */
export async function getLinedRecord(
  db: Queryable,
  person: { id: string; handle: string },
  valuationDate: string,
): Promise<LinedLeaves & { asOf: AsOf | null }> {
  const { asOf, read } = await findLinedRecord(db, person, valuationDate);
  return { ...(await read()), asOf };
}

const dayOf = ({ lastDay }: PublicBook, day: string): string =>
  lastDay !== null && lastDay > day ? lastDay : day;

/** A record's summary on a day, or on the day of its newest line where that is later. */
export function summaryOf(book: PublicBook, day: string): RecordSummary {
  return computeRecord({ valuationDate: dayOf(book, day), lots: book.lots, cash: book.flows });
}

function computed(book: PublicBook, day: string): ComputedRecord {
  const flows = new Map<string, RecordFlow[]>();
  for (const flow of book.flows) {
    const known = flows.get(flow.lotId);
    if (known) known.push(flow);
    else flows.set(flow.lotId, [flow]);
  }
  const summary = summaryOf(book, day);
  const bought = book.lots
    .filter((lot) => !lot.finder)
    .map((lot) => ({ ...lot, flows: flows.get(lot.lotId) ?? [] }));
  return {
    summary,
    investments: bought.map((lot) => toLine(lot, summary.valuationDate)),
    rope: toRopePoints(
      bought.filter((lot) => !lot.apart),
      summary.valuationDate,
    ),
    exits: countExits({ ...book, handle: "", valuationDate: summary.valuationDate }),
  };
}

/** People may change the names that they are shown by; their handles stay. */
async function withNames(db: Queryable, lines: InvestmentLine[]): Promise<InvestmentLine[]> {
  const names = await getNames(
    lines.map(({ handle }) => handle),
    db,
  );
  return lines.map((line) => ({ ...line, student: names.get(line.handle) ?? line.student }));
}

/**
 * The records of everybody who ever bought shares, closed accounts included, on a day, as of the newest signed tree; each person
 * once, in the order of their ids. Their lines bear handles for names.
 */
export async function listRecords(
  db: Queryable,
  valuationDate: string,
): Promise<{ records: KeptAmongAll<ComputedRecord>[]; asOf: AsOf | null }> {
  return listKeptRecords(db, valuationDate, computed);
}

/** Computes records ahead of their readers: those that leaves from `since` on have changed, and some of an earlier day. Answers the tree's size. */
export async function refreshRecords(
  db: Queryable,
  what: { since: number; day: string },
): Promise<number> {
  return refreshKept(db, what, computed);
}

/** The first person whose kept record is not what the signed tree makes of it, by handle; null where all are. Reads every record's history. */
export async function auditRecords(
  db: Queryable,
  onProgress: (upTo: number, of: number) => void = () => {},
): Promise<string | null> {
  return findFalseRecord(db, computed, onProgress);
}

/** All investments on the platform on a day, those that stand apart counted alone, with the median outcome and the best one's share over all positions. */
export async function getWholeBook(
  db: Queryable,
  valuationDate: string,
): Promise<{
  medianTvpi: string | null;
  bestShare: string | null;
  investments: InvestmentLine[];
  apart: number;
}> {
  const records = (await listRecords(db, valuationDate)).records.map(({ record }) => record);
  const positions = records
    .flatMap(({ summary }) => summary.positions)
    .filter(({ apart }) => !apart);
  const sizes = positions.map(({ gross }) => ({
    paidInCents: BigInt(gross.paidInCents),
    cents:
      BigInt(gross.distributionsCents) + BigInt(gross.proceedsCents) + BigInt(gross.valueCents),
  }));
  const all = records.flatMap(({ investments }) => investments);
  const lines = all.filter(({ apart }) => !apart);
  return {
    medianTvpi: medianOf(sizes),
    bestShare: shareOfBest(sizes),
    investments: await withNames(db, lines),
    apart: all.length - lines.length,
  };
}

type LotWithFlows = FoldedLot & { flows: readonly RecordFlow[] };

const sum = (flows: readonly RecordFlow[]) =>
  flows.reduce((total, flow) => total + signedCents(flow), 0n);

function toLine(lot: LotWithFlows, valuationDate: string): InvestmentLine {
  const carried = carriedValue(lot, valuationDate);
  const late = lot.flows.filter((flow) => !flow.early);
  const confirmed = sum(late.filter((flow) => flow.confirmed));
  return {
    lotId: lot.lotId,
    student: lot.tokenHandle,
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
function paymentsOf(flows: readonly RecordFlow[]): InvestmentLine["payments"] {
  const sums = new Map<string, RecordFlow[]>();
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
