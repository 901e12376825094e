import type { Queryable } from "#db/client.server";
import { singleton } from "~/lib/singleton.server";
import { listRecords } from "./get-record.server";
import { type Standings, standingsOf } from "./standings";

export type { Standing, Standings } from "./standings";

type Kept = { of: string; standings: Standings };

/**
 * Where everybody who invests stands among all on a day (T26): a rank with its estimate and interval, or why there is none. By
 * person id, for ids that are one person the same. Kept until another tree is signed or the day changes.
 */
export async function getRanks(db: Queryable, day: string): Promise<Standings> {
  const { records, asOf } = await listRecords(db, day);
  const among = () =>
    standingsOf(
      records.map(({ personId, ids, record }) => ({ personId, ids, summary: record.summary })),
    );
  if (!asOf) return among();
  const of = `${asOf.size}/${day}`;
  const kept = singleton<Partial<Kept>>("kept-ranks", () => ({}));
  if (kept.of !== of || !kept.standings) Object.assign(kept, { of, standings: among() });
  return kept.standings as Standings;
}
