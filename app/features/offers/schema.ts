import {
  dollarsField,
  isUnderFloorPrice,
  optionalTextField,
  payoutCapField,
  percentField,
  percentOfShares,
  sunsetField,
  textField,
} from "~/lib/terms";
import { z } from "~/lib/zod";
import { policy } from "~/policy";

const underFloor = (context: z.core.$RefinementCtx): void => {
  context.addIssue({
    code: "custom",
    path: ["amount"],
    message: "This is under the floor price: offer at least $1,000 for each 1%.",
  });
};

/** A co-investor's part; null where both fields are empty: that teacher does not take part. */
const coInvestor = z
  .object({
    handle: z.string().max(40),
    amount: z.string().trim().default(""),
    percent: z.string().trim().default(""),
  })
  .transform((row, context) => {
    if (!row.amount && !row.percent) return null;
    const amount = dollarsField.safeParse(row.amount);
    const percent = percentField.safeParse(row.percent);
    for (const [path, parsed] of [["amount", amount] as const, ["percent", percent] as const]) {
      const message = parsed.error?.issues[0]?.message;
      if (message) context.addIssue({ code: "custom", path: [path], message });
    }
    if (!amount.success || !percent.success) return z.NEVER;
    if (isUnderFloorPrice(amount.data, percent.data)) underFloor(context);
    return { handle: row.handle, amountCents: amount.data, shares: percent.data };
  });

/**
 * The form of an offer: dollars, percent of the token, cap and sunset become cents, shares and numbers. `amount` and
 * `percent` are the maker's own part; `parts` are the co-investors', each with the index of its row.
 */
export const offerInput = z
  .object({
    applicationId: z.uuid(),
    amount: dollarsField,
    percent: percentField,
    parts: z.array(coInvestor).max(policy.teachersPerCohort.value).default([]),
    payoutCap: payoutCapField,
    sunset: sunsetField,
    message: optionalTextField("the message", 5_000),
  })
  .transform((form, context) => {
    if (isUnderFloorPrice(form.amount, form.percent)) underFloor(context);
    const { amount, percent, payoutCap, sunset, parts, ...rest } = form;
    const others = parts.flatMap((part, row) => (part ? [{ ...part, row }] : []));
    const all = others.reduce((sum, part) => sum + part.shares, percent);
    if (all > policy.maxSharesOut.value) {
      const most = percentOfShares(policy.maxSharesOut.value);
      context.addIssue({
        code: "custom",
        path: ["percent"],
        message: `All parts together may be at most ${most}% of the token.`,
      });
    }
    return {
      ...rest,
      others,
      amountCents: amount,
      shares: percent,
      payoutCapMultiple: payoutCap,
      sunsetYears: sunset,
    };
  });
export type OfferInput = z.output<typeof offerInput>;

/** The co-investors' rows of a form, in order, empty ones kept: a message names a row by its place. */
export function partsOf(values: Record<string, string>) {
  const rows: { handle: string; amount: string; percent: string }[] = [];
  for (let row = 0; values[`parts.${row}.handle`] !== undefined; row++) {
    const of = (name: string): string => values[`parts.${row}.${name}`] ?? "";
    rows.push({ handle: of("handle"), amount: of("amount"), percent: of("percent") });
  }
  return rows;
}

/** An act on one offer that needs nothing else. */
export const offerIdInput = z.object({ offerId: z.uuid() });

export const signInput = z.object({
  offerId: z.uuid(),
  consentPublicLine: z.literal("yes", {
    error: "Tick the box if you agree; without it this offer cannot be signed.",
  }),
  /** Asked for where a scout gets a finder's stake (T22). */
  consentFinderStake: z.string().optional(),
  typedLegalName: textField("your legal name", 200),
  /** The hash of the text that was shown; absent, the present text counts. */
  textSha256: z.string().optional(),
});
