import type { Messages } from "~/auth/form.server";

/** What is said when a referral, or the answer to one, is refused: what is wrong, then what to do. */
export const SCOUTING_MESSAGES: Messages = {
  under_age:
    "Only adults can refer others, for a finder’s stake is a holding. You can learn and apply here meanwhile.",
  too_many: "You have referred many people today. Come back tomorrow.",
  oneself: "This is your own address. Nobody refers themselves: apply to a cohort instead.",
  own_student: "A teacher does not refer their own student.",
  under_review: "A teacher does not refer somebody whose application they review.",
  already_applied:
    "An application to that cohort came before the referral, so it did not lead there.",
  already_referred:
    "You have referred this person already, and they may still answer. Wait for that.",
  already_confirmed: "You have confirmed another scout. The first one counts.",
  referral_over: "The time of this referral is over. It can no longer lead to an investment.",
};
