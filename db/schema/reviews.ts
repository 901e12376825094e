import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { applications } from "./applications";
import { cohorts, rubricCriteria } from "./cohorts";
import { id, instant } from "./columns";
import { persons } from "./people";
import { person } from "./references";

const ofApplication = () =>
  uuid("application_id")
    .notNull()
    .references(() => applications.id);

/** Who is to review what. */
export const reviewAssignments = pgTable(
  "review_assignments",
  {
    applicationId: ofApplication(),
    /** The application's cohort. */
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    reviewerId: person("reviewer_id"),
    assignedBy: person("assigned_by"),
    assignedAt: instant("assigned_at").notNull(),
    remindedAt: instant("reminded_at"),
    /** Whether the reviewer has neither handed a score in nor abstained; their review's trigger keeps it. */
    waiting: boolean("waiting").notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.applicationId, t.reviewerId] }),
    index("review_assignments_reviewer").on(t.reviewerId, t.cohortId, t.applicationId),
    index("review_assignments_waiting")
      .on(t.reviewerId, t.cohortId, t.applicationId)
      .where(sql`waiting`),
  ],
);

export type ReviewState = "draft" | "submitted" | "abstained";

/** A reviewer's review of an application. Others see a submitted one once they have submitted their own or abstained (T29). */
export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    applicationId: ofApplication(),
    reviewerId: person("reviewer_id"),
    state: text("state").$type<ReviewState>().notNull().default("draft"),
    /** The reviewer's alone: neither the applicant nor the others see it. */
    note: text("note").notNull().default(""),
    /** Why the reviewer abstains. */
    reason: text("reason").notNull().default(""),
    /** The mean of the scores by the criteria's weights, in thousandths, half up. */
    totalMilli: integer("total_milli"),
    updatedAt: instant("updated_at").notNull(),
    submittedAt: instant("submitted_at"),
    revision: integer("revision").notNull().default(1),
  },
  (t) => [
    unique("reviews_one_each").on(t.applicationId, t.reviewerId),
    index("reviews_reviewer").on(t.reviewerId, t.submittedAt, t.id),
    check("reviews_state", sql`${t.state} in ('draft', 'submitted', 'abstained')`),
    check(
      "reviews_submitted",
      sql`(${t.state} = 'submitted') = (${t.totalMilli} is not null) and (${t.state} = 'draft') = (${t.submittedAt} is null)`,
    ),
    check("reviews_total", sql`${t.totalMilli} between 1000 and 5000`),
    check(
      "reviews_text",
      sql`length(${t.note}) <= 5000 and length(${t.reason}) <= 1000 and (${t.state} <> 'abstained' or length(trim(${t.reason})) > 0)`,
    ),
  ],
);

/** A review's score of one criterion, 1 to 5. */
export const reviewScores = pgTable(
  "review_scores",
  {
    reviewId: uuid("review_id")
      .notNull()
      .references(() => reviews.id),
    criterionId: uuid("criterion_id")
      .notNull()
      .references(() => rubricCriteria.id),
    score: integer("score").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reviewId, t.criterionId] }),
    index("review_scores_criterion").on(t.criterionId),
    check("review_scores_score", sql`${t.score} between 1 and 5`),
  ],
);

/** How a reviewer uses the scale in a cohort: of their submitted totals the number, the sum and the sum of squares. */
export const reviewerScales = pgTable(
  "reviewer_scales",
  {
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    reviewerId: person("reviewer_id"),
    reviews: integer("reviews").notNull(),
    sumMilli: bigint("sum_milli", { mode: "number" }).notNull(),
    sumSquares: bigint("sum_squares", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cohortId, t.reviewerId] }),
    check("reviewer_scales_sums", sql`${t.reviews} >= 0 and ${t.sumMilli} >= 0`),
  ],
);

