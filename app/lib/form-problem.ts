/** What an action answers when it refuses: what was typed, and what is wrong with it. */
export type FormProblem = {
  /** A sentence about the whole form. */
  message?: string;
  /** Field name → what is wrong, then what to do. */
  fields: Record<string, string[]>;
  /** What was typed, so that nothing is lost. */
  values: Record<string, string>;
};

/** What was picked under a name in a read form, where several of one name are numbered. */
export function pickedOf(values: Record<string, string>, name: string): string[] {
  const several = Object.entries(values)
    .filter(([key]) => key.startsWith(`${name}.`))
    .map(([, value]) => value);
  const one = values[name];
  return one === undefined ? several : [one, ...several];
}
