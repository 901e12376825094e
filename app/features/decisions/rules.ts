import type { ApplicationState } from "#db/schema/applications";
import type { DecisionKind } from "#db/schema/decisions";

const DECIDABLE: Partial<Record<ApplicationState, readonly DecisionKind[]>> = {
  submitted: ["admit", "waitlist", "decline", "revise", "defer", "hold"],
  waitlisted: ["admit", "decline", "defer", "hold"],
  revise: ["admit", "waitlist", "decline", "revise", "defer", "hold"],
};

/** The states in which something can be decided about an application. */
export const DECIDABLE_STATES: readonly string[] = Object.keys(DECIDABLE);

/** What can be decided about an application in that state. */
export const kindsFor = (state: ApplicationState): readonly DecisionKind[] =>
  DECIDABLE[state] ?? [];

/** Whether that can be decided about an application in that state. */
export const isDecidable = (state: ApplicationState, kind: DecisionKind): boolean =>
  kindsFor(state).includes(kind);

/** The state that a released decision leads to. */
export const STATE_AFTER = {
  admit: "admitted",
  waitlist: "waitlisted",
  decline: "declined",
  revise: "revise",
  defer: "deferred",
} as const satisfies Record<Exclude<DecisionKind, "hold">, ApplicationState>;

const HOUR_MS = 3_600_000;

/**
 * Until when a place that is given at `now` is to be confirmed: `hours` later, but before the cohort begins. Null: it needs
 * no confirmation, as where the cohort asks for none or has begun.
 */
export function confirmByOf(
  cohort: { confirmHours: number | null; startsAt: Date },
  now: Date,
): Date | null {
  if (cohort.confirmHours === null || now >= cohort.startsAt) return null;
  const later = new Date(now.getTime() + cohort.confirmHours * HOUR_MS);
  return later < cohort.startsAt ? later : cohort.startsAt;
}

/** What an applicant reads: the message, and what could be better next time where it was written. */
export const messageWithFeedback = (message: string, feedback: string): string =>
  [message, feedback && `What could be better next time:\n${feedback}`]
    .filter(Boolean)
    .join("\n\n");
