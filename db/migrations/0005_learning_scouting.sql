CREATE TABLE "cohort_teachers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"email" text NOT NULL,
	"person_id" uuid,
	"state" text DEFAULT 'invited' NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "cohort_teachers_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "cohort_teachers_state" CHECK ("cohort_teachers"."state" in ('invited', 'accepted', 'declined', 'withdrawn')),
	CONSTRAINT "cohort_teachers_answered" CHECK (("cohort_teachers"."state" = 'invited') = ("cohort_teachers"."answered_at" is null) and ("cohort_teachers"."state" <> 'accepted' or "cohort_teachers"."person_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "announcements_text" CHECK (length(trim("announcements"."title")) > 0 and length(trim("announcements"."body")) > 0)
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"feedback_id" uuid,
	"update_id" uuid,
	"author_id" uuid NOT NULL,
	"body" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comments_on_one_thing" CHECK (num_nonnulls("comments"."feedback_id", "comments"."update_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"update_id" uuid,
	"work_id" uuid,
	"body" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"helpfulness" integer,
	"rated_at" timestamp (3) with time zone,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_on_one_thing" CHECK (num_nonnulls("feedback"."update_id", "feedback"."work_id") = 1),
	CONSTRAINT "feedback_not_to_oneself" CHECK ("feedback"."author_id" <> "feedback"."student_id"),
	CONSTRAINT "feedback_state" CHECK ("feedback"."state" in ('open', 'revise', 'answered')),
	CONSTRAINT "feedback_helpfulness" CHECK ("feedback"."helpfulness" between 1 and 5 and ("feedback"."helpfulness" is null) = ("feedback"."rated_at" is null))
);
--> statement-breakpoint
CREATE TABLE "muted_topics" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"muted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "muted_topics_once" UNIQUE("person_id","topic"),
	CONSTRAINT "muted_topics_known" CHECK ("muted_topics"."topic" in ('announcements', 'updates', 'feedback', 'comments'))
);
--> statement-breakpoint
CREATE TABLE "taught_sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"minutes" integer NOT NULL,
	"topic" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "taught_sessions_minutes" CHECK ("taught_sessions"."minutes" between 5 and 720)
);
--> statement-breakpoint
CREATE TABLE "teacher_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"strengths" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "updates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"week" date NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"did" text DEFAULT '' NOT NULL,
	"learnt" text DEFAULT '' NOT NULL,
	"blocked" text DEFAULT '' NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "updates_one_a_week" UNIQUE("cohort_id","person_id","week"),
	CONSTRAINT "updates_state" CHECK ("updates"."state" in ('draft', 'published')),
	CONSTRAINT "updates_published" CHECK (("updates"."state" = 'published') = ("updates"."published_at" is not null)),
	CONSTRAINT "updates_week_is_monday" CHECK (extract(isodow from "updates"."week") = 1)
);
--> statement-breakpoint
CREATE TABLE "works" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"title" text NOT NULL,
	"url" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"new_email" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "email_changes_lower" CHECK ("email_changes"."new_email" = lower("email_changes"."new_email"))
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scout_id" uuid NOT NULL,
	"talent_email" text NOT NULL,
	"talent_name" text NOT NULL,
	"talent_id" uuid,
	"cohort_id" uuid,
	"reasons" text NOT NULL,
	"state" text DEFAULT 'sent' NOT NULL,
	"token_hash" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"apply_by" timestamp (3) with time zone NOT NULL,
	"invest_by" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "referrals_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "referrals_state" CHECK ("referrals"."state" in ('sent', 'confirmed', 'declined')),
	CONSTRAINT "referrals_answered" CHECK (("referrals"."state" = 'sent') = ("referrals"."answered_at" is null) and ("referrals"."state" <> 'confirmed' or "referrals"."talent_id" is not null)),
	CONSTRAINT "referrals_not_oneself" CHECK ("referrals"."scout_id" is distinct from "referrals"."talent_id"),
	CONSTRAINT "referrals_email_lower" CHECK ("referrals"."talent_email" = lower("referrals"."talent_email"))
);
--> statement-breakpoint
ALTER TABLE "offer_parts" ADD COLUMN "declined_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "offers" ADD COLUMN "funds_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "withdrawals_held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "totp_secret" text;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "totp_confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "totp_last_step" bigint;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "created_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "proved_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "deposits" ADD COLUMN "first_by" uuid;--> statement-breakpoint
ALTER TABLE "deposits" ADD COLUMN "first_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deposits" ADD COLUMN "first_arrived_cents" bigint;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD COLUMN "first_by" uuid;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD COLUMN "first_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_invited_by_persons_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_author_id_persons_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_feedback_id_feedback_id_fk" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_persons_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_author_id_persons_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_student_id_persons_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_work_id_works_id_fk" FOREIGN KEY ("work_id") REFERENCES "public"."works"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "muted_topics" ADD CONSTRAINT "muted_topics_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "taught_sessions" ADD CONSTRAINT "taught_sessions_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "taught_sessions" ADD CONSTRAINT "taught_sessions_teacher_id_persons_id_fk" FOREIGN KEY ("teacher_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teacher_notes" ADD CONSTRAINT "teacher_notes_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teacher_notes" ADD CONSTRAINT "teacher_notes_student_id_persons_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teacher_notes" ADD CONSTRAINT "teacher_notes_author_id_persons_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "works" ADD CONSTRAINT "works_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "works" ADD CONSTRAINT "works_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_scout_id_persons_id_fk" FOREIGN KEY ("scout_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_talent_id_persons_id_fk" FOREIGN KEY ("talent_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cohort_teachers_once" ON "cohort_teachers" USING btree ("cohort_id","email") WHERE state in ('invited', 'accepted');--> statement-breakpoint
CREATE UNIQUE INDEX "cohort_teachers_person" ON "cohort_teachers" USING btree ("cohort_id","person_id") WHERE state = 'accepted';--> statement-breakpoint
CREATE INDEX "cohort_teachers_of" ON "cohort_teachers" USING btree ("person_id","state");--> statement-breakpoint
CREATE INDEX "announcements_cohort" ON "announcements" USING btree ("cohort_id","posted_at");--> statement-breakpoint
CREATE INDEX "comments_feedback" ON "comments" USING btree ("feedback_id");--> statement-breakpoint
CREATE INDEX "comments_update" ON "comments" USING btree ("update_id");--> statement-breakpoint
CREATE INDEX "feedback_student" ON "feedback" USING btree ("student_id","cohort_id");--> statement-breakpoint
CREATE INDEX "feedback_author" ON "feedback" USING btree ("author_id","given_at");--> statement-breakpoint
CREATE INDEX "feedback_update" ON "feedback" USING btree ("update_id");--> statement-breakpoint
CREATE INDEX "feedback_work" ON "feedback" USING btree ("work_id");--> statement-breakpoint
CREATE INDEX "taught_sessions_teacher" ON "taught_sessions" USING btree ("teacher_id");--> statement-breakpoint
CREATE INDEX "taught_sessions_cohort" ON "taught_sessions" USING btree ("cohort_id");--> statement-breakpoint
CREATE INDEX "teacher_notes_student" ON "teacher_notes" USING btree ("cohort_id","student_id");--> statement-breakpoint
CREATE INDEX "works_person" ON "works" USING btree ("cohort_id","person_id");--> statement-breakpoint
CREATE INDEX "email_changes_person" ON "email_changes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_person" ON "recovery_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "referrals_scout" ON "referrals" USING btree ("scout_id");--> statement-breakpoint
CREATE INDEX "referrals_talent" ON "referrals" USING btree ("talent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_first_confirmed_wins" ON "referrals" USING btree ("talent_id") WHERE state = 'confirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_once_each" ON "referrals" USING btree ("scout_id","talent_email") WHERE state = 'sent';--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_totp" CHECK ("persons"."totp_confirmed_at" is null or "persons"."totp_secret" is not null);--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_two_operators" CHECK (("deposits"."first_by" is null) = ("deposits"."first_at" is null) and "deposits"."first_by" is distinct from "deposits"."person_id" and ("deposits"."first_by" is null or "deposits"."first_by" is distinct from "deposits"."decided_by"));--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_two_operators" CHECK (("withdrawals"."first_by" is null) = ("withdrawals"."first_at" is null) and "withdrawals"."first_by" is distinct from "withdrawals"."person_id" and ("withdrawals"."first_by" is null or "withdrawals"."first_by" is distinct from "withdrawals"."decided_by"));