import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { cohortQuestions, cohorts, lateCodes } from "./cohorts";
import { id, instant } from "./columns";
import { fileColumns } from "./documents";
import { persons } from "./people";

/** What an applicant has done or been told. What is decided but not yet told stands in `decisions` alone (T30). */
export type ApplicationState =
  | "draft"
  | "submitted"
  | "withdrawn"
  | "admitted"
  | "declined"
  | "waitlisted"
  | "revise"
  | "deferred";

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
    /** The version of the questions under which its answers were last written. */
    formVersion: integer("form_version").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    submittedAt: instant("submitted_at"),
    withdrawnAt: instant("withdrawn_at"),
    /** A late code that was used, and until when it lets its holder write. */
    lateCodeId: uuid("late_code_id").references(() => lateCodes.id),
    lateUntil: instant("late_until"),
    /** The place in the waitlist, from 1. */
    waitlistRank: integer("waitlist_rank"),
    /** Until when a revision may be submitted. */
    reviseBy: instant("revise_by"),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => persons.id),
    decisionMessage: text("decision_message"),
  },
  (t) => [
    unique("applications_one_each").on(t.cohortId, t.applicantId),
    index("applications_applicant").on(t.applicantId),
    index("applications_submitted").on(t.cohortId, t.submittedAt, t.id),
    index("applications_state").on(t.cohortId, t.state, t.submittedAt, t.id),
    check(
      "applications_state",
      sql`${t.state} in ('draft', 'submitted', 'withdrawn', 'admitted', 'declined', 'waitlisted', 'revise', 'deferred')`,
    ),
    check(
      "applications_decided",
      sql`(${t.state} in ('admitted', 'declined', 'waitlisted', 'revise', 'deferred')) = (${t.decidedAt} is not null and ${t.decidedBy} is not null)`,
    ),
    check(
      "applications_submitted",
      sql`${t.state} in ('draft', 'withdrawn') or ${t.submittedAt} is not null`,
    ),
    check("applications_no_self_decision", sql`${t.decidedBy} is distinct from ${t.applicantId}`),
    check(
      "applications_waitlisted",
      sql`(${t.state} = 'waitlisted') = (${t.waitlistRank} is not null) and ${t.waitlistRank} > 0`,
    ),
    check("applications_revise", sql`(${t.state} = 'revise') = (${t.reviseBy} is not null)`),
    check("applications_late", sql`(${t.lateCodeId} is null) = (${t.lateUntil} is null)`),
  ],
);

const ofApplication = () =>
  uuid("application_id")
    .notNull()
    .references(() => applications.id);
const ofQuestion = () =>
  uuid("question_id")
    .notNull()
    .references(() => cohortQuestions.id);

/** A file that an applicant handed in, its type checked by content. Never changed; removed where nothing refers to it. */
export const applicationFiles = pgTable("application_files", fileColumns(), (t) => [
  index("application_files_owner").on(t.ownerId),
  check("application_files_name", sql`length(trim(${t.fileName})) between 1 and 200`),
  check(
    "application_files_type",
    sql`${t.contentType} in ('application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif', 'audio/mpeg', 'video/mp4', 'application/zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.oasis.opendocument.text', 'text/plain')`,
  ),
  check(
    "application_files_size",
    sql`${t.sizeBytes} = octet_length(${t.content}) and ${t.sizeBytes} between 1 and 10485760`,
  ),
  check("application_files_hash", sql`${t.sha256} = encode(sha256(${t.content}), 'hex')`),
]);

/** An answer as it is being written, before and after submitting. `revision` counts its saves: who saves names the one they saw. */
export const applicationDrafts = pgTable(
  "application_drafts",
  {
    applicationId: ofApplication(),
    questionId: ofQuestion(),
    answer: text("answer").notNull().default(""),
    fileId: uuid("file_id").references(() => applicationFiles.id),
    revision: integer("revision").notNull().default(1),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.applicationId, t.questionId] }),
    index("application_drafts_file").on(t.fileId),
    check("application_drafts_answer", sql`length(${t.answer}) <= 20000 and ${t.revision} > 0`),
  ],
);

