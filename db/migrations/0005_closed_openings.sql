CREATE TABLE "closed_openings" (
	"entry_id" bigint PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"first_by" uuid NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"second_by" uuid,
	"closed_at" timestamp (3) with time zone,
	"withheld_by" bigint,
	CONSTRAINT "closed_openings_withheld_by" UNIQUE("withheld_by"),
	CONSTRAINT "closed_openings_reason" CHECK (length("closed_openings"."reason") BETWEEN 3 AND 500),
	CONSTRAINT "closed_openings_two_operators" CHECK ("closed_openings"."first_by" IS DISTINCT FROM "closed_openings"."second_by" AND ("closed_openings"."second_by" IS NULL) = ("closed_openings"."closed_at" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "closed_openings" ADD CONSTRAINT "closed_openings_first_by_persons_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closed_openings" ADD CONSTRAINT "closed_openings_second_by_persons_id_fk" FOREIGN KEY ("second_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;