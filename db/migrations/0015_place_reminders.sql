ALTER TABLE "enrolments" ADD COLUMN "reminded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_reminded" CHECK ("enrolments"."reminded_at" is null or ("enrolments"."confirm_by" is not null and "enrolments"."reminded_at" >= "enrolments"."enrolled_at" and "enrolments"."reminded_at" < "enrolments"."confirm_by"));--> statement-breakpoint

-- A place is to be confirmed by the beginning of its cohort at the latest.
CREATE FUNCTION check_confirm_by() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.confirm_by IS NOT DISTINCT FROM OLD.confirm_by THEN
    RETURN NEW;
  END IF;
  IF NEW.confirm_by > (SELECT starts_at FROM cohorts WHERE id = NEW.cohort_id) THEN
    RAISE EXCEPTION 'a place is confirmed before its cohort begins' USING ERRCODE = 'check_violation', CONSTRAINT = 'confirm_by_within';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER decisions_confirm_by BEFORE INSERT OR UPDATE OF confirm_by ON decisions
  FOR EACH ROW WHEN (NEW.confirm_by IS NOT NULL) EXECUTE FUNCTION check_confirm_by();--> statement-breakpoint
CREATE TRIGGER enrolments_confirm_by BEFORE INSERT OR UPDATE OF confirm_by ON enrolments
  FOR EACH ROW WHEN (NEW.confirm_by IS NOT NULL) EXECUTE FUNCTION check_confirm_by();
