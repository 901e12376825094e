-- Whom a person may not review in a cohort, and why: who holds shares of the other, both hold shares of one token, who referred them, relatives and
-- controlled entities, students of another cohort that they work
-- or worked on, and what was declared (T29). A person may be named more than once.
CREATE OR REPLACE FUNCTION review_conflicts(p_reviewer uuid, p_cohort uuid) RETURNS TABLE (applicant_id uuid, kind text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT p_reviewer, 'self'
  UNION SELECT t.owner_id, 'holder' FROM lots l JOIN tokens t ON t.id = l.token_id WHERE l.holder_id = p_reviewer AND l.shares_left > 0
  UNION SELECT l.holder_id, 'holder' FROM tokens t JOIN lots l ON l.token_id = t.id WHERE t.owner_id = p_reviewer AND l.shares_left > 0
  UNION SELECT theirs.holder_id, 'co_owner' FROM lots own JOIN lots theirs ON theirs.token_id = own.token_id
    WHERE own.holder_id = p_reviewer AND own.shares_left > 0 AND theirs.shares_left > 0 AND theirs.holder_id <> p_reviewer
  UNION SELECT COALESCE(r.talent_id, p.id), 'scout' FROM referrals r LEFT JOIN persons p ON p.email = r.talent_email
    WHERE r.scout_id = p_reviewer AND (r.state IN ('sent', 'confirmed') OR r.talent_id IS NOT NULL) AND COALESCE(r.talent_id, p.id) IS NOT NULL
  UNION SELECT CASE p_reviewer WHEN t.person_id THEN t.other_id ELSE t.person_id END, 'relative' FROM ties t
    WHERE p_reviewer IN (t.person_id, t.other_id) AND t.ended_at IS NULL
  UNION SELECT e.person_id, 'earlier_cohort' FROM enrolments e JOIN cohorts c ON c.id = e.cohort_id
    WHERE e.state = 'confirmed' AND c.id <> p_cohort AND (c.teacher_id = p_reviewer OR EXISTS (
      SELECT 1 FROM cohort_teachers ct WHERE ct.cohort_id = c.id AND ct.person_id = p_reviewer AND ct.state IN ('accepted', 'left')))
  UNION SELECT d.applicant_id, 'declared' FROM conflict_declarations d WHERE d.reviewer_id = p_reviewer AND d.ended_at IS NULL
$$;
