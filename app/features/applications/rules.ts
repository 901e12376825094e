import type { ApplicationState } from "#db/schema/applications";
import { type WindowPhase, windowPhase } from "~/lib/window";

export type EditProblem = "not_open_yet" | "window_closed" | "already_decided" | "cancelled";

/** What says how long an application may be written. */
export type WritingTime = {
  opensAt: Date;
  closesAt: Date;
  cancelledAt?: Date | null;
  /** Until when a late code lets its holder write. */
  lateUntil?: Date | null;
  /** Until when a revision that was asked for may be handed in. */
  reviseBy?: Date | null;
};

/** The instant from which on nothing of an application changes: the deadline, a late code's if it is later, or a revision's. */
export function writableUntil(state: ApplicationState | null, time: WritingTime): Date {
  if (state === "revise" && time.reviseBy) return time.reviseBy;
  return time.lateUntil && time.lateUntil > time.closesAt ? time.lateUntil : time.closesAt;
}

const WRITABLE: readonly (ApplicationState | null)[] = [
  null,
  "draft",
  "submitted",
  "withdrawn",
  "revise",
];

/**
 * Whether an application may be written or changed now: within its time, by anyone who has none there yet, has a draft, has
 * submitted or withdrawn one, or was asked to revise it; not after a decision, nor in a cancelled cohort.
 */
export function editProblem(
  state: ApplicationState | null,
  time: WritingTime,
  now: Date,
): EditProblem | null {
  if (!WRITABLE.includes(state)) return "already_decided";
  if (time.cancelledAt) return "cancelled";
  const problems: Record<WindowPhase, EditProblem | null> = {
    upcoming: "not_open_yet",
    open: null,
    closed: "window_closed",
  };
  const span = { opensAt: time.opensAt, closesAt: writableUntil(state, time) };
  return problems[windowPhase(span, now)];
}

/** Whether an application may still be taken back: until a place is given or refused. */
export function canWithdraw(state: ApplicationState): boolean {
  return ["draft", "submitted", "waitlisted", "revise"].includes(state);
}

/** The name of the form field that holds the answer to a question. */
export const answerField = (questionId: string): string => `answer-${questionId}`;
/** The name of the field that says which save of the answer its writer has seen, and what stood there. */
export const seenField = (questionId: string): string => `seen-${questionId}`;
