-- The words that search finds somebody or something by: without accents, in lower case, cut at signs as well as spaces.
-- Works on every server: no extension is needed.
CREATE FUNCTION search_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', regexp_replace(
    normalize(lower(translate(said, '-_./@:+''', '        ')), NFKD), U&'[\0300-\036F]', '', 'g'));
$$;--> statement-breakpoint
CREATE INDEX persons_search ON persons USING gin (search_words(display_name || ' ' || handle)) WHERE email_verified_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX profiles_search ON profiles USING gin (search_words(headline));--> statement-breakpoint
CREATE INDEX cohorts_search ON cohorts USING gin (search_words(title || ' ' || skill || ' ' || pitch));
