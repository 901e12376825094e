/** Why an entry was refused, in the order in which it is checked (the table in the room's README). */
export const LEDGER_REFUSALS = [
  "idempotency_conflict",
  "not_reversible",
  "already_reversed",
  "asset_mismatch",
  "unknown_account",
  "clock_behind",
  "reverse_later_entries_first",
  "shares_locked",
  "claim_exceeded",
  "too_many_holders",
  "too_many_people",
  "cap_exceeded",
  "insufficient_balance",
  "holder_limit",
] as const;
export type LedgerRefusal = (typeof LEDGER_REFUSALS)[number];
