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
