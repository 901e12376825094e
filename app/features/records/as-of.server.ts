import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { formatDate, utcDay } from "~/lib/dates";
import { formatShares } from "~/lib/money";

/** As of which signed tree a page stands, in words: its day, how many leaves, when it was signed. */
export type AsOf = { text: string; size: string; signed: string };

/** The newest signed tree; null before the first. */
export async function getAsOf(db: Queryable): Promise<AsOf | null> {
  const [row] = await db.execute<{ size: string; signed_at: string }>(sql`
    SELECT c.size::text, to_char(c.signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS signed_at
    FROM log_checkpoints c ORDER BY c.size DESC LIMIT 1`);
  if (!row) return null;
  const at = new Date(row.signed_at);
  return {
    text: formatDate(utcDay(at)),
    size: formatShares(row.size),
    signed: row.signed_at.slice(11, 16),
  };
}
