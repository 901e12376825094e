import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** On what ground a person asks to be verified as an accredited investor, and how the form says it. */
export const BASES = {
  income:
    "Income: over $200,000 in each of the last two years (with a spouse, $300,000), and expected again this year",
  net_worth: "Net worth: over $1 million, alone or with a spouse, without the home you live in",
  licence: "Licence: a Series 7, 65 or 82 licence in good standing",
} as const;
export type Basis = keyof typeof BASES;

/** The grounds in a word. */
export const BASIS_NAMES: Record<Basis, string> = {
  income: "Income",
  net_worth: "Net worth",
  licence: "Licence",
};

export const requestSchema = z.object({
  basis: z.enum(Object.keys(BASES) as [Basis, ...Basis[]], {
    error: "Choose what your request rests on.",
  }),
  statement: textField("what shows it: which papers, from whom, of which date", 4_000).pipe(
    z.string().min(20, "Say a little more: which papers, from whom, of which date."),
  ),
});

export const decisionSchema = z.object({
  verificationId: z.uuid(),
  decision: z.enum(["approve", "refuse"], { error: "Choose whether you approve or refuse." }),
  reason: textField("the reason: what you saw, and what follows from it", 2_000),
});

/** Whether a text from an address has the shape of an id. */
export const isId = (text: string | undefined): text is string => z.uuid().safeParse(text).success;
