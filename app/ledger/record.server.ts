import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { endOfDayInstant } from "~/lib/dates";
import { singleton } from "~/lib/singleton.server";
import { listBodiesOf } from "./bodies.server";
import { type HeldLot, listHeldLots, listMovements, listSamePersons } from "./positions.server";
import { getLogIds } from "./read.server";
import { recordInputOf } from "./record-book";
import type { LinedRecord } from "./record-lines";
import { computeRecord, type RecordSummary } from "./returns";

/** What a record is computed from: all lots of a person and of whoever is the same person (T18). */
export async function listRecordLots(db: Queryable, personId: string): Promise<HeldLot[]> {
  return listHeldLots(db, await listSamePersons(db, personId));
}

/** The record of these lots on a day (T24, T25). */
export function recordOfLots(lots: readonly HeldLot[], valuationDate: string): RecordSummary {
  return computeRecord({ valuationDate, lots, cash: lots.flatMap((lot) => lot.flows) });
}

/**
 * A person's record as the book knew it at the end of a UTC day, grades and marks of that day too: folded from the public
 * bodies recorded by then. A day to come is valued with what is known now. Grows with the record's history.
 */
export async function getRecordAsOf(
  db: Queryable,
  personId: string,
  day: string,
): Promise<RecordSummary> {
  const ids = await listSamePersons(db, personId);
  const last = new Date(endOfDayInstant(day).getTime() - 1);
  const bodies = await listBodiesOf(db, ids, last);
  const names = await getLogIds(db, "person", ids);
  return computeRecord(recordInputOf(bodies, names.values(), day));
}

/** A person's record line by line, for exports. Grows with the record's history. */
export async function getLinedRecord(
  db: Queryable,
  person: { id: string; handle: string },
  valuationDate: string,
): Promise<LinedRecord> {
  const ids = await listSamePersons(db, person.id);
  const [lots, movements] = await Promise.all([listHeldLots(db, ids), listMovements(db, ids)]);
  const flows = lots.flatMap((lot) => lot.flows);
  return { handle: person.handle, valuationDate, lots, flows, movements };
}

/** How many computed records a process keeps. */
const KEPT_RECORDS = 500;
type Kept = { key: string; value: Promise<unknown> };

/**
 * What `compute` makes of a record (of the whole book, without a person), computed once for each state of the record and
 * day: again only when an entry changed the record or the day did. So a record is read as fast with a long history as
 * with a short one. `compute` must depend on the record and the day alone, and its answer is shared: do not change it.
 */
export async function keptRecord<T>(
  db: Queryable,
  of: { personId: string | null; valuationDate: string; what: string },
  compute: () => Promise<T>,
): Promise<T> {
  const whose = of.personId
    ? sql`WHERE t.person_id = ANY (${`{${(await listSamePersons(db, of.personId)).join(",")}}`}::uuid[])`
    : sql``;
  const [last] = await db.execute<{ log_id: string }>(sql`
    SELECT e.log_id FROM journal_entries e WHERE e.id = (SELECT max(t.last_entry_id) FROM person_totals t ${whose})`);
  if (!last) return compute();
  const kept = singleton("kept-records", () => new Map<string, Kept>());
  const name = `${of.what}/${of.personId ?? "all"}`;
  const key = `${last.log_id}/${of.valuationDate}`;
  const found = kept.get(name);
  kept.delete(name);
  const value = found?.key === key ? (found.value as Promise<T>) : compute();
  kept.set(name, { key, value });
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_RECORDS) break;
    kept.delete(oldest);
  }
  try {
    return await value;
  } catch (error) {
    if (kept.get(name)?.value === value) kept.delete(name);
    throw error;
  }
}
