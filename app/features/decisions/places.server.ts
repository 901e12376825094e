import { and, count, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { decisions } from "#db/schema/index";
import { countEnrolled } from "~/features/cohorts/queries.server";

/** How many places of a cohort are taken, or on their way to somebody. */
export async function countTaken(cohortId: string, db: Queryable): Promise<number> {
  const [row] = await db
    .select({ going: count() })
    .from(decisions)
    .where(
      and(
        eq(decisions.cohortId, cohortId),
        eq(decisions.state, "releasing"),
        sql`${decisions.kind} = 'admit'`,
      ),
    );
  return (await countEnrolled(cohortId, db)) + (row?.going ?? 0);
}
