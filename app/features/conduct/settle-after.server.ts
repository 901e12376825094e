import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { withdrawals } from "#db/schema/index";
import { type Context, plainInput } from "~/auth/command.server";
import { restoreGain } from "~/features/gains/after-reversal.server";
import { closeAfterReversal, leaveAfterReversal } from "~/features/offers/after-reversal.server";
import { returnAfterReversal } from "~/features/resales/after-reversal.server";
import { returnPartingAfterReversal } from "~/features/tokens/close-parting.server";
import { withdrawalRefused } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import type { OldEntry } from "~/ledger/reverse.server";

export type Reversing = Context<{ reversalId: string }>;

/**
 * What follows from a reversal in the same transaction: an escrow that the entry had closed is given back, and what the
 * rooms keep beside the book says the same as the book again.
 */
export async function settleAfter(tx: Tx, ctx: Reversing, entry: OldEntry): Promise<void> {
  const { id } = entry.about;
  switch (entry.kind) {
    case "investment":
      return leaveAfterReversal(tx, ctx, id);
    case "offer_signed":
      return closeAfterReversal(tx, ctx, id, "left");
    case "offer_funded":
      return closeAfterReversal(tx, ctx, await offerOfPart(tx, id), "lapsed");
    case "resale":
      return returnAfterReversal(tx, ctx, entry);
    case "resale_reserved":
      return returnAfterReversal(tx, ctx, entry);
    case "resale_funded":
      return entry.about.type === "parting"
        ? returnPartingAfterReversal(tx, ctx, id)
        : returnAfterReversal(tx, ctx, entry);
    case "parting":
      return returnPartingAfterReversal(tx, ctx, await partingOf(entry));
    case "withdrawal_paid":
    case "withdrawal_requested":
      return giveBackWithdrawal(tx, ctx, id);
    default:
      return restoreGain(tx, ctx.now, entry);
  }
}

async function offerOfPart(tx: Tx, partId: string): Promise<string> {
  const [row] = await tx.execute<{ offer_id: string }>(
    sql`SELECT offer_id FROM offer_parts WHERE id = ${partId}`,
  );
  if (!row) throw new Error("an offer's part vanished");
  return row.offer_id;
}

/** The parting whose escrow paid. */
async function partingOf(entry: OldEntry): Promise<string> {
  const escrow = entry.postings.find((p) => p.from.purpose === "escrow");
  if (!escrow) throw new Error("a parting without money");
  return escrow.from.owner;
}

/** What a withdrawal's escrow holds again goes back; one that waited is refused. */
async function giveBackWithdrawal(tx: Tx, ctx: Reversing, id: string): Promise<void> {
  const [row] = await tx.select().from(withdrawals).where(eq(withdrawals.id, id)).for("update");
  if (!row) throw new Error("a withdrawal vanished");
  const cents = await getBalance(tx, "escrow", id);
  if (cents > 0n) {
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `${ctx.key}:back`,
      input: plainInput(ctx.input),
    };
    const back = { id, personId: row.personId, amountCents: cents };
    ctx.need(await post(tx, withdrawalRefused(act, back)));
  }
  if (row.state === "requested")
    await tx
      .update(withdrawals)
      .set({ state: "refused", decidedAt: ctx.now, decidedBy: ctx.person.id, reason: "reversed" })
      .where(eq(withdrawals.id, id));
}
