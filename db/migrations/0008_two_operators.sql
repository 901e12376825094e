CREATE TABLE "sign_in_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "audit_events_actor";--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sign_in_steps_person" ON "sign_in_steps" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","id");--> statement-breakpoint
-- Not valid for the rows of before: what one operator alone decided then, stays.
ALTER TABLE "deposits" ADD CONSTRAINT "deposits_second_operator" CHECK (("deposits"."first_by" is null) = ("deposits"."first_arrived_cents" is null) and ("deposits"."state" <> 'confirmed' or ("deposits"."first_by" is not null and "deposits"."first_arrived_cents" = "deposits"."arrived_cents"))) NOT VALID;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_second_operator" CHECK ("withdrawals"."state" <> 'paid' or "withdrawals"."first_by" is not null) NOT VALID;--> statement-breakpoint

-- After a change of e-mail address nothing is taken out, nor paid out, until the hold has passed.
CREATE FUNCTION hold_withdrawals() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_until timestamptz;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.state <> 'paid' OR OLD.state = 'paid') THEN RETURN NEW; END IF;
  SELECT withdrawals_held_until INTO v_until FROM persons WHERE id = NEW.person_id;
  IF v_until > (CASE TG_OP WHEN 'INSERT' THEN NEW.requested_at ELSE NEW.decided_at END) THEN
    RAISE EXCEPTION 'withdrawals of this person are held' USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawals_held';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER withdrawals_held BEFORE INSERT OR UPDATE ON withdrawals FOR EACH ROW EXECUTE FUNCTION hold_withdrawals();
