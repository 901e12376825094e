import { utcDay } from "~/lib/dates";
import {
  type Code,
  cash,
  claim,
  due,
  escrow,
  largestRemainder,
  type Move,
  mirror,
  OUTSIDE,
  reserved,
  shares,
  type Wait,
} from "./plain-accounts";
import { type NewLot, type OpenClaim, type PlainEntry, PlainJournal } from "./plain-journal";
import type { Division, PlainFlow, PlainGain, PlainLot, Taken } from "./plain-lots";

const IRREVERSIBLE = [
  "token_minted",
  "reversal",
  "same_person",
  "offer_refunded",
  "offer_left",
  "withdrawal_refused",
  "resale_returned",
];

/** The platform's due is one account for all walks of a test, and each walk begins at the beginning. */
let platformSince = 0;
const isPlatforms = (moves: readonly Move[]) =>
  moves.some((m) => m.from === due(OUTSIDE) || m.to === due(OUTSIDE));
const isBehind = (moves: readonly Move[], now: Date) =>
  isPlatforms(moves) && now.getTime() + 5_000 < platformSince;
const touchPlatform = (moves: readonly Move[], now: Date): void => {
  if (isPlatforms(moves)) platformSince = Math.max(platformSince, now.getTime());
};

/** A sale as it was worked out. */
export type PlannedSale = {
  kind: "resale" | "parting";
  token: string;
  seller: string;
  buyer: string;
  price: bigint;
  taken: Taken[];
  division: Division | null;
  lotIds: string[];
  unconnected: boolean;
  apart: boolean;
  paidFrom: string;
  reservedIn: string | null;
  namedBuyer: string | null;
  now: Date;
};

/** The plain model: each command in a few lines. It knows no SQL. */
export class PlainBook extends PlainJournal {
  settleOffer(
    offer: { id: string; token: string; parts: { id: string; who: string; cents: bigint }[] },
    lots: NewLot[],
    now: Date,
  ) {
    const { token } = offer;
    const owner = this.tokens.get(token) ?? "";
    let made: PlainLot[] = [];
    const { code, entry } = this.enter("investment", {
      moves: [
        ...offer.parts.map((p) => ({ from: escrow(p.id), to: cash(owner), amount: p.cents })),
        ...lots.map((l) => ({
          from: reserved(offer.id, token),
          to: shares(l.holder, token),
          amount: l.bought,
        })),
      ],
      waits: lots.map((l) => ({ account: shares(l.holder, token), shares: -l.bought })),
      hasDependents: () => this.touched(made, entry?.n ?? 0, made),
      undo: (at, back) => {
        this.unmake(made, at);
        for (const part of offer.parts) {
          const came = back.filter((m) => m.to === escrow(part.id));
          this.cameBack(
            made,
            part.who,
            came.reduce((s, m) => s + m.amount, 0n),
          );
        }
      },
    });
    if (entry) {
      made = this.addLots(entry.n, token, now, false, lots);
      this.madeBy.set(entry, made);
    }
    return { code, entry };
  }

  declare(
    gain: Pick<PlainGain, "id" | "token" | "instant" | "closing" | "declared">,
    division: Division,
  ) {
    let kept: PlainGain | null = null;
    const { code, entry } = this.enter("gain", {
      hasDependents: () =>
        this.countedLater(entry?.n ?? 0) ||
        this.later(
          entry?.n ?? 0,
          ["distribution", "evidence", "gain_deferred"],
          (e) => this.aboutGain.get(e) === kept,
        ),
      undo: () => {
        if (kept) kept.stands = false;
      },
    });
    if (entry)
      kept = this.gain(entry, {
        ...gain,
        ...division,
        year: gain.closing.slice(0, 4),
        parts: division.parts.map((p) => ({ ...p, paid: 0n })),
      });
    return { code, entry };
  }

