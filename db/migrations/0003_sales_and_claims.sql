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
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "resale_purchases_one_each" UNIQUE("resale_id","buyer_id"),
	CONSTRAINT "resale_purchases_role" CHECK ("resale_purchases"."role" in ('named', 'holder')),
	CONSTRAINT "resale_purchases_amounts" CHECK ("resale_purchases"."wanted_shares" between 1 and 1000000 and "resale_purchases"."funded_cents" > 0 and "resale_purchases"."bought_shares" between 0 and "resale_purchases"."wanted_shares"),
	CONSTRAINT "resale_purchases_closed" CHECK (("resale_purchases"."bought_shares" is null) = ("resale_purchases"."closed_at" is null))
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
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_reversal";--> statement-breakpoint
ALTER TABLE "lot_payments" DROP CONSTRAINT "lot_payments_cents";--> statement-breakpoint
ALTER TABLE "lot_payments" ALTER COLUMN "gain_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "from_lot_id" uuid;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "reversed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reservations" ADD COLUMN "seller_id" uuid;--> statement-breakpoint
ALTER TABLE "gains" ADD COLUMN "deferred_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gains" ADD COLUMN "reversed_at" timestamp (3) with time zone;--> statement-breakpoint
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
ALTER TABLE "partings" ADD CONSTRAINT "partings_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partings" ADD CONSTRAINT "partings_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partings" ADD CONSTRAINT "partings_decided_by_persons_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resale_purchases" ADD CONSTRAINT "resale_purchases_resale_id_resales_id_fk" FOREIGN KEY ("resale_id") REFERENCES "public"."resales"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resale_purchases" ADD CONSTRAINT "resale_purchases_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_seller_id_persons_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resales" ADD CONSTRAINT "resales_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "gain_deferrals_one_open" ON "gain_deferrals" USING btree ("gain_id") WHERE state = 'requested';--> statement-breakpoint
CREATE UNIQUE INDEX "gain_deferrals_one_granted" ON "gain_deferrals" USING btree ("gain_id") WHERE state = 'granted';--> statement-breakpoint
CREATE UNIQUE INDEX "reversals_one" ON "reversals" USING btree ("entry_id") WHERE state in ('asked', 'done');--> statement-breakpoint
CREATE UNIQUE INDEX "ties_one" ON "ties" USING btree (least(person_id, other_id),greatest(person_id, other_id)) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "ties_person" ON "ties" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "ties_other" ON "ties" USING btree ("other_id");--> statement-breakpoint
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
CREATE UNIQUE INDEX "partings_one_open" ON "partings" USING btree ("token_id","holder_id") WHERE state in ('offered', 'disputed');--> statement-breakpoint
CREATE INDEX "partings_due" ON "partings" USING btree ("dispute_until") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "partings_holder" ON "partings" USING btree ("holder_id","state");--> statement-breakpoint
CREATE INDEX "resale_purchases_buyer" ON "resale_purchases" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resales_one_open" ON "resales" USING btree ("token_id","seller_id") WHERE state not in ('settled', 'returned');--> statement-breakpoint
CREATE INDEX "resales_due" ON "resales" USING btree ("until") WHERE state not in ('settled', 'returned');--> statement-breakpoint
CREATE INDEX "resales_buyer" ON "resales" USING btree ("buyer_id","state");--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_seller_id_persons_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lots_entry" ON "lots" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "reservations_seller" ON "reservations" USING btree ("seller_id","token_id");--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_reversal" CHECK (("journal_entries"."kind" = 'reversal') = ("journal_entries"."reverses_id" is not null) and ("journal_entries"."reverses_id" is null) = ("journal_entries"."reverses_kind" is null) and ("journal_entries"."reverses_kind" is null or ledger_kind_is_reversible("journal_entries"."reverses_kind")));--> statement-breakpoint
ALTER TABLE "lot_payments" ADD CONSTRAINT "lot_payments_cents" CHECK ("lot_payments"."cents" <> 0);--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_reversed" CHECK ("lots"."reversed_at" is null or "lots"."shares_left" = 0);--> statement-breakpoint
ALTER TABLE "gains" ADD CONSTRAINT "gains_deferred" CHECK ("gains"."deferred_until" is null or "gains"."deferred_until" = "gains"."due_at");
--> statement-breakpoint
DO $$
DECLARE pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['resales', 'resale'], ['resale_purchases', 'purchase'], ['partings', 'parting']] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION give_log_id(%L)', pair[1] || '_log_id', pair[1], pair[2]);
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER resales_transition BEFORE UPDATE ON resales FOR EACH ROW EXECUTE FUNCTION keep_states(
  'funding>owner', 'funding>returned', 'owner>holders', 'owner>approval', 'owner>settled', 'owner>returned', 'holders>approval', 'holders>settled',
  'holders>returned', 'approval>settled', 'approval>returned', 'settled>returned');--> statement-breakpoint
