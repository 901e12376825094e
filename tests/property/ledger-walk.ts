import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import * as entries from "~/ledger/entries";
import * as facts from "~/ledger/entries-of-facts";
import { claimRepaid } from "~/ledger/entries-of-reversals";
import { listRecordLots, recordOfLots } from "~/ledger/record.server";
import { findEntry, postReversal } from "~/ledger/reverse.server";
import { utcDay } from "~/lib/dates";
import { actAt } from "../setup/book";
import type { Step } from "./offer-walk";
import { OUTSIDE, type Wait } from "./plain-accounts";
import type { PlainEntry } from "./plain-journal";
import { SaleWalk } from "./sale-walk";

export const DOINGS = [
  "deposit",
  "withdraw",
  "withdrawal paid",
  "withdrawal refused",
  "offer",
  "sign",
  "settle",
  "leave",
  "refund",
  "gain",
  "pay",
  "evidence",
  "defer",
  "ask",
  "sell",
  "return",
  "offer parting",
  "part",
  "mark",
  "write down",
  "end lot",
  "join",
  "nothing sold",
  "reverse",
  "repay",
  "again",
] as const;
export type Doing = (typeof DOINGS)[number];

const MOVES_MUCH = [
  "investment",
  "resale",
  "parting",
  "distribution",
  "gain",
  "deposit",
  "claim_repaid",
  "lot_ended",
];

/** A walk through all of the ledger's commands. */
export class LedgerWalk extends SaleWalk {
  private nothing = new Set<string>();
  private entriesBefore = 0;

  override async begin(): Promise<void> {
    await super.begin();
    this.entriesBefore = (await countEntries()) - this.book.journal.length;
  }

  /** Does one step, so many days later. Answers false where there was nothing to do it to. */
  async take(doing: Doing, step: Step): Promise<boolean> {
    this.now = new Date(this.now.getTime() + step.days * 86_400_000 + 60_000);
    return (await this.doings[doing](step)) !== false;
  }

  private readonly doings: Record<Doing, (s: Step) => Promise<unknown>> = {
    deposit: (s) => this.deposit(s),
    withdraw: (s) => this.withdraw(s),
    "withdrawal paid": (s) => this.closeWithdrawal(s, "paid"),
    "withdrawal refused": (s) => this.closeWithdrawal(s, "refused"),
    offer: (s) => this.offer(s),
    sign: (s) => this.sign(s),
    settle: (s) => this.settle(s),
    leave: (s) => this.leave(s),
    refund: (s) => this.refund(s),
    gain: (s) => this.gain(s),
    pay: (s) => this.pay(s),
    evidence: (s) => this.evidence(s),
    defer: (s) => this.defer(s),
    ask: (s) => this.ask(s),
    sell: (s) => this.sell(s),
    return: (s) => this.giveBack(s),
    "offer parting": (s) => this.offerParting(s),
    part: (s) => this.part(s),
    mark: (s) => this.mark(s),
    "write down": (s) => this.writeDown(s),
    "end lot": (s) => this.endLot(s),
    join: (s) => this.join(s),
    "nothing sold": (s) => this.nothingSold(s),
    reverse: (s) => this.reverse(s),
    repay: (s) => this.repay(s),
    again: () => this.again(),
  };

  private holdersOf(token: string): string[] {
    return this.people.filter((p) => this.book.lots.heldBy(p, token).length > 0);
  }

  private async mark({ pick, other, cents }: Step) {
    const event = this.pick(
      this.book.journal.filter((e) => e.stands && ["investment", "resale"].includes(e.kind)),
      pick,
    );
    const lot = this.book.lots.lots.find((l) => l.n === event?.n);
    if (!event?.ref || !lot) return false;
    const counts = this.holdersOf(lot.token).filter((_, i) => (other >> i) % 2 === 0);
    const day = utcDay(this.now);
    const price = { cents: BigInt(1 + cents), shares: lot.bought };
    const plain = this.book.mark({
      of: event.n,
      token: lot.token,
      ...price,
      day,
      down: false,
      counts,
    });
    const input = facts.marked(actAt(this.now), {
      tokenId: lot.token,
      priceCents: price.cents,
      shares: price.shares,
      day,
      event: event.ref.logId,
      counts: counts.map((id) => this.name(id)),
    });
    await this.agree(plain, input);
  }

