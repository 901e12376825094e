import { type AccountRef, type EntryInput, USD } from "./entries";

/** The parameters of `ledger_post_many`, as PostgreSQL array literals, in its order. */
export type EntryColumns = string[];

const QUOTED = /["\\]/g;
/** A PostgreSQL array literal of texts. */
function textArray(values: (string | null)[]): string {
  return `{${values.map((v) => (v === null ? "NULL" : `"${v.replace(QUOTED, "\\$&")}"`)).join(",")}}`;
}
/** A PostgreSQL array literal of numbers. */
const numberArray = (values: (number | bigint | null)[]): string =>
  `{${values.map((v) => v ?? "NULL").join(",")}}`;

type Account = AccountRef & { asset: string };
const nameOf = ({ asset, purpose, owner }: Account): string => `${asset} ${purpose} ${owner}`;

/** Every account that the entries name, once, those of one asset side by side, and its position from 1. */
function listAccounts(entries: EntryInput[]): { list: Account[]; at: (a: Account) => number } {
  const byAsset = new Map<string, Map<string, Account>>();
  const add = ({ purpose, owner }: AccountRef, asset: string): void => {
    const account = { purpose, owner, asset };
    const known = byAsset.get(asset);
    if (known) known.set(nameOf(account), account);
    else byAsset.set(asset, new Map([[nameOf(account), account]]));
  };
  for (const entry of entries) {
    for (const p of entry.postings) {
      add(p.from, p.asset);
      add(p.to, p.asset);
    }
    for (const w of entry.waiting ?? []) add({ purpose: "shares", owner: w.holder }, w.asset);
    for (const l of entry.locks ?? []) add(l, l.asset);
  }
  const list = [...byAsset.values()].flatMap((accounts) => [...accounts.values()]);
  const positions = new Map(list.map((account, index) => [nameOf(account), index + 1]));
  return { list, at: (account) => positions.get(nameOf(account)) ?? 0 };
}

type Line = { entry: number; from: number | null; to: number; amount: bigint | null };

/** An entry's lines: shares that wait no longer, postings, shares that wait from now on, accounts to hold. */
function linesOf(entry: EntryInput, number: number, at: (a: Account) => number): Line[] {
  const waits = (entry.waiting ?? []).map((w) => ({
    entry: number,
    from: null,
    to: at({ purpose: "shares", owner: w.holder, asset: w.asset }),
    amount: w.shares,
  }));
  return [
    ...waits.filter((w) => w.amount < 0n),
    ...entry.postings.map((p) => ({
      entry: number,
      from: at({ ...p.from, asset: p.asset }),
      to: at({ ...p.to, asset: p.asset }),
      amount: p.amount,
    })),
    ...waits.filter((w) => w.amount > 0n),
    ...(entry.locks ?? []).map((l) => ({ entry: number, from: null, to: at(l), amount: null })),
  ];
}

/** Turns entries into columns: one array a field, postings and the like beside them, naming entries and accounts by position. */
export function toColumns(
  entries: EntryInput[],
  hashOf: (entry: EntryInput) => string,
): EntryColumns {
  const { list, at } = listAccounts(entries);
  const lines = entries.flatMap((entry, index) => linesOf(entry, index + 1, at));
  return [
    textArray(list.map((a) => a.purpose)),
    textArray(list.map((a) => a.owner)),
    textArray(list.map((a) => a.asset)),
    textArray(entries.map((e) => e.kind)),
    textArray(entries.map((e) => (e.effectiveAt ?? e.recordedAt).toISOString())),
    textArray(entries.map((e) => e.recordedAt.toISOString())),
    textArray(entries.map((e) => e.actorId)),
    textArray(entries.map((e) => e.idempotencyKey)),
    textArray(entries.map((e) => `\\x${hashOf(e)}`)),
    textArray(entries.map((e) => e.about.type)),
    textArray(entries.map((e) => e.about.id)),
    textArray(entries.map((e) => e.memo ?? null)),
    numberArray(entries.map((e) => e.reverses?.entryId ?? null)),
    textArray(entries.map((e) => JSON.stringify(e.data))),
    numberArray(lines.map((l) => l.entry)),
    numberArray(lines.map((l) => l.from)),
    numberArray(lines.map((l) => l.to)),
    numberArray(lines.map((l) => l.amount)),
  ];
}

const isMoneys = ({ purpose }: AccountRef): boolean => purpose === "cash" || purpose === "escrow";

/** The parameters of `ledger_post_cash`, in its order; null for an entry that is not one posting of money and nothing else. */
export function toCashColumns(
  entry: EntryInput,
  hashOf: (entry: EntryInput) => string,
): (string | null)[] | null {
  const [posting, second] = entry.postings;
  if (
    !posting ||
    second ||
    posting.asset !== USD ||
    !isMoneys(posting.from) ||
    !isMoneys(posting.to)
  )
    return null;
  if (entry.reverses || entry.waiting?.length || entry.locks?.length) return null;
  return [
    posting.from.purpose,
    posting.from.owner,
    posting.to.purpose,
    posting.to.owner,
    String(posting.amount),
    entry.kind,
    (entry.effectiveAt ?? entry.recordedAt).toISOString(),
    entry.recordedAt.toISOString(),
    entry.actorId,
    entry.idempotencyKey,
    hashOf(entry),
    entry.about.type,
    entry.about.id,
    entry.memo ?? null,
    JSON.stringify(entry.data),
  ];
}
