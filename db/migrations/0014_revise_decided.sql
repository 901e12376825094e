-- Who was asked to revise, and has not or has done enough, may be admitted, put on the waitlist or kept for another cohort.
DROP TRIGGER applications_transition ON applications;--> statement-breakpoint
CREATE TRIGGER applications_transition BEFORE UPDATE ON applications FOR EACH ROW EXECUTE FUNCTION keep_states(
  'draft>submitted', 'draft>withdrawn', 'submitted>withdrawn', 'withdrawn>draft', 'submitted>admitted', 'submitted>declined',
  'submitted>waitlisted', 'submitted>revise', 'submitted>deferred', 'waitlisted>admitted', 'waitlisted>declined', 'waitlisted>withdrawn',
  'waitlisted>deferred', 'revise>submitted', 'revise>withdrawn', 'revise>admitted', 'revise>waitlisted', 'revise>deferred', 'revise>declined');
