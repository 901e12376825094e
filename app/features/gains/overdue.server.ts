import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { gains, tokens } from "#db/schema/index";

/** Whether holders of this person's token wait for a distribution that is overdue (T11): that blocks new offers. */
export async function hasOverdueGain(db: Queryable, ownerId: string, now: Date): Promise<boolean> {
  const rows = await db
    .select({ id: gains.id })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .where(
      and(
        eq(tokens.ownerId, ownerId),
        isNull(gains.paidAt),
        isNull(gains.reversedAt),
        lt(gains.dueAt, now),
        sql`exists (select 1 from gain_parts p where p.gain_id = ${gains.id} and p.cents > p.paid_cents)`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
