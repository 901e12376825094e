import { expect } from "vitest";
import { getDb, inTransaction, type Tx } from "#db/client.server";
import { gains, partings, resalePurchases, resales } from "#db/schema/index";
import * as entries from "~/ledger/entries";
import * as facts from "~/ledger/entries-of-facts";
import {
  parted,
  purchaseFunded,
  purchasesReturned,
  resaleReserved,
  resaleSettled,
  type SaleFacts,
} from "~/ledger/entries-of-sales";
import { planDivision } from "~/ledger/plan-division.server";
import { planSale } from "~/ledger/plan-sale.server";
import { post } from "~/ledger/post.server";
import { lockAccount } from "~/ledger/read.server";
import { addDays, startOfDayInstant, utcDay } from "~/lib/dates";
import { actAt } from "../setup/book";
import { OfferWalk, type Step } from "./offer-walk";
import { cash, escrow, reserved, shares } from "./plain-accounts";
import type { Division, PlainGain, PlainLot, Taken } from "./plain-lots";

export type Resale = {
  id: string;
  token: number;
  seller: string;
  buyer: string;
  shares: bigint;
  price: bigint;
  left: bigint;
  purchaseId: string | null;
  open: boolean;
};
export type Parting = { id: string; token: number; holder: string; price: bigint; open: boolean };

const GRADES = ["self_reported", "documented", "counterparty", "tax_transcript"] as const;

/** Gains, sales and partings: what a plan of the book's says is compared with the model's own. */
export class SaleWalk extends OfferWalk {
  protected resales: Resale[] = [];
  protected partings: Parting[] = [];

  protected async gain({ pick, cents }: Step) {
    const token = this.token(pick);
    const closing = addDays(utcDay(this.now), -1 - (cents % 60));
    const instant = startOfDayInstant(addDays(closing, 1));
    const sale = {
      proceeds: BigInt(cents) * 10n,
      basis: cents % 3 === 0 ? BigInt(cents) * 11n : BigInt(cents),
      costs: 1_000n,
      lossCounts: cents % 2 === 0,
    };
    const amounts = {
      proceedsCents: sale.proceeds,
      basisCents: sale.basis,
      costsCents: sale.costs,
    };
    const grade = GRADES[cents % 4] ?? "documented";
    const division = this.book.lots.divide(token.id, {
      cents: sale.proceeds - sale.basis - sale.costs,
      lossCounts: sale.lossCounts,
      instant: instant.getTime(),
      onPlatform: false,
    });
    await inTransaction(async (tx) => {
      await lockAccount(tx, "shares", token.ownerId, entries.tokenAsset(token.id));
      const plan = await planDivision(tx, token.id, sale, { instant, onPlatform: false });
      this.sameDivision(plan, division);
      const { lossCents, distributableCents } = plan;
      const [row] = await tx
        .insert(gains)
        .values({
          ...amounts,
          tokenId: token.id,
          company: "c",
          closingDate: closing,
          lossCents: 0n,
          distributableCents,
          grade,
          declaredAt: this.now,
          dueAt: this.now,
        })
        .returning();
      const id = row?.id ?? "";
      const plain = this.book.declare(
        { id, token: token.id, instant: instant.getTime(), closing, declared: grade },
        division,
      );
      const input = entries.gainDeclared(actAt(this.now), {
        ...amounts,
        id,
        tokenId: token.id,
        tokenLogId: token.logId,
        ownerId: token.ownerId,
        recordInstant: instant,
        lossCents,
        distributableCents,
        grade,
        parts: plan.parts
          .filter((p) => p.cents > 0n)
          .map((p) => ({ ...p, holderLogId: this.name(p.holderId) })),
      });
      expect(await this.agree(plain, input, tx)).toBe(true);
    });
  }

  private sameDivision(
    plan: { distributableCents: bigint; parts: { lotId: string; cents: bigint }[] },
    division: Division,
  ): void {
    expect(plan.distributableCents).toBe(division.distributable);
    const parts = plan.parts.filter((p) => p.cents > 0n);
    expect(parts.map((p) => [p.lotId, p.cents])).toEqual(
      division.parts.map((p) => [p.lot.id, p.cents]),
    );
  }

  private declaredGain(pick: number): PlainGain | undefined {
    const declared = this.book.lots.gains.filter((g) => g.id !== null && g.stands);
    return this.pick(declared, pick);
  }

