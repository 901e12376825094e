/** Journal entries that take back, and that turn what is owed since into cash (T31). */
import { type Act, act, cash, type EntryInput, OUTSIDE, outside, usd } from "./entries";
import type { EntryKind } from "./kinds";
import type { Mirror } from "./reversal";

/**
 * The mirror of an entry, with the claims for what cannot be taken back. `logIdOf` gives people's log ids. Refused with
 * `not_reversible`, `already_reversed`, `reverse_later_entries_first`.
 */
export function reversed(
  a: Act,
  original: { entryId: bigint; logId: string; kind: EntryKind },
  mirror: Mirror,
  logIdOf: (personId: string) => string,
): EntryInput {
  return {
    ...act(a),
    kind: "reversal",
    about: { type: "entry", id: original.logId },
    reverses: { entryId: original.entryId, kind: original.kind },
    data: {
      claims: mirror.claims.map((claim) => ({
        debtor: logIdOf(claim.debtor),
        creditor: claim.creditor === OUTSIDE ? OUTSIDE : logIdOf(claim.creditor),
        cents: String(claim.cents),
      })),
    },
    postings: mirror.postings,
  };
}

/**
 * A debtor repays what they owe since a reversal: their cash → the creditor's, and as much of the due → the claim.
 * Refused with `claim_exceeded`, `insufficient_balance`.
 */
export function claimRepaid(
  a: Act,
  claim: {
    reversalLogId: string;
    debtor: { id: string; logId: string };
    creditor: { id: string; logId: string };
    cents: bigint;
  },
): EntryInput {
  const { debtor, creditor, cents } = claim;
  return {
    ...act(a),
    kind: "claim_repaid",
    about: { type: "entry", id: claim.reversalLogId },
    data: { debtor: debtor.logId, creditor: creditor.logId, cents: String(cents) },
    postings: [
      usd(cash(debtor.id), creditor.id === OUTSIDE ? outside : cash(creditor.id), cents),
      usd({ purpose: "due", owner: creditor.id }, { purpose: "claim", owner: debtor.id }, cents),
    ],
  };
}
