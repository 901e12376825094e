import { eq } from "drizzle-orm";
import { offers } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { holdOffer, partiesOf } from "./hold-offer.server";
import { wrongAnswers } from "./quiz";
import { answerProblem } from "./rules";

const answer = z.string().max(40).default("");
export const quizInput = z.object({
  offerId: z.uuid(),
  part: answer,
  nothing: answer,
  tax: answer,
});

/**
 * The student answers the three questions about the information sheet; with all right, passing is recorded, once (T15).
 * Refusals: `not_found`, those of `answerProblem`, `sheet_first`, and `wrong_answer` with an explanation beside each.
 */
export const answerQuiz = defineCommand({
  name: "answer-quiz",
  action: "offer.answer",
  input: quizInput,
  async run(tx, context) {
    const { input, now } = context;
    const file = await holdOffer(tx, input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const problem = answerProblem(file.offer, now);
    if (problem) context.refuse({ code: problem });
    if (!file.offer.infoSheetReadAt) context.refuse({ code: "sheet_first" });
    const fields = wrongAnswers(file.offer, input);
    if (Object.keys(fields).length > 0) context.refuse({ code: "wrong_answer", fields });
    if (!file.offer.quizPassedAt)
      await tx.update(offers).set({ quizPassedAt: now }).where(eq(offers.id, file.offer.id));
    return { offerId: file.offer.id, passed: true };
  },
});
