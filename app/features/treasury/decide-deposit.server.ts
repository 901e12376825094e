import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { deposits } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { depositConfirmed } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { formatCents } from "~/lib/money";
import type { z } from "~/lib/zod";
import { holderOf } from "./holder.server";
import { depositDecisionSchema } from "./schema";

type Deposit = typeof deposits.$inferSelect;
type Ctx = Context<z.output<typeof depositDecisionSchema>>;

/**
 * Two operators confirm what arrived of an announced deposit: the first records the amount, the second, another person,
 * confirms the same amount, and only then does it enter the person's cash. What arrived may differ from what was
 * announced: it is what counts. The first may correct what they recorded until the second has confirmed it. Either
 * refuses it with a reason: then nothing moves. Holds the deposit's row. Nobody decides their own (`not_found`).
 * Refuses `already_decided` with the fact `state`, `needs_another` to the first operator who confirms again, and
 * `amounts_differ` (on `arrived`).
 */
export const decideDeposit = defineCommand({
  name: "decide-deposit",
  action: "deposit.decide",
  input: depositDecisionSchema,
  async run(tx, ctx) {
    const { input, person } = ctx;
    const [deposit] = await tx
      .select()
      .from(deposits)
      .where(eq(deposits.id, input.depositId))
      .for("update");
    if (!deposit) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: deposit.personId });
    if (deposit.state !== "requested")
      return ctx.refuse({ code: "already_decided", facts: { state: deposit.state } });
    const answer = (state: "requested" | "confirmed" | "refused") => ({
      depositId: deposit.id,
      state,
    });
    if (input.decision === "refuse") {
      await refuseDeposit(tx, ctx, deposit, input.reason);
      return answer("refused");
    }
    if (deposit.firstBy === null || deposit.firstBy === person.id) {
      if (deposit.firstArrivedCents === input.arrived) return ctx.refuse({ code: "needs_another" });
      await recordFirst(tx, ctx, deposit, input.arrived);
      return answer("requested");
    }
    if (deposit.firstArrivedCents !== input.arrived)
      return ctx.refuse({ code: "amounts_differ", field: "arrived" });
    await confirm(tx, ctx, deposit, input.arrived);
    return answer("confirmed");
  },
});

async function recordFirst(tx: Tx, ctx: Ctx, deposit: Deposit, arrived: bigint): Promise<void> {
  await tx
    .update(deposits)
    .set({ firstBy: ctx.person.id, firstAt: ctx.now, firstArrivedCents: arrived })
    .where(eq(deposits.id, deposit.id));
  const facts = { decision: "first", arrivedCents: String(arrived) };
  await ctx.audit({ type: "deposit", id: deposit.id }, facts);
}

async function confirm(tx: Tx, ctx: Ctx, deposit: Deposit, arrivedCents: bigint): Promise<void> {
  const act = {
    actorId: ctx.person.id,
    now: ctx.now,
    idempotencyKey: `deposit:${deposit.id}`,
    input: plainInput(ctx.input),
  };
  ctx.need(
    await post(
      tx,
      depositConfirmed(act, { id: deposit.id, personId: deposit.personId, arrivedCents }),
    ),
  );
  await tx
    .update(deposits)
    .set({ state: "confirmed", decidedAt: ctx.now, decidedBy: ctx.person.id, arrivedCents })
    .where(eq(deposits.id, deposit.id));
  const { to, name } = await holderOf(tx, deposit.personId);
  const props = {
    name,
    amount: formatCents(arrivedCents),
    reference: deposit.reference,
    path: "/wallet",
  };
  await enqueueMail(tx, { to, template: "deposit-confirmed", props, now: ctx.now });
  await ctx.audit(
    { type: "deposit", id: deposit.id },
    { decision: "confirm", arrivedCents: String(arrivedCents) },
  );
}

/** One operator is enough to refuse: nothing moves. What was recorded before stays in the audit events alone. */
async function refuseDeposit(tx: Tx, ctx: Ctx, deposit: Deposit, reason: string): Promise<void> {
  await tx
    .update(deposits)
    .set({
      state: "refused",
      decidedAt: ctx.now,
      decidedBy: ctx.person.id,
      reason,
      firstBy: null,
      firstAt: null,
      firstArrivedCents: null,
    })
    .where(eq(deposits.id, deposit.id));
  const { to, name } = await holderOf(tx, deposit.personId);
  const props = {
    name,
    amount: formatCents(deposit.amountCents),
    reference: deposit.reference,
    reason,
    path: "/wallet",
  };
  await enqueueMail(tx, { to, template: "deposit-refused", props, now: ctx.now });
  await ctx.audit({ type: "deposit", id: deposit.id }, { decision: "refuse", reason });
}
