/** What mail is about that its reader may switch off. Mail about money and the account has no topic: it always comes. */
export const MAIL_TOPICS = [
  "announcements",
  "updates",
  "feedback",
  "comments",
  "hypotheses",
] as const;
export type MailTopic = (typeof MAIL_TOPICS)[number];

/** Each topic as its reader knows it. */
export const TOPIC_WORDS: Record<MailTopic, { name: string; note: string }> = {
  announcements: {
    name: "Announcements",
    note: "What the teachers of your cohort tell everybody in it.",
  },
  updates: {
    name: "Updates and work",
    note: "To teachers: a student’s weekly update or piece of work waits for your feedback.",
  },
  feedback: {
    name: "Feedback",
    note: "A teacher’s feedback on what you show, and answers to feedback that you gave.",
  },
  comments: { name: "Comments", note: "What others in your cohort say under your updates." },
  hypotheses: {
    name: "What scouts expected",
    note: "The day has come to say whether it came true, of you or of a student of yours; and, to scouts, what was said.",
  },
};

/** Whether a text names a topic. */
export const isMailTopic = (text: string): text is MailTopic =>
  (MAIL_TOPICS as readonly string[]).includes(text);
