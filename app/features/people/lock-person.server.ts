import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons } from "#db/schema/index";

/** A person's row, held until the transaction ends. Throws for an unknown id. */
export async function lockPerson(tx: Tx, personId: string): Promise<typeof persons.$inferSelect> {
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId)).for("update");
  if (!person) throw new Error("no such person");
  return person;
}
