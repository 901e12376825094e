-- Whether anything but balances follows from entries of that kind.
CREATE OR REPLACE FUNCTION ledger_kind_has_projection(p_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_kind <> ALL (ARRAY['deposit', 'withdrawal_requested', 'withdrawal_paid', 'withdrawal_refused', 'offer_funded', 'offer_refunded', 'resale_funded']);
$$;

-- Whom the shares of a `reserved` account wait for; a resale's still stand in the seller's lots.
CREATE OR REPLACE FUNCTION ledger_project_reserved(p_entry journal_entries) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO reservations (account_id, holder_id, token_id, seller_id, shares)
  SELECT p.to_id, ledger_subject('person', (r->>'holder')::uuid), ledger_subject('token', (p_entry.data->>'token')::uuid),
    CASE WHEN p_entry.kind = 'resale_reserved' THEN f.owner_id END, sum((r->>'shares')::bigint)
  FROM postings p JOIN accounts f ON f.id = p.from_id, jsonb_array_elements(p_entry.data->'reserved') r
  WHERE p.entry_id = p_entry.id AND p.position = 0 GROUP BY 1, 2, 3, 4;
$$;

-- Shares left a `reserved` account: so many fewer wait.
CREATE OR REPLACE FUNCTION ledger_project_unreserved(p_entry_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- An offer's settle all at once, whoever they waited for; a resale's leave by and by.
  DELETE FROM reservations r USING (SELECT from_id, sum(amount) AS shares FROM postings WHERE entry_id = p_entry_id AND asset <> 'USD' GROUP BY 1) p
  WHERE r.account_id = p.from_id AND (r.seller_id IS NULL OR r.shares = p.shares);
  UPDATE reservations r SET shares = r.shares - p.shares
  FROM (SELECT from_id, sum(amount) AS shares FROM postings WHERE entry_id = p_entry_id AND asset <> 'USD' GROUP BY 1) p
  WHERE r.account_id = p.from_id;
END $$;

CREATE OR REPLACE FUNCTION ledger_project_investment(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d jsonb := p_entry.data;
  v_token uuid := ledger_subject('token', (d->>'token')::uuid);
BEGIN
  PERFORM ledger_project_unreserved(p_entry.id);
  INSERT INTO lots (id, seq, entry_id, token_id, deal_id, holder_id, cohort, shares_bought, shares_left, paid_cents,
    cost_left_cents, cap_cents, cap_left_cents, sunset, locked_until, finder, apart, acquired_at)
  SELECT (l->>'lot')::uuid, p_entry.id * 1000 + n, p_entry.id, v_token, p_entry.about_id,
    ledger_subject('person', (l->>'holder')::uuid), d->>'cohort', (l->>'shares')::bigint, (l->>'shares')::bigint,
    (l->>'costCents')::bigint, (l->>'costCents')::bigint, (l->>'capCents')::bigint, (l->>'capCents')::bigint,
    (l->>'sunset')::date, (l->>'lockedUntil')::date, (l->>'finder')::boolean,
    COALESCE((SELECT (p->>'apart')::boolean FROM jsonb_array_elements(d->'parts') p WHERE p->>'investor' = l->>'holder' LIMIT 1), false),
    p_entry.recorded_at
  FROM jsonb_array_elements(d->'lots') WITH ORDINALITY AS x(l, n);
  INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
  SELECT id, p_entry.id, p_entry.recorded_at, shares_bought FROM lots WHERE entry_id = p_entry.id;
  INSERT INTO person_payments (entry_id, payer_id, payee_id, cents, recorded_at)
  SELECT p_entry.id, ledger_subject('person', (p->>'investor')::uuid), t.owner_id, sum((p->>'paidCents')::bigint), p_entry.recorded_at
  FROM jsonb_array_elements(d->'parts') p, tokens t WHERE t.id = v_token GROUP BY 2, 3;
END $$;

-- Lots got so much each: of a gain, or of a sale of shares by the owner of their token (no gain id). A reversal takes it again.
CREATE OR REPLACE FUNCTION ledger_project_paid(p_entry journal_entries, p_parts jsonb, p_gain uuid, p_sign int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM lots WHERE id IN (SELECT (p->>'lot')::uuid FROM jsonb_array_elements(p_parts) p) ORDER BY id FOR UPDATE;
  UPDATE lots l SET cap_left_cents = l.cap_left_cents - p_sign * (p->>'cents')::bigint
  FROM jsonb_array_elements(p_parts) p WHERE l.id = (p->>'lot')::uuid AND l.cap_left_cents IS NOT NULL;
  UPDATE gain_parts g SET paid_cents = g.paid_cents + p_sign * (p->>'cents')::bigint
  FROM jsonb_array_elements(p_parts) p WHERE g.gain_id = p_gain AND g.lot_id = (p->>'lot')::uuid;
  INSERT INTO lot_payments (lot_id, entry_id, gain_id, cents, recorded_at)
  SELECT (p->>'lot')::uuid, p_entry.id, p_gain, p_sign * (p->>'cents')::bigint, p_entry.recorded_at FROM jsonb_array_elements(p_parts) p;
END $$;

-- The owner of the token paid its holders; nobody pays themselves.
CREATE OR REPLACE FUNCTION ledger_project_payers(p_entry journal_entries, p_payer uuid, p_parts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO person_payments (entry_id, payer_id, payee_id, cents, recorded_at)
  SELECT p_entry.id, p_payer, ledger_subject('person', (p->>'holder')::uuid), sum((p->>'cents')::bigint), p_entry.recorded_at
  FROM jsonb_array_elements(p_parts) p WHERE ledger_subject('person', (p->>'holder')::uuid) <> p_payer GROUP BY 3
  ON CONFLICT (entry_id, payer_id, payee_id) DO UPDATE SET cents = person_payments.cents + excluded.cents;
$$;

CREATE OR REPLACE FUNCTION ledger_project_gain(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d jsonb := p_entry.data;
  v_instant timestamptz := (d->>'recordInstant')::timestamptz;
BEGIN
  -- 24:00 of the closing date is the next day's first instant.
  INSERT INTO token_gains (entry_id, token_id, gain_id, year, gain_cents, loss_cents, distributable_cents, record_instant)
  VALUES (p_entry.id, ledger_subject('token', (d->>'token')::uuid), p_entry.about_id, extract(year FROM (v_instant AT TIME ZONE 'UTC')::date - 1),
    greatest(0, (d->>'proceedsCents')::bigint - (d->>'basisCents')::bigint - (d->>'costsCents')::bigint), (d->>'lossCents')::bigint,
    (d->>'distributableCents')::bigint, v_instant)
  ON CONFLICT DO NOTHING;
  INSERT INTO gain_parts (gain_id, lot_id, holder_id, cents)
  SELECT p_entry.about_id, (p->>'lot')::uuid, ledger_subject('person', (p->>'holder')::uuid), (p->>'cents')::bigint
  FROM jsonb_array_elements(d->'parts') p;
END $$;

-- A resale or a parting: first in, first out; what is left of cap, sunset and lock-up goes along with the shares.
CREATE OR REPLACE FUNCTION ledger_project_sale(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d jsonb := p_entry.data;
  v_seller uuid := ledger_subject('person', (d->>'seller')::uuid);
  v_buyer uuid := ledger_subject('person', (d->>'buyer')::uuid);
  v_gain bigint := (d->>'priceCents')::bigint - (SELECT sum((t->>'basisCents')::bigint) FROM jsonb_array_elements(d->'taken') t);
BEGIN
  PERFORM 1 FROM lots WHERE id IN (SELECT (t->>'lot')::uuid FROM jsonb_array_elements(d->'taken') t) ORDER BY id FOR UPDATE;
  PERFORM ledger_project_unreserved(p_entry.id);
  INSERT INTO lots (id, seq, entry_id, token_id, deal_id, from_lot_id, holder_id, cohort, shares_bought, shares_left, paid_cents,
    cost_left_cents, cap_cents, cap_left_cents, sunset, locked_until, finder, apart, acquired_at)
  SELECT (l->>'lot')::uuid, p_entry.id * 1000 + n, p_entry.id, p_entry.about_id, o.deal_id, o.id, v_buyer, NULL,
    (l->>'shares')::bigint, (l->>'shares')::bigint, (l->>'costCents')::bigint, (l->>'costCents')::bigint,
    (l->>'capCents')::bigint, (l->>'capCents')::bigint, (l->>'sunset')::date, (l->>'lockedUntil')::date, (l->>'finder')::boolean,
    (d->>'apart')::boolean, p_entry.recorded_at
  FROM jsonb_array_elements(d->'lots') WITH ORDINALITY AS x(l, n) JOIN lots o ON o.id = (d->'taken'->(n::int - 1)->>'lot')::uuid;
  INSERT INTO sales (entry_id, kind, token_id, seller_id, buyer_id, shares, price_cents, unconnected, apart, recorded_at)
  VALUES (p_entry.id, p_entry.kind, p_entry.about_id, v_seller, v_buyer,
    (SELECT sum((t->>'shares')::bigint) FROM jsonb_array_elements(d->'taken') t), (d->>'priceCents')::bigint,
    (d->>'unconnected')::boolean, (d->>'apart')::boolean, p_entry.recorded_at);
  INSERT INTO sold_lots (lot_id, entry_id, shares, price_cents, basis_cents, carried_cents, cap_cents, new_lot_id)
  SELECT l.id, p_entry.id, (t->>'shares')::bigint, (t->>'priceCents')::bigint, (t->>'basisCents')::bigint, (t->>'carriedCents')::bigint,
    CASE WHEN l.cap_left_cents IS NULL THEN NULL
      WHEN p_entry.kind = 'parting' THEN 0
      WHEN jsonb_array_length(d->'lots') > 0 THEN (d->'lots'->(n::int - 1)->>'capCents')::bigint
      ELSE div((l.cap_left_cents - COALESCE((SELECT sum(g.cents - g.paid_cents) FROM gain_parts g WHERE g.lot_id = l.id), 0)) * (t->>'shares')::numeric, l.shares_left) END,
    (d->'lots'->(n::int - 1)->>'lot')::uuid
  FROM jsonb_array_elements(d->'taken') WITH ORDINALITY AS x(t, n) JOIN lots l ON l.id = (t->>'lot')::uuid;
  UPDATE lots l SET shares_left = l.shares_left - s.shares, cost_left_cents = l.cost_left_cents - s.basis_cents, cap_left_cents = l.cap_left_cents - s.cap_cents
  FROM sold_lots s WHERE s.entry_id = p_entry.id AND l.id = s.lot_id;
  IF EXISTS (
    SELECT 1 FROM sold_lots s JOIN lots taken ON taken.id = s.lot_id JOIN lots l ON l.holder_id = taken.holder_id AND l.token_id = taken.token_id
    WHERE s.entry_id = p_entry.id AND (taken.holder_id <> v_seller OR taken.token_id <> p_entry.about_id OR (l.seq < taken.seq AND l.shares_left > 0))
  ) THEN
    RAISE EXCEPTION 'entry % does not take the first lots first', p_entry.id USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_first_in_first_out';
  END IF;
  INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
  SELECT id, p_entry.id, p_entry.recorded_at, shares_bought FROM lots WHERE entry_id = p_entry.id
  UNION ALL SELECT lot_id, p_entry.id, p_entry.recorded_at, -shares FROM sold_lots WHERE entry_id = p_entry.id;
  INSERT INTO token_gains (entry_id, token_id, year, gain_cents, loss_cents, distributable_cents, record_instant)
  SELECT p_entry.id, t.id, extract(year FROM p_entry.recorded_at AT TIME ZONE 'UTC'), greatest(0, v_gain), greatest(0, -v_gain), (d->>'gainCents')::bigint, p_entry.recorded_at
  FROM tokens t WHERE t.owner_id = v_seller;
  INSERT INTO person_payments (entry_id, payer_id, payee_id, cents, recorded_at)
  SELECT p_entry.id, v_buyer, v_seller, (d->>'priceCents')::bigint, p_entry.recorded_at WHERE (d->>'priceCents')::bigint > 0;
  PERFORM ledger_project_paid(p_entry, d->'ownParts', NULL, 1);
  PERFORM ledger_project_payers(p_entry, v_seller, d->'ownParts');
END $$;

CREATE OR REPLACE FUNCTION ledger_project_mark(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE d jsonb := p_entry.data;
BEGIN
  INSERT INTO marks (entry_id, token_id, price_cents, shares, class, day, event, recorded_at)
  VALUES (p_entry.id, p_entry.about_id, (d->>'priceCents')::bigint, (d->>'shares')::bigint, d->>'class', (d->>'date')::date, d->>'event', p_entry.recorded_at);
  INSERT INTO mark_counts (entry_id, holder_id)
  SELECT p_entry.id, ledger_subject('person', h::uuid) FROM jsonb_array_elements_text(d->'counts') h;
END $$;

-- Brings the projections up to an entry, from its kind, its data and its postings alone.
CREATE OR REPLACE FUNCTION ledger_project(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d jsonb := p_entry.data;
BEGIN
  CASE p_entry.kind
  WHEN 'token_minted' THEN
    UPDATE accounts a SET floor = 8000000 FROM tokens t
    WHERE t.id = p_entry.about_id AND a.owner_id = t.owner_id AND a.purpose = 'shares' AND a.asset = 'TOKEN:' || t.id;
  WHEN 'offer_signed', 'resale_reserved' THEN PERFORM ledger_project_reserved(p_entry);
  WHEN 'offer_left', 'resale_returned' THEN PERFORM ledger_project_unreserved(p_entry.id);
  WHEN 'investment' THEN PERFORM ledger_project_investment(p_entry);
  WHEN 'gain' THEN PERFORM ledger_project_gain(p_entry);
  WHEN 'distribution' THEN
    PERFORM ledger_project_paid(p_entry, d->'parts', p_entry.about_id, 1);
    PERFORM ledger_project_payers(p_entry, (SELECT owner_id FROM tokens WHERE id = ledger_subject('token', (d->>'token')::uuid)), d->'parts');
  WHEN 'lot_ended' THEN
    UPDATE lots SET shares_left = 0, cost_left_cents = 0, ended_at = p_entry.recorded_at, ended_cause = d->>'cause'
    WHERE id = (d->>'lot')::uuid;
    INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
    VALUES ((d->>'lot')::uuid, p_entry.id, p_entry.recorded_at, -(d->>'shares')::bigint);
  WHEN 'resale', 'parting' THEN PERFORM ledger_project_sale(p_entry);
  WHEN 'mark' THEN PERFORM ledger_project_mark(p_entry);
  WHEN 'nothing_declared' THEN
    INSERT INTO nothing_declared (token_id, year, entry_id) VALUES (p_entry.about_id, (d->>'year')::int, p_entry.id);
  WHEN 'same_person' THEN
    INSERT INTO same_persons (entry_id, person_id, other_id) VALUES (p_entry.id, p_entry.about_id, ledger_subject('person', (d->>'other')::uuid));
  WHEN 'claim_repaid' THEN PERFORM ledger_project_repaid(p_entry, 1);
  WHEN 'reversal' THEN PERFORM ledger_project_reversal(p_entry);
  ELSE NULL;
  END CASE;
  PERFORM ledger_project_record(p_entry);
END $$;
