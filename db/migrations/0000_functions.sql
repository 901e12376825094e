-- What CHECK constraints of the tables ask. Those that every posting asks are plpgsql: an SQL function would be parsed anew by each. The lists are compared with the code's by a test.
CREATE FUNCTION handle_is_reserved(handle text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT handle = ANY (ARRAY[
    'about','account','admin','administrator','api','app','apply','assets','belay','billing','cohort','cohorts',
    'compare','contact','dev','desk','feed','gains','healthz','help','home','info','legal','log','login','logout',
    'mail','me','method','moderator','new','offers','operator','people','person','privacy','public','readyz','root',
    'rules','scout','scouts','search','security','settings','sign-in','sign-out','sign-up','staff','static','status',
    'student','students','support','system','teach','teacher','teachers','terms','token','tokens','wallet','www'
  ]);
$$;--> statement-breakpoint
CREATE FUNCTION ledger_kind_is_known(kind text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN kind = ANY (ARRAY[
    'person_opened','same_person','token_minted','investment','gain','evidence','distribution','resale','parting',
    'mark','reversal','claim_repaid','lot_ended','withheld','key_changed',
    'deposit','withdrawal_requested','withdrawal_paid','withdrawal_refused',
    'offer_funded','offer_refunded','offer_signed','offer_left',
    'resale_reserved','resale_funded','resale_returned','gain_deferred','nothing_declared'
  ]);
END $$;--> statement-breakpoint
CREATE FUNCTION ledger_kind_moves_shares(kind text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN kind = ANY (ARRAY[
    'token_minted','investment','resale','parting','lot_ended','reversal','offer_signed','offer_left',
    'resale_reserved','resale_returned'
  ]);
END $$;--> statement-breakpoint
-- T31: what was given back on the way is people's own, and the escrow it came from is closed.
CREATE FUNCTION ledger_kind_is_reversible(kind text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN kind <> ALL (ARRAY[
    'token_minted','reversal','person_opened','same_person','withheld','key_changed',
    'offer_refunded','offer_left','withdrawal_refused','resale_returned'
  ]);
END $$;--> statement-breakpoint
-- Whether an account is as its purpose asks: its asset, its limits, a running balance or none, and nobody waits but holders.
CREATE FUNCTION ledger_account_is_sound(purpose text, asset text, floor bigint, ceiling bigint, balance bigint, version bigint, waiting bigint)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE WHEN purpose IN ('shares', 'reserved', 'mint') THEN asset ~ '^TOKEN:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' ELSE asset = 'USD' END
    AND CASE
      WHEN purpose IN ('outside', 'mint') THEN floor IS NULL AND ceiling IS NULL
      WHEN purpose = 'claim' THEN floor IS NULL AND ceiling = 0
      WHEN purpose = 'shares' AND ceiling IS NOT NULL THEN floor = 0 AND ceiling = 1000000
      WHEN purpose = 'shares' THEN floor IN (0, 8000000)
      WHEN purpose IN ('cash', 'escrow', 'reserved', 'due') THEN floor = 0 AND ceiling IS NULL
      ELSE false END
    AND (purpose IN ('outside', 'mint')) = (balance IS NULL) AND (balance IS NULL) = (version IS NULL) AND COALESCE(version, 0) >= 0
    AND waiting >= 0 AND (waiting = 0 OR (purpose = 'shares' AND ceiling IS NOT NULL));
END $$;--> statement-breakpoint
-- Age at which a person may sign for themselves, by country of residence; never under 18 (T3).
CREATE FUNCTION age_of_majority(country text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN country IN ('KR', 'DZ') THEN 19
    WHEN country IN ('NZ', 'TH') THEN 20
    WHEN country IN ('BH', 'CM', 'EG', 'HN', 'SG') THEN 21
    ELSE 18
  END;
$$;
--> statement-breakpoint
-- The words that search finds somebody or something by: without accents, in lower case, cut at signs as well as spaces.
-- Works on every server: no extension is needed.
CREATE FUNCTION search_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', regexp_replace(
    normalize(lower(translate(said, '-_./@:+''', '        ')), NFKD), U&'[\0300-\036F]', '', 'g'));
$$;
