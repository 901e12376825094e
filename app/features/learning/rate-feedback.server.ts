import { eq } from "drizzle-orm";
import { feedback } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { holdFeedback } from "./hold-feedback.server";
import { ratingInput } from "./schema";

/** The student says how much a piece of feedback helped, 1 to 5; rating again replaces it. Refusal: `not_found`. */
export const rateFeedback = defineCommand({
  name: "rate-feedback",
  action: "feedback.rate",
  input: ratingInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const held = await holdFeedback(tx, input.feedbackId, person.id);
    if (!held) return context.refuse({ code: "not_found" });
    context.authorise({ student: held.subject.student });
    const { helpfulness } = input;
    await tx
      .update(feedback)
      .set({ helpfulness, ratedAt: now })
      .where(eq(feedback.id, held.row.id));
    return { feedbackId: held.row.id, helpfulness };
  },
});
