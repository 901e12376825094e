-- The answer to a repeated key: the first answer, or a conflict; null where the key is new.
CREATE OR REPLACE FUNCTION ledger_prior(p_key text, p_hash bytea) RETURNS jsonb
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN input_hash = p_hash
    THEN jsonb_build_object('ok', true, 'entryId', id::text, 'logId', log_id, 'recordedAt', recorded_at, 'replayed', true)
    ELSE jsonb_build_object('ok', false, 'code', 'idempotency_conflict') END
  FROM journal_entries WHERE idempotency_key = p_key;
$$;

-- 16 random bytes: of each random UUID only the bytes without version or variant bits.
CREATE OR REPLACE FUNCTION ledger_salt() RETURNS bytea LANGUAGE sql VOLATILE AS $$
  SELECT substr(a, 1, 6) || substr(a, 10, 7) || substr(b, 1, 3)
  FROM (SELECT uuid_send(gen_random_uuid()) AS a, uuid_send(gen_random_uuid()) AS b) x;
$$;

-- Posts one entry. `e` = {kind, effectiveAt, recordedAt, actorId, idempotencyKey, inputHash, aboutType, aboutId, memo, data,
-- postings: [{fromPurpose, fromOwner, toPurpose, toOwner, asset, amount}], locks: [{purpose, owner, asset}]}.
-- Answers {ok, entryId, logId, recordedAt, replayed} or {ok: false, code}; a refusal changes nothing.
-- Order of the checks: the table of refusals in app/ledger/README.md.
CREATE OR REPLACE FUNCTION ledger_post(e jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_key text := e->>'idempotencyKey';
  v_hash bytea := decode(e->>'inputHash', 'hex');
  v_recorded timestamptz := (e->>'recordedAt')::timestamptz;
  v_effective timestamptz := (e->>'effectiveAt')::timestamptz;
  v_kind text := e->>'kind';
  v_answer jsonb;
  v_code text;
  v_last timestamptz;
  v_entry journal_entries%ROWTYPE;
  v_n int := jsonb_array_length(e->'postings');
  p jsonb; a accounts%ROWTYPE;
  v_from bigint[] := '{}'; v_to bigint[] := '{}';
  v_asset text[] := '{}'; v_amount bigint[] := '{}';
  v_fv bigint[] := '{}'; v_fb bigint[] := '{}'; v_tv bigint[] := '{}'; v_tb bigint[] := '{}';
  v_lock bigint[]; v_held bigint[];
  v_ids bigint[] := '{}'; v_bal bigint[] := '{}'; v_ver bigint[] := '{}'; v_row accounts[];
  i int; f int; t int;
  v_from_id bigint; v_to_id bigint;
BEGIN
  v_answer := ledger_prior(v_key, v_hash);
  IF v_answer IS NOT NULL THEN RETURN v_answer; END IF;

  -- A refusal after an account was opened must leave no account behind: the block is a savepoint.
  BEGIN
    FOR i IN 0 .. v_n - 1 LOOP
      p := e->'postings'->i;
      IF (p->>'fromPurpose' IN ('shares', 'reserved', 'mint')) <> (p->>'asset' LIKE 'TOKEN:%')
         OR (p->>'toPurpose' IN ('shares', 'reserved', 'mint')) <> (p->>'asset' LIKE 'TOKEN:%') THEN
        v_code := 'asset_mismatch'; RAISE SQLSTATE 'BL001';
      END IF;
      IF (p->>'fromPurpose' = 'outside' AND v_kind <> 'deposit') OR (p->>'toPurpose' = 'outside' AND v_kind <> 'withdrawal_paid')
         OR (p->>'fromPurpose' = 'mint' AND v_kind <> 'token_minted') OR p->>'toPurpose' = 'mint' THEN
        RAISE EXCEPTION '% does not cross the edge', v_kind USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_edge';
      END IF;
      SELECT id INTO v_from_id FROM accounts WHERE owner_id = (p->>'fromOwner')::uuid AND purpose = p->>'fromPurpose' AND asset = p->>'asset';
      IF NOT FOUND AND p->>'fromPurpose' IN ('outside', 'mint', 'claim') THEN
        v_from_id := ledger_open_account(p->>'fromPurpose', (p->>'fromOwner')::uuid, p->>'asset');
      END IF;
      SELECT id INTO v_to_id FROM accounts WHERE owner_id = (p->>'toOwner')::uuid AND purpose = p->>'toPurpose' AND asset = p->>'asset';
      IF NOT FOUND THEN v_to_id := ledger_open_account(p->>'toPurpose', (p->>'toOwner')::uuid, p->>'asset'); END IF;
      IF v_from_id IS NULL OR v_to_id IS NULL THEN v_code := 'unknown_account'; RAISE SQLSTATE 'BL001'; END IF;
      v_from := v_from || v_from_id; v_to := v_to || v_to_id;
      v_asset := v_asset || (p->>'asset'); v_amount := v_amount || (p->>'amount')::bigint;
    END LOOP;

    -- Whoever moves a token's shares, or asks to, holds its owner's account: caps and limits are checked under it.
    SELECT array_agg(acc.id) INTO v_held FROM jsonb_array_elements(e->'locks') l JOIN accounts acc
      ON acc.owner_id = (l->>'owner')::uuid AND acc.purpose = l->>'purpose' AND acc.asset = l->>'asset';
    SELECT array_agg(id ORDER BY id) INTO v_lock FROM (
      SELECT unnest(v_from || v_to) AS id
      UNION
      SELECT acc.id FROM accounts acc JOIN tokens tok ON acc.owner_id = tok.owner_id AND acc.asset = 'TOKEN:' || tok.id
        WHERE acc.purpose = 'shares' AND acc.asset = ANY (v_asset)
      UNION
      SELECT unnest(v_held)
    ) x;
    PERFORM 1 FROM accounts WHERE id = ANY (v_lock) AND balance IS NOT NULL ORDER BY id FOR NO KEY UPDATE;

    v_answer := ledger_prior(v_key, v_hash);
    IF v_answer IS NOT NULL THEN RAISE SQLSTATE 'BL001'; END IF;

    SELECT array_agg(acc.id ORDER BY acc.id), array_agg(acc.balance ORDER BY acc.id), array_agg(acc.version ORDER BY acc.id),
           array_agg(acc ORDER BY acc.id), max(acc.last_recorded_at)
      INTO v_ids, v_bal, v_ver, v_row, v_last
      FROM accounts acc WHERE acc.id = ANY (v_lock);

    IF v_last > v_recorded THEN
      IF v_last > v_recorded + interval '5 seconds' THEN v_code := 'clock_behind'; RAISE SQLSTATE 'BL001'; END IF;
      IF v_effective = v_recorded THEN v_effective := v_last; END IF;
      v_recorded := v_last;
    END IF;

    FOR i IN 1 .. v_n LOOP
      f := array_position(v_ids, v_from[i]); t := array_position(v_ids, v_to[i]);
      IF v_bal[f] IS NOT NULL THEN
        a := v_row[f];
        v_bal[f] := v_bal[f] - v_amount[i]; v_ver[f] := v_ver[f] + 1;
        IF v_bal[f] < a.floor THEN
          v_code := CASE WHEN a.purpose = 'shares' AND a.ceiling IS NULL THEN 'cap_exceeded' ELSE 'insufficient_balance' END;
          RAISE SQLSTATE 'BL001';
        END IF;
      END IF;
      IF v_bal[t] IS NOT NULL THEN
        a := v_row[t];
        v_bal[t] := v_bal[t] + v_amount[i]; v_ver[t] := v_ver[t] + 1;
        IF v_bal[t] > a.ceiling THEN
          v_code := CASE WHEN a.purpose = 'shares' THEN 'holder_limit' ELSE 'claim_exceeded' END;
          RAISE SQLSTATE 'BL001';
        END IF;
      END IF;
      v_fv := v_fv || v_ver[f]; v_fb := v_fb || v_bal[f]; v_tv := v_tv || v_ver[t]; v_tb := v_tb || v_bal[t];
    END LOOP;

    INSERT INTO journal_entries (kind, effective_at, recorded_at, actor_id, idempotency_key, input_hash, about_type, about_id, memo, data)
    VALUES (v_kind, v_effective, v_recorded, (e->>'actorId')::uuid, v_key, v_hash, e->>'aboutType', (e->>'aboutId')::uuid, e->>'memo', e->'data')
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING * INTO v_entry;
    IF v_entry.id IS NULL THEN
      v_answer := ledger_prior(v_key, v_hash);
      RAISE SQLSTATE 'BL001';
    END IF;

    INSERT INTO postings (entry_id, position, asset, amount, from_id, to_id, from_version, from_balance, to_version, to_balance)
    SELECT v_entry.id, x.n - 1, x.asset, x.amount, x.f, x.t, x.fv, x.fb, x.tv, x.tb
    FROM unnest(v_asset, v_amount, v_from, v_to, v_fv, v_fb, v_tv, v_tb) WITH ORDINALITY AS x(asset, amount, f, t, fv, fb, tv, tb, n);

    UPDATE accounts acc SET balance = x.balance, version = x.version, last_recorded_at = v_recorded
    FROM unnest(v_ids, v_bal, v_ver) AS x(id, balance, version) WHERE acc.id = x.id AND acc.version IS DISTINCT FROM x.version;
    UPDATE accounts SET last_recorded_at = v_recorded WHERE id = ANY (v_held) AND balance IS NOT NULL;

    PERFORM ledger_project(v_entry);

    IF v_kind IN ('offer_signed', 'resale') AND EXISTS (
      SELECT 1 FROM reservations r
      WHERE r.account_id = ANY (v_to)
        AND (SELECT COALESCE(sum(o.shares), 0) FROM reservations o WHERE o.holder_id = r.holder_id AND o.token_id = r.token_id)
          + COALESCE((SELECT s.balance FROM accounts s WHERE s.owner_id = r.holder_id AND s.purpose = 'shares' AND s.asset = 'TOKEN:' || r.token_id), 0) > 1000000
    ) THEN v_code := 'holder_limit'; RAISE SQLSTATE 'BL001'; END IF;

    INSERT INTO entry_openings (entry_id, salt) VALUES (v_entry.id, ledger_salt());
    INSERT INTO log_queue (entry_id) VALUES (v_entry.id);
    RETURN jsonb_build_object('ok', true, 'entryId', v_entry.id::text, 'logId', v_entry.log_id, 'recordedAt', v_entry.recorded_at, 'replayed', false);
  EXCEPTION WHEN SQLSTATE 'BL001' THEN
    RETURN COALESCE(v_answer, jsonb_build_object('ok', false, 'code', v_code));
  END;
END $$;
