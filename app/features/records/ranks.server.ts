import type { Queryable } from "#db/client.server";
import { keptRecord } from "~/ledger/record.server";
import { listAllRecords } from "./all-records.server";
import { type Standings, standingsOf } from "./standings";

export type { Standing, Standings } from "./standings";

/**
 * Where everybody who invests stands among all on a day (T26): a rank with its estimate and interval, or why there is none. By
 * person id, for ids that are one person the same. Kept until an entry changes the book or the day does.
 */
export async function getRanks(db: Queryable, day: string): Promise<Standings> {
  return keptRecord(db, { personId: null, valuationDate: day, what: "ranks" }, async () =>
    standingsOf(await listAllRecords(db, day)),
  );
}