  protected async pay({ pick, cents }: Step) {
    const unpaid = this.book.lots.gains.filter(
      (g) => g.id !== null && g.stands && g.parts.some((p) => p.paid < p.cents),
    );
    const gain = this.pick(unpaid, pick);
    if (!gain) return false;
    const token = this.token(this.tokens.findIndex((t) => t.id === gain.token));
    const open = gain.parts.filter((p) => p.paid < p.cents);
    const parts = (cents % 3 === 0 ? open.slice(0, 1) : open).map((p) => ({
      lot: p.lot,
      cents: p.cents - p.paid,
    }));
    const about = {
      id: gain.id ?? "",
      tokenId: token.id,
      tokenLogId: token.logId,
      ownerId: token.ownerId,
    };
    const named = parts.map(({ lot, cents: part }) => ({
      lotId: lot.id,
      holderId: lot.holder,
      holderLogId: this.name(lot.holder),
      cents: part,
    }));
    const pay = (lots: typeof named) =>
      entries.gainDistributed(actAt(this.now), { ...about, parts: lots });
    const input = pay(named);
    if (!(await this.agree(this.book.pay(gain, parts), input))) return;
    // A cent beyond what was declared is no refusal but a bug, and throws.
    if (cents % 5 > 0 || this.book.accounts.of(cash(token.ownerId)) === 0n) return;
    const more = pay(named.slice(0, 1).map((p) => ({ ...p, cents: 1n })));
    await expect(inTransaction((tx) => post(tx, more))).rejects.toThrow();
    this.saw("paid beyond");
  }

  protected async evidence({ pick, other }: Step) {
    const gain = this.declaredGain(pick);
    if (!gain) return false;
    const grade = GRADES[other % 4] ?? "documented";
    const input = entries.evidenceGraded(actAt(this.now), { id: gain.id ?? "", grade });
    await this.agree(this.book.grade(gain, grade), input);
  }
  protected async defer({ pick }: Step) {
    const gain = this.declaredGain(pick);
    if (!gain) return false;
    const input = facts.gainDeferred(actAt(this.now), { id: gain.id ?? "", until: this.now });
    await this.agree(this.book.defer(gain), input);
  }

  /** A lot whose shares can be sold by somebody who has none for sale. */
  private lotToSell(pick: number): PlainLot | undefined {
    const lots = this.book.lots.lots.filter(
      (l) => l.left > 0n && !this.book.reservedBy.has(`${l.holder}/${l.token}`),
    );
    return this.pick(lots, pick);
  }
  private isSame(a: string, b: string): boolean {
    return this.book.same.get(a) === b || this.book.same.get(b) === a;
  }

  /** A holder asks to sell; the buyer funds it at once, if they can. */
  protected async ask({ pick, other, cents }: Step) {
    const lot = this.lotToSell(pick);
    if (!lot) return false;
    const token = this.tokens.findIndex((t) => t.id === lot.token);
    const { id: tokenId, ownerId, ...rest } = this.token(token);
    const might = this.people.filter(
      (p) => p !== lot.holder && p !== ownerId && !this.isSame(p, lot.holder),
    );
    const buyer = this.pick(might, other) ?? "";
    const held = this.book.lots
      .heldBy(lot.holder, tokenId)
      .reduce((sum, one) => sum + one.left, 0n);
    const count = cents % 3 === 0 ? held : (held * BigInt(1 + (cents % 9))) / 10n || 1n;
    const price = BigInt(1 + cents);
    // Its row is closed from the start: the ledger does not ask for its state.
    const dates = { askedAt: this.now, closedAt: this.now };
    const over = { state: "returned" as const, cause: "withdrawn" as const };
    const [row] = await getDb()
      .insert(resales)
      .values({
        tokenId,
        sellerId: lot.holder,
        buyerId: buyer,
        shares: count,
        priceCents: price,
        ...dates,
        ...over,
      })
      .returning();
    const id = row?.id ?? "";
    const kept: Resale = {
      ...{ id, token, seller: lot.holder, buyer, shares: count, price },
      ...{ left: count, purchaseId: null, open: true },
    };
    const waits = (sign: bigint) =>
      [buyer, lot.holder].map((who) => ({ account: shares(who, tokenId), shares: sign * count }));
    const plain = this.book.enter("resale_reserved", {
      moves: [{ from: shares(lot.holder, tokenId), to: reserved(id, tokenId), amount: count }],
      waits: waits(1n),
      undo: () => {
        kept.left = 0n;
        this.book.reserve(lot.holder, tokenId, -count);
      },
    });
    const input = resaleReserved(actAt(this.now), {
      id,
      token: { id: tokenId, logId: rest.logId },
      seller: this.party(lot.holder),
      buyer: this.party(buyer),
      shares: count,
    });
    if (!(await this.agree(plain, input))) return;
    this.resales.push(kept);
    this.book.reserve(lot.holder, tokenId, count);
    await this.fund(kept);
  }

