import {
  dollarsField,
  isUnderFloorPrice,
  optionalTextField,
  payoutCapField,
  percentField,
  sunsetField,
  textField,
} from "~/lib/terms";
import { z } from "~/lib/zod";

/** The form of an offer: dollars, percent of the token, cap and sunset become cents, shares and numbers. */
export const offerInput = z
  .object({
    applicationId: z.uuid(),
    amount: dollarsField,
    percent: percentField,
    payoutCap: payoutCapField,
    sunset: sunsetField,
    message: optionalTextField("the message", 5_000),
  })
  .transform((form, context) => {
    if (isUnderFloorPrice(form.amount, form.percent)) {
      context.addIssue({
        code: "custom",
        path: ["amount"],
        message: "This is under the floor price: offer at least $1,000 for each 1%.",
      });
    }
    const { amount, percent, payoutCap, sunset, ...rest } = form;
    return {
      ...rest,
      amountCents: amount,
      shares: percent,
      payoutCapMultiple: payoutCap,
      sunsetYears: sunset,
    };
  });
export type OfferInput = z.output<typeof offerInput>;

/** An act on one offer that needs nothing else. */
export const offerIdInput = z.object({ offerId: z.uuid() });

export const signInput = z.object({
  offerId: z.uuid(),
  typedLegalName: textField("your legal name", 200),
  consentPublicLine: z.literal("yes", {
    error: "Tick the box if you agree; without it this offer cannot be signed.",
  }),
  /** The hash of the text that was shown; absent, the present text counts. */
  textSha256: z.string().optional(),
});
