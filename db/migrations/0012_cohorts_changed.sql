ALTER TABLE "cohorts" ADD COLUMN "changed_at" timestamp (3) with time zone;--> statement-breakpoint
-- Rewritten, not updated: no trigger is to take this for a change.
ALTER TABLE "cohorts" ALTER COLUMN "changed_at" TYPE timestamp (3) with time zone USING coalesce("cancelled_at", "published_at", "created_at");--> statement-breakpoint
ALTER TABLE "cohorts" ALTER COLUMN "changed_at" SET NOT NULL;