  private async fund(resale: Resale): Promise<void> {
    const { id: resaleId, buyer: buyerId, shares: wantedShares, price: fundedCents } = resale;
    const [row] = await getDb()
      .insert(resalePurchases)
      .values({ resaleId, buyerId, role: "named", wantedShares, fundedCents, fundedAt: this.now })
      .returning();
    const id = row?.id ?? "";
    this.book.ownerOfEscrow.set(id, buyerId);
    const plain = this.book.enter("resale_funded", {
      moves: [{ from: cash(buyerId), to: escrow(id), amount: fundedCents }],
      undo: () => {
        resale.purchaseId = null;
      },
    });
    const about = { id, about: "purchase" as const, buyerId, cents: fundedCents };
    if (await this.agree(plain, purchaseFunded(actAt(this.now), about))) resale.purchaseId = id;
  }

  private async planned(
    tx: Tx,
    sale: Parameters<typeof planSale>[1],
    taken: Taken[],
    division: Division | null,
  ): Promise<SaleFacts | string> {
    const plan = await planSale(tx, sale);
    if (!plan.ok) return plan.error;
    const real = plan.value;
    expect(
      real.taken.map((t) => [t.lotId, t.shares, t.priceCents, t.basisCents, t.carriedCents]),
    ).toEqual(taken.map((t) => [t.lot.id, t.shares, t.price, t.basis, t.carried]));
    if (real.lots.length > 0)
      expect(real.lots.map((l) => l.capCents)).toEqual(taken.map((t) => t.cap));
    this.sameDivision(
      { distributableCents: real.gainCents, parts: real.ownParts },
      division ?? { gain: 0n, loss: 0n, distributable: 0n, parts: [] },
    );
    return real;
  }

  private divisionOf(seller: string, price: bigint, taken: Taken[]): Division | null {
    const own = this.book.ownTokenOf(seller);
    if (!own) return null;
    const basis = taken.reduce((sum, t) => sum + t.basis, 0n);
    return this.book.lots.divide(own, {
      cents: price - basis,
      lossCounts: true,
      instant: this.now.getTime(),
      onPlatform: true,
    });
  }

  /** Some or all of what is for sale goes to the buyer, or to the token's owner by first refusal. */
  protected async sell({ pick, other, cents }: Step) {
    const resale = this.pick(
      this.resales.filter((r) => r.open && r.left > 0n),
      pick,
    );
    if (!resale) return false;
    const { seller, id, purchaseId } = resale;
    const { logId, handle, ownerId, id: tokenId } = this.token(resale.token);
    const toOwner = purchaseId === null || other % 4 === 0;
    const buyer = toOwner ? ownerId : resale.buyer;
    const count = cents % 3 === 0 ? resale.left / 2n || 1n : resale.left;
    const price = (resale.price * count) / resale.shares;
    if (price === 0n) return false;
    const day = utcDay(this.now);
    const taken = this.book.lots.take(seller, tokenId, { shares: count, price, day });
    const division = this.divisionOf(seller, price, taken);
    const [unconnected, apart] = [cents % 2 === 0, cents % 19 === 0];
    await inTransaction(async (tx) => {
      const token = { id: tokenId, logId, handle, ownerId };
      const real = await this.planned(
        tx,
        {
          token,
          sellerId: seller,
          buyerId: buyer,
          shares: count,
          priceCents: price,
          unconnected,
          apart,
          now: this.now,
        },
        taken,
        division,
      );
      const sold = {
        ...{ kind: "resale" as const, token: tokenId, seller, buyer, price, taken, division },
        ...{ unconnected, apart, reservedIn: id, namedBuyer: resale.buyer, now: this.now },
        lotIds: typeof real === "string" ? [] : real.lots.map((l) => l.lotId),
        paidFrom: toOwner ? cash(ownerId) : escrow(purchaseId ?? ""),
      };
      const plain = this.book.sell(sold);
      if (typeof real === "string") {
        expect(real).toBe(plain.code);
        return this.saw(real);
      }
      const whole = {
        ...real,
        resaleId: id,
        purchaseId: toOwner ? null : purchaseId,
        namedBuyer: this.party(resale.buyer),
      };
      if (await this.agree(plain, resaleSettled(actAt(this.now), whole), tx)) {
        this.saw(toOwner ? "resale to the owner" : "resale to the buyer");
        resale.left -= count;
      }
    });
  }

  /** What was not sold goes back, and what is left of the buyer's money. */
  protected async giveBack({ pick }: Step) {
    const resale = this.pick(
      this.resales.filter((r) => r.open),
      pick,
    );
    if (!resale) return false;
    resale.open = false;
    await this.returned(resale, resale.left, "withdrawn");
    resale.left = 0n;
  }