CREATE TRIGGER resales_fixed BEFORE UPDATE ON resales FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'token_id', 'seller_id', 'buyer_id', 'shares', 'price_cents', 'asked_at');--> statement-breakpoint
CREATE TRIGGER resale_purchases_fixed BEFORE UPDATE ON resale_purchases FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'resale_id', 'buyer_id', 'role', 'wanted_shares', 'funded_cents', 'funded_at');--> statement-breakpoint
CREATE TRIGGER partings_transition BEFORE UPDATE ON partings FOR EACH ROW EXECUTE FUNCTION keep_states(
  'offered>disputed', 'offered>settled', 'offered>returned', 'disputed>settled', 'disputed>returned', 'settled>returned');--> statement-breakpoint
CREATE TRIGGER partings_fixed BEFORE UPDATE ON partings FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'token_id', 'holder_id', 'offered_at', 'dispute_until');--> statement-breakpoint
CREATE TRIGGER gain_deferrals_transition BEFORE UPDATE ON gain_deferrals FOR EACH ROW EXECUTE FUNCTION keep_states(
  'requested>granted', 'requested>refused');--> statement-breakpoint
CREATE TRIGGER gain_deferrals_fixed BEFORE UPDATE ON gain_deferrals FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'gain_id', 'hardship', 'requested_at');--> statement-breakpoint
CREATE TRIGGER reversals_transition BEFORE UPDATE ON reversals FOR EACH ROW EXECUTE FUNCTION keep_states(
  'asked>done', 'asked>dropped');--> statement-breakpoint
CREATE TRIGGER reversals_fixed BEFORE UPDATE ON reversals FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'entry_id', 'reason', 'order_number', 'note', 'asked_by', 'asked_at');--> statement-breakpoint
CREATE TRIGGER ties_fixed BEFORE UPDATE ON ties FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'person_id', 'other_id', 'kind', 'declared_by', 'declared_at');--> statement-breakpoint

-- T18, T20: only who holds a verification that lasts is named as a buyer or puts money up, and never the token's owner.
CREATE FUNCTION refuse_buyer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_token uuid;
  v_at timestamptz;
BEGIN
  IF TG_TABLE_NAME = 'resales' THEN
    v_token := NEW.token_id; v_at := NEW.asked_at;
  ELSE
    SELECT token_id INTO v_token FROM resales WHERE id = NEW.resale_id;
    v_at := NEW.funded_at;
  END IF;
  IF EXISTS (SELECT 1 FROM tokens WHERE id = v_token AND owner_id = NEW.buyer_id) THEN
    RAISE EXCEPTION 'the owner of a token does not buy here' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_the_owner';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM investor_verifications v
    WHERE v.person_id = NEW.buyer_id AND v.state = 'approved' AND v.decided_at <= v_at AND v.expires_at > v_at
  ) THEN
    RAISE EXCEPTION 'not a verified investor' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_verified';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER resales_verified BEFORE INSERT ON resales FOR EACH ROW EXECUTE FUNCTION refuse_buyer();--> statement-breakpoint
CREATE TRIGGER resale_purchases_verified BEFORE INSERT ON resale_purchases FOR EACH ROW EXECUTE FUNCTION refuse_buyer();
