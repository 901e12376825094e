import { dayField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const addressField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Shorten the e-mail address.")
  .pipe(z.email("Enter an e-mail address, such as name@example.org."));

/** The cohort that a scout has in mind; empty for any. */
export const cohortField = z
  .union([z.literal(""), z.uuid()], { error: "Choose a cohort, or none." })
  .default("")
  .transform((id) => id || null);

/** The form of a referral. An empty `cohortId` means any cohort. */
export const referralInput = z.object({
  talentName: textField("the person’s name", 80),
  talentEmail: addressField,
  cohortId: cohortField,
  reasons: textField("your reasons", 3_000),
});

/** Which of the scouts who referred them a talent confirms: the referral's id, or `none`. */
export const answerInput = z.object({
  referralId: z.union([z.literal("none"), z.uuid()], {
    error: "Choose the person who told you about Belay, or none of them.",
  }),
});

/** What a scout expects of somebody, how sure they are in percent, and by when it shows. */
export const hypothesisInput = z.object({
  referralId: z.uuid(),
  claim: textField("what you expect", 500),
  chancePercent: z
    .string()
    .trim()
    .regex(/^[1-9]\d?%?$/, "Enter a whole number from 1 to 99.")
    .transform((text) => Number.parseInt(text, 10)),
  dueOn: dayField("the day by which it shows"),
});

/** What came of a hypothesis, and what shows it. */
export const scoreInput = z.object({
  hypothesisId: z.uuid(),
  outcome: z.enum(["true", "false", "void"], { error: "Say what came of it." }),
  evidence: textField("what shows it", 2_000),
});
