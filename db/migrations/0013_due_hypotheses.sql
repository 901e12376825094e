ALTER TABLE "muted_topics" DROP CONSTRAINT "muted_topics_known";--> statement-breakpoint
ALTER TABLE "referral_hypotheses" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "referral_hypotheses_untold" ON "referral_hypotheses" USING btree ("due_on") WHERE told_at is null and outcome is null;--> statement-breakpoint
ALTER TABLE "muted_topics" ADD CONSTRAINT "muted_topics_known" CHECK ("muted_topics"."topic" in ('announcements', 'updates', 'feedback', 'comments', 'hypotheses'));--> statement-breakpoint

-- Who is close to the scout scores nothing that the scout expected; that its day has come is told once, from that day on.
CREATE OR REPLACE FUNCTION check_hypothesis() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r referrals;
  v_said date := (NEW.stated_at AT TIME ZONE 'UTC')::date;
BEGIN
  SELECT * INTO r FROM referrals WHERE id = NEW.referral_id FOR UPDATE;
  IF TG_OP = 'INSERT' THEN
    IF NEW.outcome IS NOT NULL OR NEW.told_at IS NOT NULL OR r.state NOT IN ('sent', 'confirmed') OR NEW.stated_at < r.sent_at OR NEW.stated_at >= r.sent_at + interval '14 days'
       OR NEW.due_on < v_said + 30 OR NEW.due_on > (v_said + interval '5 years')::date
       OR (SELECT count(*) FROM referral_hypotheses WHERE referral_id = NEW.referral_id) >= 5 THEN
      RAISE EXCEPTION 'a hypothesis is said in time, and of a day to come' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_hypotheses_said';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.outcome IS NOT NULL AND (r.talent_id IS NULL OR r.state NOT IN ('confirmed', 'lapsed') OR NEW.scored_by IS NULL OR are_close(NEW.scored_by, r.scout_id)) THEN
    RAISE EXCEPTION 'somebody else scores what a scout expected' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_hypotheses_scorer';
  END IF;
  IF NEW.told_at IS DISTINCT FROM OLD.told_at AND (OLD.told_at IS NOT NULL OR (NEW.told_at AT TIME ZONE 'UTC')::date < NEW.due_on) THEN
    RAISE EXCEPTION 'that a day has come is told once, when it has' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_hypotheses_told';
  END IF;
  RETURN NEW;
END $$;
