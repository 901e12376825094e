import { eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { persons } from "#db/schema/index";
import { formatInstant } from "~/lib/dates";

/** Until when nothing is paid out to a person after a change of e-mail address, in words; null when nothing holds. */
export async function findHold(
  db: Queryable,
  personId: string,
  now: Date,
): Promise<{ until: string } | null> {
  const [row] = await db
    .select({ until: persons.withdrawalsHeldUntil })
    .from(persons)
    .where(eq(persons.id, personId));
  return row?.until && row.until > now ? { until: formatInstant(row.until, "UTC") } : null;
}

/** The same for the pages. */
export async function getHold(personId: string, now: Date): Promise<string | null> {
  return (await findHold(getDb(), personId, now))?.until ?? null;
}