  protected async returned(resale: Resale, count: bigint, cause: string, tx?: Tx) {
    const { id, seller, buyer, purchaseId } = resale;
    const token = this.token(resale.token);
    const cents = purchaseId ? this.book.accounts.of(escrow(purchaseId)) : 0n;
    if (count === 0n && cents === 0n) return;
    const plain = this.book.enter("resale_returned", {
      moves: [
        { from: reserved(id, token.id), to: shares(seller, token.id), amount: count },
        { from: escrow(purchaseId ?? ""), to: cash(buyer), amount: cents },
      ],
      waits:
        count > 0n
          ? [buyer, seller].map((who) => ({ account: shares(who, token.id), shares: -count }))
          : [],
    });
    const unsold =
      count > 0n
        ? { id, token, seller: this.party(seller), buyer: this.party(buyer), shares: count }
        : null;
    const input = purchasesReturned(actAt(this.now), {
      about: { type: "resale", id },
      cause,
      unsold,
      escrows: purchaseId ? [{ id: purchaseId, buyerId: buyer, cents }] : [],
    });
    expect(await this.agree(plain, input, tx)).toBe(true);
    if (count > 0n) this.book.reserve(seller, token.id, -count);
  }

  protected async offerParting({ pick, cents }: Step) {
    const lot = this.pick(
      this.book.lots.lots.filter(
        (l) =>
          l.left > 0n &&
          !this.partings.some(
            (p) => p.open && p.holder === l.holder && this.token(p.token).id === l.token,
          ),
      ),
      pick,
    );
    if (!lot) return false;
    const least = this.book.lots
      .leastParting(lot.holder, lot.token, utcDay(this.now))
      .reduce((sum, one) => sum + one, 0n);
    const price = least + BigInt(1 + (cents % 100_000));
    const token = this.tokens.findIndex((t) => t.id === lot.token);
    const { ownerId } = this.token(token);
    const [row] = await getDb()
      .insert(partings)
      .values({
        tokenId: lot.token,
        holderId: lot.holder,
        priceCents: price,
        offeredAt: this.now,
        disputeUntil: this.now,
        state: "returned",
        closedAt: this.now,
      })
      .returning();
    const id = row?.id ?? "";
    const parting: Parting = { id, token, holder: lot.holder, price, open: true };
    this.book.ownerOfEscrow.set(id, ownerId);
    const plain = this.book.enter("resale_funded", {
      moves: [{ from: cash(ownerId), to: escrow(id), amount: price }],
      undo: () => {
        parting.open = false;
      },
    });
    const input = purchaseFunded(actAt(this.now), {
      id,
      about: "parting",
      buyerId: ownerId,
      cents: price,
    });
    if (await this.agree(plain, input)) this.partings.push(parting);
  }

  protected async partingReturned(parting: Parting, cause: string, tx?: Tx) {
    const { id } = parting;
    const { ownerId } = this.token(parting.token);
    const cents = this.book.accounts.of(escrow(id));
    if (cents === 0n) return;
    const plain = this.book.enter("resale_returned", {
      moves: [{ from: escrow(id), to: cash(ownerId), amount: cents }],
    });
    const input = purchasesReturned(actAt(this.now), {
      about: { type: "parting", id },
      cause,
      unsold: null,
      escrows: [{ id, buyerId: ownerId, cents }],
    });
    expect(await this.agree(plain, input, tx)).toBe(true);
  }

  /** The owner parts from a holder; where the shares are worth more by now, or gone, the money goes back. */
  protected async part({ pick }: Step) {
    const parting = this.pick(
      this.partings.filter((p) => p.open),
      pick,
    );
    if (!parting) return false;
    const { id, holder, price } = parting;
    const { logId, handle, ownerId, id: tokenId } = this.token(parting.token);
    const day = utcDay(this.now);
    const least = this.book.lots.leastParting(holder, tokenId, day);
    if (least.length === 0 || least.reduce((sum, one) => sum + one, 0n) > price) {
      parting.open = false;
      return this.partingReturned(parting, "lapsed");
    }
    const taken = this.book.lots.take(holder, tokenId, { shares: null, price, day });
    const division = this.divisionOf(holder, price, taken);
    const done = await inTransaction(async (tx) => {
      const agreed = { sellerId: holder, buyerId: ownerId, priceCents: price, now: this.now };
      const token = { id: tokenId, logId, handle, ownerId };
      const real = await this.planned(
        tx,
        { ...agreed, token, unconnected: false, apart: false },
        taken,
        division,
      );
      if (typeof real === "string") throw new Error(real);
      const plain = this.book.sell({
        ...{ kind: "parting", token: tokenId, seller: holder, buyer: ownerId, price, taken },
        ...{ division, lotIds: [], unconnected: false, apart: false, paidFrom: escrow(id) },
        ...{ reservedIn: null, namedBuyer: null, now: this.now },
      });
      return this.agree(plain, parted(actAt(this.now), { ...real, partingId: id }), tx);
    });
    if (done) parting.open = false;
  }
}
