import { defineCommand } from "~/auth/command.server";
import { holdOffer, partiesOf } from "./hold-offer.server";
import { refundOffer } from "./refund.server";
import { answerProblem } from "./rules";
import { offerIdInput } from "./schema";

/** The student declines an open offer; the money goes back at once. Refusals: `not_found`, those of `answerProblem`. */
export const declineOffer = defineCommand({
  name: "decline-offer",
  action: "offer.answer",
  input: offerIdInput,
  async run(tx, context) {
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const problem = answerProblem(file.offer, context.now);
    if (problem) context.refuse({ code: problem });
    await refundOffer(tx, context, file, "declined", context.person.id);
    return { offerId: file.offer.id, state: "declined" };
  },
});
