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

-- T3: nobody under age signs what sells shares, nor before the day of their majority has begun where they live, which may be as far
-- behind UTC as 12 hours. `signed_at` is the injected clock's instant.
CREATE FUNCTION refuse_minor() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE p persons%ROWTYPE;
BEGIN
  SELECT * INTO p FROM persons WHERE id = NEW.person_id;
  IF (p.date_of_birth + make_interval(years => age_of_majority(p.country)))::date > (NEW.signed_at AT TIME ZONE 'UTC' - interval '12 hours')::date THEN
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

-- An offer's terms are fixed from the moment it exists, its times from the moment they are set.
CREATE FUNCTION keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.amount_cents, NEW.shares, NEW.student_id, NEW.made_by, NEW.cohort_id, NEW.enrolment_id, NEW.finder_stake_bps, NEW.message, NEW.created_at)
       IS DISTINCT FROM (OLD.amount_cents, OLD.shares, OLD.student_id, OLD.made_by, OLD.cohort_id, OLD.enrolment_id, OLD.finder_stake_bps, OLD.message, OLD.created_at)
     OR NEW.payout_cap_multiple IS DISTINCT FROM OLD.payout_cap_multiple OR NEW.sunset_years IS DISTINCT FROM OLD.sunset_years
     OR NEW.finder_id IS DISTINCT FROM OLD.finder_id
     OR (OLD.sent_at IS NOT NULL AND (NEW.sent_at, NEW.expires_at) IS DISTINCT FROM (OLD.sent_at, OLD.expires_at))
     OR (OLD.signed_at IS NOT NULL AND (NEW.signed_at, NEW.settles_at, NEW.investor_may_leave_until, NEW.agreement_id)
       IS DISTINCT FROM (OLD.signed_at, OLD.settles_at, OLD.investor_may_leave_until, OLD.agreement_id)) THEN
    RAISE EXCEPTION 'the terms of an offer never change' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_terms_fixed';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offers_keep_terms BEFORE UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION keep_terms();--> statement-breakpoint

-- T18: only who holds a verification that lasts may fund a part. Checked at the part's insertion.
CREATE FUNCTION refuse_unverified() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
-- With such rights it could else be hung on a table of the caller's own.
REVOKE EXECUTE ON FUNCTION give_log_id() FROM PUBLIC;--> statement-breakpoint
DO $$
DECLARE pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['persons', 'person'], ['tokens', 'token'], ['offers', 'offer'], ['offer_parts', 'offer_part'],
    ['gains', 'gain'], ['deposits', 'deposit'], ['withdrawals', 'withdrawal']] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION give_log_id(%L)', pair[1] || '_log_id', pair[1], pair[2]);
  END LOOP;
END $$;--> statement-breakpoint

-- The columns named say what the row is about, and never change.
CREATE FUNCTION keep_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o jsonb := to_jsonb(OLD);
  n jsonb := to_jsonb(NEW);
  c text;
BEGIN
  FOREACH c IN ARRAY TG_ARGV LOOP
    IF n->c IS DISTINCT FROM o->c THEN
      RAISE EXCEPTION '% of % never changes', c, TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_fixed';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER tokens_fixed BEFORE UPDATE ON tokens FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'owner_id', 'minted_at', 'agreement_id');--> statement-breakpoint
CREATE TRIGGER offer_parts_fixed BEFORE UPDATE ON offer_parts FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'offer_id', 'investor_id', 'amount_cents', 'shares');--> statement-breakpoint
CREATE TRIGGER gains_fixed BEFORE UPDATE ON gains FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'token_id', 'closing_date', 'proceeds_cents', 'basis_cents', 'costs_cents', 'loss_cents', 'distributable_cents', 'declared_at');--> statement-breakpoint
CREATE TRIGGER deposits_fixed BEFORE UPDATE ON deposits FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'person_id', 'amount_cents', 'reference', 'requested_at');--> statement-breakpoint
CREATE TRIGGER withdrawals_fixed BEFORE UPDATE ON withdrawals FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'person_id', 'amount_cents', 'destination', 'requested_at');--> statement-breakpoint
CREATE TRIGGER investor_verifications_fixed BEFORE UPDATE ON investor_verifications FOR EACH ROW EXECUTE FUNCTION keep_columns(
  'id', 'person_id', 'basis', 'statement', 'requested_at');--> statement-breakpoint

-- Parts are agreed while an offer is being funded; what was funded stays so.
CREATE FUNCTION keep_parts() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM 1 FROM offers WHERE id = NEW.offer_id AND state = 'funding' FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'an offer takes parts only while it is being funded' USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_parts_while_funding';
    END IF;
  ELSIF OLD.funded_at IS NOT NULL AND NEW.funded_at IS DISTINCT FROM OLD.funded_at THEN
    RAISE EXCEPTION 'a funded part stays funded' USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_parts_fixed';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offer_parts_kept BEFORE INSERT OR UPDATE ON offer_parts FOR EACH ROW EXECUTE FUNCTION keep_parts();--> statement-breakpoint

-- T14: an offer begins unfunded and goes out when its funded parts add up to it exactly.
CREATE FUNCTION send_funded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'funding' THEN
      RAISE EXCEPTION 'an offer begins unfunded' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_funded';
    END IF;
  ELSIF OLD.state = 'funding' AND NEW.state = 'open' AND NOT EXISTS (
    SELECT 1 FROM offer_parts WHERE offer_id = NEW.id AND funded_at IS NOT NULL
    HAVING sum(amount_cents) = NEW.amount_cents AND sum(shares) = NEW.shares
  ) THEN
    RAISE EXCEPTION 'the funded parts are not the offer' USING ERRCODE = 'check_violation', CONSTRAINT = 'offers_funded';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER offers_funded BEFORE INSERT OR UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION send_funded();--> statement-breakpoint

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
CREATE TRIGGER withdrawals_held BEFORE INSERT OR UPDATE ON withdrawals FOR EACH ROW EXECUTE FUNCTION hold_withdrawals();--> statement-breakpoint

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
CREATE TRIGGER offers_finder_confirmed BEFORE INSERT ON offers FOR EACH ROW EXECUTE FUNCTION refuse_finder();--> statement-breakpoint

-- What search looks in.
CREATE INDEX persons_search ON persons USING gin (search_words(display_name || ' ' || handle)) WHERE email_verified_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX profiles_search ON profiles USING gin (search_words(headline));--> statement-breakpoint
CREATE INDEX cohorts_search ON cohorts USING gin (search_words(title || ' ' || skill || ' ' || pitch));--> statement-breakpoint

-- 244 bits of the server's strong randomness, once for this database.
INSERT INTO "mail_secret" ("secret") VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));--> statement-breakpoint

-- What is sold on, bought back, put off and taken back.
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
CREATE TRIGGER resale_purchases_verified BEFORE INSERT ON resale_purchases FOR EACH ROW EXECUTE FUNCTION refuse_buyer();--> statement-breakpoint

-- Hot accounts change in place: room for their next version on the same page.
ALTER TABLE accounts SET (fillfactor = 50);
