CREATE TABLE "published_records" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"day" date NOT NULL,
	"tree_size" bigint NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "published_records_tree_size" CHECK ("published_records"."tree_size" > 0)
);
--> statement-breakpoint
ALTER TABLE "published_records" ADD CONSTRAINT "published_records_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "published_records_day" ON "published_records" USING btree ("day");