import type { Refusal } from "~/auth/command.server";
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
  too_many_saved: "You have saved 200 cohorts. Take one away first.",
  already_teaches: "This person teaches the cohort already.",
  already_invited:
    "This address has been asked already. Wait for the answer, or withdraw the invitation.",
  too_many_teachers: "A cohort has at most ten teachers, invitations counted.",
  too_many_reviewers: "A cohort has at most a hundred reviewers, invitations counted.",
  lines_wrong: "Nobody is asked yet: some lines need a change.",
  already_answered: "This invitation has been answered already.",
  applied_here:
    "You have applied to this cohort yourself. Withdraw the application first, or decline: nobody decides among their own competitors.",
  not_now: "The cohort has moved on: this cannot be changed any more.",
  fixed_now: "This is fixed by now: people rely on it.",
  only_later: "The deadline can only move later: people rely on it.",
  fewer_than_taken: "More places are taken already. Enter at least as many.",
  unknown_source: "There is nothing of this name to begin from. Choose again.",
  too_few_questions: "Ask at least two questions.",
  too_many_questions: "A cohort asks at most 40 questions. Remove one first.",
  last_question: "This is the last question. Add another one first.",
  another_kind: "A question keeps its kind. Remove it and add another one.",
  nothing_changed: "Nothing has changed: these questions are in force.",
  scored_already: "Somebody has scored by this rubric, so it stays as it is.",
  too_many_criteria: "A rubric has at most 12 criteria. Remove one first.",
  last_criterion: "This is the last criterion. Add another one first.",
  parts_too_much: "Together the partners’ parts would be more than 100%. Enter less.",
  offers_stand:
    "An offer to one of its students is out, signed or paid, so the cohort cannot be cancelled.",
  no_such_cohort: "No other public cohort has this address. Copy it from its page.",
  sisters_already: "Both share one peer space already.",
  asked_already: "One of both has asked the other already.",
  no_such_time: "The clocks of this zone do not show that time: choose another.",
  before_the_deadline: "This is no later than the deadline, or has passed. Choose a later time.",
  after_the_beginning: "The cohort has begun by then. Choose an earlier time.",
  too_many_codes: "A cohort has at most 200 late codes.",
  revoked_already: "This code is taken back already.",
  not_shared: "It shares its peer space with no other cohort.",
  slug_taken: "Too many cohorts have this title. Choose another.",
};

/** What is wrong with the fields of a form that reaches its command as `part` of the input, beside the form's own fields. */
export function sayOfForm(refusal: Refusal, part: string): Refusal {
  if (!refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, said]) => [
    name.startsWith(`${part}.`) ? name.slice(part.length + 1) : name,
    said,
  ]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}
