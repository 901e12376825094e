import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import type { ProfileLink } from "./people";
import { cohort, person } from "./references";

/** What a cohort's teachers tell everybody in it. */
export const announcements = pgTable(
  "announcements",
  {
    id: id(),
    cohortId: cohort(),
    authorId: person("author_id"),
    title: text("title").notNull(),
    body: text("body").notNull(),
    postedAt: instant("posted_at").notNull(),
  },
  (t) => [
    index("announcements_cohort").on(t.cohortId, t.postedAt),
    check("announcements_text", sql`length(trim(${t.title})) > 0 and length(trim(${t.body})) > 0`),
  ],
);

/** A student's week: what they did, learnt, were blocked by, do next. One a week (Mondays). */
export const updates = pgTable(
  "updates",
  {
    id: id(),
    cohortId: cohort(),
    personId: person("person_id"),
    week: date("week", { mode: "string" }).notNull(),
    state: text("state").$type<"draft" | "published">().notNull().default("draft"),
    did: text("did").notNull().default(""),
    learnt: text("learnt").notNull().default(""),
    blocked: text("blocked").notNull().default(""),
    next: text("next").notNull().default(""),
    links: jsonb("links").$type<ProfileLink[]>().notNull().default([]),
    savedAt: instant("saved_at").notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [
    unique("updates_one_a_week").on(t.cohortId, t.personId, t.week),
    check("updates_state", sql`${t.state} in ('draft', 'published')`),
    check("updates_published", sql`(${t.state} = 'published') = (${t.publishedAt} is not null)`),
    check("updates_week_is_monday", sql`extract(isodow from ${t.week}) = 1`),
  ],
);

/** A piece of work that a student shows to their cohort. */
export const works = pgTable(
  "works",
  {
    id: id(),
    cohortId: cohort(),
    personId: person("person_id"),
    title: text("title").notNull(),
    url: text("url").notNull().default(""),
    description: text("description").notNull().default(""),
    postedAt: instant("posted_at").notNull(),
  },
  (t) => [index("works_person").on(t.cohortId, t.personId)],
);

/** A teacher's feedback on an update or a piece of work; the student answers, revises, rates. */
export const feedback = pgTable(
  "feedback",
  {
    id: id(),
    cohortId: cohort(),
    authorId: person("author_id"),
    studentId: person("student_id"),
    updateId: uuid("update_id").references(() => updates.id),
    workId: uuid("work_id").references(() => works.id),
    body: text("body").notNull(),
    /** `answered`: the student has replied; `revise`: the teacher asks for another go; `open` otherwise. */
    state: text("state").$type<"open" | "revise" | "answered">().notNull().default("open"),
    helpfulness: integer("helpfulness"),
    ratedAt: instant("rated_at"),
    givenAt: instant("given_at").notNull(),
  },
  (t) => [
    index("feedback_student").on(t.studentId, t.cohortId),
    index("feedback_author").on(t.authorId, t.givenAt),
    index("feedback_update").on(t.updateId),
    index("feedback_work").on(t.workId),
    check("feedback_on_one_thing", sql`num_nonnulls(${t.updateId}, ${t.workId}) = 1`),
    check("feedback_not_to_oneself", sql`${t.authorId} <> ${t.studentId}`),
    check("feedback_state", sql`${t.state} in ('open', 'revise', 'answered')`),
    check(
      "feedback_helpfulness",
      sql`${t.helpfulness} between 1 and 5 and (${t.helpfulness} is null) = (${t.ratedAt} is null)`,
    ),
  ],
);

/** Replies under a teacher's feedback, and peers' comments under an update. */
export const comments = pgTable(
  "comments",
  {
    id: id(),
    feedbackId: uuid("feedback_id").references(() => feedback.id),
    updateId: uuid("update_id").references(() => updates.id),
    authorId: person("author_id"),
    body: text("body").notNull(),
    postedAt: instant("posted_at").notNull(),
  },
  (t) => [
    index("comments_feedback").on(t.feedbackId),
    index("comments_update").on(t.updateId),
    check("comments_on_one_thing", sql`num_nonnulls(${t.feedbackId}, ${t.updateId}) = 1`),
  ],
);

/** A teacher's private note on a student, with strengths seen. Only the cohort's teachers read it. */
export const teacherNotes = pgTable(
  "teacher_notes",
  {
    id: id(),
    cohortId: cohort(),
    studentId: person("student_id"),
    authorId: person("author_id"),
    strengths: text("strengths").notNull().default(""),
    body: text("body").notNull().default(""),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [index("teacher_notes_student").on(t.cohortId, t.studentId)],
);

/** Hours that a teacher taught in a cohort. */
export const taughtSessions = pgTable(
  "taught_sessions",
  {
    id: id(),
    cohortId: cohort(),
    teacherId: person("teacher_id"),
    heldOn: date("held_on", { mode: "string" }).notNull(),
    minutes: integer("minutes").notNull(),
    topic: text("topic").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    index("taught_sessions_teacher").on(t.teacherId),
    index("taught_sessions_cohort").on(t.cohortId),
    check("taught_sessions_minutes", sql`${t.minutes} between 5 and 720`),
  ],
);

/** Topics of mail that somebody has switched off. What concerns money and the account always comes. */
export const mutedTopics = pgTable(
  "muted_topics",
  {
    id: id(),
    personId: person("person_id"),
    topic: text("topic")
      .$type<"announcements" | "updates" | "feedback" | "comments" | "hypotheses">()
      .notNull(),
    mutedAt: instant("muted_at").notNull(),
  },
  (t) => [
    unique("muted_topics_once").on(t.personId, t.topic),
    check(
      "muted_topics_known",
      sql`${t.topic} in ('announcements', 'updates', 'feedback', 'comments', 'hypotheses')`,
    ),
  ],
);
