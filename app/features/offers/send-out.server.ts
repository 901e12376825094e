import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { enqueue } from "#db/jobs.server";
import { offerParts, offers } from "#db/schema/index";
import { type Context, plainInput } from "~/auth/command.server";
import { offerFunded } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { findOfferFile, type OfferPart } from "./hold-offer.server";
import { realInstant } from "./real-time.server";
import { expiryOf } from "./rules";
import { tellParties } from "./tell-parties.server";

/**
 * Moves one part's money from its investor, who asks, into the part's own escrow (T14). The caller holds the offer.
 * Refuses `insufficient_balance` on `amount`.
 */
export async function fundPartInTx(
  tx: Tx,
  context: Context<object>,
  part: Pick<OfferPart, "id" | "investorId" | "amountCents">,
): Promise<void> {
  const { now, person } = context;
  const act = {
    actorId: person.id,
    now,
    idempotencyKey: `${context.key}:fund`,
    input: plainInput(context.input),
  };
  context.need(await post(tx, offerFunded(act, part)), "amount");
  await tx.update(offerParts).set({ fundedAt: now }).where(eq(offerParts.id, part.id));
}

/** All parts are funded: the offer goes out, open for 7 days, and everybody is told. Answers when it lapses. */
export async function sendOut(tx: Tx, offerId: string, now: Date): Promise<Date> {
  const expiresAt = expiryOf(now);
  await tx
    .update(offers)
    .set({ state: "open", sentAt: now, expiresAt })
    .where(eq(offers.id, offerId));
  await lapseLater(tx, offerId, expiresAt, offerId);
  const file = await findOfferFile(tx, offerId);
  if (!file) throw new Error("an offer vanished");
  await tellParties(tx, file, "offer-sent", now, { until: expiresAt, message: file.offer.message });
  return expiresAt;
}

/** Lets a job ask for the offer's lapse at that instant. */
export async function lapseLater(
  tx: Tx,
  offerId: string,
  at: Date,
  singletonKey: string,
): Promise<void> {
  await enqueue(tx, "lapse-offer", { offerId }, { startAfter: realInstant(at), singletonKey });
}
