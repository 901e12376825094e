-- The subject (person, token, …) behind a log id.
CREATE OR REPLACE FUNCTION ledger_subject(p_kind text, p_log_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT subject_id FROM log_ids WHERE log_id = p_log_id AND kind = p_kind;
$$;

-- Whether an entry stands: it was not reversed.
CREATE OR REPLACE FUNCTION ledger_stands(p_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = p_id);
$$;
