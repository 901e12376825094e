import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const addressField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Shorten the e-mail address.")
  .pipe(z.email("Enter an e-mail address, such as name@example.org."));

/** The form of a referral. An empty `cohortId` means any cohort. */
export const referralInput = z.object({
  talentName: textField("the person’s name", 80),
  talentEmail: addressField,
  cohortId: z
    .union([z.literal(""), z.uuid()], { error: "Choose a cohort, or none." })
    .default("")
    .transform((id) => id || null),
  reasons: textField("your reasons", 3_000),
});

/** Which of the scouts who referred them a talent confirms: the referral's id, or `none`. */
export const answerInput = z.object({
  referralId: z.union([z.literal("none"), z.uuid()], {
    error: "Choose the person who told you about Belay, or none of them.",
  }),
});
