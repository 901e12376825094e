-- The application's rights, granted anew after each migration. Runs as the owner; the role's name is in `belay.role`.
DO $$
DECLARE
  r text := current_setting('belay.role');
  t text;
BEGIN
  -- Nobody puts functions beside ours (databases that began before PostgreSQL 15 let everybody).
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM PUBLIC';
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', r);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA public TO %I', r);
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (ARRAY[
    'accounts', 'journal_entries', 'postings', 'lots', 'lot_movements', 'lot_payments', 'reservations', 'gain_parts',
    'entry_openings', 'log_queue', 'log_ids', 'mail_secret', 'sales', 'sold_lots', 'token_gains', 'marks', 'mark_counts', 'claims',
    'person_payments', 'record_flows', 'person_totals', 'nothing_declared', 'same_persons', 'log_leaves', 'log_links',
    'log_tile_hashes', 'log_trees', 'log_checkpoints', 'log_keys', 'log_state'])
  LOOP
    EXECUTE format('GRANT INSERT ON %I TO %I', t, r);
    IF t <> ALL (ARRAY['audit_events', 'agreements', 'documents', 'tokens', 'taken_handles', 'application_events', 'application_files', 'review_comments']) THEN EXECUTE format('GRANT UPDATE ON %I TO %I', t, r); END IF;
  END LOOP;
  FOREACH t IN ARRAY ARRAY['sessions', 'email_tokens', 'command_results', 'application_answers', 'rate_limits', 'muted_topics', 'recovery_codes', 'email_changes', 'sign_in_steps',
    'question_versions', 'rubric_criteria', 'application_drafts', 'application_files', 'application_works', 'application_tags', 'application_standings',
    'review_assignments', 'review_scores', 'review_comparisons', 'decision_templates', 'saved_cohorts'] LOOP
    EXECUTE format('GRANT DELETE ON %I TO %I', t, r);
  END LOOP;
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', r);
  EXECUTE format('GRANT EXECUTE ON FUNCTION ledger_post_cash, ledger_post_many, ledger_hold, log_hold, log_append, log_publish, log_erase_opening, log_keep_opening, review_conflicts, counted_as, are_close TO %I', r);
  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'drizzle') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA drizzle TO %I', r);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO %I', r);
  END IF;
  IF EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'pgboss') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA pgboss TO %I', r);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO %I', r);
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO %I', r);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO %I', r);
  END IF;
END $$;
