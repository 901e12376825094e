import type { Messages } from "~/auth/form.server";

/** What is said when a cohort cannot be opened: what is wrong, then what to do. */
export const COHORT_MESSAGES: Messages = {
  closes_before_it_opens: "The window closes before it opens. Choose a later time.",
  closes_in_the_past: "This time has passed. Choose one that lies ahead, so that people can apply.",
  starts_before_closing: "The cohort begins before applications close. Choose a later day.",
  ends_before_it_starts: "The cohort ends before it begins. Choose a later day.",
  too_far: "This is more than three years away. Choose an earlier day.",
  slug_taken: "Too many cohorts have this title. Choose another.",
};
