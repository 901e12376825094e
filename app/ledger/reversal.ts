/** What a reversal moves: the mirror of an entry, and claims for what cannot be taken back (T31). Pure, whole cents. */
import { divideByLargestRemainder } from "./distribution";
import { type AccountRef, OUTSIDE, type PostingInput, USD } from "./entries";

/** A posting of the entry that is reversed. */
export type OldPosting = PostingInput;
export type Claim = { debtor: string; creditor: string; cents: bigint };

export type Mirror = { postings: PostingInput[]; claims: Claim[] };

const keyOf = (ref: AccountRef): string => `${ref.purpose}/${ref.owner}`;

/**
 * Mirrors an entry's postings, the last first. Where somebody's cash does not suffice, what is there goes back, over
 * several creditors by largest remainder, and the rest becomes a claim against them and a due to the creditor: never money
 * from nowhere. What comes back to somebody in this reversal is there for what they give back in it.
 * `cashOf`: each debtor's balance; `personOf`: whose an escrow account is. The platform is creditor where money had come
 * from outside.
 */
export function mirrorOf(
  old: readonly OldPosting[],
  cashOf: (person: string) => bigint,
  personOf: (escrowOwner: string) => string,
): Mirror {
  const mirrored = [...old].reverse().map((p) => ({ ...p, from: p.to, to: p.from }));
  const balances = new Map<string, bigint>();
  const balance = (person: string) => balances.get(person) ?? cashOf(person);
  const creditorOf = (ref: AccountRef): string =>
    ref.purpose === "escrow" ? personOf(ref.owner) : ref.owner;
  const done = new Set<string>();
  const mirror: Mirror = { postings: [], claims: [] };
  for (const posting of mirrored) {
    if (posting.asset !== USD || posting.from.purpose !== "cash") {
      mirror.postings.push(posting);
      credit(balances, balance, posting.to, posting.amount);
      continue;
    }
    if (done.has(keyOf(posting.from))) continue;
    done.add(keyOf(posting.from));
    const debtor = posting.from.owner;
    const owed = mirrored.filter((p) => keyOf(p.from) === keyOf(posting.from) && p.asset === USD);
    const total = owed.reduce((sum, p) => sum + p.amount, 0n);
    const there = balance(debtor) < total ? balance(debtor) : total;
    const parts = there === total ? owed.map((p) => p.amount) : shareOut(there, owed);
    balances.set(debtor, balance(debtor) - there);
    for (const [i, p] of owed.entries()) {
      const part = parts[i] ?? 0n;
      if (part > 0n) mirror.postings.push({ ...p, amount: part });
      credit(balances, balance, p.to, part);
      if (part < p.amount) addClaim(mirror.claims, debtor, creditorOf(p.to), p.amount - part);
    }
  }
  for (const claim of mirror.claims)
    mirror.postings.push({
      from: { purpose: "claim", owner: claim.debtor },
      to: { purpose: "due", owner: claim.creditor },
      asset: USD,
      amount: claim.cents,
    });
  return mirror;
}

/** What is there, over those it is owed to: never more to one than is owed, for the parts follow what is owed. */
const shareOut = (there: bigint, owed: readonly PostingInput[]): bigint[] =>
  divideByLargestRemainder(
    there,
    owed.map((p) => p.amount),
  );

function credit(
  balances: Map<string, bigint>,
  balance: (person: string) => bigint,
  to: AccountRef,
  cents: bigint,
): void {
  if (to.purpose === "cash") balances.set(to.owner, balance(to.owner) + cents);
}

function addClaim(claims: Claim[], debtor: string, creditor: string, cents: bigint): void {
  const same = claims.find((c) => c.debtor === debtor && c.creditor === creditor);
  if (same) same.cents += cents;
  else claims.push({ debtor, creditor, cents });
}

/** Whether a claim's creditor is the platform, which is no person. */
export const isPlatform = (creditor: string): boolean => creditor === OUTSIDE;
