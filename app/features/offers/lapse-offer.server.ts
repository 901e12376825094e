import { defineCommand } from "~/auth/command.server";
import { holdOffer } from "./hold-offer.server";
import { refundOffer } from "./refund.server";
import { lapseDue } from "./rules";
import { offerIdInput } from "./schema";

/**
 * The platform lets an unsigned offer lapse whose time is over; the money goes back (T14). An offer that was answered
 * meanwhile is left as it is. Refusals: `not_found`, `not_due` (nothing is kept: it may be asked again).
 */
export const lapseOffer = defineCommand({
  name: "lapse-offer",
  action: "offer.lapse",
  input: offerIdInput,
  async run(tx, context) {
    context.authorise({});
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    const { state } = file.offer;
    if (state !== "open" && state !== "funding")
      return { offerId: file.offer.id, state, lapsed: false };
    if (!lapseDue(file.offer, context.now)) context.refuse({ code: "not_due" });
    await refundOffer(tx, context, file, "lapsed", null);
    return { offerId: file.offer.id, state: "lapsed", lapsed: true };
  },
});
