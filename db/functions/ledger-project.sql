-- The subject (person, token, …) behind a log id.
CREATE OR REPLACE FUNCTION ledger_subject(p_kind text, p_log_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT subject_id FROM log_ids WHERE log_id = p_log_id AND kind = p_kind;
$$;

-- Brings the projections up to an entry, from its kind and data alone.
CREATE OR REPLACE FUNCTION ledger_project(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d jsonb := p_entry.data;
  v_account bigint;
BEGIN
  CASE p_entry.kind
  WHEN 'token_minted' THEN
    UPDATE accounts a SET floor = 8000000 FROM tokens t
    WHERE t.id = p_entry.about_id AND a.owner_id = t.owner_id AND a.purpose = 'shares' AND a.asset = 'TOKEN:' || t.id;
  WHEN 'offer_signed' THEN
    SELECT to_id INTO v_account FROM postings WHERE entry_id = p_entry.id AND position = 0;
    INSERT INTO reservations (account_id, holder_id, token_id, shares)
    SELECT v_account, ledger_subject('person', (r->>'holder')::uuid), ledger_subject('token', (d->>'token')::uuid), sum((r->>'shares')::bigint)
    FROM jsonb_array_elements(d->'reserved') r GROUP BY 2;
  WHEN 'offer_left' THEN
    DELETE FROM reservations WHERE account_id IN (SELECT from_id FROM postings WHERE entry_id = p_entry.id AND asset <> 'USD');
  WHEN 'investment' THEN
    DELETE FROM reservations WHERE account_id IN (SELECT from_id FROM postings WHERE entry_id = p_entry.id AND asset <> 'USD');
    INSERT INTO lots (id, seq, entry_id, token_id, deal_id, holder_id, cohort, shares_bought, shares_left, paid_cents,
      cost_left_cents, cap_cents, cap_left_cents, sunset, locked_until, finder, apart, acquired_at)
    SELECT (l->>'lot')::uuid, p_entry.id * 1000 + n, p_entry.id, ledger_subject('token', (d->>'token')::uuid), p_entry.about_id,
      ledger_subject('person', (l->>'holder')::uuid), d->>'cohort', (l->>'shares')::bigint, (l->>'shares')::bigint,
      (l->>'costCents')::bigint, (l->>'costCents')::bigint, (l->>'capCents')::bigint, (l->>'capCents')::bigint,
      (l->>'sunset')::date, (l->>'lockedUntil')::date, (l->>'finder')::boolean,
      COALESCE((SELECT (p->>'apart')::boolean FROM jsonb_array_elements(d->'parts') p WHERE p->>'investor' = l->>'holder' LIMIT 1), false),
      p_entry.recorded_at
    FROM jsonb_array_elements(d->'lots') WITH ORDINALITY AS x(l, n);
    INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
    SELECT id, p_entry.id, p_entry.recorded_at, shares_bought FROM lots WHERE entry_id = p_entry.id;
  WHEN 'gain' THEN
    INSERT INTO gain_parts (gain_id, lot_id, holder_id, cents)
    SELECT p_entry.about_id, (p->>'lot')::uuid, ledger_subject('person', (p->>'holder')::uuid), (p->>'cents')::bigint
    FROM jsonb_array_elements(d->'parts') p;
  WHEN 'distribution' THEN
    PERFORM 1 FROM lots WHERE id IN (SELECT (p->>'lot')::uuid FROM jsonb_array_elements(d->'parts') p) ORDER BY id FOR UPDATE;
    UPDATE lots l SET cap_left_cents = l.cap_left_cents - (p->>'cents')::bigint
    FROM jsonb_array_elements(d->'parts') p WHERE l.id = (p->>'lot')::uuid AND l.cap_left_cents IS NOT NULL;
    UPDATE gain_parts g SET paid_cents = g.paid_cents + (p->>'cents')::bigint
    FROM jsonb_array_elements(d->'parts') p WHERE g.gain_id = p_entry.about_id AND g.lot_id = (p->>'lot')::uuid;
    INSERT INTO lot_payments (lot_id, entry_id, gain_id, cents, recorded_at)
    SELECT (p->>'lot')::uuid, p_entry.id, p_entry.about_id, (p->>'cents')::bigint, p_entry.recorded_at FROM jsonb_array_elements(d->'parts') p;
  WHEN 'lot_ended' THEN
    UPDATE lots SET shares_left = 0, cost_left_cents = 0, ended_at = p_entry.recorded_at, ended_cause = d->>'cause'
    WHERE id = (d->>'lot')::uuid;
    INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
    VALUES ((d->>'lot')::uuid, p_entry.id, p_entry.recorded_at, -(d->>'shares')::bigint);
  ELSE NULL;
  END CASE;
END $$;
