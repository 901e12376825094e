-- One CHECK a table: each is read and planned anew by every statement that writes to it. What it calls is named with its schema,
-- for a dump is restored without a search path.
-- Whether an account is within its limits (L2) and as its purpose asks: its asset, its limits, a running balance or none, and nobody
-- waits but holders.
CREATE OR REPLACE FUNCTION ledger_account_is_sound(purpose text, asset text, floor bigint, ceiling bigint, balance bigint, version bigint, waiting bigint)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (balance >= floor) IS NOT FALSE AND (balance + waiting <= ceiling) IS NOT FALSE
    AND CASE WHEN purpose IN ('shares', 'reserved', 'mint') THEN asset ~ '^TOKEN:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' ELSE asset = 'USD' END
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
-- Whether an entry is of a known kind, not ahead of its time (L7) and a reversal of what can be reversed or none (L6).
CREATE FUNCTION ledger_entry_is_sound(kind text, effective_at timestamptz, recorded_at timestamptz, reverses_id bigint, reverses_kind text, input_hash bytea)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN public.ledger_kind_is_known(kind)
    AND effective_at <= recorded_at AND (effective_at = recorded_at OR NOT public.ledger_kind_moves_shares(kind))
    AND (kind = 'reversal') = (reverses_id IS NOT NULL) AND (reverses_id IS NULL) = (reverses_kind IS NULL)
    AND (reverses_kind IS NULL OR public.ledger_kind_is_reversible(reverses_kind))
    AND octet_length(input_hash) = 32;
END $$;--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_floor_held";--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_ceiling_held";--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_of_its_purpose";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_shares_now";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_not_ahead";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_reversal";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_hash";--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_amount";--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_ends_differ";--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_versions";--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_entry_id_journal_entries_id_fk";
--> statement-breakpoint
DROP INDEX "journal_entries_about";--> statement-breakpoint
CREATE INDEX "journal_entries_about" ON "journal_entries" USING btree ("about_id","id");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_sound" CHECK (ledger_account_is_sound("accounts"."purpose", "accounts"."asset", "accounts"."floor", "accounts"."ceiling", "accounts"."balance", "accounts"."version", "accounts"."waiting"));--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_sound" CHECK (ledger_entry_is_sound("journal_entries"."kind", "journal_entries"."effective_at", "journal_entries"."recorded_at", "journal_entries"."reverses_id", "journal_entries"."reverses_kind", "journal_entries"."input_hash"));--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_sound" CHECK ("postings"."amount" > 0 and "postings"."from_id" <> "postings"."to_id" and ("postings"."from_version" is null) = ("postings"."from_balance" is null) and ("postings"."to_version" is null) = ("postings"."to_balance" is null));
