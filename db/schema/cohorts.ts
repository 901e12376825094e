import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { amount, id, instant } from "./columns";
import { persons } from "./people";

/** `draft`: its teachers alone see it. Where it stands in time is told by its instants. */
export type CohortState = "draft" | "published" | "cancelled";

/** A cohort: what is taught, when (instants, set in its own time zone), for how many, on which standard terms. */
export const cohorts = pgTable(
  "cohorts",
  {
    id: id(),
    slug: text("slug").notNull().unique(),
    /** Who opened it: a lead for ever. */
    teacherId: uuid("teacher_id")
      .notNull()
      .references(() => persons.id),
    state: text("state").$type<CohortState>().notNull().default("draft"),
    title: text("title").notNull(),
    skill: text("skill").notNull(),
    pitch: text("pitch").notNull(),
    capacity: integer("capacity").notNull(),
    timeZone: text("time_zone").notNull(),
    opensAt: instant("opens_at").notNull(),
    closesAt: instant("closes_at").notNull(),
    /** Until then applicants are promised to hear. */
    decisionsBy: instant("decisions_by").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** The first and the last day, as its own time zone has them. */
    startsOn: date("starts_on", { mode: "string" })
      .notNull()
      .generatedAlwaysAs(sql`(starts_at at time zone time_zone)::date`),
    endsOn: date("ends_on", { mode: "string" })
      .notNull()
      .generatedAlwaysAs(sql`(ends_at at time zone time_zone)::date`),
    amountCents: amount("amount_cents").notNull(),
    shares: amount("shares").notNull(),
    payoutCapMultiple: integer("payout_cap_multiple"),
    sunsetYears: integer("sunset_years"),
    finderStakeBps: integer("finder_stake_bps").notNull().default(0),
    /** The version of its questions that is in force; 0 while none is. */
    formVersion: integer("form_version").notNull().default(0),
    reviewersPerApplication: integer("reviewers_per_application").notNull().default(2),
    /** The first pass hides who applies. */
    blindFirst: boolean("blind_first").notNull().default(false),
    /** How long a place waits to be confirmed; null: it needs no confirmation. */
    confirmHours: integer("confirm_hours"),
    /** Cohorts of the same space are sisters: their students meet in one. */
    spaceId: uuid("space_id").notNull().defaultRandom(),
    copiedFrom: uuid("copied_from").references((): AnyPgColumn => cohorts.id),
    createdAt: instant("created_at").notNull(),
    publishedAt: instant("published_at"),
    /** When what everybody sees of it was last changed. */
    changedAt: instant("changed_at").notNull(),
    cancelledAt: instant("cancelled_at"),
    cancelledBy: uuid("cancelled_by").references(() => persons.id),
    cancelReason: text("cancel_reason"),
  },
  (t) => [
    index("cohorts_teacher").on(t.teacherId),
    index("cohorts_window").on(t.closesAt),
    index("cohorts_space").on(t.spaceId),
    check("cohorts_slug_shape", sql`${t.slug} ~ '^[a-z0-9-]{3,80}$'`),
    check("cohorts_state", sql`${t.state} in ('draft', 'published', 'cancelled')`),
    check(
      "cohorts_published",
      sql`(${t.state} <> 'published' or ${t.publishedAt} is not null) and (${t.state} <> 'draft' or ${t.publishedAt} is null) and (${t.publishedAt} is null or ${t.formVersion} > 0)`,
    ),
    check(
      "cohorts_cancelled",
      sql`(${t.state} = 'cancelled') = (${t.cancelledAt} is not null) and (${t.cancelledAt} is null) = (${t.cancelledBy} is null) and (${t.cancelledAt} is null) = (${t.cancelReason} is null)`,
    ),
    check("cohorts_capacity", sql`${t.capacity} between 1 and 5000`),
    check(
      "cohorts_schedule",
      sql`${t.opensAt} < ${t.closesAt} and ${t.closesAt} <= ${t.decisionsBy} and ${t.decisionsBy} <= ${t.startsAt} and ${t.startsAt} < ${t.endsAt}`,
    ),
    check(
      "cohorts_terms",
      sql`${t.amountCents} >= ${t.shares} and ${t.shares} between 1 and 1000000`,
    ),
    check("cohorts_cap", sql`${t.payoutCapMultiple} in (3, 5)`),
    check("cohorts_sunset", sql`${t.sunsetYears} in (10, 20)`),
    check("cohorts_finder_stake", sql`${t.finderStakeBps} between 0 and 1000`),
    check(
      "cohorts_review",
      sql`${t.reviewersPerApplication} between 2 and 10 and ${t.confirmHours} between 1 and 2160`,
    ),
  ],
);

