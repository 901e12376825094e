import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { offers } from "#db/schema/index";
import { type Context, plainInput } from "~/auth/command.server";
import { offerRefunded } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import type { OfferFile } from "./hold-offer.server";
import { tellFallenBack, tellParties } from "./tell-parties.server";

/**
 * Closes an unsigned offer that the caller holds: every funded part's escrow goes back to its investor, and both sides
 * are told (T14); of an offer that never went out its investors alone.
 */
export async function refundOffer(
  tx: Tx,
  context: Context<{ offerId: string }>,
  file: OfferFile,
  cause: "declined" | "lapsed",
  closedBy: string | null,
): Promise<void> {
  const { now } = context;
  const parts = file.parts.filter((part) => part.fundedAt !== null);
  if (parts.length > 0) {
    const act = {
      actorId: closedBy,
      now,
      idempotencyKey: `${context.key}:refund`,
      input: plainInput(context.input),
    };
    context.need(await post(tx, offerRefunded(act, { id: file.offer.id, parts, cause })));
  }
  await tx
    .update(offers)
    .set({ state: cause, closedAt: now, closedBy })
    .where(eq(offers.id, file.offer.id));
  await context.audit({ type: "offer", id: file.offer.id }, { state: cause });
  if (file.offer.sentAt === null) await tellFallenBack(tx, file, closedBy, now);
  else await tellParties(tx, file, cause === "declined" ? "offer-declined" : "offer-lapsed", now);
}
