/** What to say of the treasury's and the verification's refusals: what is wrong, then what to do. */
export const TREASURY_MESSAGES = {
  reference_taken:
    "This reference is announced already. If it is another transfer, enter the reference that stands on that one.",
  too_many_waiting: "Twenty of your deposits wait already. Announce more once these are decided.",
  already_asked: "You have asked already, and an operator will answer. You are told by mail.",
  already_decided: (facts: Record<string, string>) =>
    `Somebody else has already decided this: ${facts.state ?? "done"}. What you chose was not done.`,
};