const ofCohort = () =>
  uuid("cohort_id")
    .notNull()
    .references(() => cohorts.id);

export type QuestionKind = "short" | "long" | "one" | "many" | "link" | "number" | "date" | "file";

/** A question of a cohort, whatever its wording: answers refer to it, and its kind never changes. */
export const cohortQuestions = pgTable(
  "cohort_questions",
  {
    id: id(),
    cohortId: ofCohort(),
    kind: text("kind").$type<QuestionKind>().notNull(),
  },
  (t) => [
    unique("cohort_questions_of").on(t.cohortId, t.id),
    check(
      "cohort_questions_kind",
      sql`${t.kind} in ('short', 'long', 'one', 'many', 'link', 'number', 'date', 'file')`,
    ),
  ],
);

/**
 * A question's place and wording in one version of a cohort's questions. Version `form_version` is in force, the one after
 * it is being edited.
 */
export const questionVersions = pgTable(
  "question_versions",
  {
    cohortId: ofCohort(),
    version: integer("version").notNull(),
    questionId: uuid("question_id").notNull(),
    position: integer("position").notNull(),
    prompt: text("prompt").notNull(),
    help: text("help").notNull().default(""),
    required: boolean("required").notNull().default(true),
    /** The most words of an answer; null: no limit but the length of all texts. */
    maxWords: integer("max_words"),
    /** What can be chosen, of a choice. */
    options: text("options").array().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.cohortId, t.version, t.questionId] }),
    foreignKey({
      name: "question_versions_question",
      columns: [t.cohortId, t.questionId],
      foreignColumns: [cohortQuestions.cohortId, cohortQuestions.id],
    }),
    check("question_versions_version", sql`${t.version} > 0 and ${t.position} between 0 and 999`),
    check(
      "question_versions_prompt",
      sql`length(trim(${t.prompt})) between 1 and 500 and length(${t.help}) <= 1000`,
    ),
    check("question_versions_words", sql`${t.maxWords} between 1 and 2000`),
    check(
      "question_versions_options",
      sql`cardinality(${t.options}) <= 30 and array_position(${t.options}, null) is null`,
    ),
  ],
);

/** What applications are scored by: a criterion, its weight, and what each score from 1 to 5 means. */
export const rubricCriteria = pgTable(
  "rubric_criteria",
  {
    id: id(),
    cohortId: ofCohort(),
    position: integer("position").notNull(),
    title: text("title").notNull(),
    help: text("help").notNull().default(""),
    weight: integer("weight").notNull().default(1),
    /** Five texts, for 1 to 5; empty ones are allowed. */
    anchors: text("anchors").array().notNull(),
  },
  (t) => [
    index("rubric_criteria_cohort").on(t.cohortId, t.position),
    check(
      "rubric_criteria_text",
      sql`length(trim(${t.title})) between 1 and 120 and length(${t.help}) <= 1000`,
    ),
    check("rubric_criteria_weight", sql`${t.weight} between 1 and 10`),
    check(
      "rubric_criteria_anchors",
      sql`cardinality(${t.anchors}) = 5 and array_position(${t.anchors}, null) is null`,
    ),
  ],
);

