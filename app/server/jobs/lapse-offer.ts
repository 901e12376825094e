import { SYSTEM } from "~/auth/actor";
import { lapseOffer } from "~/features/offers/lapse-offer.server";
import { answered, type Handler } from "./handler";

/** Lets an offer lapse that was not signed in time. */
export const lapseOfferJob: Handler<"lapse-offer"> = async ({ offerId }, now) =>
  answered(await lapseOffer({ actor: SYSTEM, input: { offerId }, idempotencyKey: offerId, now }));
