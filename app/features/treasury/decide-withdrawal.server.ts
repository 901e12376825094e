import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { withdrawals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { withdrawalPaid, withdrawalRefused } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { formatCents } from "~/lib/money";
import type { z } from "~/lib/zod";
import { findHold } from "./hold.server";
import { holderOf } from "./holder.server";
import { maskDestination } from "./rules";
import { withdrawalDecisionSchema } from "./schema";

type Withdrawal = typeof withdrawals.$inferSelect;
type Ctx = Context<z.output<typeof withdrawalDecisionSchema>>;

/**
 * Two operators say that a withdrawal has been paid: the first records it, the second, another person, confirms it, and
 * only then does it leave escrow and the platform. One operator refuses it with a reason, so that all of it returns to
 * the person's cash; once it is recorded as paid, the one who recorded it alone, for the money may be on its way. Holds
 * the withdrawal's row. Nobody decides their own (`not_found`). Refuses `already_decided` with the fact `state`,
 * `needs_another`, `recorded_as_paid`, and `withdrawals_held` while a change of e-mail address holds them.
 */
export const decideWithdrawal = defineCommand({
  name: "decide-withdrawal",
  action: "withdrawal.decide",
  input: withdrawalDecisionSchema,
  async run(tx, ctx) {
    const { input, person } = ctx;
    const [row] = await tx
      .select()
      .from(withdrawals)
      .where(eq(withdrawals.id, input.withdrawalId))
      .for("update");
    if (!row) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: row.personId });
    if (row.state !== "requested")
      return ctx.refuse({ code: "already_decided", facts: { state: row.state } });
    const answer = (state: "requested" | "paid" | "refused") => ({ withdrawalId: row.id, state });
    if (input.decision === "refuse") {
      if (row.firstBy !== null && row.firstBy !== person.id)
        return ctx.refuse({ code: "recorded_as_paid" });
      await refuseWithdrawal(tx, ctx, row, input.reason);
      return answer("refused");
    }
    const hold = await findHold(tx, row.personId, ctx.now);
    if (hold) return ctx.refuse({ code: "withdrawals_held", facts: hold });
    if (row.firstBy === null) {
      await recordFirst(tx, ctx, row);
      return answer("requested");
    }
    if (row.firstBy === person.id) return ctx.refuse({ code: "needs_another" });
    await confirmPaid(tx, ctx, row);
    return answer("paid");
  },
});

const actOf = (ctx: Ctx, row: Withdrawal) => ({
  actorId: ctx.person.id,
  now: ctx.now,
  idempotencyKey: `withdrawal:${row.id}`,
  input: plainInput(ctx.input),
});
const moneyOf = ({ id, personId, amountCents }: Withdrawal) => ({ id, personId, amountCents });

async function recordFirst(tx: Tx, ctx: Ctx, row: Withdrawal): Promise<void> {
  await tx
    .update(withdrawals)
    .set({ firstBy: ctx.person.id, firstAt: ctx.now })
    .where(eq(withdrawals.id, row.id));
  const facts = { decision: "first", amountCents: String(row.amountCents) };
  await ctx.audit({ type: "withdrawal", id: row.id }, facts);
}

async function confirmPaid(tx: Tx, ctx: Ctx, row: Withdrawal): Promise<void> {
  ctx.need(await post(tx, withdrawalPaid(actOf(ctx, row), moneyOf(row))));
  await tx
    .update(withdrawals)
    .set({ state: "paid", decidedAt: ctx.now, decidedBy: ctx.person.id })
    .where(eq(withdrawals.id, row.id));
  const { to, name } = await holderOf(tx, row.personId);
  const props = {
    name,
    amount: formatCents(row.amountCents),
    destination: maskDestination(row.destination),
    path: "/wallet",
  };
  await enqueueMail(tx, { to, template: "withdrawal-paid", props, now: ctx.now });
  const facts = { decision: "paid", amountCents: String(row.amountCents) };
  await ctx.audit({ type: "withdrawal", id: row.id }, facts);
}

async function refuseWithdrawal(tx: Tx, ctx: Ctx, row: Withdrawal, reason: string): Promise<void> {
  ctx.need(await post(tx, withdrawalRefused(actOf(ctx, row), moneyOf(row))));
  await tx
    .update(withdrawals)
    .set({
      state: "refused",
      decidedAt: ctx.now,
      decidedBy: ctx.person.id,
      reason,
      firstBy: null,
      firstAt: null,
    })
    .where(eq(withdrawals.id, row.id));
  const { to, name } = await holderOf(tx, row.personId);
  const props = { name, amount: formatCents(row.amountCents), reason, path: "/wallet" };
  await enqueueMail(tx, { to, template: "withdrawal-refused", props, now: ctx.now });
  const facts = { decision: "refuse", amountCents: String(row.amountCents), reason };
  await ctx.audit({ type: "withdrawal", id: row.id }, facts);
}
