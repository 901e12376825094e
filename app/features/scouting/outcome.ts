/** How a hypothesis stands: its day is to come, it is to be scored, or what came of it. */
export type Outcome = "waits" | "due" | "true" | "false" | "void";

/** The state of a hypothesis on a UTC day. */
export function outcomeOf(
  { outcome, dueOn }: { outcome: "true" | "false" | "void" | null; dueOn: string },
  today: string,
): Outcome {
  return outcome ?? (dueOn <= today ? "due" : "waits");
}

/** What each state is called, and how it is coloured: what came true stands out no more than what did not. */
export const OUTCOMES: Record<Outcome, { word: string; tone: "plain" | "gain" | "loss" }> = {
  waits: { word: "not due yet", tone: "plain" },
  due: { word: "due, not scored", tone: "plain" },
  true: { word: "came true", tone: "gain" },
  false: { word: "did not come true", tone: "loss" },
  void: { word: "cannot be told", tone: "plain" },
};
