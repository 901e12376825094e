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
 * An operator confirms what arrived of an announced deposit, which enters the person's cash, or refuses it with a reason.
 * What arrived may differ from what was announced: it is what counts. Holds the deposit's row. Nobody decides their own
 * (`not_found`). Refuses `already_decided` with the fact `state`.
 */
export const decideDeposit = defineCommand({
  name: "decide-deposit",
  action: "deposit.decide",
  input: depositDecisionSchema,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const [deposit] = await tx
      .select()
      .from(deposits)
      .where(eq(deposits.id, input.depositId))
      .for("update");
    if (!deposit) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: deposit.personId });
    if (deposit.state !== "requested")
      return ctx.refuse({ code: "already_decided", facts: { state: deposit.state } });
    if (input.decision === "confirm") await confirm(tx, ctx, deposit, input.arrived);
    else await refuseDeposit(tx, ctx, deposit, input.reason);
    const state = input.decision === "confirm" ? ("confirmed" as const) : ("refused" as const);
    const outcome =
      input.decision === "confirm" ? { arrivedCents: input.arrived } : { reason: input.reason };
    await tx
      .update(deposits)
      .set({ state, decidedAt: now, decidedBy: person.id, ...outcome })
      .where(eq(deposits.id, deposit.id));
    return { depositId: deposit.id, state };
  },
});

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

async function refuseDeposit(tx: Tx, ctx: Ctx, deposit: Deposit, reason: string): Promise<void> {
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
