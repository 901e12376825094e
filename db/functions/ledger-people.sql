-- Kinds of which anyone may open the body in the public log.
CREATE OR REPLACE FUNCTION ledger_kind_is_public(p_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_kind IN ('person_opened', 'same_person', 'token_minted', 'investment', 'gain', 'evidence', 'distribution', 'resale', 'parting', 'mark',
    'reversal', 'claim_repaid', 'lot_ended', 'withheld', 'key_changed');
$$;

-- Log ids of everybody whom the public body of a written entry names; of a private one nobody. The same as `people` of its body.
CREATE OR REPLACE FUNCTION ledger_people_of(p_id bigint) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e journal_entries;
BEGIN
  SELECT * INTO STRICT e FROM journal_entries WHERE id = p_id;
  IF NOT ledger_kind_is_public(e.kind) THEN RETURN; END IF;
  RETURN QUERY SELECT ledger_people(e.kind, e.about_id, e.reverses_id, e.data, ARRAY(
    SELECT a.owner_id FROM postings p JOIN accounts a ON a.id IN (p.from_id, p.to_id) WHERE p.entry_id = p_id AND a.purpose IN ('cash', 'shares', 'claim')), p_id);
END $$;

-- Log ids of everybody whom a public body names: the owners of the cash, shares and claims that it moves, the persons in its data,
-- the one that it is about; of evidence, a reversal and a withholding everybody of what it is about too, of a mark every holder
-- of the token up to that entry.
CREATE OR REPLACE FUNCTION ledger_people(p_kind text, p_about uuid, p_reverses bigint, p_data jsonb, p_owners uuid[], p_at bigint) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (v #>> '{}')::uuid
    FROM unnest(ARRAY['owner', 'investor', 'holder', 'seller', 'buyer', 'debtor', 'creditor', 'other']) AS member, jsonb_path_query(p_data, ('$.**.' || member)::jsonpath) AS v
    WHERE jsonb_typeof(v) = 'string' AND v #>> '{}' <> '00000000-0000-0000-0000-000000000000'
  UNION SELECT (v #>> '{}')::uuid FROM jsonb_path_query(p_data, '$.counts[*]') AS v
  UNION SELECT log_id FROM log_ids
    WHERE kind = 'person' AND (subject_id = ANY (p_owners) OR p_kind IN ('person_opened', 'same_person') AND subject_id = p_about)
  UNION (SELECT i.log_id FROM lots l JOIN lot_movements m ON m.lot_id = l.id JOIN log_ids i ON i.kind = 'person' AND i.subject_id = l.holder_id
    WHERE p_kind = 'mark' AND l.token_id = p_about AND m.entry_id <= p_at GROUP BY i.log_id HAVING sum(m.shares) > 0)
  UNION SELECT ledger_people_of(e.id) FROM journal_entries e
    WHERE p_kind = 'evidence' AND e.kind = 'gain' AND e.about_type = 'gain' AND e.about_id = p_about
  UNION SELECT ledger_people_of(p_reverses) WHERE p_reverses IS NOT NULL
  UNION SELECT ledger_people_of(e.id) FROM journal_entries e WHERE p_kind = 'withheld' AND e.log_id = p_about;
$$;

-- Whether an entry about to be written would name more people than a leaf of the log holds. A short one cannot.
CREATE OR REPLACE FUNCTION ledger_names_too_many(p_kind text, p_about uuid, p_reverses bigint, p_data jsonb, p_owners uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c_most CONSTANT int := 256;
  c_id CONSTANT int := length('"00000000-0000-0000-0000-000000000000"');
BEGIN
  IF NOT ledger_kind_is_public(p_kind) THEN RETURN false; END IF;
  IF p_kind NOT IN ('mark', 'evidence', 'reversal', 'withheld') AND length(p_data::text) / c_id + cardinality(p_owners) < c_most THEN RETURN false; END IF;
  RETURN (SELECT count(*) FROM ledger_people(p_kind, p_about, p_reverses, p_data, p_owners, 9223372036854775807)) > c_most;
END $$;

-- Whether somebody new would make more than 200 who hold shares of a token, wait for them, or may still have a part of its gains after a
-- parting (T7): the marks, gains and sales of a token name them all. The token's row of its owner's shares is held.
CREATE OR REPLACE FUNCTION ledger_has_too_many_holders(p_data jsonb, p_recorded timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c_most CONSTANT int := 200;
  v_token uuid := ledger_subject('token', (p_data->>'token')::uuid);
  v_there uuid[]; v_more uuid[];
BEGIN
  SELECT array_agg(holder_id) INTO v_there FROM (
    SELECT holder_id FROM lots WHERE token_id = v_token AND shares_left > 0
    UNION SELECT holder_id FROM reservations WHERE token_id = v_token
    UNION SELECT seller_id FROM sales
      WHERE token_id = v_token AND kind = 'parting' AND reversed_by IS NULL AND recorded_at + interval '24 months 1 day' >= p_recorded) x;
  SELECT array_agg(DISTINCT ledger_subject('person', (r->>'holder')::uuid)) INTO v_more FROM jsonb_array_elements(p_data->'reserved') r
    WHERE ledger_subject('person', (r->>'holder')::uuid) <> ALL (COALESCE(v_there, '{}'));
  RETURN COALESCE(cardinality(v_more), 0) > 0 AND COALESCE(cardinality(v_there), 0) + cardinality(v_more) > c_most;
END $$;
