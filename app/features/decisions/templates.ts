import type { DecisionKind } from "#db/schema/decisions";
import type { Sent } from "./rules";

/** The name of the text that a kind of decision is told with where nobody wrote or chose another. */
export const STANDARD = "Standard";

/** What a text to an applicant may name, and for which decisions. */
const VARIABLES = {
  name: "the applicant’s name",
  cohort: "the cohort’s title",
  teacher: "who decided",
  confirm_by: "until when the place is to be confirmed",
  revise_by: "until when the revision may be submitted",
  next_cohort: "the cohort that the application is kept for",
  waitlist_place: "the place on the waitlist",
} as const;
export type Variable = keyof typeof VARIABLES;
export type Values = Partial<Record<Variable, string>>;

const ALWAYS: readonly Variable[] = ["name", "cohort", "teacher"];
const OF_KIND: Record<DecisionKind, readonly Variable[]> = {
  admit: ["confirm_by"],
  waitlist: ["waitlist_place"],
  decline: [],
  revise: ["revise_by"],
  defer: ["next_cohort"],
  hold: [],
};

/** The variables of a kind of decision, with what stands for each. */
export const variablesOf = (kind: DecisionKind): { name: Variable; says: string }[] =>
  [...ALWAYS, ...OF_KIND[kind]].map((name) => ({ name, says: VARIABLES[name] }));

const IN_BRACES = /\{\{|\}\}|\{([^{}]*)\}/g;

/** What stands in braces in a text and is no variable of the kind, each once; `{{` and `}}` are braces. */
export function unknownVariables(text: string, kind: DecisionKind): string[] {
  const known = new Set<string>(variablesOf(kind).map(({ name }) => name));
  const found = [...text.matchAll(IN_BRACES)].flatMap(([, name]) =>
    name === undefined || known.has(name) ? [] : [name],
  );
  return [...new Set(found)];
}

/**
 * A text with its variables put in, once: what a value holds is text, whatever braces are in it. A variable without a value is
 * left out. Throws for what is no variable: texts are checked when they are kept.
 */
export function fillTemplate(text: string, kind: DecisionKind, values: Values): string {
  const unknown = unknownVariables(text, kind);
  if (unknown.length > 0) throw new Error("an unknown variable was kept");
  return text.replace(IN_BRACES, (whole, name: Variable | undefined) =>
    name === undefined ? whole.charAt(0) : (values[name] ?? ""),
  );
}

/** What is said where nobody wrote a text of their own. */
export const DEFAULT_TEXTS: Record<Sent, string> = {
  admit: "We look forward to working with you, {name}.",
  waitlist:
    "Your application is good, and all places are given for now. You are number {waitlist_place} on the waitlist: if a place comes free, the first on the list gets it, and you hear at once.",
  decline: "Thank you for the work that you put into your application, {name}.",
  revise:
    "We would like to read your application again. Change your answers and submit them by {revise_by}.",
  defer:
    "We would like to see you in {next_cohort}. A draft there holds what you wrote here, where it asks the same: look through it and submit it.",
};
