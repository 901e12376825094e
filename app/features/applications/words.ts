import type { ApplicationState } from "#db/schema/applications";
import type { Messages } from "~/auth/form.server";

/** An application's states as people read them. */
export const APPLICATION_STATES: Record<ApplicationState, string> = {
  draft: "draft",
  submitted: "submitted",
  withdrawn: "withdrawn",
  admitted: "admitted",
  declined: "not admitted",
  waitlisted: "on the waitlist",
  revise: "to be revised",
  deferred: "kept for the next cohort",
};

/** What is said when a command about applications or reviews is refused: what is wrong, then what to do. */
export const APPLICATION_MESSAGES: Messages = {
  not_open_yet:
    "Applications are not open yet. Come back when they are: nothing is lost until then.",
  window_closed:
    "The deadline has passed, so nothing can be changed any more. Your text is still in the fields below: copy it if you want to keep it.",
  cancelled: "This cohort is cancelled, so nothing can be sent. What you wrote stays yours.",
  already_decided: "This application is already decided.",
  already_withdrawn: "This application is already withdrawn.",
  unanswered: "Some questions have no answer yet.",
  unknown_question:
    "The questions have changed since you opened this page. Reload it, then send your answers again.",
  unscored: "Some criteria have no score yet.",
  conflicted:
    "You are too close to this person to review them: shares, a referral, a relative, an earlier cohort or your own word says so.",
  not_submitted: "This application is not submitted, so there is nothing to score or decide.",
  cohort_full: ({ capacity }) =>
    `All ${capacity} places are taken, so nobody more can be admitted.`,
};
