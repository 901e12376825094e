-- Whether somebody or something with that id can have an account of that purpose. `p_token` is the asset's token, null for money.
CREATE OR REPLACE FUNCTION ledger_may_own(p_purpose text, p_owner uuid, p_token uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE p_purpose
    WHEN 'outside' THEN p_owner = '00000000-0000-0000-0000-000000000000'
    WHEN 'mint' THEN p_owner = p_token
    WHEN 'escrow' THEN EXISTS (SELECT 1 FROM offer_parts WHERE id = p_owner) OR EXISTS (SELECT 1 FROM withdrawals WHERE id = p_owner)
      OR EXISTS (SELECT 1 FROM resale_purchases WHERE id = p_owner) OR EXISTS (SELECT 1 FROM partings WHERE id = p_owner)
    WHEN 'reserved' THEN EXISTS (SELECT 1 FROM offers WHERE id = p_owner) OR EXISTS (SELECT 1 FROM resales WHERE id = p_owner)
    WHEN 'due' THEN p_owner = '00000000-0000-0000-0000-000000000000' OR EXISTS (SELECT 1 FROM persons WHERE id = p_owner)
    ELSE EXISTS (SELECT 1 FROM persons WHERE id = p_owner)
  END;
$$;

-- Whether an entry of that kind may post from an account of the one purpose to one of the other: money crosses the platform's
-- edge, shares leave the mint, and what is owed arises and is settled, in their own kinds alone.
CREATE OR REPLACE FUNCTION ledger_may_pass(p_kind text, p_from text, p_to text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE
    WHEN p_to = 'mint' THEN false
    WHEN p_from = 'mint' THEN p_kind = 'token_minted'
    WHEN p_from = 'outside' THEN p_kind IN ('deposit', 'reversal')
    WHEN p_to = 'outside' THEN p_kind IN ('withdrawal_paid', 'reversal', 'claim_repaid')
    WHEN p_from = 'claim' OR p_to = 'due' THEN p_kind = 'reversal' AND p_from = 'claim' AND p_to = 'due'
    WHEN p_from = 'due' OR p_to = 'claim' THEN p_kind = 'claim_repaid' AND p_from = 'due' AND p_to = 'claim'
    ELSE true END;
END $$;

-- Opens those of the named accounts that may be opened and are not there, with the limits of their purpose. Answers the
-- ids of the new ones.
CREATE OR REPLACE FUNCTION ledger_open_accounts(p_purpose text[], p_owner uuid[], p_asset text[]) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_opened bigint[];
BEGIN
  WITH wanted AS (
    SELECT r.purpose, r.owner, r.asset, r.purpose IN ('outside', 'mint') AS endless, t.id AS token, t.owner_id AS token_owner
    FROM unnest(p_purpose, p_owner, p_asset) AS r(purpose, owner, asset)
    LEFT JOIN tokens t ON t.id = CASE WHEN r.asset LIKE 'TOKEN:%' THEN substr(r.asset, 7)::uuid END
    WHERE r.purpose IS NOT NULL
  ), opened AS (
    INSERT INTO accounts (purpose, owner_id, asset, floor, ceiling, balance, version)
    SELECT purpose, owner, asset,
      CASE WHEN NOT endless AND purpose <> 'claim' THEN 0 END,
      CASE WHEN purpose = 'claim' THEN 0 WHEN purpose = 'shares' AND owner <> token_owner THEN 1000000 END,
      CASE WHEN NOT endless THEN 0 END, CASE WHEN NOT endless THEN 0 END
    FROM wanted
    WHERE (purpose IN ('shares', 'reserved', 'mint')) = (token IS NOT NULL) AND (token IS NULL) = (asset = 'USD')
      AND ledger_may_own(purpose, owner, token)
    ORDER BY owner, purpose, asset
    ON CONFLICT (owner_id, purpose, asset) DO NOTHING
    RETURNING id
  )
  SELECT array_agg(id) INTO v_opened FROM opened;
  RETURN v_opened;
END $$;

-- Holds one account's row until the transaction ends (the application's role has no right to lock it itself).
CREATE OR REPLACE FUNCTION ledger_hold(p_purpose text, p_owner uuid, p_asset text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM accounts WHERE owner_id = p_owner AND purpose = p_purpose AND asset = p_asset FOR NO KEY UPDATE;
$$;
