import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { gains, persons, tokens } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { endLotInTx } from "~/features/tokens/end-lot.server";
import { gainDistributed, type LotPart } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getBalance, getLogId, getLogIds } from "~/ledger/read.server";
import { formatCents } from "~/lib/money";
import type { z } from "~/lib/zod";
import { sumByHolder } from "./holders.server";
import { partsPaid, splitByPeople } from "./rules";
import { payInput } from "./schema";
import { unpaidParts } from "./unpaid.server";

/**
 * The owner pays what is unpaid of a declared gain, from their cash: all of it, or so much, which is then divided over the
 * unpaid parts in proportion (T11). All or nothing of what is asked moves. Lots whose payout cap is used up by it end at
 * once (T6). Holds the gain's row. Refuses `gain_reversed`, `already_paid`, and `insufficient_balance` with the facts
 * `toPay`, `balance` and `missing`, as dollars.
 */
export const payGain = defineCommand({
  name: "pay-gain",
  action: "gain.pay",
  input: payInput,
  async run(tx, ctx) {
    const gain = await lockGain(tx, ctx.input.gainId);
    if (!gain) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: gain.ownerId });
    if (gain.reversedAt) ctx.refuse({ code: "gain_reversed" });
    if (gain.paidAt) ctx.refuse({ code: "already_paid" });
    const owed = await unpaidParts(tx, gain.id);
    const unpaid = partsPaid(owed, ctx.input.amount);
    await distribute(tx, ctx, gain, unpaid);
    const leftCents = sum(owed) - sum(unpaid);
    if (leftCents === 0n)
      await tx.update(gains).set({ paidAt: ctx.now }).where(eq(gains.id, gain.id));
    for (const part of unpaid) {
      const { ended, already } = await endLotInTx(tx, ctx, part.lotId);
      if (ended && !already) await ctx.audit({ type: "lot", id: part.lotId }, { cause: ended });
    }
    for (const holder of await sumByHolder(tx, unpaid)) {
      await enqueueMail(tx, {
        to: { personId: holder.personId, email: holder.email },
        template: "gain-paid",
        props: {
          name: holder.displayName,
          owner: gain.ownerName,
          amount: formatCents(holder.cents),
          path: "/wallet",
        },
        now: ctx.now,
      });
    }
    const paidCents = String(sum(unpaid));
    await ctx.audit({ type: "gain", id: gain.id }, { paidCents });
    return { gainId: gain.id, paidCents, leftCents: String(leftCents) };
  },
});

type LockedGain = NonNullable<Awaited<ReturnType<typeof lockGain>>>;
const sum = (parts: readonly { cents: bigint }[]) =>
  parts.reduce((total, part) => total + part.cents, 0n);

/** A gain with its token's owner, its row held until the transaction ends; null where there is none. */
export async function lockGain(tx: Tx, gainId: string) {
  const [gain] = await tx
    .select({
      id: gains.id,
      tokenId: gains.tokenId,
      grade: gains.grade,
      documentId: gains.documentId,
      dueAt: gains.dueAt,
      deferredUntil: gains.deferredUntil,
      paidAt: gains.paidAt,
      reversedAt: gains.reversedAt,
      ownerId: tokens.ownerId,
      ownerName: persons.displayName,
      ownerEmail: persons.email,
    })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(eq(gains.id, gainId))
    .for("update", { of: gains });
  return gain ?? null;
}

async function distribute(
  tx: Tx,
  ctx: Context<z.output<typeof payInput>>,
  gain: LockedGain,
  unpaid: { lotId: string; holderId: string; cents: bigint }[],
): Promise<void> {
  const tokenLogId = await getLogId(tx, "token", gain.tokenId);
  const logIds = await getLogIds(
    tx,
    "person",
    unpaid.map((part) => part.holderId),
  );
  const parts: LotPart[] = unpaid.map(({ lotId, holderId, cents }) => ({
    lotId,
    holderId,
    holderLogId: logIds.get(holderId) ?? "",
    cents,
  }));
  let done = 0n;
  for (const [index, run] of splitByPeople(parts).entries()) {
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `${ctx.key}:distribution:${index}`,
      input: plainInput(ctx.input),
    };
    const posted = await post(
      tx,
      gainDistributed(act, {
        id: gain.id,
        tokenId: gain.tokenId,
        tokenLogId,
        ownerId: gain.ownerId,
        parts: run,
      }),
    );
    if (!posted.ok && ["insufficient_balance", "unknown_account"].includes(posted.error)) {
      const toPay = sum(parts);
      const balance = done + (await getBalance(tx, "cash", gain.ownerId));
      ctx.refuse({
        code: "insufficient_balance",
        facts: {
          toPay: formatCents(toPay),
          balance: formatCents(balance),
          missing: formatCents(toPay - balance),
        },
      });
    }
    ctx.need(posted);
    done += sum(run);
  }
}
