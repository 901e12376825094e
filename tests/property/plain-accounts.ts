import type { LedgerRefusal } from "~/ledger/refusals";

/** What the book must answer: accepted, or why not. */
export type Code = "ok" | LedgerRefusal;
/** Money or shares from one account to another, by the accounts' names. */
export type Move = { from: string; to: string; amount: bigint };
/** Shares that wait for a holder: more, or below zero fewer. */
export type Wait = { account: string; shares: bigint };

export const cash = (person: string) => `cash/${person}`;
export const escrow = (owner: string) => `escrow/${owner}`;
export const shares = (person: string, token: string) => `shares/${person}/${token}`;
export const reserved = (owner: string, token: string) => `reserved/${owner}/${token}`;
export const claim = (person: string) => `claim/${person}`;
export const due = (person: string) => `due/${person}`;
export const OUTSIDE = "outside";

const isEndless = (account: string) => account === OUTSIDE || account.startsWith("mint/");

/** The model's accounts: a map of balances, with the limits that the ledger's table of purposes gives them. */
export class PlainAccounts {
  readonly balances = new Map<string, bigint>();
  readonly waiting = new Map<string, bigint>();
  /** The accounts of tokens' owners, who must keep 80%. */
  readonly owners = new Set<string>();

  of(account: string): bigint {
    return this.balances.get(account) ?? 0n;
  }
  waitingFor(account: string): bigint {
    return this.waiting.get(account) ?? 0n;
  }

  /** Moves all or nothing. `asked` is what is refused before any limit is looked at. */
  move(moves: readonly Move[], waits: readonly Wait[] = [], asked: Code = "ok"): Code {
    const known = new Set(this.balances.keys());
    for (const { from, to } of moves) {
      if (!isEndless(from) && !from.startsWith("claim/") && !known.has(from))
        return "unknown_account";
      known.add(to);
    }
    if (asked !== "ok") return asked;
    const [balances, waiting] = [new Map(this.balances), new Map(this.waiting)];
    const code = this.weigh(balances, waiting, moves, waits);
    if (code !== "ok") return code;
    for (const [account, balance] of balances) this.balances.set(account, balance);
    for (const [account, count] of waiting) this.waiting.set(account, count);
    return "ok";
  }

  private weigh(
    balances: Map<string, bigint>,
    waiting: Map<string, bigint>,
    moves: readonly Move[],
    waits: readonly Wait[],
  ): Code {
    const tooMuch = (account: string): boolean =>
      account.startsWith("shares/") &&
      !this.owners.has(account) &&
      (balances.get(account) ?? 0n) + (waiting.get(account) ?? 0n) > 1_000_000n;
    const wait = ({ account, shares: count }: Wait): boolean => {
      waiting.set(account, (waiting.get(account) ?? 0n) + count);
      return tooMuch(account);
    };
    if (waits.filter((w) => w.shares < 0n).some(wait)) return "holder_limit";
    for (const { from, to, amount } of moves) {
      const left = (balances.get(from) ?? 0n) - amount;
      balances.set(from, left);
      balances.set(to, (balances.get(to) ?? 0n) + amount);
      if (this.owners.has(from) && left < 8_000_000n) return "cap_exceeded";
      if (!isEndless(from) && !from.startsWith("claim/") && left < 0n)
        return "insufficient_balance";
      if (tooMuch(to)) return "holder_limit";
    }
    if (waits.filter((w) => w.shares > 0n).some(wait)) return "holder_limit";
    return "ok";
  }
}

export type PlainClaim = { debtor: string; creditor: string; cents: bigint };

/** What takes moves back, by pencil: the last first; what somebody does not have is owed, in proportion. */
export function mirror(
  accounts: PlainAccounts,
  moves: readonly Move[],
  ownerOf: (escrow: string) => string,
): { moves: Move[]; claims: PlainClaim[] } {
  const back = moves.toReversed().map((m) => ({ from: m.to, to: m.from, amount: m.amount }));
  const came = new Map<string, bigint>();
  const answer: Move[] = [];
  const claims: PlainClaim[] = [];
  const give = (move: Move) => {
    if (move.amount === 0n) return;
    answer.push(move);
    came.set(move.to, (came.get(move.to) ?? 0n) + move.amount);
  };
  for (const [i, move] of back.entries()) {
    if (!move.from.startsWith("cash/")) {
      give(move);
      continue;
    }
    if (back.slice(0, i).some((earlier) => earlier.from === move.from)) continue;
    const owed = back.filter((m) => m.from === move.from);
    const total = owed.reduce((sum, m) => sum + m.amount, 0n);
    const has = accounts.of(move.from) + (came.get(move.from) ?? 0n);
    const parts = largestRemainder(
      has < total ? has : total,
      owed.map((m) => m.amount),
    );
    for (const [k, one] of owed.entries()) {
      const part = parts[k] ?? 0n;
      give({ ...one, amount: part });
      if (part === one.amount) continue;
      const name = (account: string) => account.slice(account.indexOf("/") + 1);
      const creditor =
        one.to === OUTSIDE
          ? OUTSIDE
          : one.to.startsWith("escrow/")
            ? ownerOf(name(one.to))
            : name(one.to);
      const debtor = name(one.from);
      const same = claims.find((c) => c.debtor === debtor && c.creditor === creditor);
      if (same) same.cents += one.amount - part;
      else claims.push({ debtor, creditor, cents: one.amount - part });
    }
  }
  for (const c of claims)
    answer.push({ from: claim(c.debtor), to: due(c.creditor), amount: c.cents });
  return { moves: answer, claims };
}

/** Cents over weights: rounded down, then one each to the largest remainders, the earlier first. */
export function largestRemainder(cents: bigint, weights: readonly bigint[]): bigint[] {
  const all = weights.reduce((sum, w) => sum + w, 0n);
  const parts = weights.map((w) => (cents * w) / all);
  const order = weights
    .map((w, i) => ({ i, rest: (cents * w) % all }))
    .sort((a, b) => Number(b.rest - a.rest) || a.i - b.i);
  let left = cents - parts.reduce((sum, p) => sum + p, 0n);
  for (const { i } of order) {
    if (left === 0n) break;
    parts[i] = (parts[i] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

/** a / b to the nearest whole, halves to the even one. */
export function halfEven(a: bigint, b: bigint): bigint {
  const [whole, twice] = [a / b, (a % b) * 2n];
  return twice > b || (twice === b && whole % 2n === 1n) ? whole + 1n : whole;
}
