/** Kinds of journal entry whose body anyone can open in the public log. */
export const PUBLIC_KINDS = [
  "person_opened",
  "same_person",
  "token_minted",
  "investment",
  "gain",
  "evidence",
  "distribution",
  "resale",
  "parting",
  "mark",
  "reversal",
  "claim_repaid",
  "lot_ended",
  "withheld",
  "key_changed",
] as const;

/** Kinds that only their parties can open: the log holds nothing but their commitment. */
export const PRIVATE_KINDS = [
  "deposit",
  "withdrawal_requested",
  "withdrawal_paid",
  "withdrawal_refused",
  "offer_funded",
  "offer_refunded",
  "offer_signed",
  "offer_left",
  "resale_reserved",
  "resale_funded",
  "resale_returned",
  "gain_deferred",
  "nothing_declared",
] as const;

export type EntryKind = (typeof PUBLIC_KINDS)[number] | (typeof PRIVATE_KINDS)[number];

/** Kinds that move shares: they take effect when they are recorded (L7). */
export const SHARE_KINDS: readonly EntryKind[] = [
  "token_minted",
  "investment",
  "resale",
  "parting",
  "lot_ended",
  "reversal",
  "offer_signed",
  "offer_left",
  "resale_reserved",
  "resale_returned",
];

/** Kinds that cannot be reversed: what they gave back on the way is people's own, and the escrow it came from is closed (T31). */
export const IRREVERSIBLE_KINDS: readonly EntryKind[] = [
  "token_minted",
  "reversal",
  "person_opened",
  "same_person",
  "withheld",
  "key_changed",
  "offer_refunded",
  "offer_left",
  "withdrawal_refused",
  "resale_returned",
];
