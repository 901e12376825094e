import type { Messages } from "~/auth/form.server";

/** What is said when a cohort cannot be opened: what is wrong, then what to do. */
export const COHORT_MESSAGES: Messages = {
  opens_too_early: "This is more than three years ago. Choose a later day.",
  closes_before_it_opens: "The window closes before it opens. Choose a later time.",
  closes_in_the_past: "This time has passed. Choose one that lies ahead, so that people can apply.",
  decides_before_closing: "Applications are still open then. Choose a later time.",
  starts_before_closing: "The cohort begins before applications close. Choose a later time.",
  starts_before_decisions: "Applicants would not have heard by then. Choose a later time.",
  ends_before_it_starts: "The cohort ends before it begins. Choose a later time.",
  too_far: "This is more than three years away. Choose an earlier time.",
  already_teaches: "This person teaches the cohort already.",
  already_invited:
    "This address has been asked already. Wait for the answer, or withdraw the invitation.",
  too_many_teachers: "A cohort has at most ten teachers, invitations counted.",
  already_answered: "This invitation has been answered already.",
  applied_here:
    "You have applied to this cohort yourself. Withdraw the application first, or decline: nobody decides among their own competitors.",
  slug_taken: "Too many cohorts have this title. Choose another.",
};
