/** Why an entry was refused, in the order in which it is checked (the table in the room's README). */
export const LEDGER_REFUSALS = [
  "idempotency_conflict",
  "asset_mismatch",
  "unknown_account",
  "clock_behind",
  "cap_exceeded",
  "insufficient_balance",
  "holder_limit",
  "claim_exceeded",
] as const;
export type LedgerRefusal = (typeof LEDGER_REFUSALS)[number];
