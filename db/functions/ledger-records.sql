-- What a record is made of, kept in the posting transaction: every cash event of every lot (record_flows), and the sums of each
-- person's position in each token (person_totals).

-- Whether a gain closed so soon after a lot was acquired that its cash stands apart. A test compares the days with app/policy.ts.
CREATE OR REPLACE FUNCTION ledger_is_early(p_acquired timestamptz, p_closing date) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_closing - (p_acquired AT TIME ZONE 'UTC')::date <= 180;
$$;

-- The grade of a gain that stands: the latest evidence that nobody reversed, else what it was declared with. Asked without regard to
-- the order of ids: an evidence that is committed while a payment with a lower id waits for the gain's parts, which both hold, must
-- be seen by it. A replay, which sees later evidence too soon, ends the same: the last regrading decides.
CREATE OR REPLACE FUNCTION ledger_grade(p_gain uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.data->>'grade' FROM journal_entries e
  WHERE e.about_type = 'gain' AND e.about_id = p_gain AND e.kind IN ('gain', 'evidence')
    AND (e.kind = 'gain' OR NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id))
  ORDER BY e.id DESC LIMIT 1;
$$;

-- Whether cash of a gain of that grade is confirmed (T12). A test compares it with the code's.
CREATE OR REPLACE FUNCTION ledger_grade_is_confirmed(p_grade text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_grade IN ('counterparty', 'tax_transcript');
$$;

-- A distribution's cash, by the gain's grade and closing date.
CREATE OR REPLACE FUNCTION ledger_flows_of_distribution(p_entry journal_entries, p_day date) RETURNS SETOF record_flows
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, p_entry.id, 0, l.holder_id, l.token_id, p_day, 'distribution', p_entry.about_id, g.grade,
    ledger_grade_is_confirmed(g.grade), ledger_is_early(l.acquired_at, g.closing), (p->>'cents')::bigint, 0::bigint
  FROM jsonb_array_elements(p_entry.data->'parts') p JOIN lots l ON l.id = (p->>'lot')::uuid CROSS JOIN (
    SELECT ledger_grade(p_entry.about_id) AS grade, ((e.data->>'recordInstant')::timestamptz AT TIME ZONE 'UTC')::date - 1 AS closing
    FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = p_entry.about_id AND e.kind = 'gain' ORDER BY e.id LIMIT 1) g;
$$;

-- A resale's or a parting's cash (T24a). Of a taken lot the price is confirmed where the buyer is unconnected, else up to what the lot
-- was carried at the day before. What the seller's own holders got is taken off over these sums by largest remainder, ties to the
-- earlier; to those holders it is a distribution, as well confirmed as the sale.
CREATE OR REPLACE FUNCTION ledger_flows_of_sale(p_entry journal_entries, p_day date) RETURNS SETOF record_flows
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH taken AS (
    SELECT (t->>'lot')::uuid AS lot_id, i, (t->>'priceCents')::bigint AS price,
      CASE WHEN (p_entry.data->>'unconnected')::boolean THEN (t->>'priceCents')::bigint
        ELSE least((t->>'priceCents')::bigint, (t->>'carriedCents')::bigint) END AS confirmed
    FROM jsonb_array_elements(p_entry.data->'taken') WITH ORDINALITY AS x(t, i)
  ), events AS (
    SELECT lot_id, i, n, n = 0 AS confirmed, cents, sum(cents) OVER () AS total, row_number() OVER (ORDER BY i, n) AS place
    FROM (SELECT lot_id, i, 0 AS n, confirmed AS cents FROM taken UNION ALL SELECT lot_id, i, 1, price - confirmed FROM taken) e WHERE cents > 0
  ), own AS (SELECT COALESCE(sum((p->>'cents')::bigint), 0) AS cents FROM jsonb_array_elements(p_entry.data->'ownParts') p
  ), divided AS (
    SELECT e.*, div(o.cents * e.cents, e.total)::bigint AS part,
      row_number() OVER (ORDER BY mod(o.cents * e.cents, e.total) DESC, e.place) AS turn,
      (o.cents - sum(div(o.cents * e.cents, e.total)) OVER ())::bigint AS rest
    FROM events e, own o
  )
  SELECT l.id, p_entry.id, d.n, l.holder_id, l.token_id, p_day, 'proceeds', NULL::uuid, NULL, d.confirmed, false, d.cents,
    d.part + CASE WHEN d.turn <= d.rest THEN 1 ELSE 0 END
  FROM divided d JOIN lots l ON l.id = d.lot_id
  UNION ALL
  SELECT l.id, p_entry.id, 2, l.holder_id, l.token_id, p_day, 'distribution', NULL, NULL, (p_entry.data->>'unconnected')::boolean,
    ledger_is_early(l.acquired_at, p_day), (p->>'cents')::bigint, 0
  FROM jsonb_array_elements(p_entry.data->'ownParts') p JOIN lots l ON l.id = (p->>'lot')::uuid;
$$;

-- What came back to those who had paid in a reversed investment or resale: the cash that the reversal moved into the escrows it had
-- come from. It stands with the first lot that each of them bought.
CREATE OR REPLACE FUNCTION ledger_flows_given_back(p_entry journal_entries, p_of journal_entries, p_day date) RETURNS SETOF record_flows
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH paid AS (
    SELECT ledger_subject('person', CASE p_of.kind WHEN 'investment' THEN (p_of.data->'parts'->p.position->>'investor')::uuid
        ELSE (p_of.data->>'buyer')::uuid END) AS payer_id, back.cents
    FROM postings p JOIN accounts a ON a.id = p.from_id
    CROSS JOIN LATERAL (SELECT sum(b.amount)::bigint AS cents FROM postings b WHERE b.entry_id = p_entry.id AND b.to_id = p.from_id AND b.asset = 'USD') back
    WHERE p.entry_id = p_of.id AND p.asset = 'USD' AND a.purpose IN ('escrow', 'cash')
      AND CASE p_of.kind WHEN 'investment' THEN a.purpose = 'escrow' ELSE p.position = 0 END
  )
  SELECT l.id, p_entry.id, 3, l.holder_id, l.token_id, p_day, 'proceeds', NULL::uuid, NULL, true, false, sum(paid.cents)::bigint, 0::bigint
  FROM paid CROSS JOIN LATERAL (
    SELECT * FROM lots WHERE entry_id = p_of.id AND holder_id = paid.payer_id AND NOT finder ORDER BY seq LIMIT 1) l
  WHERE paid.cents > 0 GROUP BY l.id, l.holder_id, l.token_id;
$$;

-- A reversal takes the events of the reversed entry away again, on its own day; and gives cash back.
CREATE OR REPLACE FUNCTION ledger_flows_of_reversal(p_entry journal_entries, p_day date) RETURNS SETOF record_flows
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_of journal_entries;
BEGIN
  SELECT * INTO v_of FROM journal_entries WHERE id = p_entry.reverses_id;
  RETURN QUERY SELECT f.lot_id, p_entry.id, f.n, f.holder_id, f.token_id, p_day,
    CASE f.kind WHEN 'distribution' THEN 'distribution_reversed' WHEN 'proceeds' THEN 'proceeds_reversed' END,
    f.gain_id, f.grade, f.confirmed, f.early, f.cents, f.own_cents
  FROM record_flows f WHERE f.entry_id = v_of.id;
  IF v_of.kind IN ('investment', 'resale') THEN RETURN QUERY SELECT * FROM ledger_flows_given_back(p_entry, v_of, p_day); END IF;
END $$;

-- What was still due to somebody who had paid counts as proceeds when it comes.
CREATE OR REPLACE FUNCTION ledger_flows_of_repayment(p_entry journal_entries, p_day date) RETURNS SETOF record_flows
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, p_entry.id, 0, l.holder_id, l.token_id, p_day, 'proceeds', NULL::uuid, NULL, true, false, (p_entry.data->>'cents')::bigint, 0::bigint
  FROM journal_entries r JOIN journal_entries o ON o.id = r.reverses_id CROSS JOIN LATERAL (
    SELECT * FROM lots WHERE entry_id = o.id AND holder_id = ledger_subject('person', (p_entry.data->>'creditor')::uuid) AND NOT finder ORDER BY seq LIMIT 1) l
  WHERE r.log_id = p_entry.about_id AND o.kind IN ('investment', 'resale');
$$;

-- Adds events (or takes them off) and the entry's new lots to the sums, and marks the positions whose record the entry changed.
-- Rows are locked in the order of their key.
CREATE OR REPLACE FUNCTION ledger_add_totals(p_entry_id bigint, p_added record_flows[], p_removed record_flows[], p_touched uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO person_totals AS t (person_id, token_id, lots, paid_cents, distributed_cents, proceeds_cents, unconfirmed_cents, early_cents,
    own_cents, stakes, stakes_received_cents, apart, last_entry_id)
  SELECT holder_id, token_id, sum(lots), sum(paid), sum(distributed), sum(proceeds), sum(unconfirmed), sum(early), sum(own),
    sum(stakes), sum(received), bool_or(apart), p_entry_id
  FROM (
    SELECT holder_id, token_id, (NOT finder)::int AS lots, paid_cents AS paid, 0 AS distributed, 0 AS proceeds, 0 AS unconfirmed, 0 AS early,
      0 AS own, finder::int AS stakes, 0 AS received, apart AND NOT finder AS apart
    FROM lots WHERE entry_id = p_entry_id
    UNION ALL
    SELECT f.holder_id, f.token_id, 0, 0,
      CASE WHEN NOT l.finder AND f.confirmed AND NOT f.early AND f.kind LIKE 'distribution%' THEN s.cents ELSE 0 END,
      CASE WHEN NOT l.finder AND f.confirmed AND NOT f.early AND f.kind LIKE 'proceeds%' THEN s.cents ELSE 0 END,
      CASE WHEN NOT l.finder AND NOT f.confirmed AND NOT f.early THEN s.cents ELSE 0 END,
      CASE WHEN NOT l.finder AND f.early THEN s.cents ELSE 0 END,
      CASE WHEN NOT l.finder AND f.confirmed AND NOT f.early THEN s.own ELSE 0 END,
      0, CASE WHEN l.finder THEN s.cents ELSE 0 END, false
    FROM (SELECT *, 1 AS sign FROM unnest(p_added) UNION ALL SELECT *, -1 FROM unnest(p_removed)) f JOIN lots l ON l.id = f.lot_id
    CROSS JOIN LATERAL (SELECT f.sign * (CASE WHEN f.kind LIKE '%reversed' THEN -1 ELSE 1 END) * f.cents AS cents,
      f.sign * (CASE WHEN f.kind LIKE '%reversed' THEN -1 ELSE 1 END) * f.own_cents AS own) s
    UNION ALL
    SELECT DISTINCT holder_id, token_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, false FROM lots WHERE id = ANY (p_touched)
  ) x GROUP BY holder_id, token_id ORDER BY holder_id, token_id
  ON CONFLICT (person_id, token_id) DO UPDATE SET lots = t.lots + excluded.lots, paid_cents = t.paid_cents + excluded.paid_cents,
    distributed_cents = t.distributed_cents + excluded.distributed_cents, proceeds_cents = t.proceeds_cents + excluded.proceeds_cents,
    unconfirmed_cents = t.unconfirmed_cents + excluded.unconfirmed_cents, early_cents = t.early_cents + excluded.early_cents,
    own_cents = t.own_cents + excluded.own_cents, stakes = t.stakes + excluded.stakes,
    stakes_received_cents = t.stakes_received_cents + excluded.stakes_received_cents, apart = t.apart OR excluded.apart,
    last_entry_id = greatest(t.last_entry_id, excluded.last_entry_id);
$$;

-- A gain's evidence changed: all its events take the grade that now stands.
CREATE OR REPLACE FUNCTION ledger_regrade(p_entry_id bigint, p_gain uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_grade text;
  v_before record_flows[];
  v_after record_flows[];
BEGIN
  -- Whoever pays the gain holds its parts as well: no event is written by the old grade after this.
  PERFORM 1 FROM gain_parts WHERE gain_id = p_gain ORDER BY lot_id FOR NO KEY UPDATE;
  v_grade := ledger_grade(p_gain);
  SELECT array_agg(f) INTO v_before FROM record_flows f WHERE f.gain_id = p_gain;
  UPDATE record_flows SET grade = v_grade, confirmed = ledger_grade_is_confirmed(v_grade) WHERE gain_id = p_gain;
  SELECT array_agg(f) INTO v_after FROM record_flows f WHERE f.gain_id = p_gain;
  PERFORM ledger_add_totals(p_entry_id, v_after, v_before, NULL);
END $$;

-- The lots whose value or fate an entry changes without cash.
CREATE OR REPLACE FUNCTION ledger_lots_touched(p_entry journal_entries) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN p_entry.kind = 'mark' THEN (SELECT array_agg(id) FROM lots WHERE token_id = p_entry.about_id)
    WHEN p_entry.kind = 'reversal' THEN (SELECT array_agg(m.lot_id) FROM lot_movements m WHERE m.entry_id IN (p_entry.id, p_entry.reverses_id))
    ELSE (SELECT array_agg(m.lot_id) FROM lot_movements m WHERE m.entry_id = p_entry.id) END;
$$;

-- Brings the record's projections up to an entry, after the projections of its lots.
CREATE OR REPLACE FUNCTION ledger_project_record(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_day date := (p_entry.recorded_at AT TIME ZONE 'UTC')::date;
  v_flows record_flows[];
  v_of journal_entries;
BEGIN
  CASE p_entry.kind
  WHEN 'distribution' THEN SELECT array_agg(f) INTO v_flows FROM ledger_flows_of_distribution(p_entry, v_day) f;
  WHEN 'resale', 'parting' THEN SELECT array_agg(f) INTO v_flows FROM ledger_flows_of_sale(p_entry, v_day) f;
  WHEN 'claim_repaid' THEN SELECT array_agg(f) INTO v_flows FROM ledger_flows_of_repayment(p_entry, v_day) f;
  WHEN 'evidence' THEN
    PERFORM ledger_regrade(p_entry.id, p_entry.about_id);
    RETURN;
  WHEN 'reversal' THEN
    SELECT * INTO v_of FROM journal_entries WHERE id = p_entry.reverses_id;
    IF v_of.kind = 'evidence' THEN
      PERFORM ledger_regrade(p_entry.id, v_of.about_id);
      RETURN;
    END IF;
    IF v_of.kind = 'mark' THEN
      PERFORM ledger_add_totals(p_entry.id, NULL::record_flows[], NULL::record_flows[], ledger_lots_touched(v_of));
      RETURN;
    END IF;
    SELECT array_agg(f) INTO v_flows FROM ledger_flows_of_reversal(p_entry, v_day) f;
  WHEN 'investment', 'lot_ended', 'mark' THEN NULL;
  ELSE RETURN;
  END CASE;
  INSERT INTO record_flows SELECT * FROM unnest(v_flows);
  PERFORM ledger_add_totals(p_entry.id, v_flows, NULL::record_flows[], ledger_lots_touched(p_entry));
END $$;
