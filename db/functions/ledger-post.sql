-- 16 random bytes for an entry's commitment, drawn from 244 random bits.
CREATE OR REPLACE FUNCTION ledger_salt() RETURNS bytea LANGUAGE sql VOLATILE AS $$
  SELECT substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);
$$;

-- Posts up to 8,000 entries in order, each accepted or refused alone, as if they had come one by one; what is refused changes
-- nothing. The only writer of entries, postings, openings, the log's queue and the accounts' rows.
--   a_…  the accounts that are named, each once, those of one asset side by side
--   e_…  the entries
--   l_…  their lines, in the entries' order, naming entry and accounts by position: a posting (from, to, amount); with no
--        `from`, shares that wait for `to` (more or, below zero, fewer); with no amount either, an account to hold
-- Answers, per entry: o_code, null when it is in the book; its id, log id and instant (milliseconds); whether it was before.
-- Order of the checks: the table of refusals in app/ledger/README.md. Raises unique_violation on the key when another
-- transaction used it at this very moment, and errors on what no caller may ask. Plans are kept and walk indexes: they suit
-- one entry and thousands, whatever the tables held when a connection first posted.
CREATE OR REPLACE FUNCTION ledger_post_many(
  a_purpose text[], a_owner uuid[], a_asset text[],
  e_kind text[], e_effective timestamptz[], e_recorded timestamptz[], e_actor uuid[], e_key text[], e_hash bytea[],
  e_about_type text[], e_about uuid[], e_memo text[], e_reverses bigint[], e_data jsonb[],
  l_entry int[], l_from int[], l_to int[], l_amount bigint[],
  OUT o_code text[], OUT o_id bigint[], OUT o_log uuid[], OUT o_at bigint[], OUT o_replayed boolean[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  -- Kinds about which the book is asked, with what comes before in the batch written; and kinds whose own facts alone say whom they name.
  c_asked CONSTANT text[] := ARRAY['offer_signed', 'resale_reserved', 'resale', 'parting', 'mark', 'evidence', 'reversal', 'claim_repaid', 'withheld'];
  c_naming CONSTANT text[] := ARRAY['investment', 'gain', 'distribution'];
  -- A body that is shorter than so many ids names fewer people than a leaf of the log holds.
  c_people CONSTANT int := 256;
  c_id CONSTANT int := 38;
  n CONSTANT int := cardinality(e_key);
  -- Accounts, by position. `a_since` is the entry that opened it: 0 where it was there before, null where it is not there;
  -- the whole array is null where all are there.
  a_id bigint[]; a_balance bigint[]; a_version bigint[]; a_waiting bigint[]; a_floor bigint[]; a_ceiling bigint[];
  a_last timestamptz[]; a_since int[]; a_token_owner int[]; a_touched boolean[];
  v_accounts int := cardinality(a_purpose);
  v_plain CONSTANT boolean := a_asset <@ ARRAY['USD'] AND a_purpose <@ ARRAY['cash', 'escrow'];
  v_wanted text[]; v_opened bigint[]; v_unused bigint[]; v_person uuid; v_known boolean;
  -- Entries: the id of an accepted one, its instants, the kind it reverses, the one before it in the batch with the same key.
  r_id bigint[]; r_effective timestamptz[]; r_recorded timestamptz[]; r_reverses text[]; r_same int[];
  -- Postings of accepted entries.
  p_entry bigint[]; p_position int[]; p_asset text[]; p_amount bigint[]; p_from bigint[]; p_to bigint[];
  p_from_version bigint[]; p_from_balance bigint[]; p_to_version bigint[]; p_to_balance bigint[];
  v_posted int := 0; v_written int := 0; v_posting int; v_accepted int := 0; v_rows int; v_at timestamptz; v_code text; v_done int;
  v_prior record; v_entry journal_entries;
  i int; f int; t int; o int; v_from int; v_next int := 1; v_first int; v_last int := 0;
BEGIN
  IF n > 1 THEN
    IF n > 8000 THEN RAISE EXCEPTION 'at most 8,000 entries at once, not %', n USING ERRCODE = 'program_limit_exceeded'; END IF;
    o_id := array_fill(NULL::bigint, ARRAY[n]); o_code := array_fill(NULL::text, ARRAY[n]); o_log := array_fill(NULL::uuid, ARRAY[n]);
    o_at := o_id; o_replayed := array_fill(false, ARRAY[n]);
    SELECT array_agg(x.same) INTO r_same FROM (
      SELECT lag(nr) OVER (PARTITION BY key ORDER BY nr)::int AS same, nr FROM unnest(e_key) WITH ORDINALITY AS r(key, nr) ORDER BY nr) x;
  ELSE
    o_code[1] := NULL; o_id[1] := NULL; o_log[1] := NULL; o_at[1] := NULL; o_replayed[1] := false;
  END IF;

  -- With each token its owner's account, which whoever moves its shares holds: caps are decided under it.
  IF NOT v_plain THEN
    FOR j IN 1 .. v_accounts LOOP
      CONTINUE WHEN a_asset[j] = 'USD';
      IF a_asset[j] IS DISTINCT FROM a_asset[j - 1] THEN
        SELECT owner_id INTO v_person FROM tokens WHERE id = substr(a_asset[j], 7)::uuid;
        o := j;
        WHILE a_asset[o] = a_asset[j] AND (a_purpose[o] <> 'shares' OR a_owner[o] IS DISTINCT FROM v_person) LOOP o := o + 1; END LOOP;
        IF a_asset[o] IS DISTINCT FROM a_asset[j] THEN
          o := cardinality(a_purpose) + 1;
          a_purpose[o] := 'shares'; a_owner[o] := v_person; a_asset[o] := a_asset[j];
        END IF;
      END IF;
      a_token_owner[j] := o;
    END LOOP;
    v_accounts := cardinality(a_purpose);
  END IF;

  -- Locked in the order of their ids; read in a later statement, which sees what others committed while this one waited.
  -- What an entry would open is opened, and then all are locked and read again: what others opened meanwhile has higher ids.
  FOR attempt IN 1 .. 2 LOOP
    PERFORM 1 FROM generate_series(1, v_accounts) AS nr
      JOIN accounts a ON a.owner_id = a_owner[nr] AND a.purpose = a_purpose[nr] AND a.asset = a_asset[nr]
      WHERE a.balance IS NOT NULL ORDER BY a.id FOR NO KEY UPDATE OF a;
    SELECT array_agg(x.id), array_agg(x.balance), array_agg(x.version), array_agg(x.waiting), array_agg(x.floor), array_agg(x.ceiling),
        array_agg(x.last_recorded_at), EXISTS (SELECT 1 FROM journal_entries WHERE idempotency_key = ANY (e_key))
      INTO a_id, a_balance, a_version, a_waiting, a_floor, a_ceiling, a_last, v_known
      FROM (SELECT a.* FROM generate_series(1, v_accounts) AS nr
        LEFT JOIN accounts a ON a.owner_id = a_owner[nr] AND a.purpose = a_purpose[nr] AND a.asset = a_asset[nr] ORDER BY nr) x;
    EXIT WHEN attempt = 2 OR array_position(a_id, NULL) IS NULL;
    a_since := array_fill(NULL::int, ARRAY[v_accounts]);
    v_wanted := array_fill(NULL::text, ARRAY[v_accounts]);
    FOR j IN 1 .. v_accounts LOOP
      IF a_id[j] IS NOT NULL THEN a_since[j] := 0; END IF;
    END LOOP;
    FOR j IN 1 .. cardinality(l_entry) LOOP
      f := l_from[j]; t := l_to[j];
      IF a_id[t] IS NULL AND l_amount[j] IS NOT NULL THEN v_wanted[t] := a_purpose[t]; END IF;
      IF a_id[f] IS NULL AND a_purpose[f] IN ('outside', 'mint', 'claim') THEN v_wanted[f] := a_purpose[f]; END IF;
    END LOOP;
    v_opened := ledger_open_accounts(v_wanted, a_owner, a_asset);
  END LOOP;
  IF v_accounts > 1 THEN a_touched := array_fill(false, ARRAY[v_accounts]); END IF;

  IF v_known THEN
    FOR v_prior IN
      SELECT r.nr::int AS nr, e.id, e.log_id, e.recorded_at, e.input_hash
      FROM unnest(e_key) WITH ORDINALITY AS r(key, nr) JOIN journal_entries e ON e.idempotency_key = r.key
    LOOP
      IF v_prior.input_hash = e_hash[v_prior.nr] THEN
        o_id[v_prior.nr] := v_prior.id; o_log[v_prior.nr] := v_prior.log_id; o_replayed[v_prior.nr] := true;
        o_at[v_prior.nr] := extract(epoch FROM v_prior.recorded_at) * 1000;
      ELSE
        o_code[v_prior.nr] := 'idempotency_conflict';
      END IF;
    END LOOP;
  END IF;

  -- Entries are weighed one by one, in memory, and written together; what is written comes first where the book is asked.
  WHILE v_next <= n LOOP
    v_from := v_next; i := v_next; v_accepted := 0;
    WHILE i <= n LOOP
      EXIT WHEN v_accepted > 0 AND e_kind[i] = ANY (c_asked);
      v_first := v_last + 1;
      WHILE l_entry[v_last + 1] = i LOOP v_last := v_last + 1; END LOOP;
      v_code := NULL; v_done := 0; v_posting := v_posted; v_at := e_recorded[i];
      <<entry>> BEGIN
        EXIT entry WHEN o_id[i] IS NOT NULL OR o_code[i] IS NOT NULL;
        IF n > 1 THEN
          o := r_same[i];
          WHILE o IS NOT NULL AND o_id[o] IS NULL LOOP o := r_same[o]; END LOOP;
          IF o IS NOT NULL THEN
            IF e_hash[o] = e_hash[i] THEN
              o_id[i] := o_id[o]; o_log[i] := o_log[o]; o_at[i] := o_at[o]; o_replayed[i] := true;
            ELSE
              v_code := 'idempotency_conflict';
            END IF;
            EXIT entry;
          END IF;
        END IF;
        IF e_reverses[i] IS NOT NULL THEN
          r_reverses[i] := (SELECT kind FROM journal_entries WHERE id = e_reverses[i]);
          IF NOT ledger_kind_is_reversible(r_reverses[i]) THEN v_code := 'not_reversible'; EXIT entry; END IF;
          IF EXISTS (SELECT 1 FROM journal_entries WHERE reverses_id = e_reverses[i]) THEN v_code := 'already_reversed'; EXIT entry; END IF;
        END IF;

        FOR j IN v_first .. v_last LOOP
          f := l_from[j]; t := l_to[j];
          IF NOT v_plain THEN
            IF (a_purpose[t] IN ('shares', 'reserved', 'mint')) = (a_asset[t] = 'USD') OR (a_purpose[f] IN ('shares', 'reserved', 'mint')) = (a_asset[f] = 'USD')
               OR a_asset[f] <> a_asset[t] THEN v_code := 'asset_mismatch'; EXIT entry; END IF;
            IF NOT ledger_may_pass(e_kind[i], a_purpose[f], a_purpose[t]) THEN
              RAISE EXCEPTION '% does not go from % to %', e_kind[i], a_purpose[f], a_purpose[t] USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_edge';
            END IF;
          END IF;
          IF a_since IS NOT NULL THEN
            -- What is held need not be there.
            CONTINUE WHEN l_amount[j] IS NULL AND a_since[t] IS NULL;
            IF a_since[f] IS NULL AND a_id[f] IS NOT NULL AND a_purpose[f] IN ('outside', 'mint', 'claim') THEN a_since[f] := i; END IF;
            IF (f IS NOT NULL AND a_since[f] IS NULL) OR a_id[t] IS NULL THEN v_code := 'unknown_account'; EXIT entry; END IF;
            IF a_since[t] IS NULL THEN a_since[t] := i; END IF;
          END IF;
          v_at := greatest(v_at, a_last[f], a_last[t], a_last[a_token_owner[t]]);
        END LOOP;
        IF v_at > e_recorded[i] + interval '5 seconds' THEN v_code := 'clock_behind'; EXIT entry; END IF;
        IF e_kind[i] = ANY (c_asked) THEN
          v_code := ledger_refuses(e_kind[i], e_about[i], e_reverses[i], e_data[i], v_at);
          EXIT entry WHEN v_code IS NOT NULL;
        END IF;
        IF e_kind[i] = ANY (c_asked) OR e_kind[i] = ANY (c_naming) AND length(e_data[i]::text) / c_id + 2 * (v_last - v_first + 1) >= c_people THEN
          IF ledger_names_too_many(e_kind[i], e_about[i], e_reverses[i], e_data[i], ARRAY(
            SELECT a_owner[x.a] FROM generate_series(v_first, v_last) AS nr, LATERAL (VALUES (l_from[nr]), (l_to[nr])) AS x (a)
            WHERE l_from[nr] IS NOT NULL AND a_purpose[x.a] IN ('cash', 'shares', 'claim'))
          ) THEN v_code := 'too_many_people'; EXIT entry; END IF;
        END IF;

        FOR j IN v_first .. v_last LOOP
          CONTINUE WHEN l_amount[j] IS NULL;
          f := l_from[j]; t := l_to[j]; v_done := j;
          IF f IS NULL THEN
            a_waiting[t] := a_waiting[t] + l_amount[j];
            IF a_waiting[t] < 0 OR a_purpose[t] <> 'shares' THEN RAISE EXCEPTION '%: so many shares do not wait', e_kind[i]; END IF;
          ELSE
            a_balance[f] := a_balance[f] - l_amount[j]; a_version[f] := a_version[f] + 1;
            a_balance[t] := a_balance[t] + l_amount[j]; a_version[t] := a_version[t] + 1;
            IF a_balance[f] < a_floor[f] THEN
              v_code := CASE WHEN a_purpose[f] = 'shares' AND a_ceiling[f] IS NULL THEN 'cap_exceeded' ELSE 'insufficient_balance' END;
              EXIT entry;
            END IF;
            v_posting := v_posting + 1;
            p_from_version[v_posting] := a_version[f]; p_from_balance[v_posting] := a_balance[f];
            p_to_version[v_posting] := a_version[t]; p_to_balance[v_posting] := a_balance[t];
          END IF;
          IF a_balance[t] + a_waiting[t] > a_ceiling[t] THEN
            IF a_purpose[t] <> 'shares' THEN RAISE EXCEPTION '%: more is repaid than is owed', e_kind[i]; END IF;
            v_code := 'holder_limit';
            EXIT entry;
          END IF;
        END LOOP;

        v_accepted := v_accepted + 1;
        r_id[i] := nextval('journal_entries_id_seq'); r_recorded[i] := v_at;
        r_effective[i] := CASE WHEN e_effective[i] = e_recorded[i] THEN v_at ELSE e_effective[i] END;
        o_id[i] := r_id[i]; o_log[i] := gen_random_uuid(); o_at[i] := extract(epoch FROM v_at) * 1000;
        v_posting := v_posted;
        FOR j IN v_first .. v_last LOOP
          f := l_from[j]; t := l_to[j]; o := a_token_owner[t];
          CONTINUE WHEN a_since[t] IS NULL AND a_since IS NOT NULL;
          IF a_balance[t] IS NOT NULL THEN a_last[t] := v_at; a_touched[t] := true; END IF;
          IF o IS NOT NULL THEN a_last[o] := v_at; a_touched[o] := true; END IF;
          CONTINUE WHEN f IS NULL;
          IF a_balance[f] IS NOT NULL THEN a_last[f] := v_at; a_touched[f] := true; END IF;
          v_posted := v_posted + 1;
          p_entry[v_posted] := r_id[i]; p_position[v_posted] := v_posted - v_posting - 1; p_asset[v_posted] := a_asset[f];
          p_amount[v_posted] := l_amount[j]; p_from[v_posted] := a_id[f]; p_to[v_posted] := a_id[t];
          -- The owner's floor, which the projection sets, holds for what follows in the batch.
          IF e_kind[i] = 'token_minted' THEN a_floor[t] := 8000000; END IF;
        END LOOP;
      END entry;

      IF v_code IS NOT NULL THEN
        o_code[i] := v_code;
        FOR j IN v_first .. v_done LOOP
          f := l_from[j]; t := l_to[j];
          IF f IS NULL THEN
            a_waiting[t] := a_waiting[t] - COALESCE(l_amount[j], 0);
          ELSE
            a_balance[f] := a_balance[f] + l_amount[j]; a_version[f] := a_version[f] - 1;
            a_balance[t] := a_balance[t] - l_amount[j]; a_version[t] := a_version[t] - 1;
          END IF;
        END LOOP;
        IF a_since IS NOT NULL THEN
          FOR j IN v_first .. v_last LOOP
            f := l_from[j]; t := l_to[j];
            IF a_since[f] = i THEN a_since[f] := NULL; END IF;
            IF a_since[t] = i THEN a_since[t] := NULL; END IF;
          END LOOP;
        END IF;
      END IF;
      i := i + 1;
    END LOOP;
    v_next := i;
    EXIT WHEN v_accepted = 0;

    WITH entries AS (
      INSERT INTO journal_entries (id, log_id, kind, effective_at, recorded_at, actor_id, idempotency_key, input_hash, about_type, about_id,
        memo, reverses_id, reverses_kind, data) OVERRIDING SYSTEM VALUE
      SELECT r_id[nr], o_log[nr], e_kind[nr], r_effective[nr], r_recorded[nr], e_actor[nr], e_key[nr], e_hash[nr], e_about_type[nr], e_about[nr],
        e_memo[nr], e_reverses[nr], r_reverses[nr], e_data[nr]
      FROM generate_series(v_from, v_next - 1) AS nr WHERE r_id[nr] IS NOT NULL
    ), openings AS (
      INSERT INTO entry_openings (entry_id, salt) SELECT r_id[nr], ledger_salt() FROM generate_series(v_from, v_next - 1) AS nr WHERE r_id[nr] IS NOT NULL
    ), queue AS (
      INSERT INTO log_queue (entry_id) SELECT r_id[nr] FROM generate_series(v_from, v_next - 1) AS nr WHERE r_id[nr] IS NOT NULL
    ), lines AS (
      INSERT INTO postings (entry_id, position, asset, amount, from_id, to_id, from_version, from_balance, to_version, to_balance)
      SELECT p_entry[nr], p_position[nr], p_asset[nr], p_amount[nr], p_from[nr], p_to[nr], p_from_version[nr], p_from_balance[nr], p_to_version[nr], p_to_balance[nr]
      FROM generate_series(v_written + 1, v_posted) AS nr
    )
    UPDATE accounts a SET balance = a_balance[nr], version = a_version[nr], waiting = a_waiting[nr], last_recorded_at = a_last[nr]
      FROM generate_series(1, v_accounts) AS nr WHERE a.id = a_id[nr] AND a_touched[nr];
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows <> cardinality(array_positions(a_touched, true)) THEN RAISE EXCEPTION 'an account is named twice'; END IF;
    v_written := v_posted;
    IF v_next <= n THEN a_touched := array_fill(false, ARRAY[v_accounts]); END IF;

    FOR j IN v_from .. v_next - 1 LOOP
      CONTINUE WHEN r_id[j] IS NULL OR NOT ledger_kind_has_projection(e_kind[j]);
      SELECT * INTO v_entry FROM journal_entries WHERE id = r_id[j];
      PERFORM ledger_project(v_entry);
    END LOOP;
  END LOOP;

  IF v_opened IS NOT NULL THEN
    FOR j IN 1 .. v_accounts LOOP
      IF a_since[j] IS NULL THEN v_unused := v_unused || a_id[j]; END IF;
    END LOOP;
    DELETE FROM accounts WHERE id = ANY (v_unused) AND id = ANY (v_opened);
  END IF;
END $$;
