import type { DecisionKind } from "#db/schema/decisions";
import type { Messages } from "~/auth/form.server";

/** What can be decided, as a teacher chooses it. */
export const KINDS: readonly { value: DecisionKind; label: string; many: string }[] = [
  { value: "admit", label: "Admit", many: "admitted" },
  { value: "waitlist", label: "Put on the waitlist", many: "put on the waitlist" },
  { value: "revise", label: "Ask to revise and submit again", many: "asked to revise" },
  { value: "defer", label: "Keep for another cohort", many: "kept for another cohort" },
  { value: "decline", label: "Decline", many: "declined" },
  { value: "hold", label: "Hold for later", many: "held" },
];

/** What is said when a command about decisions is refused: what is wrong, then what to do. */
export const DECISION_MESSAGES: Messages = {
  not_decidable:
    "One of these is withdrawn, or decided already in a way that this does not follow. Reload the page and choose again.",
  being_released:
    "A release is under way that this decision is part of. Take it back first, if it is not out yet.",
  nothing_runs: "No release is under way: it is done, or was stopped already.",
  too_many_texts: ({ most }) => `There are ${most} texts of this kind. Throw one away first.`,
  unknown_variable: ({ variable }) =>
    `{${variable}} is no variable that we know here. Use one of those listed, or write {{ and }} for braces.`,
  revise_by_needed: "Say until when the revision may be submitted.",
  defer_to_needed: "Choose another public cohort that it is kept for.",
  past: "This instant is past, or does not exist on that day’s clocks. Choose a later one.",
  confirm_after_beginning: ({ begins }) =>
    `The cohort begins on ${begins}. A place is to be confirmed by then: choose that instant or an earlier one.`,
  nothing_pending: "Nothing is pending, so there is nothing to release.",
  release_running: "A release is under way. Wait until it is done.",
  changed_since:
    "Decisions have changed since this preview. Read the new one below, then release it.",
  deadline_past:
    "A deadline that one of these decisions states is past. Change it, then release again.",
  cohort_full: ({ capacity }) =>
    `The cohort has ${capacity} places, and these decisions give more. Put some on the waitlist.`,
  no_place: "There is no place to answer.",
  answered_already: "This place is answered already.",
  too_late: "The time to confirm this place is over.",
  has_begun: "The cohort has begun. Talk to your teacher about leaving it.",
};
