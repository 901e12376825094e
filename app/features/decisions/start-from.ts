import type { DecisionKind } from "#db/schema/decisions";

/** A decision as its form shows it. */
export type Pending = {
  kind: DecisionKind;
  message: string;
  feedback: string;
  confirmBy: string;
  reviseBy: string;
  deferTo: string;
};
/** What a form begins with, and the text that it was started from. */
export type Begun = Pending & { text: string | null };
export type Template = { id: string; kind: DecisionKind; name: string; body: string };

/** What the form of a decision begins with: the text that was chosen, in place of the message and with its kind; else what is pending. */
export function startFrom(
  templates: readonly Template[],
  chosen: string | null,
  pending: Pending | null,
): Begun | null {
  const text = templates.find(({ id }) => id === chosen);
  if (!text) return pending && { ...pending, text: null };
  const nothing = { feedback: "", confirmBy: "", reviseBy: "", deferTo: "" };
  return { ...nothing, ...pending, kind: text.kind, message: text.body, text: text.id };
}