  pay(gain: PlainGain, parts: { lot: PlainLot; cents: bigint }[]) {
    const owner = this.tokens.get(gain.token) ?? "";
    let flows: PlainFlow[] = [];
    const change = (sign: bigint) => {
      for (const { lot, cents } of parts) {
        if (lot.cap !== null) lot.cap -= sign * cents;
        const part = gain.parts.find((p) => p.lot === lot);
        if (part) part.paid += sign * cents;
      }
    };
    const { code, entry } = this.enter("distribution", {
      moves: parts.map((p) => ({ from: cash(owner), to: cash(p.lot.holder), amount: p.cents })),
      undo: () => {
        change(-1n);
        this.takeBack(flows);
      },
      hasDependents: () =>
        this.later(entry?.n ?? 0, ["lot_ended"], (e) =>
          parts.some((p) => p.lot === this.endedLot.get(e) && this.endedByCap.has(e)),
        ),
    });
    if (entry) {
      change(1n);
      this.aboutGain.set(entry, gain);
      this.paidLots.set(
        entry,
        parts.map((p) => p.lot),
      );
      flows = parts.map(({ lot, cents }) =>
        this.flow(lot, {
          cents,
          distribution: true,
          early: this.lots.isEarly(lot, gain.closing),
          confirmed: () => ["counterparty", "tax_transcript"].includes(this.lots.gradeOf(gain)),
        }),
      );
    }
    return { code, entry };
  }

  grade(gain: PlainGain, grade: string) {
    const evidence = { grade, stands: true };
    const { code, entry } = this.enter("evidence", {
      undo: () => {
        evidence.stands = false;
      },
      hasDependents: () =>
        this.later(entry?.n ?? 0, ["evidence"], (e) => this.aboutGain.get(e) === gain),
    });
    if (entry) {
      gain.evidence.push(evidence);
      this.aboutGain.set(entry, gain);
    }
    return { code, entry };
  }

  defer(gain: PlainGain) {
    const entered = this.enter("gain_deferred");
    if (entered.entry) this.aboutGain.set(entered.entry, gain);
    return entered;
  }

  end(lot: PlainLot, cause: "cap" | "sunset", now: Date) {
    const owner = this.tokens.get(lot.token) ?? "";
    const had = { left: lot.left, cost: lot.cost };
    const { code, entry } = this.enter("lot_ended", {
      moves: [
        { from: shares(lot.holder, lot.token), to: shares(owner, lot.token), amount: lot.left },
      ],
      hasDependents: () => this.markedMeanwhile(lot.holder, lot.token, entry?.n ?? 0),
      undo: (at) => {
        lot.moved.push({ at: at.getTime(), shares: had.left });
        Object.assign(lot, { ...had, ended: null });
      },
    });
    if (entry) {
      lot.moved.push({ at: now.getTime(), shares: -lot.left });
      Object.assign(lot, { left: 0n, cost: 0n, ended: utcDay(now) });
      this.endedLot.set(entry, lot);
      if (cause === "cap") this.endedByCap.add(entry);
    }
    return { code, entry };
  }

