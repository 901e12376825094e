-- Resolves one side of a posting to an account id, opening the account where it may be opened.
-- Returns null where nobody with that id can have such an account.
CREATE OR REPLACE FUNCTION ledger_open_account(p_purpose text, p_owner uuid, p_asset text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_id bigint;
  v_floor bigint := 0;
  v_ceiling bigint;
  v_kept boolean := p_purpose NOT IN ('outside', 'mint');
  v_token tokens%ROWTYPE;
BEGIN
  IF p_asset <> 'USD' THEN
    SELECT * INTO v_token FROM tokens WHERE id = substr(p_asset, 7)::uuid;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  IF NOT (CASE p_purpose
    WHEN 'outside' THEN p_owner = '00000000-0000-0000-0000-000000000000'
    WHEN 'mint' THEN p_owner = v_token.id
    WHEN 'escrow' THEN EXISTS (SELECT 1 FROM offer_parts WHERE id = p_owner) OR EXISTS (SELECT 1 FROM withdrawals WHERE id = p_owner)
      OR EXISTS (SELECT 1 FROM resale_purchases WHERE id = p_owner) OR EXISTS (SELECT 1 FROM partings WHERE id = p_owner)
    WHEN 'reserved' THEN EXISTS (SELECT 1 FROM offers WHERE id = p_owner) OR EXISTS (SELECT 1 FROM resales WHERE id = p_owner)
    WHEN 'due' THEN p_owner = '00000000-0000-0000-0000-000000000000' OR EXISTS (SELECT 1 FROM persons WHERE id = p_owner)
    ELSE EXISTS (SELECT 1 FROM persons WHERE id = p_owner)
  END) THEN RETURN NULL; END IF;
  IF p_purpose = 'shares' AND p_owner <> v_token.owner_id THEN v_ceiling := 1000000; END IF;
  IF p_purpose = 'claim' THEN v_floor := NULL; v_ceiling := 0; END IF;
  IF NOT v_kept THEN v_floor := NULL; END IF;
  INSERT INTO accounts (purpose, owner_id, asset, floor, ceiling, balance, version)
  VALUES (p_purpose, p_owner, p_asset, v_floor, v_ceiling, CASE WHEN v_kept THEN 0 END, CASE WHEN v_kept THEN 0 END)
  ON CONFLICT (owner_id, purpose, asset) DO NOTHING;
  SELECT id INTO v_id FROM accounts WHERE owner_id = p_owner AND purpose = p_purpose AND asset = p_asset;
  RETURN v_id;
END $$;

-- Holds one account's row until the transaction ends (the application's role has no right to lock it itself).
CREATE OR REPLACE FUNCTION ledger_hold(p_purpose text, p_owner uuid, p_asset text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM accounts WHERE owner_id = p_owner AND purpose = p_purpose AND asset = p_asset FOR NO KEY UPDATE;
$$;