/** What lists of applications sort by: the mean of submitted reviews as given, and with each reviewer's scale made alike. */
export const applicationStandings = pgTable(
  "application_standings",
  {
    applicationId: uuid("application_id")
      .primaryKey()
      .references(() => applications.id),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    reviews: integer("reviews").notNull(),
    rawMilli: integer("raw_milli"),
    normalMilli: integer("normal_milli"),
    normalisedAt: instant("normalised_at"),
  },
  (t) => [
    index("application_standings_raw").on(t.cohortId, t.rawMilli, t.applicationId),
    index("application_standings_normal").on(t.cohortId, t.normalMilli, t.applicationId),
    check("application_standings_mean", sql`(${t.reviews} = 0) = (${t.rawMilli} is null)`),
  ],
);

/** Somebody says that they must not review a person. What the ledger, referrals and ties show needs no saying. */
export const conflictDeclarations = pgTable(
  "conflict_declarations",
  {
    id: id(),
    reviewerId: person("reviewer_id"),
    applicantId: person("applicant_id"),
    reason: text("reason").notNull(),
    declaredBy: person("declared_by"),
    declaredAt: instant("declared_at").notNull(),
    endedAt: instant("ended_at"),
    endedBy: uuid("ended_by").references(() => persons.id),
  },
  (t) => [
    uniqueIndex("conflict_declarations_one")
      .on(t.reviewerId, t.applicantId)
      .where(sql`ended_at is null`),
    index("conflict_declarations_applicant").on(t.applicantId),
    check("conflict_declarations_two", sql`${t.reviewerId} <> ${t.applicantId}`),
    check("conflict_declarations_reason", sql`length(trim(${t.reason})) between 1 and 1000`),
    check(
      "conflict_declarations_ended",
      sql`(${t.endedAt} is null) = (${t.endedBy} is null) and ${t.endedBy} is distinct from ${t.reviewerId}`,
    ),
  ],
);

/** Words that give away who applies: hidden wherever they occur in this application during the blind pass. */
export const redactions = pgTable(
  "redactions",
  {
    id: id(),
    applicationId: ofApplication(),
    phrase: text("phrase").notNull(),
    madeBy: person("made_by"),
    madeAt: instant("made_at").notNull(),
    undoneAt: instant("undone_at"),
  },
  (t) => [
    index("redactions_application").on(t.applicationId),
    check("redactions_phrase", sql`length(trim(${t.phrase})) between 2 and 500`),
  ],
);

/** What reviewers say to each other about an application. The applicant never sees it. */
export const reviewComments = pgTable(
  "review_comments",
  {
    id: id(),
    applicationId: ofApplication(),
    authorId: person("author_id"),
    body: text("body").notNull(),
    postedAt: instant("posted_at").notNull(),
  },
  (t) => [
    index("review_comments_application").on(t.applicationId, t.postedAt),
    check("review_comments_body", sql`length(trim(${t.body})) between 1 and 5000`),
  ],
);

/** A word by which staff find an application again. */
export const applicationTags = pgTable(
  "application_tags",
  {
    applicationId: ofApplication(),
    tag: text("tag").notNull(),
    taggedBy: person("tagged_by"),
    taggedAt: instant("tagged_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.applicationId, t.tag] }),
    check("application_tags_tag", sql`${t.tag} ~ '^[[:alnum:]][[:alnum:] _-]{0,39}$'`),
  ],
);

/** A reviewer holds one application against another. */
export const reviewComparisons = pgTable(
  "review_comparisons",
  {
    id: id(),
    reviewerId: person("reviewer_id"),
    betterId: uuid("better_id")
      .notNull()
      .references(() => applications.id),
    worseId: uuid("worse_id")
      .notNull()
      .references(() => applications.id),
    comparedAt: instant("compared_at").notNull(),
  },
  (t) => [
    uniqueIndex("review_comparisons_one").on(
      t.reviewerId,
      sql`least(better_id, worse_id)`,
      sql`greatest(better_id, worse_id)`,
    ),
    index("review_comparisons_better").on(t.betterId),
    index("review_comparisons_worse").on(t.worseId),
    check("review_comparisons_two", sql`${t.betterId} <> ${t.worseId}`),
  ],
);