  private async writeDown({ pick }: Step) {
    const token = this.token(pick);
    const counts = this.holdersOf(token.id);
    const day = utcDay(this.now);
    const whole = { cents: 0n, shares: 10_000_000n };
    const plain = this.book.mark({ of: null, token: token.id, ...whole, day, down: true, counts });
    const input = facts.writtenDown(actAt(this.now), {
      tokenId: token.id,
      day,
      counts: counts.map((id) => this.name(id)),
      cause: "statement",
    });
    await this.agree(plain, input);
  }

  private async endLot({ pick }: Step) {
    const day = utcDay(this.now);
    const over = this.book.lots.lots.filter(
      (l) => l.left > 0n && (l.cap === 0n || (l.sunset !== null && l.sunset <= day)),
    );
    const lot = this.pick(over, pick);
    if (!lot || this.book.reservedBy.has(`${lot.holder}/${lot.token}`)) return false;
    const { ownerId, id: tokenId } = this.token(this.tokens.findIndex((t) => t.id === lot.token));
    const cause = lot.cap === 0n ? ("cap" as const) : ("sunset" as const);
    const input = entries.lotEnded(actAt(this.now), {
      lotId: lot.id,
      tokenId,
      ownerId,
      holderId: lot.holder,
      holderLogId: this.name(lot.holder),
      shares: lot.left,
      cause,
    });
    await this.agree(this.book.end(lot, cause, this.now), input);
  }

  /** Two people who never traded with each other are one from now on. */
  private async join({ pick, other }: Step) {
    const [one, two] = [
      this.pick(this.people.slice(0, 4), pick),
      this.pick(this.people.slice(0, 4), other),
    ];
    if (!one || !two || one === two || this.book.same.size > 0) return false;
    const both = [`cash/${one}`, `cash/${two}`];
    const traded = this.resales.some((r) =>
      [one, two].every((p) => p === r.seller || p === r.buyer),
    );
    if (traded || !both.every((name) => this.book.accounts.balances.has(name))) return false;
    this.book.same.set(one, two);
    const input = facts.samePerson(actAt(this.now), { personId: one, otherLogId: this.name(two) });
    await this.agree(this.book.enter("same_person"), input);
  }

  private async nothingSold({ pick, cents }: Step) {
    const token = this.token(pick);
    const year = this.now.getUTCFullYear() - 1 - (cents % 3);
    const key = `${token.id}/${year}`;
    if (this.nothing.has(key)) return false;
    this.nothing.add(key);
    const plain = this.book.enter("nothing_declared", { undo: () => this.nothing.delete(key) });
    await this.agree(plain, facts.nothingSold(actAt(this.now), { id: token.id, year }));
  }

  /** What waits for whom again, or no longer, when an entry is reversed. */
  private waitsAfter(old: PlainEntry): Wait[] {
    if (old.kind === "investment" || old.kind === "resale")
      return old.waits.map((w) => ({ ...w, shares: -w.shares }));
    if (old.kind === "offer_signed" || old.kind === "resale_reserved")
      return old.waits.map((w) => ({ ...w, shares: -w.shares }));
    return [];
  }

  /** Mostly one of the last entries that move much; otherwise any, or one that was reversed before. */
  private async reverse({ pick, other }: Step) {
    const { journal } = this.book;
    const may = journal.filter((e) => e.stands && MOVES_MUCH.includes(e.kind)).slice(-5);
    const over = journal.filter((e) => !e.stands);
    const old = this.pick(other % 9 === 0 ? over : other % 9 < 3 ? journal : may, pick);
    if (!old?.ref) return false;
    const { ref } = old;
    // Every other time what came has been spent.
    const got = old.moves.find((m) => m.to.startsWith("cash/"))?.to ?? "";
    if (other % 2 === 0 && this.book.accounts.of(got) > 10n)
      await this.takeOut(got.slice("cash/".length), this.book.accounts.of(got) - 10n);
    const before = this.book.claims.length;
    const refused = await inTransaction(async (tx) => {
      const entry = await findEntry(tx, ref.logId);
      if (!entry) throw new Error("no entry");
      const plain = this.book.reverse(old, this.now, this.waitsAfter(old));
      const real = await postReversal(tx, actAt(this.now), entry);
      expect(real.ok ? "ok" : real.error, old.kind).toBe(plain.code);
      if (!real.ok) return real.error;
      if (plain.entry) plain.entry.ref = real.value;
      const offer = this.offers.find((o) =>
        old.moves.some((m) => m.from.startsWith(`reserved/${o.bare.id}/`)),
      );
      if (old.kind === "investment" && offer) await this.goBack(offer, "reversal", tx);
      const sold = this.resales.find((r) =>
        old.moves.some((m) => m.from.startsWith(`reserved/${r.id}/`)),
      );
      const count = old.moves.find((m) => m.from.startsWith("reserved/"))?.amount ?? 0n;
      if (old.kind === "resale" && sold) await this.returned(sold, count, "reversal", tx);
      const parting = this.partings.find((p) => old.moves.some((m) => m.from === `escrow/${p.id}`));
      if (old.kind === "parting" && parting) await this.partingReturned(parting, "reversal", tx);
      return null;
    });
    this.saw(refused ?? `reversal of ${old.kind}`);
    if (this.book.claims.length > before) this.saw("claims");
  }

