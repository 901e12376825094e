-- The least that moves money safely: rows locked in order, an entry, a posting, two updates. No keys, no refusals, no history.
CREATE TABLE lean_accounts (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 50);
CREATE TABLE lean_entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, recorded_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE lean_postings (
  entry_id bigint NOT NULL REFERENCES lean_entries, from_id bigint NOT NULL REFERENCES lean_accounts,
  to_id bigint NOT NULL REFERENCES lean_accounts, amount bigint NOT NULL CHECK (amount > 0)
);
CREATE FUNCTION lean_post(p_from bigint, p_to bigint, p_amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v_entry bigint;
BEGIN
  PERFORM 1 FROM lean_accounts WHERE id IN (p_from, p_to) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO lean_entries DEFAULT VALUES RETURNING id INTO v_entry;
  INSERT INTO lean_postings (entry_id, from_id, to_id, amount) VALUES (v_entry, p_from, p_to, p_amount);
  UPDATE lean_accounts SET balance = balance - p_amount WHERE id = p_from;
  UPDATE lean_accounts SET balance = balance + p_amount WHERE id = p_to;
  RETURN v_entry;
END $$;
