import type { Messages } from "~/auth/form.server";
import { formatDate } from "~/lib/dates";

/** What the refusals of the learning space say. */
export const LEARNING_MESSAGES: Messages = {
  not_a_week: "A week is named by its Monday. Open the form from the learning space.",
  week_ahead: "That week has not begun yet. Write about this one.",
  week_before_place: "You had no place in the cohort yet in that week.",
  week_after_end: "The cohort was over by that week. What was written stays here to be read.",
  already_published:
    "This update is published already, so it is no draft any more. Publish your changes instead.",
  not_a_teaching_day: "Enter a day that has come, and on which this cohort was already open.",
};

/** The states of feedback, as its readers see them. */
export const FEEDBACK_STATES = {
  open: "waits for an answer",
  revise: "asks for another go",
  answered: "answered",
} as const;
export type FeedbackState = keyof typeof FEEDBACK_STATES;

/** What each step of helpfulness means. */
export const HELPFULNESS = {
  "1": "1: it did not help",
  "2": "2: a little",
  "3": "3: it helped",
  "4": "4: a lot",
  "5": "5: it changed what I do",
} as const;

/** An update, as sentences name it. */
export const updateInWords = (week: string): string =>
  `the update of the week of ${formatDate(week)}`;

/** A piece of work, as sentences name it. */
export const workInWords = (title: string): string => `“${title}”`;

/** The path of a place in a cohort's learning space. */
export const spacePath = (slug: string, ...parts: readonly string[]): string =>
  ["/cohorts", slug, "space", ...parts].join("/");

const LONGEST_EXCERPT = 600;

/** As much of a text as a message holds. */
export const excerpt = (text: string): string =>
  text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT).trimEnd()} …`;

/** What the forms under an update or a piece of work do. */
export type DiscussIntent = "feedback" | "reply" | "rate" | "comment";

/** The name of such a form's field: those under a piece of feedback carry its id, for a page may have several. */
export const discussField = (intent: DiscussIntent, feedbackId: string): string =>
  intent === "reply" || intent === "rate" ? `${intent}-${feedbackId}` : intent;

/** The name of the tick box that asks for another go. */
export const againField = (intent: DiscussIntent, feedbackId: string): string =>
  `again-${discussField(intent, feedbackId)}`;

/** The way down to a page of a cohort's learning space. */
export const trailOf = ({ slug, title }: { slug: string; title: string }) => [
  { to: `/cohorts/${slug}`, name: title },
  { to: spacePath(slug), name: "Learning space" },
];
