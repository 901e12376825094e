import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { amount, id, instant } from "./columns";
import { persons } from "./people";

/** A cohort, open for applications between two instants of its own time zone, with standard terms. */
export const cohorts = pgTable(
  "cohorts",
  {
    id: id(),
    slug: text("slug").notNull().unique(),
    teacherId: uuid("teacher_id")
      .notNull()
      .references(() => persons.id),
    title: text("title").notNull(),
    skill: text("skill").notNull(),
    pitch: text("pitch").notNull(),
    capacity: integer("capacity").notNull(),
    timeZone: text("time_zone").notNull(),
    opensAt: instant("opens_at").notNull(),
    closesAt: instant("closes_at").notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    endsOn: date("ends_on", { mode: "string" }).notNull(),
    amountCents: amount("amount_cents").notNull(),
    shares: amount("shares").notNull(),
    payoutCapMultiple: integer("payout_cap_multiple"),
    sunsetYears: integer("sunset_years"),
    finderStakeBps: integer("finder_stake_bps").notNull().default(0),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("cohorts_teacher").on(t.teacherId),
    index("cohorts_window").on(t.closesAt),
    check("cohorts_slug_shape", sql`${t.slug} ~ '^[a-z0-9-]{3,80}$'`),
    check("cohorts_capacity", sql`${t.capacity} between 1 and 5000`),
    check("cohorts_window_order", sql`${t.opensAt} < ${t.closesAt}`),
    check("cohorts_dates_order", sql`${t.startsOn} < ${t.endsOn}`),
    check(
      "cohorts_terms",
      sql`${t.amountCents} >= ${t.shares} and ${t.shares} between 1 and 1000000`,
    ),
    check("cohorts_cap", sql`${t.payoutCapMultiple} in (3, 5)`),
    check("cohorts_sunset", sql`${t.sunsetYears} in (10, 20)`),
    check("cohorts_finder_stake", sql`${t.finderStakeBps} between 0 and 1000`),
  ],
);

/** What a cohort asks of its applicants, in order. */
export const cohortQuestions = pgTable(
  "cohort_questions",
  {
    id: id(),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    position: integer("position").notNull(),
    prompt: text("prompt").notNull(),
  },
  (t) => [unique("cohort_questions_position").on(t.cohortId, t.position)],
);

export type ApplicationState = "draft" | "submitted" | "withdrawn" | "admitted" | "declined";

/** One person's application to one cohort. */
export const applications = pgTable(
  "applications",
  {
    id: id(),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    applicantId: uuid("applicant_id")
      .notNull()
      .references(() => persons.id),
    state: text("state").$type<ApplicationState>().notNull().default("draft"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    submittedAt: instant("submitted_at"),
    withdrawnAt: instant("withdrawn_at"),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => persons.id),
    decisionMessage: text("decision_message"),
  },
  (t) => [
    unique("applications_one_each").on(t.cohortId, t.applicantId),
    index("applications_applicant").on(t.applicantId),
    check(
      "applications_state",
      sql`${t.state} in ('draft', 'submitted', 'withdrawn', 'admitted', 'declined')`,
    ),
    check(
      "applications_decided",
      sql`(${t.state} in ('admitted', 'declined')) = (${t.decidedAt} is not null and ${t.decidedBy} is not null)`,
    ),
    check(
      "applications_submitted",
      sql`${t.state} in ('draft', 'withdrawn') or ${t.submittedAt} is not null`,
    ),
    check("applications_no_self_decision", sql`${t.decidedBy} is distinct from ${t.applicantId}`),
  ],
);

/** An applicant's answer to one of the cohort's questions. */
export const applicationAnswers = pgTable(
  "application_answers",
  {
    id: id(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id),
    questionId: uuid("question_id")
      .notNull()
      .references(() => cohortQuestions.id),
    answer: text("answer").notNull(),
  },
  (t) => [unique("application_answers_one_each").on(t.applicationId, t.questionId)],
);

/** A reviewer's score of an application, 1 to 5, with a note that the applicant never sees. */
export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id),
    reviewerId: uuid("reviewer_id")
      .notNull()
      .references(() => persons.id),
    score: integer("score").notNull(),
    note: text("note").notNull().default(""),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    unique("reviews_one_each").on(t.applicationId, t.reviewerId),
    check("reviews_score", sql`${t.score} between 1 and 5`),
  ],
);

/** A place in a cohort: recorded with the admission, before and apart from any money (T13). */
export const enrolments = pgTable(
  "enrolments",
  {
    id: id(),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    applicationId: uuid("application_id")
      .notNull()
      .unique()
      .references(() => applications.id),
    enrolledAt: instant("enrolled_at").notNull(),
  },
  (t) => [unique("enrolments_one_each").on(t.cohortId, t.personId)],
);

/** Teachers beside the one who opened the cohort: invited by mail, and part of it once they accept. */
export const cohortTeachers = pgTable(
  "cohort_teachers",
  {
    id: id(),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    email: text("email").notNull(),
    personId: uuid("person_id").references(() => persons.id),
    state: text("state")
      .$type<"invited" | "accepted" | "declined" | "withdrawn">()
      .notNull()
      .default("invited"),
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => persons.id),
    invitedAt: instant("invited_at").notNull(),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    uniqueIndex("cohort_teachers_once")
      .on(t.cohortId, t.email)
      .where(sql`state in ('invited', 'accepted')`),
    uniqueIndex("cohort_teachers_person").on(t.cohortId, t.personId).where(sql`state = 'accepted'`),
    index("cohort_teachers_of").on(t.personId, t.state),
    check(
      "cohort_teachers_state",
      sql`${t.state} in ('invited', 'accepted', 'declined', 'withdrawn')`,
    ),
    check(
      "cohort_teachers_answered",
      sql`(${t.state} = 'invited') = (${t.answeredAt} is null) and (${t.state} <> 'accepted' or ${t.personId} is not null)`,
    ),
  ],
);
