import type { Queryable } from "#db/client.server";
import { endOfDayInstant } from "~/lib/dates";
import { listBodiesOf } from "./bodies.server";
import { type HeldLot, listHeldLots, listSamePersons } from "./positions.server";
import { getLogIds } from "./read.server";
import { recordInputOf } from "./record-book";
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
