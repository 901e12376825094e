import type { ApplicationState } from "#db/schema/applications";
import { type WindowPhase, windowPhase } from "~/lib/window";

export type EditProblem = "not_open_yet" | "window_closed" | "already_decided";

/**
 * Whether an application may be written or changed now: within the cohort's window, by anyone who has none there yet, has
 * a draft, has submitted one, or has withdrawn one; not after a decision.
 */
export function editProblem(
  state: ApplicationState | null,
  window: { opensAt: Date; closesAt: Date },
  now: Date,
): EditProblem | null {
  if (state === "admitted" || state === "declined") return "already_decided";
  const problems: Record<WindowPhase, EditProblem | null> = {
    upcoming: "not_open_yet",
    open: null,
    closed: "window_closed",
  };
  return problems[windowPhase(window, now)];
}

/** The questions that are left without an answer. */
export function unanswered(
  questionIds: readonly string[],
  answers: Readonly<Record<string, string>>,
): string[] {
  return questionIds.filter((id) => !answers[id]?.trim());
}

/** Whether an application may still be taken back: until it is decided. */
export function canWithdraw(state: ApplicationState): boolean {
  return state === "draft" || state === "submitted";
}

/** How long an answer may be, in characters. */
export const LONGEST_ANSWER = 10_000;

/** The name of the form field that holds the answer to a question. */
export const answerField = (questionId: string): string => `answer-${questionId}`;
