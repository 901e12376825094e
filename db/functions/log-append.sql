-- The public log's writer: the only way to its tables.

-- Holds the log for the rest of the transaction and answers how long it is; null where somebody else holds it.
CREATE OR REPLACE FUNCTION log_hold() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_size bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7305203) THEN RETURN NULL; END IF;
  SELECT size INTO STRICT v_size FROM log_state FOR UPDATE;
  RETURN v_size;
END $$;

-- Appends a batch to a log of p_from leaves, ending in the leaf of all heads: by leaf its entry and the entry's body (null for the
-- last), its data and its hash; by link the person, its number, its leaf and the head after it; by tile its level, index and hash.
-- Takes the entries out of the queue. Throws where the log has another length, an entry was not in the queue, or a chain does not
-- go on from where it was.
DROP FUNCTION IF EXISTS log_append(bigint, jsonb, bytea, timestamptz);
CREATE OR REPLACE FUNCTION log_append(
  p_from bigint, p_entries bigint[], p_bodies bytea[], p_data bytea[], p_hashes bytea[],
  p_people uuid[], p_ns int[], p_places bigint[], p_heads bytea[],
  p_levels int[], p_indexes bigint[], p_tiles bytea[], p_root bytea, p_at timestamptz
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_size bigint := p_from + cardinality(p_data);
  v_count bigint;
BEGIN
  UPDATE log_state SET size = v_size WHERE size = p_from;
  IF NOT FOUND THEN RAISE EXCEPTION 'the log is not % leaves long', p_from USING ERRCODE = 'serialization_failure'; END IF;
  DELETE FROM log_queue WHERE entry_id = ANY (p_entries);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count IS DISTINCT FROM v_size - p_from - 1 THEN RAISE EXCEPTION 'an entry that did not wait'; END IF;
  INSERT INTO log_leaves (index, entry_id, data, hash)
    SELECT p_from + l.nr - 1, l.entry, l.data, l.hash
    FROM unnest(p_entries, p_data, p_hashes) WITH ORDINALITY AS l (entry, data, hash, nr);
  UPDATE entry_openings o SET body = l.body FROM unnest(p_entries, p_bodies) AS l (entry, body) WHERE o.entry_id = l.entry;
  INSERT INTO log_links (person, n, leaf_index, head) SELECT * FROM unnest(p_people, p_ns, p_places, p_heads);
  IF EXISTS (
    SELECT 1 FROM unnest(p_people, p_ns, p_places) AS k (person, n, place)
    LEFT JOIN log_links b ON b.person = k.person AND b.n = k.n - 1
    WHERE k.n > 1 AND (b.leaf_index IS NULL OR b.leaf_index >= k.place)) THEN
    RAISE EXCEPTION 'a chain does not go on from where it was';
  END IF;
  INSERT INTO log_tile_hashes (level, index, hash) SELECT * FROM unnest(p_levels, p_indexes, p_tiles);
  INSERT INTO log_trees (size, root, made_at) VALUES (v_size, p_root, p_at);
  RETURN v_size;
END $$;

-- Erases the opening of a private entry, which two operators have decided: nobody can prove any more what it was.
CREATE OR REPLACE FUNCTION log_erase_opening(p_entry bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM entry_openings o USING closed_openings c, journal_entries e, log_leaves l
    WHERE o.entry_id = p_entry AND c.entry_id = o.entry_id AND c.closed_at IS NOT NULL AND e.id = o.entry_id AND l.entry_id = o.entry_id
      AND convert_from(l.data, 'UTF8')::jsonb->'chains' = '[]'::jsonb AND e.kind <> 'key_changed';
  IF NOT FOUND THEN RAISE EXCEPTION 'entry % is not one whose opening two operators erase', p_entry; END IF;
END $$;

-- Ends the request of one operator to take an opening away, before a second has decided.
CREATE OR REPLACE FUNCTION log_keep_opening(p_entry bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM closed_openings WHERE entry_id = p_entry AND closed_at IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'entry % is not one whose opening one operator asked to take away', p_entry; END IF;
END $$;

-- Publishes a tree: its signed checkpoint, and the keys that signed it. A second time is nothing. With it the bodies disappear
-- that an entry in this tree says are withheld.
CREATE OR REPLACE FUNCTION log_publish(p_size bigint, p_note text, p_vkeys text[], p_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO log_keys (vkey, since) SELECT vkey, p_at FROM unnest(p_vkeys) vkey ON CONFLICT DO NOTHING;
  INSERT INTO log_checkpoints (size, note, signed_at) VALUES (p_size, p_note, p_at) ON CONFLICT DO NOTHING;
  DELETE FROM entry_openings o USING closed_openings c, log_leaves l
    WHERE c.entry_id = o.entry_id AND c.closed_at IS NOT NULL AND l.entry_id = c.withheld_by AND l.index < p_size;
$$;
