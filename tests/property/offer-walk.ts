import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { getDb, inTransaction, type Tx } from "#db/client.server";
import { persons } from "#db/schema/index";
import * as entries from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { addDays, utcDay } from "~/lib/dates";
import {
  actAt,
  type BareOffer,
  type BareToken,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  START,
  verifyBare,
} from "../setup/book";
import {
  type Code,
  cash,
  escrow,
  largestRemainder,
  OUTSIDE,
  reserved,
  shares,
} from "./plain-accounts";
import { PlainBook } from "./plain-book";
import type { NewLot, PlainEntry } from "./plain-journal";

/** One step of a walk: what is done, whom and what it falls on, how much, and how many days later. */
export type Step = { pick: number; other: number; cents: number; days: number };
export type Offer = {
  bare: BareOffer;
  token: number;
  state: "funded" | "signed" | "over" | "broken";
  scout: string | null;
  caps: boolean;
  sunset: string | null;
  locked: string | null;
};
export type Entered = { code: Code; entry: PlainEntry | null };

const INVESTORS = 4;

/** Money and offers: each step done to the model and to the book, which must answer alike. */
export class OfferWalk {
  readonly book = new PlainBook();
  readonly seen = new Map<string, number>();
  now = START;
  people: string[] = [];
  tokens: (BareToken & { handle: string })[] = [];
  protected logIds = new Map<string, string>();
  protected offers: Offer[] = [];
  protected withdrawals: { id: string; personId: string; amountCents: bigint; open: boolean }[] =
    [];
  protected last: { input: entries.EntryInput; entryId: bigint } | null = null;

  /** Makes the people, their money and two tokens. */
  async begin(): Promise<void> {
    this.people = await Promise.all(Array.from({ length: INVESTORS }, () => makeBarePerson()));
    for (let i = 0; i < 2; i++) {
      const token = await makeToken();
      const [owner] = await getDb().select().from(persons).where(eq(persons.id, token.ownerId));
      this.tokens.push({ ...token, handle: owner?.handle ?? "" });
      this.people.push(token.ownerId);
      this.book.mint(token.id, token.ownerId);
    }
    for (const id of this.people) {
      this.logIds.set(id, await getLogId(getDb(), "person", id));
      await verifyBare(id, this.people.find((other) => other !== id) ?? "");
      // One of them has never had any money.
      if (id === this.people[INVESTORS - 1]) continue;
      await giveCash(id, 20_000_000n);
      this.book.enter("deposit", {
        moves: [{ from: OUTSIDE, to: cash(id), amount: 20_000_000n }],
      });
    }
  }

