import { eq } from "drizzle-orm";
import { persons, withdrawals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { withdrawalRequested } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { formatCents } from "~/lib/money";
import { findHold } from "./hold.server";
import { holderOf } from "./holder.server";
import { maskDestination } from "./rules";
import { withdrawalSchema } from "./schema";

/**
 * A person asks for cash to be paid out: it leaves their balance at once and waits in escrow until an operator has paid
 * it or refused. The person is told by mail. Refuses `insufficient_balance` (on `amount`), and `withdrawals_held` with
 * the fact `until` in the 72 hours after a change of e-mail address. Holds the person's row against such a change.
 */
export const requestWithdrawal = defineCommand({
  name: "request-withdrawal",
  action: "withdrawal.request",
  input: withdrawalSchema,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    ctx.authorise({ person: person.id });
    await tx
      .select({ id: persons.id })
      .from(persons)
      .where(eq(persons.id, person.id))
      .for("no key update");
    const hold = await findHold(tx, person.id, now);
    if (hold) return ctx.refuse({ code: "withdrawals_held", facts: hold });
    const [row] = await tx
      .insert(withdrawals)
      .values({
        personId: person.id,
        amountCents: input.amount,
        destination: input.destination,
        requestedAt: now,
      })
      .returning({ id: withdrawals.id });
    if (!row) throw new Error("a withdrawal has no id");
    const act = { actorId: person.id, now, idempotencyKey: ctx.key, input: plainInput(input) };
    ctx.need(
      await post(
        tx,
        withdrawalRequested(act, { id: row.id, personId: person.id, amountCents: input.amount }),
      ),
      "amount",
    );
    const { to, name } = await holderOf(tx, person.id);
    const props = {
      name,
      amount: formatCents(input.amount),
      destination: maskDestination(input.destination),
      path: "/wallet",
    };
    await enqueueMail(tx, { to, template: "withdrawal-requested", props, now });
    await ctx.audit({ type: "withdrawal", id: row.id }, { amountCents: String(input.amount) });
    return { withdrawalId: row.id };
  },
});
