-- Everybody who counts as that person (T18), they themselves with them: joined with them in the book, or controlling or controlled by one
-- of them, as it is declared now.
CREATE OR REPLACE FUNCTION counted_as(p_person uuid) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE one(id) AS (
    SELECT p_person
    UNION SELECT CASE WHEN e.a = one.id THEN e.b ELSE e.a END FROM one JOIN (
      SELECT person_id AS a, other_id AS b FROM same_persons
      UNION ALL SELECT person_id, other_id FROM ties WHERE kind = 'controls' AND ended_at IS NULL
    ) e ON one.id IN (e.a, e.b)
  ) SELECT id FROM one
$$;
-- Whether two people are declared relatives now, or one of them counts as the other.
CREATE OR REPLACE FUNCTION are_close(p_one uuid, p_other uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH a AS MATERIALIZED (SELECT id FROM counted_as(p_one)), b AS MATERIALIZED (SELECT id FROM counted_as(p_other))
  SELECT EXISTS (SELECT 1 FROM a WHERE a.id = p_other) OR EXISTS (
    SELECT 1 FROM ties t WHERE t.ended_at IS NULL AND (
      (t.person_id IN (SELECT id FROM a) AND t.other_id IN (SELECT id FROM b))
      OR (t.other_id IN (SELECT id FROM a) AND t.person_id IN (SELECT id FROM b))))
$$;
