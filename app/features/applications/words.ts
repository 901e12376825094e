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
  unanswered: "Some answers are missing, or not as the question asks.",
  saved_elsewhere:
    "An answer was also changed in another tab or on another device. Both texts stand at the question: choose one. Everything else is saved.",
  unknown_code: "No code of this cohort reads so. Check it, or ask the teacher who gave it to you.",
  code_over: "This code no longer works: its time has passed.",
  code_no_later: "You may already write as long as this code allows, or longer.",
  code_used_up: "This code was used as often as it may be. Ask the teacher for another.",
  unknown_work: "One of these works is no longer in your collection. Reload the page.",
  too_many_works: "Choose at most ten works: the ones that matter here.",
  too_many_works_kept: "You have 50 works here. Remove one before you add another.",
  file_empty: "This file is empty. Choose another.",
  file_too_large: "This file is larger than 10 MB. Choose a smaller one, or give a link to it.",
  file_type:
    "This file is of a kind that is not taken, whatever its name says. Take PDF, PNG, JPEG, WebP, GIF, MP3, MP4, ZIP, Word, PowerPoint, Excel, OpenDocument or plain text.",
  too_many_files:
    "You keep 100 files or 200 MB here, which is the most. Remove some from your works or drafts first.",
  unknown_question:
    "The questions have changed since you opened this page. Reload it, then send your answers again.",
  unscored: "Some criteria have no score yet.",
  conflicted:
    "You are too close to this person to review them: shares, a referral, a relative, an earlier cohort or your own word says so.",
  not_submitted: "This application is not submitted, so there is nothing to score or decide.",
  cohort_full: ({ capacity }) =>
    `All ${capacity} places are taken, so nobody more can be admitted.`,
};

/** What happened, as the applicant reads it. Kinds that are not here are for staff. */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  begun: "You began your application",
  carried_over: "It was begun for you, with your answers to another cohort",
  submitted: "You submitted it",
  changed: "You changed what you had submitted",
  withdrawn: "You withdrew it",
  taken_up: "You took it up again",
  late_code_used: "You used a late code",
  admitted: "You were admitted",
  declined: "You were not admitted",
  waitlisted: "You were put on the waitlist",
  revise: "You were asked to revise it",
  deferred: "It was kept for another cohort",
  promoted: "You moved up from the waitlist",
  place_confirmed: "You confirmed your place",
  place_declined: "You gave your place back",
  place_lapsed: "Your place was not confirmed in time and lapsed",
  cancelled: "The cohort was cancelled",
};