/**
 * An answer as it was submitted: what reviewers read. Of many choices one a line; a number plain (`-3.5`); a date
 * `YYYY-MM-DD`; of a file nothing but the file.
 */
export const applicationAnswers = pgTable(
  "application_answers",
  {
    id: id(),
    applicationId: ofApplication(),
    questionId: ofQuestion(),
    answer: text("answer").notNull(),
    fileId: uuid("file_id").references(() => applicationFiles.id),
  },
  (t) => [
    unique("application_answers_one_each").on(t.applicationId, t.questionId),
    index("application_answers_file").on(t.fileId),
    check("application_answers_answer", sql`length(${t.answer}) <= 20000`),
  ],
);

/** A piece of work that a person collects once and shows in many applications. */
export const portfolioWorks = pgTable(
  "portfolio_works",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    position: integer("position").notNull(),
    title: text("title").notNull(),
    description: text("description").notNull().default(""),
    url: text("url").notNull().default(""),
    fileId: uuid("file_id").references(() => applicationFiles.id),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    index("portfolio_works_person").on(t.personId, t.position),
    index("portfolio_works_file").on(t.fileId),
    check(
      "portfolio_works_text",
      sql`length(trim(${t.title})) between 1 and 120 and length(${t.description}) <= 5000`,
    ),
    check("portfolio_works_url", sql`${t.url} = '' or ${t.url} ~ '^https?://[^[:space:]]+$'`),
  ],
);

/** The works that an application shows. */
export const applicationWorks = pgTable(
  "application_works",
  {
    applicationId: ofApplication(),
    workId: uuid("work_id")
      .notNull()
      .references(() => portfolioWorks.id),
  },
  (t) => [
    primaryKey({ columns: [t.applicationId, t.workId] }),
    index("application_works_work").on(t.workId),
  ],
);

/** What happened to an application: the applicant's timeline and the staff's audit trail. Append-only. */
export const applicationEvents = pgTable(
  "application_events",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    applicationId: ofApplication(),
    at: instant("at").notNull(),
    /** Null: the platform itself. */
    actorId: uuid("actor_id").references(() => persons.id),
    kind: text("kind").notNull(),
    /** `applicant`: the applicant sees it, and so do teachers; `staff`: the applicant never does. */
    audience: text("audience").$type<"applicant" | "staff">().notNull(),
    data: jsonb("data")
      .$type<Record<string, string | number | boolean | null>>()
      .notNull()
      .default({}),
  },
  (t) => [
    index("application_events_of").on(t.applicationId, t.id),
    check("application_events_kind", sql`${t.kind} ~ '^[a-z_]{3,40}$'`),
    check("application_events_audience", sql`${t.audience} in ('applicant', 'staff')`),
  ],
);

/** `offered`: waits to be confirmed. Offered and confirmed places are taken. */
export type PlaceState = "offered" | "confirmed" | "declined" | "lapsed";

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
    state: text("state").$type<PlaceState>().notNull().default("confirmed"),
    confirmBy: instant("confirm_by"),
    answeredAt: instant("answered_at"),
    /** When its applicant was reminded that it lapses. */
    remindedAt: instant("reminded_at"),
  },
  (t) => [
    unique("enrolments_one_each").on(t.cohortId, t.personId),
    index("enrolments_confirm_due").on(t.confirmBy).where(sql`state = 'offered'`),
    check(
      "enrolments_state",
      sql`${t.state} in ('offered', 'confirmed', 'declined', 'lapsed') and (${t.state} <> 'offered' or (${t.confirmBy} is not null and ${t.answeredAt} is null)) and (${t.state} not in ('declined', 'lapsed') or ${t.answeredAt} is not null)`,
    ),
    check("enrolments_confirm", sql`${t.confirmBy} > ${t.enrolledAt}`),
    check(
      "enrolments_reminded",
      sql`${t.remindedAt} is null or (${t.confirmBy} is not null and ${t.remindedAt} >= ${t.enrolledAt} and ${t.remindedAt} < ${t.confirmBy})`,
    ),
  ],
);
