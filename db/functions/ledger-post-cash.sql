-- Posts one entry of one posting of money between accounts of persons and escrows: the rows that ledger_post_many would write, by fewer
-- and simpler statements. It accepts and never refuses: whatever is not so simple (another kind, a key that was used, an account
-- that is not there, a limit, a clock) is left to that function, whose answer it gives.
CREATE OR REPLACE FUNCTION ledger_post_cash(
  p_from_purpose text, p_from_owner uuid, p_to_purpose text, p_to_owner uuid, p_amount bigint,
  p_kind text, p_effective timestamptz, p_recorded timestamptz, p_actor uuid, p_key text, p_hash bytea,
  p_about_type text, p_about uuid, p_memo text, p_data jsonb,
  OUT o_code text, OUT o_id bigint, OUT o_log uuid, OUT o_at bigint, OUT o_replayed boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
  v_from bigint; v_from_version bigint; v_from_balance bigint; v_to bigint; v_to_version bigint; v_to_balance bigint; v_at timestamptz;
BEGIN
  IF p_from_purpose IN ('cash', 'escrow') AND p_to_purpose IN ('cash', 'escrow') AND NOT ledger_kind_has_projection(p_kind) THEN
    PERFORM 1 FROM accounts
      WHERE asset = 'USD' AND (owner_id = p_from_owner AND purpose = p_from_purpose OR owner_id = p_to_owner AND purpose = p_to_purpose)
      ORDER BY id FOR NO KEY UPDATE;
    SELECT f.id, f.version + 1, f.balance - p_amount, t.id, t.version + 1, t.balance + p_amount,
        greatest(p_recorded, f.last_recorded_at, t.last_recorded_at)
      INTO v_from, v_from_version, v_from_balance, v_to, v_to_version, v_to_balance, v_at
      FROM accounts f, accounts t
      WHERE f.owner_id = p_from_owner AND f.purpose = p_from_purpose AND f.asset = 'USD'
        AND t.owner_id = p_to_owner AND t.purpose = p_to_purpose AND t.asset = 'USD'
        AND f.id <> t.id AND f.balance - p_amount >= f.floor
        AND greatest(p_recorded, f.last_recorded_at, t.last_recorded_at) <= p_recorded + interval '5 seconds'
        AND NOT EXISTS (SELECT 1 FROM journal_entries WHERE idempotency_key = p_key);
    IF FOUND THEN
      o_id := nextval('journal_entries_id_seq'); o_log := gen_random_uuid(); o_at := extract(epoch FROM v_at) * 1000; o_replayed := false;
      WITH entry AS (
        INSERT INTO journal_entries (id, log_id, kind, effective_at, recorded_at, actor_id, idempotency_key, input_hash, about_type, about_id,
          memo, data) OVERRIDING SYSTEM VALUE
        VALUES (o_id, o_log, p_kind, CASE WHEN p_effective = p_recorded THEN v_at ELSE p_effective END, v_at, p_actor, p_key, p_hash, p_about_type, p_about,
          p_memo, p_data)
      ), opening AS (
        INSERT INTO entry_openings (entry_id, salt) VALUES (o_id, ledger_salt())
      ), queue AS (
        INSERT INTO log_queue (entry_id) VALUES (o_id)
      ), line AS (
        INSERT INTO postings (entry_id, position, asset, amount, from_id, to_id, from_version, from_balance, to_version, to_balance)
        VALUES (o_id, 0, 'USD', p_amount, v_from, v_to, v_from_version, v_from_balance, v_to_version, v_to_balance)
      )
      UPDATE accounts SET balance = CASE id WHEN v_from THEN v_from_balance ELSE v_to_balance END,
        version = CASE id WHEN v_from THEN v_from_version ELSE v_to_version END, last_recorded_at = v_at
        WHERE id IN (v_from, v_to);
      RETURN;
    END IF;
  END IF;
  SELECT m.o_code[1], m.o_id[1], m.o_log[1], m.o_at[1], m.o_replayed[1] INTO o_code, o_id, o_log, o_at, o_replayed
  FROM ledger_post_many(ARRAY[p_from_purpose, p_to_purpose], ARRAY[p_from_owner, p_to_owner], ARRAY['USD', 'USD'],
    ARRAY[p_kind], ARRAY[p_effective], ARRAY[p_recorded], ARRAY[p_actor], ARRAY[p_key], ARRAY[p_hash], ARRAY[p_about_type], ARRAY[p_about],
    ARRAY[p_memo], ARRAY[NULL::bigint], ARRAY[p_data], ARRAY[1], ARRAY[1], ARRAY[2], ARRAY[p_amount]) m;
END $$;