  protected saw(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
  protected name(id: string): string {
    return this.logIds.get(id) ?? "";
  }
  protected party = (id: string) => ({ id, logId: this.name(id) });
  protected token(i: number): BareToken & { handle: string } {
    const token = this.tokens[i % this.tokens.length];
    if (!token) throw new Error("no token");
    return token;
  }
  protected pick<T>(list: readonly T[], n: number): T | undefined {
    return list.length > 0 ? list[n % list.length] : undefined;
  }

  /** Posts what the model has entered: both must say the same. */
  protected async agree(plain: Entered, input: entries.EntryInput, tx?: Tx): Promise<boolean> {
    const real = tx ? await post(tx, input) : await inTransaction((own) => post(own, input));
    expect(real.ok ? "ok" : real.error, input.kind).toBe(plain.code);
    this.saw(real.ok ? input.kind : real.error);
    if (!real.ok || !plain.entry) return false;
    plain.entry.ref = real.value;
    if (!tx) this.last = { input, entryId: real.value.entryId };
    return true;
  }

  protected async again() {
    if (!this.last) return false;
    const { input, entryId } = this.last;
    const same = await inTransaction((tx) => post(tx, { ...input, recordedAt: this.now }));
    expect(same).toMatchObject({ ok: true, value: { entryId, replayed: true } });
    const other = await inTransaction((tx) => post(tx, { ...input, input: { other: true } }));
    expect(other).toEqual({ ok: false, error: "idempotency_conflict" });
    this.saw("idempotency_conflict");
  }

  protected async deposit({ pick, cents }: Step) {
    const who = this.pick(this.people, pick) ?? "";
    const amount = BigInt(1 + cents);
    const plain = this.book.enter("deposit", {
      moves: [{ from: OUTSIDE, to: cash(who), amount }],
    });
    const real = await giveCash(who, amount, this.now);
    this.saw("deposit");
    if (plain.entry) plain.entry.ref = real;
  }

  protected async withdraw({ pick, cents }: Step) {
    const who = this.pick(this.people, pick) ?? "";
    const has = this.book.accounts.of(cash(who));
    return this.takeOut(who, cents % 3 > 0 && has > 1n ? has - 1n : BigInt(1 + cents));
  }

  protected async takeOut(who: string, amount: bigint) {
    const w = await makeWithdrawal(who, amount);
    this.book.ownerOfEscrow.set(w.id, who);
    const kept = { ...w, open: true };
    const plain = this.book.enter("withdrawal_requested", {
      moves: [{ from: cash(who), to: escrow(w.id), amount }],
      undo: () => {
        kept.open = false;
      },
    });
    if (await this.agree(plain, entries.withdrawalRequested(actAt(this.now), w)))
      this.withdrawals.push(kept);
  }

  protected async closeWithdrawal({ pick }: Step, how: "paid" | "refused") {
    const w = this.pick(this.withdrawals, pick);
    if (!w) return false;
    const to = how === "paid" ? OUTSIDE : cash(w.personId);
    const plain = this.book.enter(`withdrawal_${how}`, {
      moves: [{ from: escrow(w.id), to, amount: w.amountCents }],
    });
    const build = how === "paid" ? entries.withdrawalPaid : entries.withdrawalRefused;
    await this.agree(plain, build(actAt(this.now), w));
  }

  protected async offer({ pick, other, cents }: Step) {
    const token = this.token(pick);
    const who = this.pick(
      this.people.filter((p) => p !== token.ownerId),
      other,
    );
    const rest = this.people.filter((p) => p !== token.ownerId && p !== who);
    const parts = [{ investorId: who ?? "", cents: 1_000_000n + BigInt(cents % 900_000) }];
    if (cents % 4 === 0)
      parts.push({ investorId: this.pick(rest, cents) ?? "", cents: 1_000_001n });
    const count = BigInt(100_000 + (cents % 7) * 100_000 + (cents % 13));
    const bare = await makeBareOffer(
      token,
      parts.map((p) => ({ investorId: p.investorId, amountCents: p.cents, shares: count })),
    );
    const offer: Offer = {
      bare,
      token: pick % this.tokens.length,
      state: "funded",
      scout: cents % 3 === 0 ? (this.pick(rest, other + cents) ?? null) : null,
      caps: cents % 5 < 3,
      sunset: cents % 11 < 4 ? addDays(utcDay(this.now), 200 + (cents % 300)) : null,
      locked: cents % 5 === 4 ? addDays(utcDay(this.now), 400) : null,
    };
    if (offer.scout && parts.some((p) => p.investorId === offer.scout)) offer.scout = null;
    this.offers.push(offer);
    for (const part of bare.parts) {
      this.book.ownerOfEscrow.set(part.id, part.investorId);
      const plain = this.book.enter("offer_funded", {
        moves: [{ from: cash(part.investorId), to: escrow(part.id), amount: part.amountCents }],
        hasDependents: () => offer.state === "signed" || offer.state === "over",
        undo: () => {
          offer.state = "broken";
        },
      });
      if (!(await this.agree(plain, entries.offerFunded(actAt(this.now), part))))
        offer.state = "broken";
    }
  }

  protected holdings({ bare, scout }: Offer): entries.Reservation[] {
    const stake = (of: bigint) => (scout ? of / 20n : 0n);
    const all = bare.parts.map((p) => ({
      holderId: p.investorId,
      holderLogId: p.logId,
      shares: p.shares - stake(p.shares),
    }));
    if (scout)
      all.push({
        holderId: scout,
        holderLogId: this.name(scout),
        shares: bare.parts.reduce((sum, p) => sum + stake(p.shares), 0n),
      });
    return all;
  }
  protected waitsOf(offer: Offer, sign: bigint) {
    return this.holdings(offer).map((h) => ({
      account: shares(h.holderId, offer.bare.token.id),
      shares: sign * h.shares,
    }));
  }

  protected async sign({ pick }: Step) {
    const offer = this.pick(
      this.offers.filter((o) => o.state === "funded"),
      pick,
    );
    if (!offer) return false;
    const { bare } = offer;
    const { token } = bare;
    const plain = this.book.enter("offer_signed", {
      moves: [
        {
          from: shares(token.ownerId, token.id),
          to: reserved(bare.id, token.id),
          amount: bare.shares,
        },
      ],
      waits: this.waitsOf(offer, 1n),
      undo: () => {
        offer.state = "funded";
      },
    });
    const input = entries.offerSigned(actAt(this.now), {
      ...bare,
      tokenId: token.id,
      tokenLogId: token.logId,
      ownerId: token.ownerId,
      reservations: this.holdings(offer),
    });
    if (await this.agree(plain, input)) offer.state = "signed";
  }

  protected lotsOf(offer: Offer): NewLot[] {
    const { bare, scout, caps, sunset, locked } = offer;
    const paid = bare.parts.reduce((sum, p) => sum + p.amountCents, 0n);
    const held = this.holdings(offer);
    const cap = largestRemainder(
      paid * 3n,
      held.map((h) => h.shares),
    );
    return held.map((h, i) => ({
      id: randomUUID(),
      holder: h.holderId,
      bought: h.shares,
      paid: h.holderId === scout ? 0n : (bare.parts[i]?.amountCents ?? 0n),
      cap: caps ? (cap[i] ?? 0n) : null,
      sunset,
      locked,
      finder: h.holderId === scout,
    }));
  }

  protected async settle({ pick }: Step) {
    const offer = this.pick(
      this.offers.filter((o) => o.state === "signed"),
      pick,
    );
    if (!offer) return false;
    const { bare } = offer;
    const lots = this.lotsOf(offer);
    const parts = bare.parts.map((p) => ({ id: p.id, who: p.investorId, cents: p.amountCents }));
    const plain = this.book.settleOffer(
      { id: bare.id, token: bare.token.id, parts },
      lots,
      this.now,
    );
    const input = entries.investmentSettled(actAt(this.now), {
      offerId: bare.id,
      tokenId: bare.token.id,
      tokenLogId: bare.token.logId,
      tokenHandle: this.token(offer.token).handle,
      ownerId: bare.token.ownerId,
      cohortSlug: null,
      parts: bare.parts.map((p) => ({
        ...p,
        investorLogId: p.logId,
        stakeShares: offer.scout ? p.shares / 20n : 0n,
        apart: false,
      })),
      lots: lots.map((l) => ({
        lotId: l.id,
        holderId: l.holder,
        holderLogId: this.name(l.holder),
        shares: l.bought,
        costCents: l.paid,
        capCents: l.cap,
        sunset: l.sunset,
        lockedUntil: l.locked,
        finder: l.finder,
      })),
    });
    if (await this.agree(plain, input)) offer.state = "over";
  }

  /** A signed offer is left, or its reversed investment undone: everything goes back. */
  protected async goBack(offer: Offer, by: "investor" | "reversal", tx?: Tx) {
    const { bare } = offer;
    const { token } = bare;
    const parts = bare.parts.map((p) => ({
      ...p,
      amountCents: this.book.accounts.of(escrow(p.id)),
    }));
    const plain = this.book.enter("offer_left", {
      moves: [
        {
          from: reserved(bare.id, token.id),
          to: shares(token.ownerId, token.id),
          amount: bare.shares,
        },
        ...parts.map((p) => ({
          from: escrow(p.id),
          to: cash(p.investorId),
          amount: p.amountCents,
        })),
      ],
      waits: this.waitsOf(offer, -1n),
    });
    const input = entries.offerLeft(actAt(this.now), {
      id: bare.id,
      tokenId: token.id,
      ownerId: token.ownerId,
      shares: bare.shares,
      parts,
      reservations: this.holdings(offer),
      by,
    });
    expect(await this.agree(plain, input, tx)).toBe(true);
    offer.state = "over";
  }
  protected async leave({ pick }: Step) {
    const offer = this.pick(
      this.offers.filter((o) => o.state === "signed"),
      pick,
    );
    return offer ? this.goBack(offer, "investor") : false;
  }

  protected async refund({ pick }: Step) {
    const inEscrow = (o: Offer) =>
      o.bare.parts.filter((p) => this.book.accounts.of(escrow(p.id)) > 0n);
    const offer = this.pick(
      this.offers.filter((o) => o.state === "broken" && inEscrow(o).length > 0),
      pick,
    );
    if (!offer) return false;
    const parts = inEscrow(offer);
    const plain = this.book.enter("offer_refunded", {
      moves: parts.map((p) => ({
        from: escrow(p.id),
        to: cash(p.investorId),
        amount: p.amountCents,
      })),
    });
    const back = { id: offer.bare.id, parts, cause: "lapsed" as const };
    await this.agree(plain, entries.offerRefunded(actAt(this.now), back));
  }
}
