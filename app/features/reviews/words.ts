import type { Messages } from "~/auth/form.server";

/** What is said when a command about reviews is refused: what is wrong, then what to do. */
export const REVIEW_MESSAGES: Messages = {
  abstained: "You have abstained here, so you score no more.",
  reviewed_enough:
    "This application has all its reviews, and you may have seen them. Scores given after that do not count, so none is taken.",
  changed_elsewhere:
    "Not saved: this was changed in another window since you opened it here. What stands now is beside each field that differs; what you chose and wrote here is still below. Press again to put it in place of that, or change it first.",
  unknown_criterion:
    "The rubric has changed since you opened this page. Reload it, then score again.",
  score_first: "Score it first: nobody sees or says anything before their own score.",
  not_comparable: "Only two applications of the same cohort can be compared.",
  hidden_already: "These words are hidden already.",
  nobody_reviews: "Nobody was chosen. Choose at least one reviewer.",
  nobody_to_remind:
    "Nobody is to be reminded: all have scored what they were given, or had a message in the last 24 hours.",
  own_conflict: "Your own conflict is ended by another lead.",
};

type Data = Record<string, string | number | boolean | null>;
const text = (data: Data, name: string): string => String(data[name] ?? "");

/** An event of the trail, after its actor's name. */
const EVENTS: Record<string, (data: Data) => string> = {
  begun: () => "began the application",
  submitted: () => "submitted the application",
  changed: () => "changed what was submitted",
  taken_up: () => "took the application up again",
  late_code_used: () => "used a late code",
  withdrawn: () => "withdrew the application",
  review_saved: (data) => `changed scores: ${text(data, "changed") || "the note"}`,
  review_submitted: (data) => `scored it${data.changed ? `: ${text(data, "changed")}` : ""}`,
  review_abstained: (data) => `abstained: ${text(data, "reason")}`,
  conflict_declared: (data) => `declared a conflict: ${text(data, "reason")}`,
  redacted: (data) => `hid “${text(data, "phrase")}”`,
  redaction_undone: (data) => `showed “${text(data, "phrase")}” again`,
  tagged: (data) => `tagged it ${text(data, "tag")}`,
  untagged: (data) => `took off the tag ${text(data, "tag")}`,
  compared: () => "held it against another, as the better one",
  decided: (data) => `decided: ${text(data, "kind")}`,
  decision_dropped: (data) => `took back the decision: ${text(data, "kind")}`,
  admitted: () => "admitted the applicant",
  declined: () => "declined the application",
  waitlisted: () => "put it on the waitlist",
  revise: () => "asked for a revision",
  deferred: () => "kept it for another cohort",
  waitlist_moved: (data) =>
    `moved it on the waitlist: ${text(data, "from")} to ${text(data, "to")}`,
  carried_over: () => "began it with the answers of an earlier application",
  promoted: () => "gave it a place from the waitlist",
  place_confirmed: () => "confirmed the place",
  place_declined: () => "gave the place back",
  place_lapsed: () => "let the place lapse",
};

/** What happened, as a sentence's end. */
export const eventInWords = (kind: string, data: Data): string =>
  EVENTS[kind]?.(data) ?? kind.replaceAll("_", " ");
