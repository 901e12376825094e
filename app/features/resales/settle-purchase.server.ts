import type { Tx } from "#db/client.server";
import { plainInput } from "~/auth/command.server";
import { connectionOf } from "~/features/tokens/connections.server";
import { endLotInTx } from "~/features/tokens/end-lot.server";
import { markPrice } from "~/features/tokens/mark-price.server";
import { isOverHolderLimit } from "~/features/tokens/queries.server";
import { resaleSettled } from "~/ledger/entries-of-sales";
import { planSale } from "~/ledger/plan-sale.server";
import { type Posted, post } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { err, ok, type Result } from "~/lib/result";
import { type Acting, actorOf } from "./acting";
import type { ResaleFile } from "./hold-resale.server";
import { tellOwnHolders } from "./tell.server";

type Deal = {
  buyerId: string;
  /** The purchase whose escrow pays; null: the owner, out of cash. */
  purchaseId: string | null;
  shares: bigint;
  priceCents: bigint;
};

/**
 * Settles part of a resale, or all of it, with one buyer: one entry with the seller's lots first in first out and what the
 * seller's own holders get, then the mark that the price sets, where it counts for anybody (T9, T20, T25). Lots of the own
 * holders whose cap is used up end. Refuses with the ledger's codes; then nothing was posted.
 */
export async function settlePurchase(
  tx: Tx,
  ctx: Acting,
  file: ResaleFile,
  deal: Deal,
): Promise<Result<Posted, string>> {
  const { token, resale } = file;
  const connection = await connectionOf(tx, {
    buyerId: deal.buyerId,
    sellerId: resale.sellerId,
    ownerId: token.ownerId,
    now: ctx.now,
  });
  const planned = await planSale(tx, {
    token,
    sellerId: resale.sellerId,
    now: ctx.now,
    ...connection,
    ...deal,
  });
  if (!planned.ok) return err(planned.error);
  // What is reserved for the buyer named is counted already.
  const more = deal.buyerId === resale.buyerId ? 0n : deal.shares;
  const isOwner = deal.buyerId === token.ownerId;
  if (!isOwner && (await isOverHolderLimit(tx, token.ownerId, deal.buyerId, more)))
    return err("holder_limit");
  const act = {
    actorId: actorOf(ctx),
    now: ctx.now,
    idempotencyKey: `${ctx.key}:resale:${deal.buyerId}`,
    input: plainInput(ctx.input),
  };
  const namedBuyer = { id: resale.buyerId, logId: await getLogId(tx, "person", resale.buyerId) };
  const entry = resaleSettled(act, {
    ...planned.value,
    resaleId: resale.id,
    purchaseId: deal.purchaseId,
    namedBuyer,
  });
  const posted = await post(tx, entry);
  if (!posted.ok) return err(posted.error);
  await markPrice(tx, {
    act: { ...act, idempotencyKey: `${act.idempotencyKey}:mark` },
    token,
    event: posted.value,
    priceCents: deal.priceCents,
    shares: deal.shares,
    sellerId: resale.sellerId,
    buyers: [{ personId: deal.buyerId, cents: deal.priceCents, shares: deal.shares }],
  });
  for (const part of planned.value.ownParts) await endLotInTx(tx, ctx, part.lotId);
  await tellOwnHolders(tx, file.seller, planned.value.ownParts, ctx.now);
  await ctx.audit(
    { type: "resale", id: resale.id },
    {
      buyer: deal.buyerId,
      shares: String(deal.shares),
      priceCents: String(deal.priceCents),
      gainCents: String(planned.value.gainCents),
    },
  );
  return ok(posted.value);
}
