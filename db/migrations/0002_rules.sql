-- What no CHECK can say: rows that never change, and rules that look at two tables.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['journal_entries', 'postings', 'audit_events', 'agreements', 'documents'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_no_change', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
  END LOOP;
END $$;--> statement-breakpoint

CREATE FUNCTION keep_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.handle <> OLD.handle THEN
    RAISE EXCEPTION 'a handle never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_handle_immutable';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER persons_keep_handle BEFORE UPDATE ON persons FOR EACH ROW EXECUTE FUNCTION keep_handle();--> statement-breakpoint

-- T3: nobody under age signs what sells shares. `signed_at` is the injected clock's instant.
CREATE FUNCTION refuse_minor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p persons%ROWTYPE;
BEGIN
  SELECT * INTO p FROM persons WHERE id = NEW.person_id;
  IF (p.date_of_birth + make_interval(years => age_of_majority(p.country)))::date > (NEW.signed_at AT TIME ZONE 'UTC')::date THEN
    RAISE EXCEPTION 'not of age' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreements_of_age';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER agreements_of_age BEFORE INSERT ON agreements FOR EACH ROW EXECUTE FUNCTION refuse_minor();--> statement-breakpoint

-- Offers and applications only go forward, along the arrows of their state machine.
CREATE FUNCTION keep_states() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_transition';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offers_transition BEFORE UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION keep_states(
  'funding>open', 'funding>lapsed', 'open>signed', 'open>declined', 'open>lapsed', 'signed>settled', 'signed>left');--> statement-breakpoint
CREATE TRIGGER applications_transition BEFORE UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION keep_states(
  'draft>submitted', 'draft>withdrawn', 'submitted>withdrawn', 'withdrawn>draft', 'submitted>admitted', 'submitted>declined');--> statement-breakpoint
CREATE TRIGGER deposits_transition BEFORE UPDATE ON deposits FOR EACH ROW EXECUTE FUNCTION keep_states(
  'requested>confirmed', 'requested>refused');--> statement-breakpoint
CREATE TRIGGER withdrawals_transition BEFORE UPDATE ON withdrawals FOR EACH ROW EXECUTE FUNCTION keep_states(
  'requested>paid', 'requested>refused');--> statement-breakpoint
CREATE TRIGGER investor_verifications_transition BEFORE UPDATE ON investor_verifications FOR EACH ROW EXECUTE FUNCTION keep_states(
  'requested>approved', 'requested>refused');--> statement-breakpoint

-- An offer's terms are fixed from the moment it exists.
CREATE FUNCTION keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.amount_cents, NEW.shares, NEW.student_id, NEW.made_by, NEW.enrolment_id, NEW.finder_stake_bps)
       IS DISTINCT FROM (OLD.amount_cents, OLD.shares, OLD.student_id, OLD.made_by, OLD.enrolment_id, OLD.finder_stake_bps)
     OR NEW.payout_cap_multiple IS DISTINCT FROM OLD.payout_cap_multiple OR NEW.sunset_years IS DISTINCT FROM OLD.sunset_years THEN
    RAISE EXCEPTION 'the terms of an offer never change' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_terms_fixed';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offers_keep_terms BEFORE UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION keep_terms();--> statement-breakpoint

-- T18: only who holds a verification that lasts may fund a part. Checked at the part's insertion.
CREATE FUNCTION refuse_unverified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM investor_verifications v JOIN offers o ON o.id = NEW.offer_id
    WHERE v.person_id = NEW.investor_id AND v.state = 'approved' AND v.decided_at <= o.created_at AND v.expires_at > o.created_at
  ) THEN
    RAISE EXCEPTION 'not a verified investor' USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_parts_verified';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offer_parts_verified BEFORE INSERT ON offer_parts FOR EACH ROW EXECUTE FUNCTION refuse_unverified();--> statement-breakpoint

-- Everything that stands in the public log has its random id there from the start.
CREATE FUNCTION give_log_id() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO log_ids (kind, subject_id) VALUES (TG_ARGV[0], NEW.id);
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['persons', 'person'], ['tokens', 'token'], ['offers', 'offer'], ['offer_parts', 'offer_part'],
    ['gains', 'gain'], ['deposits', 'deposit'], ['withdrawals', 'withdrawal']] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION give_log_id(%L)', pair[1] || '_log_id', pair[1], pair[2]);
  END LOOP;
END $$;
