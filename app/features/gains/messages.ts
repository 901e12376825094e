import type { Messages } from "~/auth/form.server";

/** What is said when a command about gains is refused: what is wrong, then what to do. */
export const GAIN_MESSAGES: Messages = {
  closing_in_future:
    "This day has not ended yet (at 24:00 UTC). Declare the sale once the day is over.",
  before_token:
    "Your token did not exist on that day, so nobody has a part in this sale. Check the date; if it is right, there is nothing to declare.",
  document_missing: "The document can no longer be found. Choose the file again.",
  document_empty: "This file is empty. Choose another.",
  document_too_large: "This file is larger than 10 MB. Choose a smaller one.",
  too_many_documents:
    "You have handed in thirty documents since yesterday. Wait a day, or declare the sale with one of them.",
  document_type: "This file is not a PDF, PNG or JPEG. Choose one that is.",
  gain_reversed: "This declaration was reversed. Nothing is due of it.",
  already_paid: "This gain is already paid. Nothing more moves.",
  insufficient_balance: ({ toPay, balance, missing }) =>
    `You have ${balance} and need ${toPay}: ${missing} is missing. Deposit it, then pay. Nothing has moved.`,
  changed_meanwhile: ({ grade }) =>
    `Another operator has just set this grade to “${grade}”. Look again before you decide.`,
  already_so: "An operator has already given it this grade. Choose another, or leave it.",
  no_document: "No document was handed in, so it cannot be graded as documented.",
};
