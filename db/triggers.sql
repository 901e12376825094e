-- Every table tells of what is written to it (note_public_change), but for those of which no public page shows anything, and those
-- that the posting functions and the log alone write: log_state and log_queue say that. Runs as the owner after each migration.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL (ARRAY[
    'accounts', 'journal_entries', 'postings', 'lots', 'lot_movements', 'lot_payments', 'reservations', 'gain_parts',
    'entry_openings', 'log_queue', 'log_ids', 'sales', 'sold_lots', 'token_gains', 'marks', 'mark_counts', 'claims',
    'person_payments', 'record_flows', 'person_totals', 'nothing_declared', 'same_persons', 'log_leaves', 'log_links',
    'log_tile_hashes', 'log_trees', 'log_checkpoints', 'log_keys', 'log_state',
    'audit_events', 'clock_offset', 'command_results', 'dev_mailbox', 'email_changes', 'email_tokens', 'mail_secret', 'muted_topics',
    'outbox', 'public_changes', 'published_records', 'rate_limits', 'recovery_codes', 'sessions', 'sign_in_steps',
    'application_drafts', 'application_answers', 'application_files', 'application_works', 'application_events', 'application_standings',
    'application_tags', 'review_assignments', 'reviews', 'review_scores', 'reviewer_scales', 'review_comments', 'review_comparisons',
    'conflict_declarations', 'redactions', 'decisions', 'decision_releases', 'decision_templates', 'late_codes', 'saved_cohorts',
    'calendar_tokens', 'sister_requests', 'rubric_criteria'])
    AND NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'public_change')
  LOOP
    EXECUTE format('CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
      FOR EACH STATEMENT EXECUTE FUNCTION public.note_public_change()', t);
  END LOOP;
END $$;
