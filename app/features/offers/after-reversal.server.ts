import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { offers } from "#db/schema/index";
import { type Context, plainInput } from "~/auth/command.server";
import { offerLeft, offerRefunded, tokenAsset } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import { holdOffer, type OfferFile } from "./hold-offer.server";
import { holdingsOf } from "./holdings";

type Acting = Pick<Context<unknown>, "key" | "need" | "now" | "person" | "input" | "audit">;

/** The parts with what their escrow holds now, empty ones left out. */
async function partsInEscrow(tx: Tx, file: OfferFile) {
  const parts = await Promise.all(
    file.parts.map(async (part) => ({
      ...part,
      amountCents: await getBalance(tx, "escrow", part.id),
    })),
  );
  return parts.filter((part) => part.amountCents > 0n);
}

const actOf = (ctx: Acting, step: string) => ({
  actorId: ctx.person.id,
  now: ctx.now,
  idempotencyKey: `${ctx.key}:${step}`,
  input: plainInput(ctx.input),
});

/**
 * An investment was reversed: its shares and what came back of its cash leave the offer's accounts for the owner and the
 * investors, in the caller's transaction (T31). The offer stays as it is in the record. Holds the offer's row.
 */
export async function leaveAfterReversal(tx: Tx, ctx: Acting, offerId: string): Promise<void> {
  const file = await holdOffer(tx, offerId);
  if (!file?.token) throw new Error("a reversed investment has no offer");
  const { token, offer } = file;
  const entry = offerLeft(actOf(ctx, "left"), {
    id: offer.id,
    tokenId: token.id,
    ownerId: token.ownerId,
    shares: await getBalance(tx, "reserved", offer.id, tokenAsset(token.id)),
    parts: await partsInEscrow(tx, file),
    reservations: holdingsOf({ ...offer, parts: file.parts }),
    by: "reversal",
  });
  ctx.need(await post(tx, entry));
}

/**
 * The funding or the signing of an offer was reversed: the offer is over, and what its other parts put up goes back, in the
 * caller's transaction. Holds the offer's row.
 */
export async function closeAfterReversal(
  tx: Tx,
  ctx: Acting,
  offerId: string,
  state: "lapsed" | "left",
): Promise<void> {
  const file = await holdOffer(tx, offerId);
  if (!file) throw new Error("a reversed entry has no offer");
  const parts = await partsInEscrow(tx, file);
  if (parts.length > 0) {
    const back = { id: offerId, parts, cause: "lapsed" as const };
    ctx.need(await post(tx, offerRefunded(actOf(ctx, "refund"), back)));
  }
  await tx
    .update(offers)
    .set({ state, closedAt: ctx.now, closedBy: ctx.person.id })
    .where(eq(offers.id, offerId));
  await ctx.audit({ type: "offer", id: offerId }, { state, reversed: true });
}
