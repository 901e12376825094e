-- Whether later entries touched the lots that an entry made or took from: sales, endings, gains, payments, marks.
CREATE OR REPLACE FUNCTION ledger_lots_touched(p_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH touched AS (SELECT id FROM lots WHERE entry_id = p_id UNION SELECT lot_id FROM sold_lots WHERE entry_id = p_id)
  SELECT EXISTS (
      SELECT 1 FROM touched JOIN lot_movements m ON m.lot_id = touched.id JOIN journal_entries e ON e.id = m.entry_id
      WHERE m.entry_id > p_id AND e.kind <> 'reversal' AND ledger_stands(e.id))
    OR EXISTS (
      SELECT 1 FROM touched JOIN lot_payments y ON y.lot_id = touched.id JOIN journal_entries e ON e.id = y.entry_id
      WHERE y.entry_id > p_id AND e.kind <> 'reversal' AND ledger_stands(e.id))
    OR EXISTS (
      SELECT 1 FROM touched JOIN gain_parts p ON p.lot_id = touched.id JOIN token_gains g ON g.gain_id = p.gain_id
      WHERE g.entry_id > p_id AND g.reversed_by IS NULL)
    OR EXISTS (
      SELECT 1 FROM lots l JOIN reservations r ON r.seller_id = l.holder_id AND r.token_id = l.token_id WHERE l.entry_id = p_id)
    OR EXISTS (
      SELECT 1 FROM journal_entries o JOIN marks m ON m.event = o.log_id::text WHERE o.id = p_id AND m.reversed_by IS NULL);
$$;

-- Whether a later result of the same token was counted after this one: of the same calendar year, or in a parted holder's tail.
CREATE OR REPLACE FUNCTION ledger_counted_later(p_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM token_gains g JOIN token_gains later ON later.token_id = g.token_id AND later.entry_id > g.entry_id AND later.reversed_by IS NULL
    WHERE g.entry_id = p_id AND (later.year = g.year OR EXISTS (
      SELECT 1 FROM (
        SELECT p.lot_id FROM gain_parts p WHERE p.gain_id = later.gain_id
        UNION ALL SELECT y.lot_id FROM lot_payments y WHERE y.entry_id = later.entry_id AND y.gain_id IS NULL) paid
      JOIN sold_lots s ON s.lot_id = paid.lot_id JOIN sales v ON v.entry_id = s.entry_id AND v.kind = 'parting' AND v.entry_id < p_id)));
$$;

-- Whether a mark that stands came while somebody to whom the reversal would give shares back had none of the token: it does not
-- name them, and nobody could tell from the entries that name them what those shares are carried at.
CREATE OR REPLACE FUNCTION ledger_marked_meanwhile(p_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM (SELECT DISTINCT l.holder_id, l.token_id FROM lot_movements m JOIN lots l ON l.id = m.lot_id WHERE m.entry_id = p_id AND m.shares < 0) gone
    JOIN marks k ON k.token_id = gone.token_id AND k.entry_id > p_id AND k.reversed_by IS NULL
    WHERE COALESCE((
      SELECT sum(m.shares) FROM lots l JOIN lot_movements m ON m.lot_id = l.id AND m.entry_id <= k.entry_id
      WHERE l.holder_id = gone.holder_id AND l.token_id = gone.token_id), 0) = 0);
$$;

-- Whether a later entry that stands depends on this one, which can then not be reversed before it (T31).
CREATE OR REPLACE FUNCTION ledger_has_dependents(p_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o journal_entries%ROWTYPE;
BEGIN
  SELECT * INTO o FROM journal_entries WHERE id = p_id;
  -- What it put into an escrow or reserved account has left it.
  IF EXISTS (
    SELECT 1 FROM postings p JOIN accounts a ON a.id = p.to_id AND a.purpose IN ('escrow', 'reserved') JOIN postings q ON q.from_id = a.id AND q.entry_id > p_id
    JOIN journal_entries e ON e.id = q.entry_id WHERE p.entry_id = p_id AND e.kind <> 'reversal' AND ledger_stands(e.id)
  ) THEN RETURN true; END IF;
  RETURN CASE o.kind
    WHEN 'investment' THEN ledger_lots_touched(p_id)
    WHEN 'resale' THEN ledger_lots_touched(p_id) OR ledger_counted_later(p_id) OR ledger_marked_meanwhile(p_id)
    WHEN 'parting' THEN ledger_lots_touched(p_id) OR ledger_counted_later(p_id) OR ledger_marked_meanwhile(p_id)
    WHEN 'lot_ended' THEN ledger_marked_meanwhile(p_id)
    WHEN 'gain' THEN ledger_counted_later(p_id) OR EXISTS (
      SELECT 1 FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = o.about_id AND e.id > p_id
        AND e.kind IN ('gain', 'distribution', 'evidence', 'gain_deferred') AND ledger_stands(e.id))
    WHEN 'evidence' THEN EXISTS (
      SELECT 1 FROM journal_entries e WHERE e.about_type = 'gain' AND e.about_id = o.about_id AND e.id > p_id AND e.kind = 'evidence' AND ledger_stands(e.id))
    WHEN 'distribution' THEN EXISTS (
      SELECT 1 FROM jsonb_array_elements(o.data->'parts') p JOIN journal_entries e ON e.kind = 'lot_ended' AND e.data->>'lot' = p->>'lot'
      WHERE e.id > p_id AND e.data->>'cause' = 'cap' AND ledger_stands(e.id))
    WHEN 'offer_funded' THEN EXISTS (
      SELECT 1 FROM offer_parts p JOIN journal_entries e ON e.about_type = 'offer' AND e.about_id = p.offer_id AND e.kind = 'offer_signed'
      WHERE p.id = o.about_id AND e.id > p_id AND ledger_stands(e.id))
    WHEN 'mark' THEN EXISTS (
      SELECT 1 FROM sales v WHERE v.token_id = o.about_id AND v.entry_id > p_id AND v.reversed_by IS NULL)
    ELSE false END;
END $$;

-- Why an entry is refused although its postings could be made, asked once its accounts are held: a code of the ledger's, or null.
CREATE OR REPLACE FUNCTION ledger_refuses(p_kind text, p_about uuid, p_reverses bigint, p_data jsonb, p_recorded timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE p_kind
  WHEN 'offer_signed', 'resale_reserved' THEN
    IF ledger_has_too_many_holders(p_data, p_recorded) THEN RETURN 'too_many_holders'; END IF;
  WHEN 'resale' THEN
    IF EXISTS (
      SELECT 1 FROM jsonb_array_elements(p_data->'taken') t JOIN lots l ON l.id = (t->>'lot')::uuid
      WHERE l.locked_until > (p_recorded AT TIME ZONE 'UTC')::date
    ) THEN RETURN 'shares_locked'; END IF;
  WHEN 'reversal' THEN
    IF ledger_has_dependents(p_reverses) THEN RETURN 'reverse_later_entries_first'; END IF;
  WHEN 'claim_repaid' THEN
    IF NOT EXISTS (
      SELECT 1 FROM claims c JOIN journal_entries r ON r.id = c.entry_id
      WHERE r.log_id = p_about AND c.debtor_id = ledger_subject('person', (p_data->>'debtor')::uuid)
        AND c.creditor_id = COALESCE(ledger_subject('person', (p_data->>'creditor')::uuid), (p_data->>'creditor')::uuid)
        AND c.repaid_cents + (p_data->>'cents')::bigint <= c.cents
    ) THEN RETURN 'claim_exceeded'; END IF;
  ELSE NULL;
  END CASE;
  RETURN NULL;
END $$;
