ALTER TABLE "decision_releases" DROP CONSTRAINT "decision_releases_counts";--> statement-breakpoint
DROP INDEX "review_assignments_reviewer";--> statement-breakpoint
DROP INDEX "reviews_reviewer";--> statement-breakpoint
ALTER TABLE "review_assignments" ADD COLUMN "cohort_id" uuid;--> statement-breakpoint
UPDATE review_assignments g SET cohort_id = a.cohort_id FROM applications a WHERE a.id = g.application_id;--> statement-breakpoint
ALTER TABLE "review_assignments" ALTER COLUMN "cohort_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD COLUMN "waiting" boolean DEFAULT true NOT NULL;--> statement-breakpoint
UPDATE review_assignments g SET waiting = false FROM reviews v WHERE v.application_id = g.application_id AND v.reviewer_id = g.reviewer_id AND v.state <> 'draft';--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_state" ON "applications" USING btree ("cohort_id","state","submitted_at","id");--> statement-breakpoint
CREATE INDEX "review_assignments_waiting" ON "review_assignments" USING btree ("reviewer_id","cohort_id","application_id") WHERE waiting;--> statement-breakpoint
CREATE INDEX "review_assignments_reviewer" ON "review_assignments" USING btree ("reviewer_id","cohort_id","application_id");--> statement-breakpoint
CREATE INDEX "reviews_reviewer" ON "reviews" USING btree ("reviewer_id","submitted_at","id");--> statement-breakpoint
ALTER TABLE "decision_releases" ADD CONSTRAINT "decision_releases_counts" CHECK ("decision_releases"."total" >= 0 and "decision_releases"."done" between 0 and "decision_releases"."total" and ("decision_releases"."finished_at" is null or "decision_releases"."done" = "decision_releases"."total"));--> statement-breakpoint

-- Nobody is given, or writes, a review of somebody with whom they are conflicted (T29). What they wrote before stays. Asked once for each
-- reviewer of a statement.
DROP TRIGGER reviews_conflict ON reviews;--> statement-breakpoint
DROP TRIGGER review_assignments_conflict ON review_assignments;--> statement-breakpoint
DROP FUNCTION refuse_conflicted();--> statement-breakpoint
CREATE FUNCTION refuse_conflicted_reviews() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM (SELECT DISTINCT g.reviewer_id, a.cohort_id FROM given g JOIN applications a ON a.id = g.application_id WHERE g.state <> 'abstained') w
    CROSS JOIN LATERAL review_conflicts(w.reviewer_id, w.cohort_id) c
    JOIN applications a ON a.cohort_id = w.cohort_id AND a.applicant_id = c.applicant_id
    JOIN given g ON g.application_id = a.id AND g.reviewer_id = w.reviewer_id AND g.state <> 'abstained';
  IF FOUND THEN
    RAISE EXCEPTION 'conflicted' USING ERRCODE = 'check_violation', CONSTRAINT = 'reviews_conflict';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION refuse_conflicted_assignments() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM given g JOIN applications a ON a.id = g.application_id WHERE a.cohort_id <> g.cohort_id;
  IF FOUND THEN
    RAISE EXCEPTION 'an application of another cohort' USING ERRCODE = 'check_violation', CONSTRAINT = 'review_assignments_cohort';
  END IF;
  PERFORM 1 FROM (SELECT DISTINCT reviewer_id, cohort_id FROM given) w
    CROSS JOIN LATERAL review_conflicts(w.reviewer_id, w.cohort_id) c
    JOIN applications a ON a.cohort_id = w.cohort_id AND a.applicant_id = c.applicant_id
    JOIN given g ON g.application_id = a.id AND g.reviewer_id = w.reviewer_id;
  IF FOUND THEN
    RAISE EXCEPTION 'conflicted' USING ERRCODE = 'check_violation', CONSTRAINT = 'review_assignments_conflict';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER reviews_conflict AFTER INSERT ON reviews REFERENCING NEW TABLE AS given FOR EACH STATEMENT EXECUTE FUNCTION refuse_conflicted_reviews();--> statement-breakpoint
CREATE TRIGGER review_assignments_conflict AFTER INSERT ON review_assignments REFERENCING NEW TABLE AS given FOR EACH STATEMENT EXECUTE FUNCTION refuse_conflicted_assignments();--> statement-breakpoint

-- Whether an assignment waits for its reviewer, as their review says.
CREATE FUNCTION keep_waiting() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE review_assignments SET waiting = (NEW.state = 'draft') WHERE application_id = NEW.application_id AND reviewer_id = NEW.reviewer_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER reviews_waiting AFTER INSERT OR UPDATE OF state ON reviews FOR EACH ROW EXECUTE FUNCTION keep_waiting();--> statement-breakpoint

-- What is on its way out is taken back while its batch has not come.
DROP TRIGGER decisions_transition ON decisions;--> statement-breakpoint
CREATE TRIGGER decisions_transition BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION keep_states(
  'pending>releasing', 'pending>dropped', 'releasing>released', 'releasing>dropped', 'releasing>pending');
