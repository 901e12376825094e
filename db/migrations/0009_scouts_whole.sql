ALTER TABLE "referral_hypotheses" ADD CONSTRAINT "referral_hypotheses_evidence" CHECK (length(trim("referral_hypotheses"."evidence")) between 1 and 2000);--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_reasons" CHECK ("referrals"."link_id" is not null or length(trim("referrals"."reasons")) > 0);--> statement-breakpoint

-- What a scout expects of somebody is said when they refer them, of a day to come, and not too much of it; somebody else scores it,
-- of a referral that the talent confirmed.
CREATE FUNCTION check_hypothesis() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r referrals;
  v_said date := (NEW.stated_at AT TIME ZONE 'UTC')::date;
BEGIN
  SELECT * INTO r FROM referrals WHERE id = NEW.referral_id FOR UPDATE;
  IF TG_OP = 'INSERT' THEN
    IF NEW.outcome IS NOT NULL OR r.state NOT IN ('sent', 'confirmed') OR NEW.stated_at < r.sent_at OR NEW.stated_at >= r.sent_at + interval '14 days'
       OR NEW.due_on < v_said + 30 OR NEW.due_on > (v_said + interval '5 years')::date
       OR (SELECT count(*) FROM referral_hypotheses WHERE referral_id = NEW.referral_id) >= 5 THEN
      RAISE EXCEPTION 'a hypothesis is said in time, and of a day to come' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_hypotheses_said';
    END IF;
  ELSIF NEW.outcome IS NOT NULL AND (r.talent_id IS NULL OR r.state NOT IN ('confirmed', 'lapsed') OR NEW.scored_by IS NULL OR NEW.scored_by = r.scout_id) THEN
    RAISE EXCEPTION 'somebody else scores what a scout expected' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_hypotheses_scorer';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER referral_hypotheses_said BEFORE INSERT OR UPDATE ON referral_hypotheses FOR EACH ROW EXECUTE FUNCTION check_hypothesis();--> statement-breakpoint
CREATE TRIGGER referral_hypotheses_no_delete BEFORE DELETE ON referral_hypotheses FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- A referral by a link came while the link was live, and is that scout's own.
CREATE FUNCTION check_scout_link() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM scout_links k WHERE k.id = NEW.link_id AND k.scout_id = NEW.scout_id AND k.cohort_id IS NOT DISTINCT FROM NEW.cohort_id
    AND NEW.sent_at >= k.made_at AND NEW.sent_at < k.expires_at AND k.revoked_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not by this link' USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_by_link';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER referrals_by_link BEFORE INSERT ON referrals FOR EACH ROW WHEN (NEW.link_id IS NOT NULL) EXECUTE FUNCTION check_scout_link();--> statement-breakpoint
CREATE TRIGGER referrals_link_fixed BEFORE UPDATE ON referrals FOR EACH ROW EXECUTE FUNCTION keep_columns('link_id');
