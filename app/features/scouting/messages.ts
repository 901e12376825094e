import type { Messages } from "~/auth/form.server";
import { policy } from "~/policy";

/** What is said when a referral, or the answer to one, is refused: what is wrong, then what to do. */
export const SCOUTING_MESSAGES: Messages = {
  under_age:
    "Only adults can refer others, for a finder’s stake is a holding. You can learn and apply here meanwhile.",
  too_many: "You have referred many people today. Come back tomorrow.",
  oneself: "This is yourself. Nobody refers themselves: apply to a cohort instead.",
  own_student: "A teacher does not refer their own student.",
  under_review: "A teacher does not refer somebody whose application they review.",
  already_applied:
    "This cannot count: you had applied to that cohort before. Choose somebody else, or nobody.",
  already_referred:
    "You have referred this person already, and they may still answer. Wait for that.",
  already_confirmed: "You have confirmed another scout. The first one counts.",
  too_many_links: `You have ${policy.scoutLinksLive.value} links that work. End one first.`,
  closed: "Applications to that cohort are closed. Choose another, or any.",
  link_over: "This link is over. Ask whoever gave it to you for another, or apply without one.",
  said_too_late: `What you expect is said within ${policy.hypothesisWithinDays.value} days of the referral; that time is over.`,
  too_many_hypotheses: `You have said ${policy.hypothesesPerReferral.value} things of this person. That is all.`,
  due_too_soon: `Choose a day ${policy.hypothesisAheadDays.value} days from today or later.`,
  due_too_late: `Choose a day within ${policy.hypothesisWithinYears.value} years.`,
  not_due: "Its day has not come yet. Come back then.",
  scored_already: "This was scored already, and stays as it is.",
  too_close: "You are too close to this scout to score what they expected.",
  referral_over: "The time of this referral is over. It can no longer lead to an investment.",
};
