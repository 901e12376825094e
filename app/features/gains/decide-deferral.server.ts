import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { gainDeferrals, gains } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { gainDeferred } from "~/ledger/entries-of-facts";
import { post } from "~/ledger/post.server";
import { formatDate } from "~/lib/dates";
import type { z } from "~/lib/zod";
import { sumByHolder } from "./holders.server";
import { lockGain } from "./pay-gain.server";
import { deferredUntil } from "./rules";
import { deferralDecisionInput } from "./schema";
import { unpaidParts } from "./unpaid.server";

type Ctx = Context<z.output<typeof deferralDecisionInput>>;
type Gain = NonNullable<Awaited<ReturnType<typeof lockGain>>>;

/**
 * An operator grants the deferral of somebody else's gain by 12 months from the day it is due, or refuses it, with a reason
 * (T11). Until then it is not overdue. Owner and holders are told. Holds the gain's row. Refusals: `not_found`,
 * `already_decided`, `already_paid`.
 */
export const decideDeferral = defineCommand({
  name: "decide-deferral",
  action: "gain.defer_decide",
  input: deferralDecisionInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const [deferral] = await tx
      .select()
      .from(gainDeferrals)
      .where(eq(gainDeferrals.id, input.deferralId))
      .for("update");
    const gain = deferral ? await lockGain(tx, deferral.gainId) : null;
    if (!deferral || !gain) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: gain.ownerId });
    if (deferral.state !== "requested") ctx.refuse({ code: "already_decided" });
    if (gain.paidAt || gain.reversedAt) ctx.refuse({ code: "already_paid" });
    const granted = input.decision === "grant";
    const until = granted ? deferredUntil(gain.dueAt) : null;
    await tx
      .update(gainDeferrals)
      .set({
        state: granted ? "granted" : "refused",
        decidedAt: now,
        decidedBy: person.id,
        reason: input.reason,
        until,
      })
      .where(eq(gainDeferrals.id, deferral.id));
    if (until) await defer(tx, ctx, gain, until);
    await enqueueMail(tx, {
      to: { personId: gain.ownerId, email: gain.ownerEmail },
      template: until ? "deferral-granted" : "deferral-refused",
      props: {
        name: gain.ownerName,
        until: until ? formatDate(until) : formatDate(gain.dueAt),
        reason: input.reason,
        path: `/gains/${gain.id}`,
      },
      now,
    });
    await ctx.audit(
      { type: "gain", id: gain.id },
      { deferral: input.decision, reason: input.reason },
    );
    return { gainId: gain.id, dueAt: (until ?? gain.dueAt).toISOString() };
  },
});

async function defer(tx: Tx, ctx: Ctx, gain: Gain, until: Date): Promise<void> {
  const act = {
    actorId: ctx.person.id,
    now: ctx.now,
    idempotencyKey: `${ctx.key}:deferred`,
    input: plainInput(ctx.input),
  };
  ctx.need(await post(tx, gainDeferred(act, { id: gain.id, until })));
  await tx.update(gains).set({ dueAt: until, deferredUntil: until }).where(eq(gains.id, gain.id));
  for (const holder of await sumByHolder(tx, await unpaidParts(tx, gain.id)))
    await enqueueMail(tx, {
      to: { personId: holder.personId, email: holder.email },
      template: "gain-deferred",
      props: {
        name: holder.displayName,
        owner: gain.ownerName,
        until: formatDate(until),
        path: "/wallet",
      },
      now: ctx.now,
    });
}
