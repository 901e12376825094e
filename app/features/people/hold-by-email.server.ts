import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons } from "#db/schema/index";
import { z } from "~/lib/zod";

/** Whom a command line names: an e-mail address. */
export const emailInput = z.object({ email: z.string().trim().toLowerCase().pipe(z.email()) });

/** The person with that address, their row held until the transaction ends; undefined for an unknown one. */
export async function holdByEmail(tx: Tx, email: string) {
  const [person] = await tx.select().from(persons).where(eq(persons.email, email)).for("update");
  return person;
}