  private async repay({ pick, cents }: Step) {
    const owed = this.pick(
      this.book.claims.filter((c) => c.repaid < c.cents),
      pick,
    );
    if (!owed?.reversal.ref) return false;
    const left = owed.cents - owed.repaid;
    const paid = cents % 4 === 0 ? left + 1n : cents % 2 === 0 ? left : (left + 1n) / 2n;
    const isPlatform = owed.creditor === OUTSIDE;
    const input = claimRepaid(actAt(this.now), {
      reversalLogId: owed.reversal.ref.logId,
      debtor: this.party(owed.debtor),
      creditor: isPlatform
        ? { id: entries.OUTSIDE, logId: entries.OUTSIDE }
        : this.party(owed.creditor),
      cents: paid,
    });
    await this.agree(this.book.repay(owed, paid, this.now), input);
  }

  /** Every account, every lot and the length of the journal must be the model's; so a refusal has changed nothing. */
  async expectSame(): Promise<void> {
    const { accounts, lots } = this.book;
    const owners = `{${[...this.people, ...this.ids()].join(",")}}`;
    const rows = await getDb().execute<{ name: string; balance: string; waiting: string }>(sql`
      SELECT a.purpose || '/' || a.owner_id || COALESCE('/' || substr(a.asset, 7, 36), '') AS name,
        a.balance::text, a.waiting::text FROM accounts a WHERE a.owner_id = ANY (${owners}::uuid[]) AND a.purpose <> 'mint'`);
    const plain = (name: string) => name.replace(/\/$/, "");
    const real = new Map(rows.map((r) => [plain(r.name), r]));
    const known = [...accounts.balances.keys()].filter(
      (name) => name !== OUTSIDE && !name.startsWith("mint/") && name !== `due/${OUTSIDE}`,
    );
    const waits = [...accounts.waiting.keys()].filter((name) => !accounts.balances.has(name));
    expect([...real.keys()].sort()).toEqual([...known, ...waits].sort());
    for (const [name, row] of real)
      expect([name, row.balance, row.waiting]).toEqual([
        name,
        String(accounts.of(name)),
        String(accounts.waitingFor(name)),
      ]);
    const tokens = `{${this.tokens.map((t) => t.id).join(",")}}`;
    const held = await getDb().execute(sql`
      SELECT id, holder_id AS holder, shares_left::text AS left, cost_left_cents::text AS cost, cap_left_cents::text AS cap,
        ended_at IS NOT NULL AS ended, reversed_at IS NOT NULL AS reversed FROM lots WHERE token_id = ANY (${tokens}::uuid[]) ORDER BY seq`);
    expect([...held]).toEqual(
      lots.lots.map((l) => ({
        id: l.id,
        holder: l.holder,
        left: String(l.left),
        cost: String(l.cost),
        cap: l.cap === null ? null : String(l.cap),
        ended: l.ended !== null,
        reversed: l.reversed,
      })),
    );
    expect((await countEntries()) - this.entriesBefore).toBe(this.book.journal.length);
  }

  /** Everybody's headline sums must be the model's, and the finder's stakes beside them. */
  async expectSameRecords(): Promise<void> {
    const day = utcDay(this.now);
    for (const id of this.people) {
      const other = this.book.same.get(id);
      const ids = other ? [id, other] : [id];
      const real = recordOfLots(await listRecordLots(getDb(), id), day);
      const [gross, net] = this.book.lots.record(ids, day);
      expect(real.gross).toMatchObject(gross ?? {});
      expect(real.net).toMatchObject(net ?? {});
      expect(real.findersStakes).toEqual(this.book.lots.stakes(ids, day));
    }
  }

  private ids(): string[] {
    const names = [...this.book.accounts.balances.keys()].filter((n) =>
      /^(escrow|reserved)\//.test(n),
    );
    return names.map((name) => name.split("/")[1] ?? "");
  }
}

async function countEntries(): Promise<number> {
  const [row] = await getDb().execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM journal_entries`,
  );
  return row?.n ?? 0;
}