/** A cohort's lead asks another's to share one peer space. */
export const sisterRequests = pgTable(
  "sister_requests",
  {
    id: id(),
    fromCohortId: uuid("from_cohort_id")
      .notNull()
      .references(() => cohorts.id),
    toCohortId: uuid("to_cohort_id")
      .notNull()
      .references(() => cohorts.id),
    state: text("state")
      .$type<"asked" | "accepted" | "declined" | "withdrawn">()
      .notNull()
      .default("asked"),
    askedBy: uuid("asked_by")
      .notNull()
      .references(() => persons.id),
    askedAt: instant("asked_at").notNull(),
    answeredBy: uuid("answered_by").references(() => persons.id),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    uniqueIndex("sister_requests_one_open")
      .on(sql`least(from_cohort_id, to_cohort_id)`, sql`greatest(from_cohort_id, to_cohort_id)`)
      .where(sql`state = 'asked'`),
    index("sister_requests_to").on(t.toCohortId),
    check("sister_requests_two", sql`${t.fromCohortId} <> ${t.toCohortId}`),
    check(
      "sister_requests_state",
      sql`${t.state} in ('asked', 'accepted', 'declined', 'withdrawn') and (${t.state} = 'asked') = (${t.answeredAt} is null) and (${t.answeredAt} is null) = (${t.answeredBy} is null)`,
    ),
  ],
);

/** A code with which some people may still apply after the deadline, until an instant. */
export const lateCodes = pgTable(
  "late_codes",
  {
    id: id(),
    cohortId: ofCohort(),
    codeHash: text("code_hash").notNull().unique(),
    /** For whom it is, as the teacher knows it. */
    label: text("label").notNull(),
    validUntil: instant("valid_until").notNull(),
    maxUses: integer("max_uses").notNull().default(1),
    uses: integer("uses").notNull().default(0),
    madeBy: uuid("made_by")
      .notNull()
      .references(() => persons.id),
    madeAt: instant("made_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    index("late_codes_cohort").on(t.cohortId),
    check("late_codes_label", sql`length(trim(${t.label})) between 1 and 120`),
    check(
      "late_codes_uses",
      sql`${t.maxUses} between 1 and 100 and ${t.uses} between 0 and ${t.maxUses}`,
    ),
    check("late_codes_time", sql`${t.validUntil} > ${t.madeAt}`),
  ],
);

/** What somebody is in a cohort: leads run it, co-teachers decide and teach too, reviewers read and score. */
export type CohortRole = "lead" | "co_teacher" | "reviewer";

/** Who works on a cohort beside the one who opened it: invited by mail, and part of it once they accept. */
export const cohortTeachers = pgTable(
  "cohort_teachers",
  {
    id: id(),
    cohortId: ofCohort(),
    role: text("role").$type<CohortRole>().notNull().default("co_teacher"),
    /** Their part of each investment, in hundredths of a percent; who opened the cohort has the rest. */
    partBps: integer("part_bps").notNull().default(0),
    email: text("email").notNull(),
    personId: uuid("person_id").references(() => persons.id),
    state: text("state")
      .$type<"invited" | "accepted" | "declined" | "withdrawn" | "left">()
      .notNull()
      .default("invited"),
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => persons.id),
    invitedAt: instant("invited_at").notNull(),
    answeredAt: instant("answered_at"),
    leftAt: instant("left_at"),
  },
  (t) => [
    uniqueIndex("cohort_teachers_once")
      .on(t.cohortId, t.email)
      .where(sql`state in ('invited', 'accepted')`),
    uniqueIndex("cohort_teachers_person").on(t.cohortId, t.personId).where(sql`state = 'accepted'`),
    index("cohort_teachers_of").on(t.personId, t.state),
    check(
      "cohort_teachers_state",
      sql`${t.state} in ('invited', 'accepted', 'declined', 'withdrawn', 'left')`,
    ),
    check(
      "cohort_teachers_answered",
      sql`(${t.state} = 'invited') = (${t.answeredAt} is null) and (${t.state} not in ('accepted', 'left') or ${t.personId} is not null) and (${t.state} = 'left') = (${t.leftAt} is not null)`,
    ),
    check(
      "cohort_teachers_role",
      sql`${t.role} in ('lead', 'co_teacher', 'reviewer') and ${t.partBps} between 0 and 10000 and (${t.role} <> 'reviewer' or ${t.partBps} = 0)`,
    ),
  ],
);
