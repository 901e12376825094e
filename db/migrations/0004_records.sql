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
DROP INDEX "journal_entries_about";--> statement-breakpoint
ALTER TABLE "person_totals" ADD CONSTRAINT "person_totals_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_totals" ADD CONSTRAINT "person_totals_last_entry_id_journal_entries_id_fk" FOREIGN KEY ("last_entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_flows" ADD CONSTRAINT "record_flows_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_totals_last" ON "person_totals" USING btree ("person_id","last_entry_id");--> statement-breakpoint
CREATE INDEX "record_flows_holder" ON "record_flows" USING btree ("holder_id","entry_id");--> statement-breakpoint
CREATE INDEX "record_flows_gain" ON "record_flows" USING btree ("gain_id") WHERE gain_id is not null;--> statement-breakpoint
CREATE INDEX "record_flows_entry" ON "record_flows" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "journal_entries_token" ON "journal_entries" USING btree ((data->>'token'),"id") WHERE data->>'token' is not null;--> statement-breakpoint
CREATE INDEX "journal_entries_backdated" ON "journal_entries" USING btree ("effective_at") WHERE effective_at < recorded_at;--> statement-breakpoint
CREATE INDEX "journal_entries_about" ON "journal_entries" USING btree ("about_type","about_id","id");