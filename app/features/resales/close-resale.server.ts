import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { resalePurchases, resales } from "#db/schema/index";
import type { ReturnCause } from "#db/schema/resales";
import { plainInput } from "~/auth/command.server";
import { tokenAsset } from "~/ledger/entries";
import { purchasesReturned } from "~/ledger/entries-of-sales";
import { post } from "~/ledger/post.server";
import { getBalance, getLogIds } from "~/ledger/read.server";
import { type Acting, actorOf } from "./acting";
import { holdResale, type Purchase, type ResaleFile } from "./hold-resale.server";
import { tellClosed } from "./tell.server";

/** What a purchase that came to nothing brought. */
export const NOTHING = { shares: 0n, cents: 0n };

/** Notes what a purchase brought; what is left in its escrow goes back. */
export async function closePurchase(
  tx: Tx,
  purchase: Purchase,
  bought: { shares: bigint; cents: bigint },
  now: Date,
): Promise<void> {
  await tx
    .update(resalePurchases)
    .set({ boughtShares: bought.shares, paidCents: bought.cents, closedAt: now })
    .where(eq(resalePurchases.id, purchase.id));
}

/**
 * Gives back what is left in a resale: money in the escrows of the purchases named and, where the resale is over, the
 * shares that were not sold. Posts nothing where nothing is left.
 */
export async function giveBack(
  tx: Tx,
  ctx: Acting,
  file: ResaleFile,
  back: { purchases: readonly Purchase[]; cause: string; shares: boolean },
): Promise<void> {
  const { resale, token } = file;
  const escrows = await Promise.all(
    back.purchases.map(async (purchase) => ({
      id: purchase.id,
      buyerId: purchase.buyerId,
      cents: await getBalance(tx, "escrow", purchase.id),
    })),
  );
  const left = await getBalance(tx, "reserved", resale.id, tokenAsset(token.id));
  const unsold = back.shares && left > 0n ? left : null;
  if (unsold === null && escrows.every((one) => one.cents === 0n)) return;
  const people = await getLogIds(tx, "person", [resale.sellerId, resale.buyerId]);
  const party = (id: string) => ({ id, logId: people.get(id) ?? "" });
  const act = {
    actorId: actorOf(ctx),
    now: ctx.now,
    idempotencyKey: `${ctx.key}:returned:${back.cause}:${resale.id}`,
    input: plainInput(ctx.input),
  };
  const entry = purchasesReturned(act, {
    about: { type: "resale", id: resale.id },
    cause: back.cause,
    unsold:
      unsold === null
        ? null
        : {
            id: resale.id,
            token,
            seller: party(resale.sellerId),
            buyer: party(resale.buyerId),
            shares: unsold,
          },
    escrows,
  });
  ctx.need(await post(tx, entry));
}

/** A resale is over without a sale of what is left: everything goes back, and all are told. */
export async function returnResale(
  tx: Tx,
  ctx: Acting,
  file: ResaleFile,
  cause: ReturnCause,
): Promise<void> {
  const open = file.purchases.filter((purchase) => purchase.closedAt === null);
  await giveBack(tx, ctx, file, { purchases: file.purchases, cause, shares: true });
  for (const purchase of open) await closePurchase(tx, purchase, NOTHING, ctx.now);
  await tx
    .update(resales)
    .set({ state: "returned", closedAt: ctx.now, until: null, cause })
    .where(eq(resales.id, file.resale.id));
  await ctx.audit({ type: "resale", id: file.resale.id }, { state: "returned", cause });
  await tellClosed(tx, file, "resale-returned", ctx.now);
}

/** A resale is over: all of it was sold. What is left in escrow goes back. */
export async function finishResale(
  tx: Tx,
  ctx: Acting,
  file: ResaleFile,
  cause: string,
): Promise<void> {
  await giveBack(tx, ctx, file, { purchases: file.purchases, cause, shares: false });
  for (const purchase of file.purchases)
    if (purchase.closedAt === null) await closePurchase(tx, purchase, NOTHING, ctx.now);
  await tx
    .update(resales)
    .set({ state: "settled", closedAt: ctx.now, until: null })
    .where(eq(resales.id, file.resale.id));
  await tellClosed(tx, file, "resale-settled", ctx.now);
}

/**
 * A lot of the seller ends: an open resale of theirs cannot go on, and everything goes back, in the caller's transaction.
 * Holds the resale's row.
 */
export async function returnResalesOf(
  tx: Tx,
  ctx: Acting,
  sale: { tokenId: string; sellerId: string },
): Promise<void> {
  const open = await tx
    .select({ id: resales.id })
    .from(resales)
    .where(
      and(
        eq(resales.tokenId, sale.tokenId),
        eq(resales.sellerId, sale.sellerId),
        isNull(resales.closedAt),
      ),
    );
  for (const { id } of open) {
    const file = await holdResale(tx, id);
    if (file?.resale.closedAt === null) await returnResale(tx, ctx, file, "lot_ended");
  }
}
