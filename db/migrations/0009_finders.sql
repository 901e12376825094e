ALTER TABLE "referrals" DROP CONSTRAINT "referrals_state";--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_finder" CHECK (("offers"."finder_id" is null) = ("offers"."finder_stake_bps" = 0) and "offers"."finder_id" is distinct from "offers"."student_id");--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_state" CHECK ("referrals"."state" in ('sent', 'confirmed', 'declined', 'lapsed'));--> statement-breakpoint
-- Referrals and invitations only go forward, and stay about whom they are about.
CREATE TRIGGER referrals_transition BEFORE UPDATE ON referrals FOR EACH ROW EXECUTE FUNCTION keep_states(
  'sent>confirmed', 'sent>declined', 'sent>lapsed', 'confirmed>lapsed');--> statement-breakpoint
CREATE TRIGGER referrals_fixed BEFORE UPDATE ON referrals FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'scout_id', 'talent_email', 'talent_name', 'cohort_id', 'reasons', 'token_hash', 'sent_at', 'apply_by', 'invest_by');--> statement-breakpoint
CREATE TRIGGER cohort_teachers_transition BEFORE UPDATE ON cohort_teachers FOR EACH ROW EXECUTE FUNCTION keep_states(
  'invited>accepted', 'invited>declined', 'invited>withdrawn');--> statement-breakpoint
CREATE TRIGGER cohort_teachers_fixed BEFORE UPDATE ON cohort_teachers FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'cohort_id', 'email', 'token_hash', 'invited_by', 'invited_at');--> statement-breakpoint

-- T21: a scout is of age and has a confirmed address.
CREATE FUNCTION refuse_minor_scout() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE p persons%ROWTYPE;
BEGIN
  SELECT * INTO p FROM persons WHERE id = NEW.scout_id;
  IF p.email_verified_at IS NULL OR p.email = NEW.talent_email
     OR (p.date_of_birth + make_interval(years => age_of_majority(p.country)))::date > (NEW.sent_at AT TIME ZONE 'UTC' - interval '12 hours')::date THEN
    RAISE EXCEPTION 'not a scout' USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_scout_may';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER referrals_scout_may BEFORE INSERT ON referrals FOR EACH ROW EXECUTE FUNCTION refuse_minor_scout();--> statement-breakpoint

-- T21, T22: a finder's stake is the cohort's, for a scout whom the student confirmed in time.
CREATE FUNCTION refuse_finder() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.finder_id IS NOT NULL AND (
    NEW.finder_stake_bps <> (SELECT finder_stake_bps FROM cohorts WHERE id = NEW.cohort_id)
    OR NOT EXISTS (
      SELECT 1 FROM referrals r JOIN enrolments e ON e.id = NEW.enrolment_id JOIN applications a ON a.id = e.application_id
      WHERE r.state = 'confirmed' AND r.scout_id = NEW.finder_id AND r.talent_id = NEW.student_id AND NEW.created_at < r.invest_by
        AND a.submitted_at >= r.sent_at AND a.submitted_at < r.apply_by
    )
  ) THEN
    RAISE EXCEPTION 'not the finder' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_finder_confirmed';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offers_finder_confirmed BEFORE INSERT ON offers FOR EACH ROW EXECUTE FUNCTION refuse_finder();
