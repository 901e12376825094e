/** What to say of the treasury's and the verification's refusals: what is wrong, then what to do. */
export const TREASURY_MESSAGES = {
  reference_taken:
    "This reference is announced already. If it is another transfer, enter the reference that stands on that one.",
  too_many_waiting: "Twenty of your deposits wait already. Announce more once these are decided.",
  already_asked: "You have asked already, and an operator will answer. You are told by mail.",
  withdrawals_held: (facts: Record<string, string>) =>
    `Nothing is paid out until ${facts.until}: the account’s e-mail address was changed, and its owner has time to say if it was not they.`,
  needs_another:
    "You have recorded this. Another operator must confirm it: one alone moves no money.",
  amounts_differ:
    "The first operator recorded another amount. Look at the bank again; if the first is wrong, ask them to correct it here.",
  recorded_as_paid:
    "Another operator has recorded this as paid, so the money may be on its way. Only they can take that back.",
  already_decided: (facts: Record<string, string>) =>
    `Somebody else has already decided this: ${facts.state ?? "done"}. What you chose was not done.`,
};
