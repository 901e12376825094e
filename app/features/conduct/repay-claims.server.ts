import type { Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { getParties } from "~/features/offers/hold-offer.server";
import { claimRepaid } from "~/ledger/entries-of-reversals";
import { post } from "~/ledger/post.server";
import { getLogIds } from "~/ledger/read.server";
import { isPlatform } from "~/ledger/reversal";
import { formatCents } from "~/lib/money";
import type { z } from "~/lib/zod";
import { listClaimsOf } from "./queries.server";
import { repayInput } from "./schema";

type Claim = Awaited<ReturnType<typeof listClaimsOf>>[number];

/**
 * Somebody repays what they owe since reversals, out of their cash, the oldest first: as much of each due becomes the
 * creditor's cash (T31). All or nothing. Refusals, on `amount`: `nothing_owed`, `claim_exceeded` with the fact `owed`,
 * `insufficient_balance`.
 */
export const repayClaims = defineCommand({
  name: "repay-claims",
  action: "claim.repay",
  input: repayInput,
  async run(tx, ctx) {
    ctx.authorise({ person: ctx.person.id });
    const { amount } = ctx.input;
    const field = "amount";
    const owed = await listClaimsOf(tx, ctx.person.id);
    const total = owed.reduce((sum, claim) => sum + claim.leftCents, 0n);
    if (total === 0n) ctx.refuse({ code: "nothing_owed", field });
    if (amount > total)
      ctx.refuse({ code: "claim_exceeded", field, facts: { owed: formatCents(total) } });
    let left = amount;
    for (const claim of owed) {
      if (left === 0n) break;
      const cents = claim.leftCents < left ? claim.leftCents : left;
      await repay(tx, ctx, claim, cents);
      left -= cents;
    }
    await ctx.audit({ type: "person", id: ctx.person.id }, { repaidCents: String(amount) });
    return { repaidCents: String(amount), leftCents: String(total - amount) };
  },
});

async function repay(
  tx: Tx,
  ctx: Context<z.output<typeof repayInput>>,
  claim: Claim,
  cents: bigint,
): Promise<void> {
  const platform = isPlatform(claim.creditorId);
  const logIds = await getLogIds(
    tx,
    "person",
    platform ? [ctx.person.id] : [ctx.person.id, claim.creditorId],
  );
  const act = {
    actorId: ctx.person.id,
    now: ctx.now,
    idempotencyKey: `${ctx.key}:${claim.reversalLogId}:${claim.creditorId}`,
    input: plainInput(ctx.input),
  };
  const entry = claimRepaid(act, {
    reversalLogId: claim.reversalLogId,
    debtor: { id: ctx.person.id, logId: logIds.get(ctx.person.id) ?? "" },
    creditor: { id: claim.creditorId, logId: logIds.get(claim.creditorId) ?? claim.creditorId },
    cents,
  });
  ctx.need(await post(tx, entry), "amount");
  if (platform) return;
  const creditor = (await getParties(tx, [claim.creditorId])).get(claim.creditorId);
  if (!creditor) throw new Error("a creditor vanished");
  await enqueueMail(tx, {
    to: { personId: creditor.id, email: creditor.email },
    template: "claim-repaid",
    props: {
      name: creditor.displayName,
      debtor: ctx.person.displayName,
      amount: formatCents(cents),
      left: formatCents(claim.leftCents - cents),
      path: "/wallet",
    },
    now: ctx.now,
  });
}
