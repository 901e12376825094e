import type { Messages } from "~/auth/form.server";
import { formatCents } from "~/lib/money";
import { policy } from "~/policy";

/** What is said when a command about offers is refused: what is wrong, then what to do. */
export const OFFER_MESSAGES: Messages = {
  not_admitted:
    "This person has no place in the cohort yet. Admit them first: a place and money are two decisions.",
  not_verified:
    "Only verified investors can offer. Ask to be verified under “Verification”, then come back: nothing has moved.",
  co_not_verified: ({ name }) =>
    `${name} is not verified as an investor now, so cannot take part. Leave both fields empty, or wait until they are.`,
  not_a_teacher: "Only the cohort’s other teachers can take part, each once.",
  distribution_overdue:
    "This student owes holders a distribution that is overdue. New offers wait until it is paid.",
  finder_limit:
    "The scout who referred this student already holds, or waits for, so much of the token that the stake would pass 10%. A smaller offer may fit.",
  already_funded: "Your part is funded already.",
  already_out: "Every part is funded: the offer is out.",
  funding_over: "The time to fund this offer is over. It falls back, and all money goes back.",
  stake_consent:
    "Tick the box if you agree to the finder’s stake; without it this offer cannot be signed.",
  offer_already_open:
    "You already have an offer out for this place. Wait for its answer, or for it to lapse.",
  cap_exceeded:
    "At most 20% of a token may be out of its owner’s hands, and this would pass it. A smaller percentage may fit; decline or leave another offer first if this one matters more.",
  holder_limit:
    "At most 10% of a token may be with one holder, what is reserved for them included. A smaller percentage may fit.",
  too_many_holders: `At most ${policy.maxHoldersOneToken.value} people may hold one token at once, and this would pass it. It can be signed once a holder has sold all shares.`,
  insufficient_balance: ({ missingCents }) =>
    missingCents
      ? `Your balance is short by ${formatCents(missingCents)}. Deposit it first, or offer less.`
      : "Your balance is not enough for this. Deposit money first, or offer less.",
  already_signed: "This offer is signed already. Look at it to see when it settles.",
  already_settled: "This offer has settled: the cooling-off period is over.",
  already_left: "Somebody has already left this offer. Everything went back.",
  offer_closed: "This offer is closed. Nothing more can be done with it.",
  offer_expired: "This offer has lapsed. Nothing moved; the teacher may make a new one.",
  not_open_yet: "This offer is not out yet.",
  sheet_first: "Read the information sheet first.",
  wrong_answer: "Not all answers are right yet. Read what is said beside them, then answer again.",
  quiz_first: "Answer the three questions first.",
  token_first: "Sign the token agreement first.",
  under_age:
    "You cannot sign this yet: nobody sells shares of their token before they are of age where they live, and nobody signs for them. You can go on learning here.",
  wrong_name: "This is not the legal name on your account. Type it exactly as it is there.",
  text_changed: "The text has changed since you opened this page. Read it again, then sign.",
  not_signed: "This offer is not signed, so there is nothing to leave.",
  too_late: "The time in which you could leave is over.",
};
