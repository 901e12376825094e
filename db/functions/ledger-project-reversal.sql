-- A claim was repaid, in part or whole (T31); with -1 that is taken back.
CREATE OR REPLACE FUNCTION ledger_project_repaid(p_entry journal_entries, p_sign int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE claims c SET repaid_cents = c.repaid_cents + p_sign * (p_entry.data->>'cents')::bigint
  FROM journal_entries r
  WHERE r.log_id = p_entry.about_id AND c.entry_id = r.id AND c.debtor_id = ledger_subject('person', (p_entry.data->>'debtor')::uuid)
    AND c.creditor_id = COALESCE(ledger_subject('person', (p_entry.data->>'creditor')::uuid), (p_entry.data->>'creditor')::uuid);
$$;

-- The lots that an entry made hold nothing any more; they stay in the record.
CREATE OR REPLACE FUNCTION ledger_project_unmade(p_entry journal_entries, p_of bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
  SELECT id, p_entry.id, p_entry.recorded_at, -shares_left FROM lots WHERE entry_id = p_of;
  UPDATE lots SET shares_left = 0, cost_left_cents = 0, cap_left_cents = CASE WHEN cap_left_cents IS NOT NULL THEN 0 END, reversed_at = p_entry.recorded_at
  WHERE entry_id = p_of;
END $$;

-- What a sale took goes back into the seller's lots, what it gave is taken out.
CREATE OR REPLACE FUNCTION ledger_project_unsold(p_entry journal_entries, p_of journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM ledger_project_unmade(p_entry, p_of.id);
  UPDATE lots l SET shares_left = l.shares_left + s.shares, cost_left_cents = l.cost_left_cents + s.basis_cents, cap_left_cents = l.cap_left_cents + s.cap_cents
  FROM sold_lots s WHERE s.entry_id = p_of.id AND l.id = s.lot_id;
  INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
  SELECT lot_id, p_entry.id, p_entry.recorded_at, shares FROM sold_lots WHERE entry_id = p_of.id;
  UPDATE sales SET reversed_by = p_entry.id WHERE entry_id = p_of.id;
  UPDATE token_gains SET reversed_by = p_entry.id WHERE entry_id = p_of.id;
  PERFORM ledger_project_paid(p_entry, p_of.data->'ownParts', NULL, -1);
  -- A resale's shares are back in `reserved`, for the buyer whom the seller had named, and in the seller's lots.
  INSERT INTO reservations (account_id, holder_id, token_id, seller_id, shares)
  SELECT p.to_id, w.buyer_id, s.token_id, s.seller_id, sum(p.amount) FROM postings p JOIN accounts a ON a.id = p.to_id JOIN resales w ON w.id = a.owner_id, sales s
  WHERE p.entry_id = p_entry.id AND a.purpose = 'reserved' AND s.entry_id = p_of.id GROUP BY 1, 2, 3, 4
  ON CONFLICT (account_id, holder_id) DO UPDATE SET shares = reservations.shares + excluded.shares;
END $$;

-- Takes out of the projections what the reversed entry had put in.
CREATE OR REPLACE FUNCTION ledger_project_reversal(p_entry journal_entries) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o journal_entries%ROWTYPE;
BEGIN
  SELECT * INTO o FROM journal_entries WHERE id = p_entry.reverses_id;
  INSERT INTO claims (entry_id, debtor_id, creditor_id, cents)
  SELECT p_entry.id, ledger_subject('person', (c->>'debtor')::uuid), COALESCE(ledger_subject('person', (c->>'creditor')::uuid), (c->>'creditor')::uuid), (c->>'cents')::bigint
  FROM jsonb_array_elements(p_entry.data->'claims') c;
  CASE o.kind
  WHEN 'investment' THEN
    INSERT INTO reservations (account_id, holder_id, token_id, shares)
    SELECT p.to_id, f.owner_id, l.token_id, sum(p.amount) FROM postings p JOIN accounts f ON f.id = p.from_id,
      (SELECT token_id FROM lots WHERE entry_id = o.id LIMIT 1) l
    WHERE p.entry_id = p_entry.id AND p.asset <> 'USD' GROUP BY 1, 2, 3;
    PERFORM ledger_project_unmade(p_entry, o.id);
  WHEN 'resale', 'parting' THEN PERFORM ledger_project_unsold(p_entry, o);
  WHEN 'gain' THEN
    UPDATE token_gains SET reversed_by = p_entry.id WHERE entry_id = o.id;
    DELETE FROM gain_parts g USING jsonb_array_elements(o.data->'parts') p WHERE g.gain_id = o.about_id AND g.lot_id = (p->>'lot')::uuid;
  WHEN 'distribution' THEN PERFORM ledger_project_paid(p_entry, o.data->'parts', o.about_id, -1);
  WHEN 'lot_ended' THEN
    UPDATE lots l SET shares_left = (o.data->>'shares')::bigint, ended_at = NULL, ended_cause = NULL,
      cost_left_cents = l.paid_cents - COALESCE((SELECT sum(s.basis_cents) FROM sold_lots s JOIN sales v USING (entry_id) WHERE s.lot_id = l.id AND v.reversed_by IS NULL), 0)
    WHERE id = (o.data->>'lot')::uuid;
    INSERT INTO lot_movements (lot_id, entry_id, recorded_at, shares)
    VALUES ((o.data->>'lot')::uuid, p_entry.id, p_entry.recorded_at, (o.data->>'shares')::bigint);
  WHEN 'mark' THEN UPDATE marks SET reversed_by = p_entry.id WHERE entry_id = o.id;
  WHEN 'offer_signed', 'resale_reserved' THEN PERFORM ledger_project_unreserved(p_entry.id);
  WHEN 'nothing_declared' THEN DELETE FROM nothing_declared WHERE entry_id = o.id;
  WHEN 'claim_repaid' THEN PERFORM ledger_project_repaid(o, -1);
  ELSE NULL;
  END CASE;
END $$;