  /** A sale that was planned: by a resale (out of its reserved shares) or a parting. */
  sell(sale: PlannedSale) {
    const { token, seller, taken, now } = sale;
    const count = taken.reduce((sum, t) => sum + t.shares, 0n);
    const parts = sale.division?.parts ?? [];
    const isParting = sale.kind === "parting";
    const locked = taken.some((t) => t.lot.locked !== null && utcDay(now) < t.lot.locked);
    const wait = (who: string): Wait => ({ account: shares(who, token), shares: -count });
    let made: PlainLot[] = [];
    let flows: PlainFlow[] = [];
    const { code, entry } = this.enter(sale.kind, {
      moves: movesOf(sale, count),
      waits: sale.namedBuyer ? [wait(sale.namedBuyer), wait(seller)] : [],
      asked: !isParting && locked ? "shares_locked" : "ok",
      hasDependents: () =>
        this.touched([...made, ...taken.map((t) => t.lot)], entry?.n ?? 0, made) ||
        this.countedLater(entry?.n ?? 0) ||
        this.markedMeanwhile(seller, token, entry?.n ?? 0),
      undo: (at, back) => {
        this.unmake(made, at);
        this.moveTaken(sale, at, -1n);
        for (const s of this.lots.sales) if (s.n === entry?.n) s.stands = false;
        for (const g of this.lots.gains) if (g.n === entry?.n) g.stands = false;
        this.takeBack(flows);
        if (isParting) return;
        const came = back.filter((m) => m.from === cash(seller) && m.to === sale.paidFrom);
        const cents = came.reduce((sum, m) => sum + m.amount, 0n);
        this.cameBack(made, sale.buyer, cents);
        this.reserve(seller, token, count);
      },
    });
    if (!entry) return { code, entry };
    this.moveTaken(sale, now, 1n);
    if (!isParting) this.reserve(seller, token, -count);
    made = this.addLots(entry.n, token, now, sale.apart, lotsOfBuyer(sale));
    this.madeBy.set(entry, made);
    this.paidLots.set(
      entry,
      parts.map((p) => p.lot),
    );
    this.keepSale(entry, sale);
    flows = this.flowsOfSale(sale, parts);
    return { code, entry };
  }

  /** Shares, cost and cap leave the seller's lots, and the own holders' caps are used; or all comes back. */
  private moveTaken({ taken, division }: PlannedSale, at: Date, sign: bigint): void {
    for (const t of taken) {
      t.lot.left -= sign * t.shares;
      t.lot.cost -= sign * t.basis;
      if (t.lot.cap !== null) t.lot.cap -= sign * (t.cap ?? 0n);
      t.lot.moved.push({ at: at.getTime(), shares: -sign * t.shares });
    }
    for (const p of division?.parts ?? []) if (p.lot.cap !== null) p.lot.cap -= sign * p.cents;
  }

  private keepSale(entry: PlainEntry, sale: PlannedSale): void {
    const at = sale.now.getTime();
    this.lots.sales.push({
      ...{ n: entry.n, token: sale.token, parting: sale.kind === "parting", at, stands: true },
      taken: sale.taken.map((t) => ({ ...t, cap: t.cap ?? 0n })),
    });
    const own = this.ownTokenOf(sale.seller);
    if (!own || !sale.division) return;
    const day = utcDay(sale.now);
    this.gain(entry, {
      ...sale.division,
      ...{ id: null, token: own, year: day.slice(0, 4), instant: at, closing: day, declared: "" },
      parts: sale.division.parts.map((p) => ({ ...p, paid: p.cents })),
    });
  }

  /** The seller's cash, confirmed as far as it is, less what own holders got; and what those got. */
  private flowsOfSale(
    sale: { taken: Taken[]; unconnected: boolean; now: Date },
    parts: Division["parts"],
  ): PlainFlow[] {
    const pieces = sale.taken.flatMap((t) => {
      const counts = sale.unconnected || t.price < t.carried ? t.price : t.carried;
      return [
        { lot: t.lot, cents: counts, isConfirmed: true },
        { lot: t.lot, cents: t.price - counts, isConfirmed: false },
      ].filter((piece) => piece.cents > 0n);
    });
    const own = parts.reduce((sum, p) => sum + p.cents, 0n);
    const shared =
      pieces.length > 0
        ? largestRemainder(
            own,
            pieces.map((p) => p.cents),
          )
        : [];
    return [
      ...pieces.map(({ lot, cents, isConfirmed }, i) =>
        this.flow(lot, {
          cents,
          own: shared[i] ?? 0n,
          distribution: false,
          early: false,
          confirmed: () => isConfirmed,
        }),
      ),
      ...parts.map((p) =>
        this.flow(p.lot, {
          cents: p.cents,
          distribution: true,
          early: this.lots.isEarly(p.lot, utcDay(sale.now)),
          confirmed: () => sale.unconnected,
        }),
      ),
    ];
  }

