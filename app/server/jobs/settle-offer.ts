import { SYSTEM } from "~/auth/actor";
import { settleOffer } from "~/features/offers/settle-offer.server";
import { answered, type Handler } from "./handler";

/** Settles a signed offer once its cooling-off period is over. */
export const settleOfferJob: Handler<"settle-offer"> = async ({ offerId }, now) =>
  answered(await settleOffer({ actor: SYSTEM, input: { offerId }, idempotencyKey: offerId, now }));
