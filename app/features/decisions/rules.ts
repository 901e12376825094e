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

/** What an applicant can be told. */
export type Sent = Exclude<DecisionKind, "hold">;

/** The state that a released decision leads to. */
export const STATE_AFTER = {
  admit: "admitted",
  waitlist: "waitlisted",
  decline: "declined",
  revise: "revise",
  defer: "deferred",
} as const satisfies Record<Sent, ApplicationState>;

const HOUR_MS = 3_600_000;

/** The earlier of two instants. */
export const noLaterThan = (instant: Date, last: Date): Date => (instant < last ? instant : last);

/**
 * Until when a place that is given at `now` is to be confirmed: `hours` later, but before the cohort begins. Null: it needs
 * no confirmation, as where the cohort asks for none or has begun.
 */
export function confirmByOf(
  cohort: { confirmHours: number | null; startsAt: Date },
  now: Date,
): Date | null {
  if (cohort.confirmHours === null || now >= cohort.startsAt) return null;
  return noLaterThan(new Date(now.getTime() + cohort.confirmHours * HOUR_MS), cohort.startsAt);
}

/** Until when a place is to be confirmed where its decision says so itself (`own`): never past the beginning, as `confirmByOf`. */
export function confirmByWithin(
  cohort: { confirmHours: number | null; startsAt: Date },
  now: Date,
  own: Date | null,
): Date | null {
  if (!own || now >= cohort.startsAt) return confirmByOf(cohort, now);
  return noLaterThan(own, cohort.startsAt);
}

const REMIND_BEFORE_MS = 24 * HOUR_MS;
/** Places that were given for less long are not reminded of: their first message is fresh. */
export const REMIND_FROM_HOURS = 48;

/** The latest instant by which a place may have to be confirmed for its reminder to be due at `now`. */
export const remindUntil = (now: Date): Date => new Date(now.getTime() + REMIND_BEFORE_MS);

/** When who has a place is reminded to confirm it: 24 hours before it lapses. Null: they are not. */
export function remindAtOf(place: { enrolledAt: Date; confirmBy: Date | null }): Date | null {
  if (!place.confirmBy) return null;
  const given = place.confirmBy.getTime() - place.enrolledAt.getTime();
  return given < REMIND_FROM_HOURS * HOUR_MS
    ? null
    : new Date(place.confirmBy.getTime() - REMIND_BEFORE_MS);
}

/** What an applicant reads: the message, and what could be better next time where it was written. */
export const messageWithFeedback = (message: string, feedback: string): string =>
  [message, feedback && `What could be better next time:\n${feedback}`]
    .filter(Boolean)
    .join("\n\n");
