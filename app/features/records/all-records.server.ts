import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { keptRecord } from "~/ledger/record.server";
import { getRecordOf, type RecordSummary } from "./get-record.server";

/** One investor's record among all. `ids`: the person and whoever is one person with them (T18). */
export type RecordAmongAll = { personId: string; ids: readonly string[]; summary: RecordSummary };

/**
 * The record on a day of everybody who ever bought shares, closed accounts included, each person once: who was joined to another
 * stands in that other's record alone. In the order of their ids. Kept until an entry changes the book or the day does.
 */
export async function listAllRecords(
  db: Queryable,
  valuationDate: string,
): Promise<readonly RecordAmongAll[]> {
  return keptRecord(db, { personId: null, valuationDate, what: "all-records" }, async () => {
    const people = await db.execute<{ id: string; ids: string[] }>(sql`
      WITH RECURSIVE same (root, id) AS (
        SELECT p.id, p.id FROM persons p WHERE NOT EXISTS (SELECT 1 FROM same_persons s WHERE s.other_id = p.id)
        UNION SELECT same.root, s.other_id FROM same JOIN same_persons s ON s.person_id = same.id
      ) SELECT root AS id, array_agg(id::text ORDER BY id) AS ids FROM same
      WHERE root IN (SELECT same.root FROM same JOIN lots l ON l.holder_id = same.id WHERE NOT l.finder)
      GROUP BY root ORDER BY root`);
    const records: RecordAmongAll[] = [];
    for (const { id, ids } of people) {
      const { summary } = await getRecordOf(db, { id }, valuationDate);
      if (summary.investments > 0) records.push({ personId: id, ids, summary });
    }
    return records;
  });
}