  mark(mark: {
    of: number | null;
    token: string;
    cents: bigint;
    shares: bigint;
    day: string;
    down: boolean;
    counts: string[];
  }) {
    const holding = this.lots.lots.filter((l) => l.token === mark.token && l.left > 0n);
    const holders = new Set(holding.map((l) => l.holder));
    const kept = { ...mark, n: 0, counts: new Set(mark.counts), holders, stands: true };
    const { code, entry } = this.enter("mark", {
      undo: () => {
        kept.stands = false;
      },
      hasDependents: () =>
        this.lots.sales.some((s) => s.token === mark.token && s.n > kept.n && s.stands),
    });
    if (entry) {
      kept.n = entry.n;
      this.lots.marks.push(kept);
    }
    return { code, entry };
  }

  /** Reverses an entry; answers why not, or the reversal and its claims. */
  reverse(old: PlainEntry, now: Date, waits: Wait[]) {
    if (IRREVERSIBLE.includes(old.kind)) return { code: "not_reversible" as Code, entry: null };
    if (!old.stands) return { code: "already_reversed" as Code, entry: null };
    const back = mirror(this.accounts, old.moves, (id) => this.ownerOfEscrow.get(id) ?? id);
    const dependents = this.hasGoneOn(old) || old.hasDependents();
    const { code, entry } = this.enter("reversal", {
      moves: back.moves,
      waits,
      asked: isBehind(back.moves, now)
        ? "clock_behind"
        : dependents
          ? "reverse_later_entries_first"
          : "ok",
    });
    if (!entry) return { code, entry };
    touchPlatform(back.moves, now);
    old.undo(now, back.moves, back.claims);
    old.stands = false;
    for (const one of back.claims)
      this.claims.push({ ...one, repaid: 0n, reversalOf: old, reversal: entry });
    return { code, entry };
  }

  repay(owed: OpenClaim, cents: bigint, now: Date) {
    const { debtor, creditor } = owed;
    let flow: PlainFlow | null = null;
    const moves = [
      {
        from: cash(debtor),
        to: creditor === OUTSIDE ? OUTSIDE : cash(creditor),
        amount: cents,
      },
      { from: due(creditor), to: claim(debtor), amount: cents },
    ];
    const { code, entry } = this.enter("claim_repaid", {
      moves,
      asked: isBehind(moves, now)
        ? "clock_behind"
        : owed.repaid + cents > owed.cents
          ? "claim_exceeded"
          : "ok",
      undo: () => {
        owed.repaid -= cents;
        if (flow) this.takeBack([flow]);
      },
    });
    if (entry) {
      owed.repaid += cents;
      touchPlatform(moves, now);
      flow = this.cameBack(this.madeBy.get(owed.reversalOf) ?? [], creditor, cents);
    }
    return { code, entry };
  }
}

function lotsOfBuyer(sale: { buyer: string; taken: Taken[]; lotIds: string[] }): NewLot[] {
  return sale.lotIds.map((id, i) => {
    const t = sale.taken[i];
    if (!t) throw new Error("a new lot without an old one");
    return {
      id,
      holder: sale.buyer,
      bought: t.shares,
      paid: t.price,
      cap: t.cap,
      sunset: t.lot.sunset,
      locked: t.lot.locked,
      finder: false,
    };
  });
}

function movesOf(sale: PlannedSale, count: bigint): Move[] {
  const { token, seller, buyer, reservedIn } = sale;
  const from = reservedIn === null ? shares(seller, token) : reserved(reservedIn, token);
  const parts = sale.division?.parts ?? [];
  return [
    { from: sale.paidFrom, to: cash(seller), amount: sale.price },
    { from, to: shares(buyer, token), amount: count },
    ...parts.map((p) => ({ from: cash(seller), to: cash(p.lot.holder), amount: p.cents })),
  ];
}
