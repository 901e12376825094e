import { optionalTextField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { answerField, LONGEST_ANSWER } from "./rules";

/** A draft: answers by question id; what is not in it stays as it was. */
export const applicationInput = z.object({
  cohortId: z.uuid(),
  answers: z.record(
    z.uuid(),
    z
      .string()
      .trim()
      .max(
        LONGEST_ANSWER,
        `Shorten this answer to at most ${LONGEST_ANSWER.toLocaleString("en-US")} characters.`,
      ),
  ),
});

export const decisionInput = z.object({
  applicationId: z.uuid(),
  decision: z.enum(["admit", "decline"], { error: "Choose whether to admit or decline." }),
  message: optionalTextField("the message", 5_000),
});

/** A form's answers, by question id. */
export function answersOf(
  values: Record<string, string>,
  questionIds: readonly string[],
): Record<string, string> {
  return Object.fromEntries(questionIds.map((id) => [id, values[answerField(id)] ?? ""]));
}
