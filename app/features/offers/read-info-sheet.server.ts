import { eq } from "drizzle-orm";
import { offers } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { holdOffer, partiesOf } from "./hold-offer.server";
import { answerProblem } from "./rules";
import { offerIdInput } from "./schema";

/** The student says that they have read the information sheet; the first time counts. Refusals: `not_found`, those of `answerProblem`. */
export const readInfoSheet = defineCommand({
  name: "read-info-sheet",
  action: "offer.answer",
  input: offerIdInput,
  async run(tx, context) {
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const problem = answerProblem(file.offer, context.now);
    if (problem) context.refuse({ code: problem });
    if (!file.offer.infoSheetReadAt) {
      await tx
        .update(offers)
        .set({ infoSheetReadAt: context.now })
        .where(eq(offers.id, file.offer.id));
    }
    return { offerId: file.offer.id };
  },
});
