-- Scores are changed often: room on their pages lets a change stay on its page, without an entry in each index.
ALTER TABLE reviews SET (fillfactor = 75);--> statement-breakpoint
ALTER TABLE review_scores SET (fillfactor = 75);--> statement-breakpoint
ALTER TABLE application_standings SET (fillfactor = 75);--> statement-breakpoint
ALTER TABLE review_assignments SET (fillfactor = 75);--> statement-breakpoint
DROP TRIGGER reviews_waiting ON reviews;--> statement-breakpoint
CREATE TRIGGER reviews_waiting AFTER INSERT ON reviews FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION keep_waiting();--> statement-breakpoint
CREATE TRIGGER reviews_still_waiting AFTER UPDATE OF state ON reviews FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION keep_waiting();
