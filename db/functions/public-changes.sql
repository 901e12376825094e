-- Counts, once a transaction, that something was written that a public page may show: the sum of public_changes is another for
-- every reader who sees the write, and for no other. Takes a counter that nobody holds, or begins one: nobody waits for anybody.
CREATE OR REPLACE FUNCTION note_public_change() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE v_me text := pg_current_xact_id()::text;
BEGIN
  -- Local to the transaction, and undone with a savepoint, as the write is.
  IF current_setting('belay.public_change', true) IS DISTINCT FROM v_me THEN
    UPDATE public.public_changes SET n = n + 1
      WHERE id = (SELECT id FROM public.public_changes ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN INSERT INTO public.public_changes DEFAULT VALUES; END IF;
    PERFORM set_config('belay.public_change', v_me, true);
  END IF;
  RETURN NULL;
END $$;
