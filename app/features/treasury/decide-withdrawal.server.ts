import { eq } from "drizzle-orm";
import { withdrawals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { withdrawalPaid, withdrawalRefused } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { formatCents } from "~/lib/money";
import { holderOf } from "./holder.server";
import { maskDestination } from "./rules";
import { withdrawalDecisionSchema } from "./schema";

/**
 * An operator says that a withdrawal has been paid, so that it leaves escrow and the platform, or refuses it with a
 * reason, so that all of it returns to the person's cash. Holds the withdrawal's row. Nobody decides their own
 * (`not_found`). Refuses `already_decided` with the fact `state`.
 */
export const decideWithdrawal = defineCommand({
  name: "decide-withdrawal",
  action: "withdrawal.decide",
  input: withdrawalDecisionSchema,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const [row] = await tx
      .select()
      .from(withdrawals)
      .where(eq(withdrawals.id, input.withdrawalId))
      .for("update");
    if (!row) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: row.personId });
    if (row.state !== "requested")
      return ctx.refuse({ code: "already_decided", facts: { state: row.state } });
    const paid = input.decision === "paid";
    const reason = input.decision === "refuse" ? input.reason : null;
    const act = {
      actorId: person.id,
      now,
      idempotencyKey: `withdrawal:${row.id}`,
      input: plainInput(input),
    };
    const money = { id: row.id, personId: row.personId, amountCents: row.amountCents };
    ctx.need(await post(tx, paid ? withdrawalPaid(act, money) : withdrawalRefused(act, money)));
    await tx
      .update(withdrawals)
      .set({ state: paid ? "paid" : "refused", decidedAt: now, decidedBy: person.id, reason })
      .where(eq(withdrawals.id, row.id));
    const { to, name } = await holderOf(tx, row.personId);
    const shared = { name, amount: formatCents(row.amountCents), path: "/wallet" };
    if (reason === null)
      await enqueueMail(tx, {
        to,
        template: "withdrawal-paid",
        props: { ...shared, destination: maskDestination(row.destination) },
        now,
      });
    else
      await enqueueMail(tx, {
        to,
        template: "withdrawal-refused",
        props: { ...shared, reason },
        now,
      });
    await ctx.audit(
      { type: "withdrawal", id: row.id },
      { decision: input.decision, amountCents: String(row.amountCents), reason },
    );
    return { withdrawalId: row.id, state: paid ? "paid" : "refused" };
  },
});
