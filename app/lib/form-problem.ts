/** What an action answers when it refuses: what was typed, and what is wrong with it. */
export type FormProblem = {
  /** A sentence about the whole form. */
  message?: string;
  /** Field name → what is wrong, then what to do. */
  fields: Record<string, string[]>;
  /** What was typed, so that nothing is lost. */
  values: Record<string, string>;
};
