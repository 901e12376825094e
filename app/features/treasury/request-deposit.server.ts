import { and, count, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { deposits, persons } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { depositSchema, MOST_WAITING } from "./schema";

/**
 * A person announces money that they have sent, under the reference of their bank transfer. Nothing moves until an
 * operator confirms what arrived. Refuses `reference_taken` (on `reference`): a transfer is announced once; and
 * `too_many_waiting`.
 */
export const requestDeposit = defineCommand({
  name: "request-deposit",
  action: "deposit.request",
  input: depositSchema,
  async run(tx, { input, now, person, authorise, refuse, audit }) {
    authorise({ person: person.id });
    if ((await countWaiting(tx, person.id)) >= MOST_WAITING)
      return refuse({ code: "too_many_waiting" });
    const [row] = await tx
      .insert(deposits)
      .values({
        personId: person.id,
        amountCents: input.amount,
        reference: input.reference,
        requestedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: deposits.id });
    if (!row) return refuse({ code: "reference_taken", field: "reference" });
    await audit({ type: "deposit", id: row.id }, { amountCents: String(input.amount) });
    return { depositId: row.id };
  },
});

/** How many deposits of a person wait, with the person's row held so that the answer stands. */
async function countWaiting(tx: Tx, personId: string): Promise<number> {
  await tx
    .select({ id: persons.id })
    .from(persons)
    .where(eq(persons.id, personId))
    .for("no key update");
  const [row] = await tx
    .select({ waiting: count() })
    .from(deposits)
    .where(and(eq(deposits.personId, personId), eq(deposits.state, "requested")));
  return row?.waiting ?? 0;
}
