import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons } from "#db/schema/index";

/** Where to write to a person, and how to call them. */
export async function holderOf(
  tx: Tx,
  personId: string,
): Promise<{ to: { personId: string; email: string }; name: string }> {
  const [row] = await tx
    .select({ email: persons.email, name: persons.displayName })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!row) throw new Error("money of nobody");
  return { to: { personId, email: row.email }, name: row.name };
}
