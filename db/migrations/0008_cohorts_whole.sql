CREATE TABLE "application_drafts" (
	"application_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"file_id" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "application_drafts_application_id_question_id_pk" PRIMARY KEY("application_id","question_id"),
	CONSTRAINT "application_drafts_answer" CHECK (length("application_drafts"."answer") <= 20000 and "application_drafts"."revision" > 0)
);
--> statement-breakpoint
CREATE TABLE "application_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "application_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"application_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "application_events_kind" CHECK ("application_events"."kind" ~ '^[a-z_]{3,40}$'),
	CONSTRAINT "application_events_audience" CHECK ("application_events"."audience" in ('applicant', 'staff'))
);
--> statement-breakpoint
CREATE TABLE "application_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "application_files_name" CHECK (length(trim("application_files"."file_name")) between 1 and 200),
	CONSTRAINT "application_files_type" CHECK ("application_files"."content_type" in ('application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif', 'audio/mpeg', 'video/mp4', 'application/zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.oasis.opendocument.text', 'text/plain')),
	CONSTRAINT "application_files_size" CHECK ("application_files"."size_bytes" = octet_length("application_files"."content") and "application_files"."size_bytes" between 1 and 10485760),
	CONSTRAINT "application_files_hash" CHECK ("application_files"."sha256" = encode(sha256("application_files"."content"), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "application_works" (
	"application_id" uuid NOT NULL,
	"work_id" uuid NOT NULL,
	CONSTRAINT "application_works_application_id_work_id_pk" PRIMARY KEY("application_id","work_id")
);
--> statement-breakpoint
CREATE TABLE "portfolio_works" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"url" text DEFAULT '' NOT NULL,
	"file_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "portfolio_works_text" CHECK (length(trim("portfolio_works"."title")) between 1 and 120 and length("portfolio_works"."description") <= 5000),
	CONSTRAINT "portfolio_works_url" CHECK ("portfolio_works"."url" = '' or "portfolio_works"."url" ~ '^https?://[^[:space:]]+$')
);
--> statement-breakpoint
CREATE TABLE "late_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"label" text NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL,
	"max_uses" integer DEFAULT 1 NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "late_codes_code_hash_unique" UNIQUE("code_hash"),
	CONSTRAINT "late_codes_label" CHECK (length(trim("late_codes"."label")) between 1 and 120),
	CONSTRAINT "late_codes_uses" CHECK ("late_codes"."max_uses" between 1 and 100 and "late_codes"."uses" between 0 and "late_codes"."max_uses"),
	CONSTRAINT "late_codes_time" CHECK ("late_codes"."valid_until" > "late_codes"."made_at")
);
--> statement-breakpoint
CREATE TABLE "question_versions" (
	"cohort_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"question_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"prompt" text NOT NULL,
	"help" text DEFAULT '' NOT NULL,
	"required" boolean DEFAULT true NOT NULL,
	"max_words" integer,
	"options" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "question_versions_cohort_id_version_question_id_pk" PRIMARY KEY("cohort_id","version","question_id"),
	CONSTRAINT "question_versions_version" CHECK ("question_versions"."version" > 0 and "question_versions"."position" between 0 and 999),
	CONSTRAINT "question_versions_prompt" CHECK (length(trim("question_versions"."prompt")) between 1 and 500 and length("question_versions"."help") <= 1000),
	CONSTRAINT "question_versions_words" CHECK ("question_versions"."max_words" between 1 and 2000),
	CONSTRAINT "question_versions_options" CHECK (cardinality("question_versions"."options") <= 30 and array_position("question_versions"."options", null) is null)
);
--> statement-breakpoint
CREATE TABLE "rubric_criteria" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"help" text DEFAULT '' NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	"anchors" text[] NOT NULL,
	CONSTRAINT "rubric_criteria_text" CHECK (length(trim("rubric_criteria"."title")) between 1 and 120 and length("rubric_criteria"."help") <= 1000),
	CONSTRAINT "rubric_criteria_weight" CHECK ("rubric_criteria"."weight" between 1 and 10),
	CONSTRAINT "rubric_criteria_anchors" CHECK (cardinality("rubric_criteria"."anchors") = 5 and array_position("rubric_criteria"."anchors", null) is null)
);
--> statement-breakpoint
CREATE TABLE "sister_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"from_cohort_id" uuid NOT NULL,
	"to_cohort_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "sister_requests_two" CHECK ("sister_requests"."from_cohort_id" <> "sister_requests"."to_cohort_id"),
	CONSTRAINT "sister_requests_state" CHECK ("sister_requests"."state" in ('asked', 'accepted', 'declined', 'withdrawn') and ("sister_requests"."state" = 'asked') = ("sister_requests"."answered_at" is null) and ("sister_requests"."answered_at" is null) = ("sister_requests"."answered_by" is null))
);
--> statement-breakpoint
CREATE TABLE "decision_releases" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"begun_by" uuid NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "decision_releases_counts" CHECK ("decision_releases"."total" > 0 and "decision_releases"."done" between 0 and "decision_releases"."total" and ("decision_releases"."finished_at" is null or "decision_releases"."done" = "decision_releases"."total"))
);
--> statement-breakpoint
CREATE TABLE "decision_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"body" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decision_templates_kind" CHECK ("decision_templates"."kind" in ('admit', 'waitlist', 'decline', 'revise', 'defer')),
	CONSTRAINT "decision_templates_text" CHECK (length(trim("decision_templates"."name")) between 1 and 80 and length(trim("decision_templates"."body")) between 1 and 5000)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"cohort_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"feedback" text DEFAULT '' NOT NULL,
	"confirm_by" timestamp (3) with time zone,
	"revise_by" timestamp (3) with time zone,
	"defer_to" uuid,
	"waitlist_rank" integer,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"release_id" uuid,
	"released_at" timestamp (3) with time zone,
	CONSTRAINT "decisions_kind" CHECK ("decisions"."kind" in ('admit', 'waitlist', 'decline', 'revise', 'defer', 'hold')),
	CONSTRAINT "decisions_state" CHECK ("decisions"."state" in ('pending', 'releasing', 'released', 'dropped') and ("decisions"."state" in ('releasing', 'released')) = ("decisions"."release_id" is not null) and ("decisions"."state" = 'released') = ("decisions"."released_at" is not null) and ("decisions"."kind" <> 'hold' or "decisions"."state" in ('pending', 'dropped'))),
	CONSTRAINT "decisions_text" CHECK (length("decisions"."message") <= 5000 and length("decisions"."feedback") <= 5000),
	CONSTRAINT "decisions_of_its_kind" CHECK (("decisions"."kind" = 'admit' or "decisions"."confirm_by" is null) and ("decisions"."kind" = 'revise') = ("decisions"."revise_by" is not null) and ("decisions"."kind" = 'defer') = ("decisions"."defer_to" is not null) and ("decisions"."kind" = 'waitlist' or "decisions"."waitlist_rank" is null) and "decisions"."defer_to" is distinct from "decisions"."cohort_id")
);
--> statement-breakpoint
CREATE TABLE "application_standings" (
	"application_id" uuid PRIMARY KEY NOT NULL,
	"cohort_id" uuid NOT NULL,
	"reviews" integer NOT NULL,
	"raw_milli" integer,
	"normal_milli" integer,
	"normalised_at" timestamp (3) with time zone,
	CONSTRAINT "application_standings_mean" CHECK (("application_standings"."reviews" = 0) = ("application_standings"."raw_milli" is null))
);
--> statement-breakpoint
CREATE TABLE "application_tags" (
	"application_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"tagged_by" uuid NOT NULL,
	"tagged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "application_tags_application_id_tag_pk" PRIMARY KEY("application_id","tag"),
	CONSTRAINT "application_tags_tag" CHECK ("application_tags"."tag" ~ '^[[:alnum:]][[:alnum:] _-]{0,39}$')
);
--> statement-breakpoint
CREATE TABLE "conflict_declarations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"declared_by" uuid NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "conflict_declarations_two" CHECK ("conflict_declarations"."reviewer_id" <> "conflict_declarations"."applicant_id"),
	CONSTRAINT "conflict_declarations_reason" CHECK (length(trim("conflict_declarations"."reason")) between 1 and 1000),
	CONSTRAINT "conflict_declarations_ended" CHECK (("conflict_declarations"."ended_at" is null) = ("conflict_declarations"."ended_by" is null) and "conflict_declarations"."ended_by" is distinct from "conflict_declarations"."reviewer_id")
);
--> statement-breakpoint
CREATE TABLE "redactions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"phrase" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "redactions_phrase" CHECK (length(trim("redactions"."phrase")) between 2 and 500)
);
--> statement-breakpoint
CREATE TABLE "review_assignments" (
	"application_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"assigned_by" uuid NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	CONSTRAINT "review_assignments_application_id_reviewer_id_pk" PRIMARY KEY("application_id","reviewer_id")
);
--> statement-breakpoint
CREATE TABLE "review_comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "review_comments_body" CHECK (length(trim("review_comments"."body")) between 1 and 5000)
);
--> statement-breakpoint
CREATE TABLE "review_comparisons" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"better_id" uuid NOT NULL,
	"worse_id" uuid NOT NULL,
	"compared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "review_comparisons_two" CHECK ("review_comparisons"."better_id" <> "review_comparisons"."worse_id")
);
--> statement-breakpoint
CREATE TABLE "review_scores" (
	"review_id" uuid NOT NULL,
	"criterion_id" uuid NOT NULL,
	"score" integer NOT NULL,
	CONSTRAINT "review_scores_review_id_criterion_id_pk" PRIMARY KEY("review_id","criterion_id"),
	CONSTRAINT "review_scores_score" CHECK ("review_scores"."score" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "reviewer_scales" (
	"cohort_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"reviews" integer NOT NULL,
	"sum_milli" bigint NOT NULL,
	"sum_squares" bigint NOT NULL,
	CONSTRAINT "reviewer_scales_cohort_id_reviewer_id_pk" PRIMARY KEY("cohort_id","reviewer_id"),
	CONSTRAINT "reviewer_scales_sums" CHECK ("reviewer_scales"."reviews" >= 0 and "reviewer_scales"."sum_milli" >= 0)
);
--> statement-breakpoint
CREATE TABLE "calendar_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "saved_cohorts" (
	"person_id" uuid NOT NULL,
	"cohort_id" uuid NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_cohorts_person_id_cohort_id_pk" PRIMARY KEY("person_id","cohort_id")
);
--> statement-breakpoint
CREATE TABLE "referral_hypotheses" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"referral_id" uuid NOT NULL,
	"claim" text NOT NULL,
	"chance_percent" integer NOT NULL,
	"due_on" date NOT NULL,
	"stated_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"evidence" text,
	"scored_by" uuid,
	"scored_at" timestamp (3) with time zone,
	CONSTRAINT "referral_hypotheses_claim" CHECK (length(trim("referral_hypotheses"."claim")) between 1 and 500),
	CONSTRAINT "referral_hypotheses_chance" CHECK ("referral_hypotheses"."chance_percent" between 1 and 99),
	CONSTRAINT "referral_hypotheses_scored" CHECK ("referral_hypotheses"."outcome" in ('true', 'false', 'void') and ("referral_hypotheses"."outcome" is null) = ("referral_hypotheses"."scored_at" is null) and ("referral_hypotheses"."outcome" is null) = ("referral_hypotheses"."evidence" is null)),
	CONSTRAINT "referral_hypotheses_in_time" CHECK ("referral_hypotheses"."due_on" >= ("referral_hypotheses"."stated_at" at time zone 'UTC')::date and ("referral_hypotheses"."scored_at" is null or ("referral_hypotheses"."scored_at" at time zone 'UTC')::date >= "referral_hypotheses"."due_on"))
);
--> statement-breakpoint
CREATE TABLE "scout_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scout_id" uuid NOT NULL,
	"code" text NOT NULL,
	"cohort_id" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "scout_links_code_unique" UNIQUE("code"),
	CONSTRAINT "scout_links_code" CHECK ("scout_links"."code" ~ '^[a-z0-9]{8,20}$'),
	CONSTRAINT "scout_links_time" CHECK ("scout_links"."expires_at" > "scout_links"."made_at")
);
--> statement-breakpoint
ALTER TABLE "cohort_questions" DROP CONSTRAINT "cohort_questions_position";--> statement-breakpoint
ALTER TABLE "applications" DROP CONSTRAINT "applications_state";--> statement-breakpoint
ALTER TABLE "applications" DROP CONSTRAINT "applications_decided";--> statement-breakpoint
ALTER TABLE "cohort_teachers" DROP CONSTRAINT "cohort_teachers_state";--> statement-breakpoint
ALTER TABLE "cohort_teachers" DROP CONSTRAINT "cohort_teachers_answered";--> statement-breakpoint
ALTER TABLE "cohorts" DROP CONSTRAINT "cohorts_window_order";--> statement-breakpoint
ALTER TABLE "cohorts" DROP CONSTRAINT "cohorts_dates_order";--> statement-breakpoint
ALTER TABLE "reviews" DROP CONSTRAINT "reviews_score";--> statement-breakpoint
ALTER TABLE "application_answers" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "form_version" integer NOT NULL DEFAULT 1;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "late_code_id" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "late_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "waitlist_rank" integer;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "revise_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohort_questions" ADD COLUMN "kind" text NOT NULL DEFAULT 'long';--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD COLUMN "role" text DEFAULT 'co_teacher' NOT NULL;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD COLUMN "part_bps" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD COLUMN "left_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "state" text DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "decisions_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "starts_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "form_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "reviewers_per_application" integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "blind_first" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "confirm_hours" integer;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "space_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "copied_from" uuid;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "published_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "cancelled_by" uuid;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "state" text DEFAULT 'confirmed' NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "confirm_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "enrolments" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "state" text DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "total_milli" integer;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "submitted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "link_id" uuid;--> statement-breakpoint
ALTER TABLE "cohort_questions" ADD CONSTRAINT "cohort_questions_of" UNIQUE("cohort_id","id");--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "application_drafts_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "application_drafts_question_id_cohort_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."cohort_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "application_drafts_file_id_application_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."application_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_events" ADD CONSTRAINT "application_events_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_events" ADD CONSTRAINT "application_events_actor_id_persons_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_files" ADD CONSTRAINT "application_files_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_works" ADD CONSTRAINT "application_works_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_works" ADD CONSTRAINT "application_works_work_id_portfolio_works_id_fk" FOREIGN KEY ("work_id") REFERENCES "public"."portfolio_works"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portfolio_works" ADD CONSTRAINT "portfolio_works_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portfolio_works" ADD CONSTRAINT "portfolio_works_file_id_application_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."application_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_codes" ADD CONSTRAINT "late_codes_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_codes" ADD CONSTRAINT "late_codes_made_by_persons_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_versions" ADD CONSTRAINT "question_versions_question" FOREIGN KEY ("cohort_id","question_id") REFERENCES "public"."cohort_questions"("cohort_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_criteria" ADD CONSTRAINT "rubric_criteria_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sister_requests" ADD CONSTRAINT "sister_requests_from_cohort_id_cohorts_id_fk" FOREIGN KEY ("from_cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sister_requests" ADD CONSTRAINT "sister_requests_to_cohort_id_cohorts_id_fk" FOREIGN KEY ("to_cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sister_requests" ADD CONSTRAINT "sister_requests_asked_by_persons_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sister_requests" ADD CONSTRAINT "sister_requests_answered_by_persons_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_releases" ADD CONSTRAINT "decision_releases_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_releases" ADD CONSTRAINT "decision_releases_begun_by_persons_id_fk" FOREIGN KEY ("begun_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_templates" ADD CONSTRAINT "decision_templates_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_defer_to_cohorts_id_fk" FOREIGN KEY ("defer_to") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_made_by_persons_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_release_id_decision_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."decision_releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_standings" ADD CONSTRAINT "application_standings_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_standings" ADD CONSTRAINT "application_standings_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_tags" ADD CONSTRAINT "application_tags_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_tags" ADD CONSTRAINT "application_tags_tagged_by_persons_id_fk" FOREIGN KEY ("tagged_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict_declarations" ADD CONSTRAINT "conflict_declarations_reviewer_id_persons_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict_declarations" ADD CONSTRAINT "conflict_declarations_applicant_id_persons_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict_declarations" ADD CONSTRAINT "conflict_declarations_declared_by_persons_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflict_declarations" ADD CONSTRAINT "conflict_declarations_ended_by_persons_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_made_by_persons_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_reviewer_id_persons_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_assigned_by_persons_id_fk" FOREIGN KEY ("assigned_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comments" ADD CONSTRAINT "review_comments_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comments" ADD CONSTRAINT "review_comments_author_id_persons_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comparisons" ADD CONSTRAINT "review_comparisons_reviewer_id_persons_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comparisons" ADD CONSTRAINT "review_comparisons_better_id_applications_id_fk" FOREIGN KEY ("better_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_comparisons" ADD CONSTRAINT "review_comparisons_worse_id_applications_id_fk" FOREIGN KEY ("worse_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_scores" ADD CONSTRAINT "review_scores_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_scores" ADD CONSTRAINT "review_scores_criterion_id_rubric_criteria_id_fk" FOREIGN KEY ("criterion_id") REFERENCES "public"."rubric_criteria"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewer_scales" ADD CONSTRAINT "reviewer_scales_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewer_scales" ADD CONSTRAINT "reviewer_scales_reviewer_id_persons_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_tokens" ADD CONSTRAINT "calendar_tokens_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_cohorts" ADD CONSTRAINT "saved_cohorts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_cohorts" ADD CONSTRAINT "saved_cohorts_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_hypotheses" ADD CONSTRAINT "referral_hypotheses_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_hypotheses" ADD CONSTRAINT "referral_hypotheses_scored_by_persons_id_fk" FOREIGN KEY ("scored_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scout_links" ADD CONSTRAINT "scout_links_scout_id_persons_id_fk" FOREIGN KEY ("scout_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scout_links" ADD CONSTRAINT "scout_links_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_drafts_file" ON "application_drafts" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "application_events_of" ON "application_events" USING btree ("application_id","id");--> statement-breakpoint
CREATE INDEX "application_files_owner" ON "application_files" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "application_works_work" ON "application_works" USING btree ("work_id");--> statement-breakpoint
CREATE INDEX "portfolio_works_person" ON "portfolio_works" USING btree ("person_id","position");--> statement-breakpoint
CREATE INDEX "portfolio_works_file" ON "portfolio_works" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "late_codes_cohort" ON "late_codes" USING btree ("cohort_id");--> statement-breakpoint
CREATE INDEX "rubric_criteria_cohort" ON "rubric_criteria" USING btree ("cohort_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "sister_requests_one_open" ON "sister_requests" USING btree (least(from_cohort_id, to_cohort_id),greatest(from_cohort_id, to_cohort_id)) WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "sister_requests_to" ON "sister_requests" USING btree ("to_cohort_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_releases_one_at_once" ON "decision_releases" USING btree ("cohort_id") WHERE finished_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "decision_templates_name" ON "decision_templates" USING btree ("cohort_id","kind","name");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_open" ON "decisions" USING btree ("application_id") WHERE state in ('pending', 'releasing');--> statement-breakpoint
CREATE INDEX "decisions_cohort" ON "decisions" USING btree ("cohort_id","state");--> statement-breakpoint
CREATE INDEX "decisions_application" ON "decisions" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "decisions_release" ON "decisions" USING btree ("release_id","id") WHERE state = 'releasing';--> statement-breakpoint
CREATE INDEX "application_standings_raw" ON "application_standings" USING btree ("cohort_id","raw_milli","application_id");--> statement-breakpoint
CREATE INDEX "application_standings_normal" ON "application_standings" USING btree ("cohort_id","normal_milli","application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conflict_declarations_one" ON "conflict_declarations" USING btree ("reviewer_id","applicant_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "conflict_declarations_applicant" ON "conflict_declarations" USING btree ("applicant_id");--> statement-breakpoint
CREATE INDEX "redactions_application" ON "redactions" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "review_assignments_reviewer" ON "review_assignments" USING btree ("reviewer_id");--> statement-breakpoint
CREATE INDEX "review_comments_application" ON "review_comments" USING btree ("application_id","posted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_comparisons_one" ON "review_comparisons" USING btree ("reviewer_id",least(better_id, worse_id),greatest(better_id, worse_id));--> statement-breakpoint
CREATE INDEX "review_comparisons_better" ON "review_comparisons" USING btree ("better_id");--> statement-breakpoint
CREATE INDEX "review_comparisons_worse" ON "review_comparisons" USING btree ("worse_id");--> statement-breakpoint
CREATE INDEX "review_scores_criterion" ON "review_scores" USING btree ("criterion_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_tokens_one_live" ON "calendar_tokens" USING btree ("person_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "saved_cohorts_cohort" ON "saved_cohorts" USING btree ("cohort_id");--> statement-breakpoint
CREATE INDEX "referral_hypotheses_referral" ON "referral_hypotheses" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "scout_links_scout" ON "scout_links" USING btree ("scout_id");--> statement-breakpoint
ALTER TABLE "application_answers" ADD CONSTRAINT "application_answers_file_id_application_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."application_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_late_code_id_late_codes_id_fk" FOREIGN KEY ("late_code_id") REFERENCES "public"."late_codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_copied_from_cohorts_id_fk" FOREIGN KEY ("copied_from") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_cancelled_by_persons_id_fk" FOREIGN KEY ("cancelled_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_link_id_scout_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."scout_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_answers_file" ON "application_answers" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "applications_submitted" ON "applications" USING btree ("cohort_id","submitted_at","id");--> statement-breakpoint
CREATE INDEX "cohorts_space" ON "cohorts" USING btree ("space_id");--> statement-breakpoint
CREATE INDEX "enrolments_confirm_due" ON "enrolments" USING btree ("confirm_by") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "reviews_reviewer" ON "reviews" USING btree ("reviewer_id");--> statement-breakpoint
-- What stood before: days become instants of the cohort's own zone, each question a long one of version 1, each score one of a
-- single criterion.
UPDATE "cohorts" SET
  "starts_at" = greatest(("starts_on" + time '09:00') AT TIME ZONE "time_zone", "closes_at"),
  "decisions_by" = greatest(("starts_on" + time '09:00') AT TIME ZONE "time_zone", "closes_at"),
  "ends_at" = ("ends_on" + time '18:00') AT TIME ZONE "time_zone",
  "state" = 'published', "published_at" = "created_at", "form_version" = 1;--> statement-breakpoint
ALTER TABLE "cohorts" ALTER COLUMN "starts_at" SET NOT NULL, ALTER COLUMN "decisions_by" SET NOT NULL, ALTER COLUMN "ends_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" DROP COLUMN "starts_on", DROP COLUMN "ends_on";--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "starts_on" date GENERATED ALWAYS AS ((starts_at at time zone time_zone)::date) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "cohorts" ADD COLUMN "ends_on" date GENERATED ALWAYS AS ((ends_at at time zone time_zone)::date) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "applications" ALTER COLUMN "form_version" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "cohort_questions" ALTER COLUMN "kind" DROP DEFAULT;--> statement-breakpoint
INSERT INTO "question_versions" ("cohort_id", "version", "question_id", "position", "prompt")
  SELECT "cohort_id", 1, "id", "position", "prompt" FROM "cohort_questions";--> statement-breakpoint
INSERT INTO "rubric_criteria" ("cohort_id", "position", "title", "anchors")
  SELECT "id", 0, 'Overall', ARRAY['not for this cohort', '', '', '', 'I want to work with this person'] FROM "cohorts";--> statement-breakpoint
UPDATE "reviews" SET "state" = 'submitted', "total_milli" = "score" * 1000, "submitted_at" = "updated_at";--> statement-breakpoint
INSERT INTO "review_scores" ("review_id", "criterion_id", "score")
  SELECT r."id", c."id", r."score" FROM "reviews" r JOIN "applications" a ON a."id" = r."application_id" JOIN "rubric_criteria" c ON c."cohort_id" = a."cohort_id";--> statement-breakpoint
ALTER TABLE "cohort_questions" DROP COLUMN "position";--> statement-breakpoint
ALTER TABLE "cohort_questions" DROP COLUMN "prompt";--> statement-breakpoint
ALTER TABLE "reviews" DROP COLUMN "score";--> statement-breakpoint
ALTER TABLE "application_answers" ADD CONSTRAINT "application_answers_answer" CHECK (length("application_answers"."answer") <= 20000);--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_waitlisted" CHECK (("applications"."state" = 'waitlisted') = ("applications"."waitlist_rank" is not null) and "applications"."waitlist_rank" > 0);--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_revise" CHECK (("applications"."state" = 'revise') = ("applications"."revise_by" is not null));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_late" CHECK (("applications"."late_code_id" is null) = ("applications"."late_until" is null));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_state" CHECK ("applications"."state" in ('draft', 'submitted', 'withdrawn', 'admitted', 'declined', 'waitlisted', 'revise', 'deferred'));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_decided" CHECK (("applications"."state" in ('admitted', 'declined', 'waitlisted', 'revise', 'deferred')) = ("applications"."decided_at" is not null and "applications"."decided_by" is not null));--> statement-breakpoint
ALTER TABLE "cohort_questions" ADD CONSTRAINT "cohort_questions_kind" CHECK ("cohort_questions"."kind" in ('short', 'long', 'one', 'many', 'link', 'number', 'date', 'file'));--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_role" CHECK ("cohort_teachers"."role" in ('lead', 'co_teacher', 'reviewer') and "cohort_teachers"."part_bps" between 0 and 10000 and ("cohort_teachers"."role" <> 'reviewer' or "cohort_teachers"."part_bps" = 0));--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_state" CHECK ("cohort_teachers"."state" in ('invited', 'accepted', 'declined', 'withdrawn', 'left'));--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_answered" CHECK (("cohort_teachers"."state" = 'invited') = ("cohort_teachers"."answered_at" is null) and ("cohort_teachers"."state" not in ('accepted', 'left') or "cohort_teachers"."person_id" is not null) and ("cohort_teachers"."state" = 'left') = ("cohort_teachers"."left_at" is not null));--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_state" CHECK ("cohorts"."state" in ('draft', 'published', 'cancelled'));--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_published" CHECK (("cohorts"."state" <> 'published' or "cohorts"."published_at" is not null) and ("cohorts"."state" <> 'draft' or "cohorts"."published_at" is null) and ("cohorts"."published_at" is null or "cohorts"."form_version" > 0));--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_cancelled" CHECK (("cohorts"."state" = 'cancelled') = ("cohorts"."cancelled_at" is not null) and ("cohorts"."cancelled_at" is null) = ("cohorts"."cancelled_by" is null) and ("cohorts"."cancelled_at" is null) = ("cohorts"."cancel_reason" is null));--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_schedule" CHECK ("cohorts"."opens_at" < "cohorts"."closes_at" and "cohorts"."closes_at" <= "cohorts"."decisions_by" and "cohorts"."decisions_by" <= "cohorts"."starts_at" and "cohorts"."starts_at" < "cohorts"."ends_at");--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_review" CHECK ("cohorts"."reviewers_per_application" between 2 and 10 and "cohorts"."confirm_hours" between 1 and 2160);--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_state" CHECK ("enrolments"."state" in ('offered', 'confirmed', 'declined', 'lapsed') and ("enrolments"."state" <> 'offered' or ("enrolments"."confirm_by" is not null and "enrolments"."answered_at" is null)) and ("enrolments"."state" not in ('declined', 'lapsed') or "enrolments"."answered_at" is not null));--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_confirm" CHECK ("enrolments"."confirm_by" > "enrolments"."enrolled_at");--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_state" CHECK ("reviews"."state" in ('draft', 'submitted', 'abstained'));--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_submitted" CHECK (("reviews"."state" = 'submitted') = ("reviews"."total_milli" is not null) and ("reviews"."state" = 'draft') = ("reviews"."submitted_at" is null));--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_total" CHECK ("reviews"."total_milli" between 1000 and 5000);--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_text" CHECK (length("reviews"."note") <= 5000 and length("reviews"."reason") <= 1000 and ("reviews"."state" <> 'abstained' or length(trim("reviews"."reason")) > 0));--> statement-breakpoint
-- What no CHECK can say.
DROP TRIGGER applications_transition ON applications;--> statement-breakpoint
CREATE TRIGGER applications_transition BEFORE UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION keep_states(
  'draft>submitted', 'draft>withdrawn', 'submitted>withdrawn', 'withdrawn>draft', 'submitted>admitted', 'submitted>declined',
  'submitted>waitlisted', 'submitted>revise', 'submitted>deferred', 'waitlisted>admitted', 'waitlisted>declined', 'waitlisted>withdrawn',
  'waitlisted>deferred', 'revise>submitted', 'revise>withdrawn', 'revise>declined');--> statement-breakpoint
CREATE TRIGGER cohorts_transition BEFORE UPDATE ON cohorts FOR EACH ROW EXECUTE FUNCTION keep_states(
  'draft>published', 'draft>cancelled', 'published>cancelled');--> statement-breakpoint
DROP TRIGGER cohort_teachers_transition ON cohort_teachers;--> statement-breakpoint
CREATE TRIGGER cohort_teachers_transition BEFORE UPDATE ON cohort_teachers FOR EACH ROW EXECUTE FUNCTION keep_states(
  'invited>accepted', 'invited>declined', 'invited>withdrawn', 'accepted>left');--> statement-breakpoint
CREATE TRIGGER sister_requests_transition BEFORE UPDATE ON sister_requests FOR EACH ROW EXECUTE FUNCTION keep_states(
  'asked>accepted', 'asked>declined', 'asked>withdrawn');--> statement-breakpoint
CREATE TRIGGER enrolments_transition BEFORE UPDATE ON enrolments FOR EACH ROW EXECUTE FUNCTION keep_states(
  'offered>confirmed', 'offered>declined', 'offered>lapsed', 'confirmed>declined');--> statement-breakpoint
CREATE TRIGGER decisions_transition BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION keep_states(
  'pending>releasing', 'pending>released', 'pending>dropped', 'releasing>released');--> statement-breakpoint
CREATE TRIGGER cohorts_fixed BEFORE UPDATE ON cohorts FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'slug', 'teacher_id', 'copied_from', 'created_at');--> statement-breakpoint
CREATE TRIGGER cohort_questions_fixed BEFORE UPDATE ON cohort_questions FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'cohort_id', 'kind');--> statement-breakpoint
CREATE TRIGGER applications_fixed BEFORE UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'cohort_id', 'applicant_id', 'created_at');--> statement-breakpoint
CREATE TRIGGER enrolments_fixed BEFORE UPDATE ON enrolments FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'cohort_id', 'person_id', 'application_id', 'enrolled_at');--> statement-breakpoint
CREATE TRIGGER reviews_fixed BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'application_id', 'reviewer_id');--> statement-breakpoint
CREATE TRIGGER late_codes_fixed BEFORE UPDATE ON late_codes FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'cohort_id', 'code_hash', 'valid_until', 'max_uses', 'made_by', 'made_at');--> statement-breakpoint
CREATE TRIGGER scout_links_fixed BEFORE UPDATE ON scout_links FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'scout_id', 'code', 'cohort_id', 'made_at', 'expires_at');--> statement-breakpoint
CREATE TRIGGER referral_hypotheses_fixed BEFORE UPDATE ON referral_hypotheses FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'referral_id', 'claim', 'chance_percent', 'due_on', 'stated_at');--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['application_events', 'review_comments'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_no_change', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER application_files_no_change BEFORE UPDATE ON application_files FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- A decision that went out, or was dropped, and a hypothesis that was scored, stay as they are.
CREATE FUNCTION keep_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'settled rows of % never change', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_settled';
END $$;--> statement-breakpoint
CREATE TRIGGER decisions_settled BEFORE UPDATE ON decisions FOR EACH ROW
  WHEN (OLD.state IN ('released', 'dropped')) EXECUTE FUNCTION keep_settled();--> statement-breakpoint
CREATE TRIGGER referral_hypotheses_settled BEFORE UPDATE ON referral_hypotheses FOR EACH ROW
  WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION keep_settled();--> statement-breakpoint

-- Of a cohort's questions the version after the one in force is written, and nothing else.
CREATE FUNCTION keep_questions() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v question_versions := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM 1 FROM cohorts c WHERE c.id = v.cohort_id AND c.form_version + 1 = v.version FOR SHARE;
  IF NOT FOUND OR (TG_OP = 'UPDATE' AND (OLD.cohort_id, OLD.version, OLD.question_id) <> (NEW.cohort_id, NEW.version, NEW.question_id)) THEN
    RAISE EXCEPTION 'this version of the questions is fixed' USING ERRCODE = 'check_violation', CONSTRAINT = 'question_versions_fixed';
  END IF;
  RETURN v;
END $$;--> statement-breakpoint
CREATE TRIGGER question_versions_fixed BEFORE INSERT OR UPDATE OR DELETE ON question_versions FOR EACH ROW EXECUTE FUNCTION keep_questions();--> statement-breakpoint

-- Questions come into force one version after the other, whole: some, each in its own place, with choices where there is a choice and
-- a limit of words where there are words.
CREATE FUNCTION check_form() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_count int; v_places int; v_wrong int;
BEGIN
  IF NEW.form_version = (CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.form_version END) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND NEW.form_version = OLD.form_version + 1 THEN
    SELECT count(*), count(DISTINCT v.position), count(*) FILTER (WHERE
        (q.kind IN ('one', 'many')) <> (cardinality(v.options) >= 2)
        OR cardinality(v.options) <> (SELECT count(DISTINCT o) FROM unnest(v.options) o WHERE trim(o) <> '' AND o !~ E'[\n\r]' AND length(o) <= 200)
        OR (v.max_words IS NOT NULL AND q.kind NOT IN ('short', 'long')))
      INTO v_count, v_places, v_wrong
      FROM question_versions v JOIN cohort_questions q ON q.id = v.question_id
      WHERE v.cohort_id = NEW.id AND v.version = NEW.form_version;
    IF v_count BETWEEN 1 AND 40 AND v_places = v_count AND v_wrong = 0 THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'these questions are not whole' USING ERRCODE = 'check_violation', CONSTRAINT = 'cohorts_form_whole';
END $$;--> statement-breakpoint
CREATE TRIGGER cohorts_form_whole BEFORE INSERT OR UPDATE OF form_version ON cohorts FOR EACH ROW EXECUTE FUNCTION check_form();--> statement-breakpoint

-- What scores mean is fixed once there is one.
CREATE FUNCTION keep_rubric() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v rubric_criteria := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM 1 FROM rubric_criteria c JOIN review_scores s ON s.criterion_id = c.id WHERE c.cohort_id = v.cohort_id LIMIT 1;
  IF FOUND OR (TG_OP = 'UPDATE' AND OLD.cohort_id <> NEW.cohort_id) THEN
    RAISE EXCEPTION 'the rubric is fixed once somebody has scored' USING ERRCODE = 'check_violation', CONSTRAINT = 'rubric_criteria_fixed';
  END IF;
  RETURN v;
END $$;--> statement-breakpoint
CREATE TRIGGER rubric_criteria_fixed BEFORE INSERT OR UPDATE OR DELETE ON rubric_criteria FOR EACH ROW EXECUTE FUNCTION keep_rubric();--> statement-breakpoint

-- The partners' parts of an investment are at most all of it.
CREATE FUNCTION check_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM cohorts WHERE id = NEW.cohort_id FOR UPDATE;
  IF (SELECT sum(part_bps) FROM cohort_teachers WHERE cohort_id = NEW.cohort_id AND state IN ('invited', 'accepted')) > 10000 THEN
    RAISE EXCEPTION 'the parts are more than the whole' USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_teachers_parts';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER cohort_teachers_parts AFTER INSERT OR UPDATE OF part_bps, state ON cohort_teachers FOR EACH ROW
  WHEN (NEW.part_bps > 0) EXECUTE FUNCTION check_parts();--> statement-breakpoint

-- Whether an answer is of its question's kind.
CREATE FUNCTION answer_is_of_kind(kind text, options text[], max_words int, answer text, file_id uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF kind = 'file' THEN RETURN answer = ''; END IF;
  IF file_id IS NOT NULL THEN RETURN false; END IF;
  IF answer = '' THEN RETURN true; END IF;
  RETURN CASE kind
    WHEN 'short' THEN answer !~ E'[\n\r]' AND length(answer) <= 500
    WHEN 'one' THEN answer = ANY (options)
    WHEN 'many' THEN string_to_array(answer, E'\n') <@ options
    WHEN 'link' THEN answer ~ '^https?://[^[:space:]]+$'
    WHEN 'number' THEN answer ~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$'
    WHEN 'date' THEN answer ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    ELSE true END
    AND (max_words IS NULL OR array_length(regexp_split_to_array(btrim(answer, E' \n\t'), '\s+'), 1) <= max_words);
END $$;--> statement-breakpoint

-- A submitted application answers the questions of its version: each that must be, all as their kind asks.
CREATE FUNCTION check_complete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  a applications;
BEGIN
  SELECT * INTO a FROM applications WHERE id = NEW.id;
  IF a.state <> 'submitted' THEN RETURN NULL; END IF;
  PERFORM 1 FROM question_versions v JOIN cohort_questions q ON q.id = v.question_id
    LEFT JOIN application_answers w ON w.application_id = a.id AND w.question_id = v.question_id
    WHERE v.cohort_id = a.cohort_id AND v.version = a.form_version
      AND ((v.required AND trim(COALESCE(w.answer, '')) = '' AND w.file_id IS NULL)
        OR NOT answer_is_of_kind(q.kind, v.options, v.max_words, COALESCE(w.answer, ''), w.file_id));
  IF FOUND THEN
    RAISE EXCEPTION 'an answer is missing, or not of its kind' USING ERRCODE = 'check_violation', CONSTRAINT = 'applications_complete';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER applications_complete AFTER INSERT OR UPDATE ON applications DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'submitted') EXECUTE FUNCTION check_complete();--> statement-breakpoint

-- A late code lets write as long as it says, in its own cohort.
CREATE FUNCTION check_late() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM late_codes l WHERE l.id = NEW.late_code_id AND l.cohort_id = NEW.cohort_id AND l.valid_until = NEW.late_until;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not what the code allows' USING ERRCODE = 'check_violation', CONSTRAINT = 'applications_late_code';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER applications_late_code BEFORE INSERT OR UPDATE OF late_code_id, late_until ON applications FOR EACH ROW
  WHEN (NEW.late_code_id IS NOT NULL) EXECUTE FUNCTION check_late();--> statement-breakpoint

-- Nobody is given, or writes, a review of somebody with whom they are conflicted (T29). What they wrote before stays.
CREATE FUNCTION refuse_conflicted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM applications a JOIN LATERAL review_conflicts(NEW.reviewer_id, a.cohort_id) c ON c.applicant_id = a.applicant_id WHERE a.id = NEW.application_id;
  IF FOUND THEN
    RAISE EXCEPTION 'conflicted' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_conflict';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER reviews_conflict BEFORE INSERT ON reviews FOR EACH ROW WHEN (NEW.state <> 'abstained') EXECUTE FUNCTION refuse_conflicted();--> statement-breakpoint
CREATE TRIGGER review_assignments_conflict BEFORE INSERT ON review_assignments FOR EACH ROW EXECUTE FUNCTION refuse_conflicted();--> statement-breakpoint

ALTER TABLE applications ADD CONSTRAINT applications_waitlist UNIQUE (cohort_id, waitlist_rank) DEFERRABLE INITIALLY DEFERRED;
