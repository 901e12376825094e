-- T21: a referral counts for nobody who had applied there before it was sent. The first time counts: an application that was withdrawn
-- or sent back since, and submitted again, had been there all the same.
CREATE FUNCTION applied_before(p_person uuid, p_cohort uuid, p_before timestamptz) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM applications a WHERE a.applicant_id = p_person AND a.cohort_id = p_cohort AND (
      a.submitted_at < p_before
      OR EXISTS (SELECT 1 FROM application_events e WHERE e.application_id = a.id AND e.kind = 'submitted' AND e.at < p_before)
    )
  )
$$;--> statement-breakpoint
CREATE FUNCTION refuse_applied_before() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF applied_before(NEW.talent_id, NEW.cohort_id, NEW.sent_at) THEN
    RAISE EXCEPTION 'they had applied there before' USING ERRCODE = 'check_violation', CONSTRAINT = 'referrals_applied_before';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER referrals_applied_before_new BEFORE INSERT ON referrals FOR EACH ROW
  WHEN (NEW.state = 'confirmed' AND NEW.cohort_id IS NOT NULL) EXECUTE FUNCTION refuse_applied_before();--> statement-breakpoint
CREATE TRIGGER referrals_applied_before BEFORE UPDATE ON referrals FOR EACH ROW
  WHEN (NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND NEW.cohort_id IS NOT NULL) EXECUTE FUNCTION refuse_applied_before();--> statement-breakpoint

-- T21, T22: a finder's stake is the cohort's, for a scout whom the student confirmed in time.
CREATE OR REPLACE FUNCTION refuse_finder() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.finder_id IS NOT NULL AND (
    NEW.finder_stake_bps <> (SELECT finder_stake_bps FROM cohorts WHERE id = NEW.cohort_id)
    OR NOT EXISTS (
      SELECT 1 FROM referrals r JOIN enrolments e ON e.id = NEW.enrolment_id JOIN applications a ON a.id = e.application_id
      WHERE r.state = 'confirmed' AND r.scout_id = NEW.finder_id AND r.talent_id = NEW.student_id AND NEW.created_at < r.invest_by
        AND a.submitted_at >= r.sent_at AND a.submitted_at < r.apply_by AND NOT applied_before(NEW.student_id, NEW.cohort_id, r.sent_at)
    )
  ) THEN
    RAISE EXCEPTION 'not the finder' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_finder_confirmed';
  END IF;
  RETURN NEW;
END $$;
