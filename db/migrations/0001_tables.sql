CREATE TABLE "application_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer" text NOT NULL,
	CONSTRAINT "application_answers_one_each" UNIQUE("application_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decision_message" text,
	CONSTRAINT "applications_one_each" UNIQUE("cohort_id","applicant_id"),
	CONSTRAINT "applications_state" CHECK ("applications"."state" in ('draft', 'submitted', 'withdrawn', 'admitted', 'declined')),
	CONSTRAINT "applications_decided" CHECK (("applications"."state" in ('admitted', 'declined')) = ("applications"."decided_at" is not null and "applications"."decided_by" is not null)),
	CONSTRAINT "applications_submitted" CHECK ("applications"."state" in ('draft', 'withdrawn') or "applications"."submitted_at" is not null),
	CONSTRAINT "applications_no_self_decision" CHECK ("applications"."decided_by" is distinct from "applications"."applicant_id")
);
--> statement-breakpoint
CREATE TABLE "cohort_questions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"prompt" text NOT NULL,
	CONSTRAINT "cohort_questions_position" UNIQUE("cohort_id","position")
);
--> statement-breakpoint
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
CREATE TABLE "cohorts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"teacher_id" uuid NOT NULL,
	"title" text NOT NULL,
	"skill" text NOT NULL,
	"pitch" text NOT NULL,
	"capacity" integer NOT NULL,
	"time_zone" text NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"shares" bigint NOT NULL,
	"payout_cap_multiple" integer,
	"sunset_years" integer,
	"finder_stake_bps" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cohorts_slug_unique" UNIQUE("slug"),
	CONSTRAINT "cohorts_slug_shape" CHECK ("cohorts"."slug" ~ '^[a-z0-9-]{3,80}$'),
	CONSTRAINT "cohorts_capacity" CHECK ("cohorts"."capacity" between 1 and 5000),
	CONSTRAINT "cohorts_window_order" CHECK ("cohorts"."opens_at" < "cohorts"."closes_at"),
	CONSTRAINT "cohorts_dates_order" CHECK ("cohorts"."starts_on" < "cohorts"."ends_on"),
	CONSTRAINT "cohorts_terms" CHECK ("cohorts"."amount_cents" >= "cohorts"."shares" and "cohorts"."shares" between 1 and 1000000),
	CONSTRAINT "cohorts_cap" CHECK ("cohorts"."payout_cap_multiple" in (3, 5)),
	CONSTRAINT "cohorts_sunset" CHECK ("cohorts"."sunset_years" in (10, 20)),
	CONSTRAINT "cohorts_finder_stake" CHECK ("cohorts"."finder_stake_bps" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"enrolled_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "enrolments_application_id_unique" UNIQUE("application_id"),
	CONSTRAINT "enrolments_one_each" UNIQUE("cohort_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"application_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"score" integer NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reviews_one_each" UNIQUE("application_id","reviewer_id"),
	CONSTRAINT "reviews_score" CHECK ("reviews"."score" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "gain_deferrals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"gain_id" uuid NOT NULL,
	"hardship" text NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"reason" text,
	"until" timestamp (3) with time zone,
	CONSTRAINT "gain_deferrals_state" CHECK ("gain_deferrals"."state" in ('requested', 'granted', 'refused')),
	CONSTRAINT "gain_deferrals_decided" CHECK (("gain_deferrals"."state" = 'requested') = ("gain_deferrals"."decided_at" is null) and ("gain_deferrals"."decided_at" is null) = ("gain_deferrals"."decided_by" is null) and ("gain_deferrals"."decided_at" is null) = ("gain_deferrals"."reason" is null) and ("gain_deferrals"."state" = 'granted') = ("gain_deferrals"."until" is not null))
);
--> statement-breakpoint
CREATE TABLE "reversals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entry_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"order_number" text NOT NULL,
	"note" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"reversal_entry_id" bigint,
	CONSTRAINT "reversals_reversal_entry_id_unique" UNIQUE("reversal_entry_id"),
	CONSTRAINT "reversals_reason" CHECK ("reversals"."reason" in ('fraud', 'error', 'order')),
	CONSTRAINT "reversals_named" CHECK (length(trim("reversals"."order_number")) > 0 and length(trim("reversals"."note")) > 0),
	CONSTRAINT "reversals_state" CHECK ("reversals"."state" in ('asked', 'done', 'dropped')),
	CONSTRAINT "reversals_decided" CHECK (("reversals"."state" = 'asked') = ("reversals"."decided_at" is null) and ("reversals"."decided_at" is null) = ("reversals"."decided_by" is null) and ("reversals"."state" = 'done') = ("reversals"."reversal_entry_id" is not null)),
	CONSTRAINT "reversals_two_operators" CHECK ("reversals"."state" <> 'done' or "reversals"."decided_by" is distinct from "reversals"."asked_by")
);
--> statement-breakpoint
CREATE TABLE "ties" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"declared_by" uuid NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	CONSTRAINT "ties_kind" CHECK ("ties"."kind" in ('relative', 'controls')),
	CONSTRAINT "ties_two" CHECK ("ties"."person_id" <> "ties"."other_id"),
	CONSTRAINT "ties_ended" CHECK (("ties"."ended_at" is null) = ("ties"."ended_by" is null) and ("ties"."ended_at" is null) = ("ties"."end_reason" is null) and "ties"."ended_by" is distinct from "ties"."person_id" and "ties"."ended_by" is distinct from "ties"."other_id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "documents_type" CHECK ("documents"."content_type" in ('application/pdf', 'image/png', 'image/jpeg')),
	CONSTRAINT "documents_size" CHECK ("documents"."size_bytes" = octet_length("documents"."content") and "documents"."size_bytes" between 1 and 10485760)
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
CREATE TABLE "accounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"purpose" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"asset" text NOT NULL,
	"floor" bigint,
	"ceiling" bigint,
	"balance" bigint,
	"version" bigint,
	"waiting" bigint DEFAULT 0 NOT NULL,
	"last_recorded_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_owner" UNIQUE("owner_id","purpose","asset"),
	CONSTRAINT "accounts_id_asset" UNIQUE("id","asset"),
	CONSTRAINT "accounts_floor_held" CHECK ("accounts"."balance" >= "accounts"."floor"),
	CONSTRAINT "accounts_ceiling_held" CHECK ("accounts"."balance" + "accounts"."waiting" <= "accounts"."ceiling"),
	CONSTRAINT "accounts_of_its_purpose" CHECK (ledger_account_is_sound("accounts"."purpose", "accounts"."asset", "accounts"."floor", "accounts"."ceiling", "accounts"."balance", "accounts"."version", "accounts"."waiting"))
);
--> statement-breakpoint
CREATE TABLE "entry_openings" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"body" "bytea",
	CONSTRAINT "entry_openings_salt" CHECK (octet_length("entry_openings"."salt") = 16)
);
--> statement-breakpoint
CREATE TABLE "gain_parts" (
	"gain_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"cents" bigint NOT NULL,
	"paid_cents" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "gain_parts_gain_id_lot_id_pk" PRIMARY KEY("gain_id","lot_id"),
	CONSTRAINT "gain_parts_cents" CHECK ("gain_parts"."cents" > 0 and "gain_parts"."paid_cents" between 0 and "gain_parts"."cents")
);
--> statement-breakpoint
CREATE TABLE "journal_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "journal_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"log_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"effective_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"idempotency_key" text NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"about_type" text NOT NULL,
	"about_id" uuid NOT NULL,
	"memo" text,
	"reverses_id" bigint,
	"reverses_kind" text,
	"data" jsonb NOT NULL,
	CONSTRAINT "journal_entries_log_id_unique" UNIQUE("log_id"),
	CONSTRAINT "journal_entries_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "journal_entries_kind_id" UNIQUE("kind","id"),
	CONSTRAINT "journal_entries_kind_known" CHECK (ledger_kind_is_known("journal_entries"."kind")),
	CONSTRAINT "journal_entries_shares_now" CHECK (not ledger_kind_moves_shares("journal_entries"."kind") or "journal_entries"."effective_at" = "journal_entries"."recorded_at"),
	CONSTRAINT "journal_entries_not_ahead" CHECK ("journal_entries"."effective_at" <= "journal_entries"."recorded_at"),
	CONSTRAINT "journal_entries_reversal" CHECK (("journal_entries"."kind" = 'reversal') = ("journal_entries"."reverses_id" is not null) and ("journal_entries"."reverses_id" is null) = ("journal_entries"."reverses_kind" is null) and ("journal_entries"."reverses_kind" is null or ledger_kind_is_reversible("journal_entries"."reverses_kind"))),
	CONSTRAINT "journal_entries_hash" CHECK (octet_length("journal_entries"."input_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_ids" (
	"log_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	CONSTRAINT "log_ids_subject" UNIQUE("kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "log_queue" (
	"entry_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lot_movements" (
	"lot_id" uuid NOT NULL,
	"entry_id" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"shares" bigint NOT NULL,
	CONSTRAINT "lot_movements_lot_id_entry_id_pk" PRIMARY KEY("lot_id","entry_id"),
	CONSTRAINT "lot_movements_shares" CHECK ("lot_movements"."shares" <> 0)
);
--> statement-breakpoint
CREATE TABLE "lot_payments" (
	"lot_id" uuid NOT NULL,
	"entry_id" bigint NOT NULL,
	"gain_id" uuid,
	"cents" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lot_payments_lot_id_entry_id_pk" PRIMARY KEY("lot_id","entry_id"),
	CONSTRAINT "lot_payments_cents" CHECK ("lot_payments"."cents" <> 0)
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"token_id" uuid NOT NULL,
	"deal_id" uuid NOT NULL,
	"from_lot_id" uuid,
	"holder_id" uuid NOT NULL,
	"cohort" text,
	"shares_bought" bigint NOT NULL,
	"shares_left" bigint NOT NULL,
	"paid_cents" bigint NOT NULL,
	"cost_left_cents" bigint NOT NULL,
	"cap_cents" bigint,
	"cap_left_cents" bigint,
	"sunset" date,
	"locked_until" date,
	"finder" boolean NOT NULL,
	"apart" boolean NOT NULL,
	"acquired_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_cause" text,
	"reversed_at" timestamp (3) with time zone,
	CONSTRAINT "lots_seq_unique" UNIQUE("seq"),
	CONSTRAINT "lots_shares" CHECK ("lots"."shares_left" between 0 and "lots"."shares_bought" and "lots"."shares_bought" > 0),
	CONSTRAINT "lots_cost" CHECK ("lots"."cost_left_cents" between 0 and "lots"."paid_cents"),
	CONSTRAINT "lots_cap" CHECK ("lots"."cap_left_cents" between 0 and "lots"."cap_cents" and ("lots"."cap_cents" is null) = ("lots"."cap_left_cents" is null)),
	CONSTRAINT "lots_ended" CHECK (("lots"."ended_at" is null) = ("lots"."ended_cause" is null) and ("lots"."ended_at" is null or "lots"."shares_left" = 0)),
	CONSTRAINT "lots_reversed" CHECK ("lots"."reversed_at" is null or "lots"."shares_left" = 0)
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"entry_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"asset" text NOT NULL,
	"amount" bigint NOT NULL,
	"from_id" bigint NOT NULL,
	"to_id" bigint NOT NULL,
	"from_version" bigint,
	"from_balance" bigint,
	"to_version" bigint,
	"to_balance" bigint,
	CONSTRAINT "postings_entry_id_position_pk" PRIMARY KEY("entry_id","position"),
	CONSTRAINT "postings_amount" CHECK ("postings"."amount" > 0),
	CONSTRAINT "postings_ends_differ" CHECK ("postings"."from_id" <> "postings"."to_id"),
	CONSTRAINT "postings_versions" CHECK (("postings"."from_version" is null) = ("postings"."from_balance" is null) and ("postings"."to_version" is null) = ("postings"."to_balance" is null))
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"account_id" bigint NOT NULL,
	"holder_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"seller_id" uuid,
	"shares" bigint NOT NULL,
	CONSTRAINT "reservations_account_id_holder_id_pk" PRIMARY KEY("account_id","holder_id"),
	CONSTRAINT "reservations_shares" CHECK ("reservations"."shares" > 0)
);
--> statement-breakpoint
CREATE TABLE "dev_mailbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"to_email" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_secret" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"secret" text NOT NULL,
	CONSTRAINT "mail_secret_one_row" CHECK ("mail_secret"."id" = 1 and length("mail_secret"."secret") >= 64)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"to_email" text NOT NULL,
	"template" text NOT NULL,
	"props" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"provider_id" text,
	"last_error" text,
	CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('waiting', 'sent', 'failed')),
	CONSTRAINT "outbox_sent" CHECK (("outbox"."state" = 'sent') = ("outbox"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid NOT NULL,
	"offer_id" uuid,
	"version" text NOT NULL,
	"text" text NOT NULL,
	"text_sha256" text NOT NULL,
	"typed_legal_name" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreements_kind" CHECK ("agreements"."kind" in ('token', 'investment')),
	CONSTRAINT "agreements_hash" CHECK ("agreements"."text_sha256" = encode(sha256(convert_to("agreements"."text", 'UTF8')), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "gains" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_id" uuid NOT NULL,
	"company" text NOT NULL,
	"closing_date" date NOT NULL,
	"proceeds_cents" bigint NOT NULL,
	"basis_cents" bigint NOT NULL,
	"costs_cents" bigint NOT NULL,
	"loss_cents" bigint NOT NULL,
	"distributable_cents" bigint NOT NULL,
	"document_id" uuid,
	"grade" text NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"deferred_until" timestamp (3) with time zone,
	"paid_at" timestamp (3) with time zone,
	"reversed_at" timestamp (3) with time zone,
	CONSTRAINT "gains_amounts" CHECK ("gains"."proceeds_cents" >= 0 and "gains"."basis_cents" >= 0 and "gains"."costs_cents" >= 0 and "gains"."loss_cents" >= 0 and "gains"."distributable_cents" >= 0),
	CONSTRAINT "gains_not_more_than_made" CHECK ("gains"."distributable_cents" <= greatest(0, "gains"."proceeds_cents" - "gains"."basis_cents" - "gains"."costs_cents")),
	CONSTRAINT "gains_grade_known" CHECK ("gains"."grade" in ('self_reported', 'documented', 'counterparty', 'tax_transcript')),
	CONSTRAINT "gains_deferred" CHECK ("gains"."deferred_until" is null or "gains"."deferred_until" = "gains"."due_at"),
	CONSTRAINT "gains_loss_documented" CHECK ("gains"."loss_cents" = 0 or "gains"."document_id" is not null),
	CONSTRAINT "gains_closed_before_declared" CHECK (("gains"."closing_date" + 1)::timestamp at time zone 'UTC' <= "gains"."declared_at")
);
--> statement-breakpoint
CREATE TABLE "offer_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"offer_id" uuid NOT NULL,
	"investor_id" uuid NOT NULL,
	"amount_cents" bigint NOT NULL,
	"shares" bigint NOT NULL,
	"funded_at" timestamp (3) with time zone,
	"declined_at" timestamp (3) with time zone,
	CONSTRAINT "offer_parts_one_each" UNIQUE("offer_id","investor_id"),
	CONSTRAINT "offer_parts_floor_price" CHECK ("offer_parts"."amount_cents" >= "offer_parts"."shares"),
	CONSTRAINT "offer_parts_holder_limit" CHECK ("offer_parts"."shares" between 1 and 1000000)
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cohort_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"made_by" uuid NOT NULL,
	"state" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"shares" bigint NOT NULL,
	"payout_cap_multiple" integer,
	"sunset_years" integer,
	"finder_stake_bps" integer DEFAULT 0 NOT NULL,
	"finder_id" uuid,
	"message" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"funds_by" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"info_sheet_read_at" timestamp (3) with time zone,
	"quiz_passed_at" timestamp (3) with time zone,
	"signed_at" timestamp (3) with time zone,
	"investor_may_leave_until" timestamp (3) with time zone,
	"settles_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"agreement_id" uuid,
	CONSTRAINT "offers_agreement_id_unique" UNIQUE("agreement_id"),
	CONSTRAINT "offers_state" CHECK ("offers"."state" in ('funding', 'open', 'signed', 'settled', 'declined', 'lapsed', 'left')),
	CONSTRAINT "offers_floor_price" CHECK ("offers"."amount_cents" >= "offers"."shares"),
	CONSTRAINT "offers_shares" CHECK ("offers"."shares" between 1 and 2000000),
	CONSTRAINT "offers_cap" CHECK ("offers"."payout_cap_multiple" in (3, 5)),
	CONSTRAINT "offers_sunset" CHECK ("offers"."sunset_years" in (10, 20)),
	CONSTRAINT "offers_finder_stake" CHECK ("offers"."finder_stake_bps" between 0 and 1000),
	CONSTRAINT "offers_finder" CHECK (("offers"."finder_id" is null) = ("offers"."finder_stake_bps" = 0) and "offers"."finder_id" is distinct from "offers"."student_id"),
	CONSTRAINT "offers_not_to_oneself" CHECK ("offers"."made_by" <> "offers"."student_id"),
	CONSTRAINT "offers_open_a_week" CHECK ("offers"."sent_at" is null or "offers"."expires_at" >= "offers"."sent_at" + interval '168 hours'),
	CONSTRAINT "offers_sent" CHECK ("offers"."state" = 'funding' or "offers"."state" = 'lapsed' or ("offers"."sent_at" is not null and "offers"."expires_at" is not null)),
	CONSTRAINT "offers_signed" CHECK (("offers"."state" in ('signed', 'settled', 'left')) = ("offers"."signed_at" is not null and "offers"."agreement_id" is not null and "offers"."quiz_passed_at" is not null and "offers"."settles_at" is not null)),
	CONSTRAINT "offers_cooling_off" CHECK ("offers"."signed_at" is null or ("offers"."settles_at" = "offers"."signed_at" + interval '168 hours' and "offers"."investor_may_leave_until" = "offers"."signed_at" + interval '96 hours')),
	CONSTRAINT "offers_closed" CHECK (("offers"."state" in ('settled', 'declined', 'lapsed', 'left')) = ("offers"."closed_at" is not null)),
	CONSTRAINT "offers_settled_in_time" CHECK ("offers"."state" <> 'settled' or "offers"."closed_at" >= "offers"."settles_at")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"minted_at" timestamp (3) with time zone NOT NULL,
	"agreement_id" uuid NOT NULL,
	CONSTRAINT "tokens_owner_id_unique" UNIQUE("owner_id"),
	CONSTRAINT "tokens_agreement_id_unique" UNIQUE("agreement_id")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_offset" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"offset_ms" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "clock_offset_one_row" CHECK ("clock_offset"."id" = 1 and "clock_offset"."offset_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "command_results" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "command_results_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_id" text NOT NULL,
	"command" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"input_hash" text NOT NULL,
	"result" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "command_results_key" UNIQUE("actor_id","command","idempotency_key")
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
CREATE TABLE "email_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "email_tokens_purpose" CHECK ("email_tokens"."purpose" in ('verify', 'reset'))
);
--> statement-breakpoint
CREATE TABLE "investor_verifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"basis" text NOT NULL,
	"statement" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"reason" text,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "investor_verifications_state" CHECK ("investor_verifications"."state" in ('requested', 'approved', 'refused')),
	CONSTRAINT "investor_verifications_basis" CHECK ("investor_verifications"."basis" in ('income', 'net_worth', 'licence')),
	CONSTRAINT "investor_verifications_decided" CHECK (("investor_verifications"."state" = 'requested') = ("investor_verifications"."decided_at" is null) and ("investor_verifications"."state" = 'requested' or ("investor_verifications"."decided_by" is not null and length(trim("investor_verifications"."reason")) > 0)) and ("investor_verifications"."state" = 'approved') = ("investor_verifications"."expires_at" is not null) and "investor_verifications"."decided_by" is distinct from "investor_verifications"."person_id")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" timestamp (3) with time zone,
	"password_hash" text NOT NULL,
	"handle" text NOT NULL,
	"display_name" text NOT NULL,
	"legal_name" text NOT NULL,
	"date_of_birth" date NOT NULL,
	"country" text NOT NULL,
	"operator_since" timestamp (3) with time zone,
	"withdrawals_held_until" timestamp (3) with time zone,
	"totp_secret" text,
	"totp_confirmed_at" timestamp (3) with time zone,
	"totp_last_step" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "persons_email_unique" UNIQUE("email"),
	CONSTRAINT "persons_handle_unique" UNIQUE("handle"),
	CONSTRAINT "persons_email_lower" CHECK ("persons"."email" = lower("persons"."email") and position('@' in "persons"."email") > 1),
	CONSTRAINT "persons_handle_shape" CHECK ("persons"."handle" ~ '^[a-z0-9-]{3,30}$'),
	CONSTRAINT "persons_handle_not_reserved" CHECK (not handle_is_reserved("persons"."handle")),
	CONSTRAINT "persons_country_shape" CHECK ("persons"."country" ~ '^[A-Z]{2}$'),
	CONSTRAINT "persons_names_present" CHECK (length(trim("persons"."display_name")) between 1 and 80 and length(trim("persons"."legal_name")) between 1 and 120),
	CONSTRAINT "persons_totp" CHECK ("persons"."totp_confirmed_at" is null or "persons"."totp_secret" is not null),
	CONSTRAINT "persons_birth_plausible" CHECK ("persons"."date_of_birth" > date '1900-01-01')
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"headline" text DEFAULT '' NOT NULL,
	"work" text DEFAULT '' NOT NULL,
	"work_visibility" text DEFAULT 'public' NOT NULL,
	"exploration_plan" text DEFAULT '' NOT NULL,
	"plan_visibility" text DEFAULT 'public' NOT NULL,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "profiles_visibility" CHECK ("profiles"."work_visibility" in ('public', 'signed_in', 'teachers') and "profiles"."plan_visibility" in ('public', 'signed_in', 'teachers'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"proved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "taken_handles" (
	"handle" text PRIMARY KEY NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"entry_id" bigint NOT NULL,
	"debtor_id" uuid NOT NULL,
	"creditor_id" uuid NOT NULL,
	"cents" bigint NOT NULL,
	"repaid_cents" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "claims_entry_id_debtor_id_creditor_id_pk" PRIMARY KEY("entry_id","debtor_id","creditor_id"),
	CONSTRAINT "claims_cents" CHECK ("claims"."cents" > 0 and "claims"."repaid_cents" between 0 and "claims"."cents"),
	CONSTRAINT "claims_parties" CHECK ("claims"."debtor_id" <> "claims"."creditor_id")
);
--> statement-breakpoint
CREATE TABLE "mark_counts" (
	"entry_id" bigint NOT NULL,
	"holder_id" uuid NOT NULL,
	CONSTRAINT "mark_counts_entry_id_holder_id_pk" PRIMARY KEY("entry_id","holder_id")
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"token_id" uuid NOT NULL,
	"price_cents" bigint NOT NULL,
	"shares" bigint NOT NULL,
	"class" text NOT NULL,
	"day" date NOT NULL,
	"event" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"reversed_by" bigint,
	CONSTRAINT "marks_class" CHECK ("marks"."class" in ('price', 'written_down')),
	CONSTRAINT "marks_price" CHECK ("marks"."shares" > 0 and ("marks"."class" = 'written_down') = ("marks"."price_cents" = 0)),
	CONSTRAINT "marks_event_known" CHECK (("marks"."class" = 'written_down') = ("marks"."event" in ('statement', 'finding', 'missed_years')))
);
--> statement-breakpoint
CREATE TABLE "nothing_declared" (
	"token_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "nothing_declared_token_id_year_pk" PRIMARY KEY("token_id","year")
);
--> statement-breakpoint
CREATE TABLE "person_payments" (
	"entry_id" bigint NOT NULL,
	"payer_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"cents" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_payments_entry_id_payer_id_payee_id_pk" PRIMARY KEY("entry_id","payer_id","payee_id"),
	CONSTRAINT "person_payments_cents" CHECK ("person_payments"."cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "sales" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"token_id" uuid NOT NULL,
	"seller_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"shares" bigint NOT NULL,
	"price_cents" bigint NOT NULL,
	"unconnected" boolean NOT NULL,
	"apart" boolean NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"reversed_by" bigint,
	CONSTRAINT "sales_kind" CHECK ("sales"."kind" in ('resale', 'parting')),
	CONSTRAINT "sales_amounts" CHECK ("sales"."shares" > 0 and "sales"."price_cents" >= 0),
	CONSTRAINT "sales_parties" CHECK ("sales"."seller_id" <> "sales"."buyer_id")
);
--> statement-breakpoint
CREATE TABLE "same_persons" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	CONSTRAINT "same_persons_other" UNIQUE("other_id"),
	CONSTRAINT "same_persons_two" CHECK ("same_persons"."person_id" <> "same_persons"."other_id")
);
--> statement-breakpoint
CREATE TABLE "sold_lots" (
	"lot_id" uuid NOT NULL,
	"entry_id" bigint NOT NULL,
	"shares" bigint NOT NULL,
	"price_cents" bigint NOT NULL,
	"basis_cents" bigint NOT NULL,
	"carried_cents" bigint NOT NULL,
	"cap_cents" bigint,
	"new_lot_id" uuid,
	CONSTRAINT "sold_lots_lot_id_entry_id_pk" PRIMARY KEY("lot_id","entry_id"),
	CONSTRAINT "sold_lots_amounts" CHECK ("sold_lots"."shares" > 0 and "sold_lots"."price_cents" >= 0 and "sold_lots"."basis_cents" >= 0 and "sold_lots"."carried_cents" >= 0 and ("sold_lots"."cap_cents" is null or "sold_lots"."cap_cents" >= 0))
);
--> statement-breakpoint
CREATE TABLE "token_gains" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"token_id" uuid NOT NULL,
	"gain_id" uuid,
	"year" integer NOT NULL,
	"gain_cents" bigint NOT NULL,
	"loss_cents" bigint NOT NULL,
	"distributable_cents" bigint NOT NULL,
	"record_instant" timestamp (3) with time zone NOT NULL,
	"reversed_by" bigint,
	CONSTRAINT "token_gains_amounts" CHECK ("token_gains"."gain_cents" >= 0 and "token_gains"."loss_cents" >= 0 and "token_gains"."distributable_cents" between 0 and "token_gains"."gain_cents")
);
--> statement-breakpoint
CREATE TABLE "person_totals" (
	"person_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"lots" integer NOT NULL,
	"paid_cents" bigint NOT NULL,
	"distributed_cents" bigint NOT NULL,
	"proceeds_cents" bigint NOT NULL,
	"unconfirmed_cents" bigint NOT NULL,
	"early_cents" bigint NOT NULL,
	"own_cents" bigint NOT NULL,
	"stakes" integer NOT NULL,
	"stakes_received_cents" bigint NOT NULL,
	"apart" boolean NOT NULL,
	"last_entry_id" bigint NOT NULL,
	CONSTRAINT "person_totals_person_id_token_id_pk" PRIMARY KEY("person_id","token_id")
);
--> statement-breakpoint
CREATE TABLE "record_flows" (
	"lot_id" uuid NOT NULL,
	"entry_id" bigint NOT NULL,
	"n" integer NOT NULL,
	"holder_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"gain_id" uuid,
	"grade" text,
	"confirmed" boolean NOT NULL,
	"early" boolean NOT NULL,
	"cents" bigint NOT NULL,
	"own_cents" bigint NOT NULL,
	CONSTRAINT "record_flows_lot_id_entry_id_n_pk" PRIMARY KEY("lot_id","entry_id","n"),
	CONSTRAINT "record_flows_cents" CHECK ("record_flows"."cents" > 0 and "record_flows"."own_cents" between 0 and "record_flows"."cents"),
	CONSTRAINT "record_flows_grade" CHECK (("record_flows"."gain_id" is null) = ("record_flows"."grade" is null)),
	CONSTRAINT "record_flows_kind" CHECK ("record_flows"."kind" in ('distribution', 'distribution_reversed', 'proceeds', 'proceeds_reversed'))
);
--> statement-breakpoint
CREATE TABLE "partings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_id" uuid NOT NULL,
	"holder_id" uuid NOT NULL,
	"price_cents" bigint NOT NULL,
	"state" text DEFAULT 'offered' NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"dispute_until" timestamp (3) with time zone NOT NULL,
	"dispute" text,
	"decided_by" uuid,
	"decision" text,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "partings_state" CHECK ("partings"."state" in ('offered', 'disputed', 'settled', 'returned')),
	CONSTRAINT "partings_price" CHECK ("partings"."price_cents" > 0),
	CONSTRAINT "partings_closed" CHECK (("partings"."state" in ('settled', 'returned')) = ("partings"."closed_at" is not null)),
	CONSTRAINT "partings_disputed" CHECK (("partings"."state" <> 'disputed' or "partings"."dispute" is not null) and ("partings"."decided_by" is null) = ("partings"."decision" is null) and "partings"."decided_by" is distinct from "partings"."holder_id")
);
--> statement-breakpoint
CREATE TABLE "resale_purchases" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"resale_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"role" text NOT NULL,
	"wanted_shares" bigint NOT NULL,
	"funded_cents" bigint NOT NULL,
	"funded_at" timestamp (3) with time zone NOT NULL,
	"bought_shares" bigint,
	"paid_cents" bigint,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "resale_purchases_one_each" UNIQUE("resale_id","buyer_id"),
	CONSTRAINT "resale_purchases_role" CHECK ("resale_purchases"."role" in ('named', 'holder')),
	CONSTRAINT "resale_purchases_amounts" CHECK ("resale_purchases"."wanted_shares" between 1 and 1000000 and "resale_purchases"."funded_cents" > 0 and "resale_purchases"."bought_shares" between 0 and "resale_purchases"."wanted_shares" and "resale_purchases"."paid_cents" between 0 and "resale_purchases"."funded_cents"),
	CONSTRAINT "resale_purchases_closed" CHECK (("resale_purchases"."bought_shares" is null) = ("resale_purchases"."closed_at" is null) and ("resale_purchases"."paid_cents" is null) = ("resale_purchases"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "resales" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_id" uuid NOT NULL,
	"seller_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"shares" bigint NOT NULL,
	"price_cents" bigint NOT NULL,
	"state" text DEFAULT 'funding' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"funded_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"cause" text,
	CONSTRAINT "resales_state" CHECK ("resales"."state" in ('funding', 'owner', 'holders', 'approval', 'settled', 'returned')),
	CONSTRAINT "resales_amounts" CHECK ("resales"."shares" between 1 and 1000000 and "resales"."price_cents" > 0),
	CONSTRAINT "resales_parties" CHECK ("resales"."seller_id" <> "resales"."buyer_id"),
	CONSTRAINT "resales_funded" CHECK ("resales"."state" in ('funding', 'returned') or "resales"."funded_at" is not null),
	CONSTRAINT "resales_closed" CHECK (("resales"."state" in ('settled', 'returned')) = ("resales"."closed_at" is not null) and ("resales"."closed_at" is null) = ("resales"."until" is not null) and ("resales"."state" = 'returned') = ("resales"."cause" is not null)),
	CONSTRAINT "resales_cause" CHECK ("resales"."cause" in ('withdrawn', 'unfunded', 'unanswered', 'buyer_refused', 'not_verified', 'lot_ended', 'reversal'))
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
	CONSTRAINT "referrals_state" CHECK ("referrals"."state" in ('sent', 'confirmed', 'declined', 'lapsed')),
	CONSTRAINT "referrals_answered" CHECK (("referrals"."state" = 'sent') = ("referrals"."answered_at" is null) and ("referrals"."state" <> 'confirmed' or "referrals"."talent_id" is not null)),
	CONSTRAINT "referrals_not_oneself" CHECK ("referrals"."scout_id" is distinct from "referrals"."talent_id"),
	CONSTRAINT "referrals_email_lower" CHECK ("referrals"."talent_email" = lower("referrals"."talent_email"))
);
--> statement-breakpoint
CREATE TABLE "deposits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"amount_cents" bigint NOT NULL,
	"arrived_cents" bigint,
	"reference" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"reason" text,
	"first_by" uuid,
	"first_at" timestamp (3) with time zone,
	"first_arrived_cents" bigint,
	CONSTRAINT "deposits_two_operators" CHECK (("deposits"."first_by" is null) = ("deposits"."first_at" is null) and "deposits"."first_by" is distinct from "deposits"."person_id" and ("deposits"."first_by" is null or "deposits"."first_by" is distinct from "deposits"."decided_by")),
	CONSTRAINT "deposits_second_operator" CHECK (("deposits"."first_by" is null) = ("deposits"."first_arrived_cents" is null) and ("deposits"."state" <> 'confirmed' or ("deposits"."first_by" is not null and "deposits"."first_arrived_cents" = "deposits"."arrived_cents"))),
	CONSTRAINT "deposits_state" CHECK ("deposits"."state" in ('requested', 'confirmed', 'refused')),
	CONSTRAINT "deposits_amounts" CHECK ("deposits"."amount_cents" > 0 and ("deposits"."arrived_cents" is null or "deposits"."arrived_cents" > 0)),
	CONSTRAINT "deposits_decided" CHECK (("deposits"."state" = 'requested') = ("deposits"."decided_at" is null) and ("deposits"."state" = 'confirmed') = ("deposits"."arrived_cents" is not null) and ("deposits"."state" = 'requested' or "deposits"."decided_by" is not null) and "deposits"."decided_by" is distinct from "deposits"."person_id")
);
--> statement-breakpoint
CREATE TABLE "withdrawals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"amount_cents" bigint NOT NULL,
	"destination" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"reason" text,
	"first_by" uuid,
	"first_at" timestamp (3) with time zone,
	CONSTRAINT "withdrawals_two_operators" CHECK (("withdrawals"."first_by" is null) = ("withdrawals"."first_at" is null) and "withdrawals"."first_by" is distinct from "withdrawals"."person_id" and ("withdrawals"."first_by" is null or "withdrawals"."first_by" is distinct from "withdrawals"."decided_by")),
	CONSTRAINT "withdrawals_second_operator" CHECK ("withdrawals"."state" <> 'paid' or "withdrawals"."first_by" is not null),
	CONSTRAINT "withdrawals_state" CHECK ("withdrawals"."state" in ('requested', 'paid', 'refused')),
	CONSTRAINT "withdrawals_amount" CHECK ("withdrawals"."amount_cents" > 0),
	CONSTRAINT "withdrawals_decided" CHECK (("withdrawals"."state" = 'requested') = ("withdrawals"."decided_at" is null) and ("withdrawals"."state" = 'requested' or "withdrawals"."decided_by" is not null) and "withdrawals"."decided_by" is distinct from "withdrawals"."person_id")
);
--> statement-breakpoint
ALTER TABLE "application_answers" ADD CONSTRAINT "application_answers_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_answers" ADD CONSTRAINT "application_answers_question_id_cohort_questions_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."cohort_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_applicant_id_persons_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_questions" ADD CONSTRAINT "cohort_questions_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_teachers" ADD CONSTRAINT "cohort_teachers_invited_by_persons_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_teacher_id_persons_id_fk" FOREIGN KEY ("teacher_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_reviewer_id_persons_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gain_deferrals" ADD CONSTRAINT "gain_deferrals_gain_id_gains_id_fk" FOREIGN KEY ("gain_id") REFERENCES "public"."gains"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gain_deferrals" ADD CONSTRAINT "gain_deferrals_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_asked_by_persons_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_reversal_entry_id_journal_entries_id_fk" FOREIGN KEY ("reversal_entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ties" ADD CONSTRAINT "ties_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ties" ADD CONSTRAINT "ties_other_id_persons_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ties" ADD CONSTRAINT "ties_declared_by_persons_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ties" ADD CONSTRAINT "ties_ended_by_persons_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "gain_parts" ADD CONSTRAINT "gain_parts_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gain_parts" ADD CONSTRAINT "gain_parts_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_reverses" FOREIGN KEY ("reverses_kind","reverses_id") REFERENCES "public"."journal_entries"("kind","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_movements" ADD CONSTRAINT "lot_movements_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_movements" ADD CONSTRAINT "lot_movements_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_payments" ADD CONSTRAINT "lot_payments_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lot_payments" ADD CONSTRAINT "lot_payments_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_from" FOREIGN KEY ("from_id","asset") REFERENCES "public"."accounts"("id","asset") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_to" FOREIGN KEY ("to_id","asset") REFERENCES "public"."accounts"("id","asset") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_seller_id_persons_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dev_mailbox" ADD CONSTRAINT "dev_mailbox_id_outbox_id_fk" FOREIGN KEY ("id") REFERENCES "public"."outbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gains" ADD CONSTRAINT "gains_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gains" ADD CONSTRAINT "gains_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_parts" ADD CONSTRAINT "offer_parts_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_parts" ADD CONSTRAINT "offer_parts_investor_id_persons_id_fk" FOREIGN KEY ("investor_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_student_id_persons_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_made_by_persons_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_finder_id_persons_id_fk" FOREIGN KEY ("finder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_closed_by_persons_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_owner_id_persons_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_id_persons_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_tokens" ADD CONSTRAINT "email_tokens_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "investor_verifications" ADD CONSTRAINT "investor_verifications_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "investor_verifications" ADD CONSTRAINT "investor_verifications_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_persons_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_debtor_id_persons_id_fk" FOREIGN KEY ("debtor_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark_counts" ADD CONSTRAINT "mark_counts_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark_counts" ADD CONSTRAINT "mark_counts_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_reversed_by_journal_entries_id_fk" FOREIGN KEY ("reversed_by") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nothing_declared" ADD CONSTRAINT "nothing_declared_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_payments" ADD CONSTRAINT "person_payments_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_payments" ADD CONSTRAINT "person_payments_payer_id_persons_id_fk" FOREIGN KEY ("payer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_payments" ADD CONSTRAINT "person_payments_payee_id_persons_id_fk" FOREIGN KEY ("payee_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_seller_id_persons_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_reversed_by_journal_entries_id_fk" FOREIGN KEY ("reversed_by") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "same_persons" ADD CONSTRAINT "same_persons_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "same_persons" ADD CONSTRAINT "same_persons_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "same_persons" ADD CONSTRAINT "same_persons_other_id_persons_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sold_lots" ADD CONSTRAINT "sold_lots_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sold_lots" ADD CONSTRAINT "sold_lots_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sold_lots" ADD CONSTRAINT "sold_lots_new_lot_id_lots_id_fk" FOREIGN KEY ("new_lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_gains" ADD CONSTRAINT "token_gains_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_gains" ADD CONSTRAINT "token_gains_reversed_by_journal_entries_id_fk" FOREIGN KEY ("reversed_by") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_totals" ADD CONSTRAINT "person_totals_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_totals" ADD CONSTRAINT "person_totals_last_entry_id_journal_entries_id_fk" FOREIGN KEY ("last_entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partings" ADD CONSTRAINT "partings_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partings" ADD CONSTRAINT "partings_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partings" ADD CONSTRAINT "partings_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resale_purchases" ADD CONSTRAINT "resale_purchases_resale_id_resales_id_fk" FOREIGN KEY ("resale_id") REFERENCES "public"."resales"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resale_purchases" ADD CONSTRAINT "resale_purchases_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_seller_id_persons_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_scout_id_persons_id_fk" FOREIGN KEY ("scout_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_talent_id_persons_id_fk" FOREIGN KEY ("talent_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_applicant" ON "applications" USING btree ("applicant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cohort_teachers_once" ON "cohort_teachers" USING btree ("cohort_id","email") WHERE state in ('invited', 'accepted');--> statement-breakpoint
CREATE UNIQUE INDEX "cohort_teachers_person" ON "cohort_teachers" USING btree ("cohort_id","person_id") WHERE state = 'accepted';--> statement-breakpoint
CREATE INDEX "cohort_teachers_of" ON "cohort_teachers" USING btree ("person_id","state");--> statement-breakpoint
CREATE INDEX "cohorts_teacher" ON "cohorts" USING btree ("teacher_id");--> statement-breakpoint
CREATE INDEX "cohorts_window" ON "cohorts" USING btree ("closes_at");--> statement-breakpoint
CREATE UNIQUE INDEX "gain_deferrals_one_open" ON "gain_deferrals" USING btree ("gain_id") WHERE state = 'requested';--> statement-breakpoint
CREATE UNIQUE INDEX "gain_deferrals_one_granted" ON "gain_deferrals" USING btree ("gain_id") WHERE state = 'granted';--> statement-breakpoint
CREATE UNIQUE INDEX "reversals_one" ON "reversals" USING btree ("entry_id") WHERE state in ('asked', 'done');--> statement-breakpoint
CREATE UNIQUE INDEX "ties_one" ON "ties" USING btree (least(person_id, other_id),greatest(person_id, other_id)) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "ties_person" ON "ties" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "ties_other" ON "ties" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "documents_owner" ON "documents" USING btree ("owner_id");--> statement-breakpoint
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
CREATE INDEX "gain_parts_lot" ON "gain_parts" USING btree ("lot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entries_reversed_once" ON "journal_entries" USING btree ("reverses_id") WHERE reverses_id is not null;--> statement-breakpoint
CREATE INDEX "journal_entries_about" ON "journal_entries" USING btree ("about_type","about_id","id");--> statement-breakpoint
CREATE INDEX "journal_entries_token" ON "journal_entries" USING btree ((data->>'token'),"id") WHERE data->>'token' is not null;--> statement-breakpoint
CREATE INDEX "journal_entries_backdated" ON "journal_entries" USING btree ("effective_at") WHERE effective_at < recorded_at;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entries_minted_once" ON "journal_entries" USING btree ("about_id") WHERE kind = 'token_minted';--> statement-breakpoint
CREATE INDEX "lot_payments_gain" ON "lot_payments" USING btree ("gain_id");--> statement-breakpoint
CREATE INDEX "lots_token" ON "lots" USING btree ("token_id","seq");--> statement-breakpoint
CREATE INDEX "lots_holder" ON "lots" USING btree ("holder_id","seq");--> statement-breakpoint
CREATE INDEX "lots_entry" ON "lots" USING btree ("entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_from_version" ON "postings" USING btree ("from_id","from_version");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_to_version" ON "postings" USING btree ("to_id","to_version");--> statement-breakpoint
CREATE INDEX "reservations_seller" ON "reservations" USING btree ("seller_id","token_id");--> statement-breakpoint
CREATE INDEX "reservations_holder" ON "reservations" USING btree ("holder_id","token_id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("created_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "agreements_person" ON "agreements" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agreements_one_token" ON "agreements" USING btree ("person_id") WHERE kind = 'token';--> statement-breakpoint
CREATE UNIQUE INDEX "agreements_one_per_offer" ON "agreements" USING btree ("offer_id") WHERE kind = 'investment';--> statement-breakpoint
CREATE INDEX "gains_token" ON "gains" USING btree ("token_id");--> statement-breakpoint
CREATE INDEX "gains_grade" ON "gains" USING btree ("grade");--> statement-breakpoint
CREATE INDEX "offer_parts_investor" ON "offer_parts" USING btree ("investor_id");--> statement-breakpoint
CREATE INDEX "offers_student" ON "offers" USING btree ("student_id","state");--> statement-breakpoint
CREATE INDEX "offers_made_by" ON "offers" USING btree ("made_by","state");--> statement-breakpoint
CREATE INDEX "offers_settle_due" ON "offers" USING btree ("settles_at") WHERE state = 'signed';--> statement-breakpoint
CREATE INDEX "offers_lapse_due" ON "offers" USING btree ("expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_live" ON "offers" USING btree ("enrolment_id","made_by") WHERE state in ('funding', 'open', 'signed');--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "email_changes_person" ON "email_changes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "email_tokens_person" ON "email_tokens" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "investor_verifications_one_open" ON "investor_verifications" USING btree ("person_id") WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX "investor_verifications_person" ON "investor_verifications" USING btree ("person_id","state");--> statement-breakpoint
CREATE INDEX "rate_limits_expire" ON "rate_limits" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "recovery_codes_person" ON "recovery_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_steps_person" ON "sign_in_steps" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "claims_debtor" ON "claims" USING btree ("debtor_id");--> statement-breakpoint
CREATE INDEX "claims_creditor" ON "claims" USING btree ("creditor_id");--> statement-breakpoint
CREATE INDEX "mark_counts_holder" ON "mark_counts" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "marks_token" ON "marks" USING btree ("token_id","entry_id");--> statement-breakpoint
CREATE INDEX "marks_event" ON "marks" USING btree ("event");--> statement-breakpoint
CREATE INDEX "person_payments_payer" ON "person_payments" USING btree ("payer_id","recorded_at");--> statement-breakpoint
CREATE INDEX "person_payments_payee" ON "person_payments" USING btree ("payee_id","recorded_at");--> statement-breakpoint
CREATE INDEX "sales_token" ON "sales" USING btree ("token_id","entry_id");--> statement-breakpoint
CREATE INDEX "sales_seller" ON "sales" USING btree ("seller_id","entry_id");--> statement-breakpoint
CREATE INDEX "sales_buyer" ON "sales" USING btree ("buyer_id","entry_id");--> statement-breakpoint
CREATE INDEX "same_persons_person" ON "same_persons" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sold_lots_entry" ON "sold_lots" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "token_gains_year" ON "token_gains" USING btree ("token_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "token_gains_once" ON "token_gains" USING btree ("gain_id") WHERE reversed_by is null;--> statement-breakpoint
CREATE INDEX "person_totals_last" ON "person_totals" USING btree ("person_id","last_entry_id");--> statement-breakpoint
CREATE INDEX "record_flows_holder" ON "record_flows" USING btree ("holder_id","entry_id");--> statement-breakpoint
CREATE INDEX "record_flows_gain" ON "record_flows" USING btree ("gain_id") WHERE gain_id is not null;--> statement-breakpoint
CREATE INDEX "record_flows_entry" ON "record_flows" USING btree ("entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "partings_one_open" ON "partings" USING btree ("token_id","holder_id") WHERE state in ('offered', 'disputed');--> statement-breakpoint
CREATE INDEX "partings_due" ON "partings" USING btree ("dispute_until") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "partings_holder" ON "partings" USING btree ("holder_id","state");--> statement-breakpoint
CREATE INDEX "resale_purchases_buyer" ON "resale_purchases" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resales_one_open" ON "resales" USING btree ("token_id","seller_id") WHERE state not in ('settled', 'returned');--> statement-breakpoint
CREATE INDEX "resales_due" ON "resales" USING btree ("until") WHERE state not in ('settled', 'returned');--> statement-breakpoint
CREATE INDEX "resales_buyer" ON "resales" USING btree ("buyer_id","state");--> statement-breakpoint
CREATE INDEX "referrals_scout" ON "referrals" USING btree ("scout_id");--> statement-breakpoint
CREATE INDEX "referrals_talent" ON "referrals" USING btree ("talent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_first_confirmed_wins" ON "referrals" USING btree ("talent_id") WHERE state = 'confirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_once_each" ON "referrals" USING btree ("scout_id","talent_email") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "deposits_person" ON "deposits" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "deposits_reference" ON "deposits" USING btree ("reference") WHERE state <> 'refused';--> statement-breakpoint
CREATE INDEX "withdrawals_person" ON "withdrawals" USING btree ("person_id");