import { type CarriedLot, carriedValue } from "~/ledger/carried-value";
import { addDays, addMonths, daysBetween, utcDay } from "~/lib/dates";
import { halfEven, largestRemainder } from "./plain-accounts";

/** The model's lots, gains, marks and records: lists, and sums over them. */
export type PlainLot = {
  id: string;
  n: number;
  token: string;
  holder: string;
  bought: bigint;
  left: bigint;
  paid: bigint;
  cost: bigint;
  cap: bigint | null;
  sunset: string | null;
  locked: string | null;
  finder: boolean;
  apart: boolean;
  day: string;
  moved: { at: number; shares: bigint }[];
  ended: string | null;
  reversed: boolean;
};
export type PlainPart = { lot: PlainLot; cents: bigint; paid: bigint };
/** A result of a token's owner: a company sale (with an id), or a sale of another's shares. */
export type PlainGain = {
  n: number;
  id: string | null;
  token: string;
  year: string;
  gain: bigint;
  loss: bigint;
  distributable: bigint;
  instant: number;
  closing: string;
  declared: string;
  evidence: { grade: string; stands: boolean }[];
  parts: PlainPart[];
  stands: boolean;
};
export type PlainMark = {
  n: number;
  of: number | null;
  token: string;
  cents: bigint;
  shares: bigint;
  day: string;
  down: boolean;
  counts: Set<string>;
  /** Who held shares of the token then. */
  holders: Set<string>;
  stands: boolean;
};
export type PlainSale = {
  n: number;
  token: string;
  parting: boolean;
  at: number;
  stands: boolean;
  taken: { lot: PlainLot; shares: bigint; price: bigint; basis: bigint; cap: bigint }[];
};
export type PlainFlow = {
  lot: PlainLot;
  cents: bigint;
  own: bigint;
  distribution: boolean;
  early: boolean;
  confirmed: () => boolean;
};
export type Division = {
  gain: bigint;
  loss: bigint;
  distributable: bigint;
  parts: { lot: PlainLot; cents: bigint }[];
};
export type Taken = {
  lot: PlainLot;
  shares: bigint;
  price: bigint;
  basis: bigint;
  carried: bigint;
  cap: bigint | null;
};

const sum = <T>(list: readonly T[], of: (one: T) => bigint): bigint =>
  list.reduce((all, one) => all + of(one), 0n);
const least = (a: bigint, b: bigint | null): bigint => (b !== null && b < a ? b : a);

export class PlainLots {
  lots: PlainLot[] = [];
  gains: PlainGain[] = [];
  marks: PlainMark[] = [];
  sales: PlainSale[] = [];
  flows: PlainFlow[] = [];

  heldBy(holder: string, token: string): PlainLot[] {
    return this.lots.filter((l) => l.holder === holder && l.token === token && l.left > 0n);
  }
  gradeOf(gain: PlainGain): string {
    return gain.evidence.findLast((e) => e.stands)?.grade ?? gain.declared;
  }
  /** What declared gains still owe a lot. */
  owed(lot: PlainLot): bigint {
    const parts = this.gains.filter((g) => g.stands).flatMap((g) => g.parts);
    return sum(
      parts.filter((p) => p.lot === lot),
      (p) => p.cents - p.paid,
    );
  }

  /** What a lot is carried at, for its holder under all their ids. */
  carried(lot: PlainLot, day: string, ids: readonly string[] = [lot.holder]): bigint {
    const marks = this.marks
      .filter((m) => m.token === lot.token && m.stands && m.n > lot.n && m.of !== lot.n)
      .map((m) => ({
        day: m.day,
        markClass: m.down ? ("written_down" as const) : ("price" as const),
        priceCents: m.cents,
        shares: m.shares,
        counts: ids.some((id) => m.counts.has(id)),
      }));
    const plain: CarriedLot = {
      acquiredDay: lot.day,
      costLeftCents: lot.cost,
      capLeftCents: lot.cap,
      sharesLeft: lot.left,
      endedDay: lot.ended,
      marks,
    };
    return carriedValue(plain, day)?.cents ?? 0n;
  }

  /** The least price of a parting: each lot's cost or carried value, the higher. */
  leastParting(holder: string, token: string, day: string): bigint[] {
    return this.heldBy(holder, token).map((lot) => {
      const carried = this.carried(lot, day);
      return carried > lot.cost ? carried : lot.cost;
    });
  }

  /** First in, first out: what each lot gives; all of them, at no less than the least, where no count is given. */
  take(
    holder: string,
    token: string,
    sale: { shares: bigint | null; price: bigint; day: string },
  ): Taken[] {
    const lots = this.heldBy(holder, token);
    let open = sale.shares ?? sum(lots, (l) => l.left);
    const counts = lots.map((lot) => {
      const count = least(lot.left, open);
      open -= count;
      return count;
    });
    const giving = lots.filter((_, i) => counts[i] !== 0n);
    const sold = counts.filter((count) => count !== 0n);
    const floors = sale.shares === null ? this.leastParting(holder, token, sale.day) : [];
    const beyond = largestRemainder(sale.price - sum(floors, (f) => f), sold);
    return giving.map((lot, i) => {
      const count = sold[i] ?? 0n;
      const free = lot.cap === null ? null : lot.cap - this.owed(lot);
      return {
        lot,
        shares: count,
        price: (beyond[i] ?? 0n) + (floors[i] ?? 0n),
        basis: halfEven(lot.cost * count, lot.left),
        carried: halfEven(this.carried(lot, addDays(sale.day, -1)) * count, lot.left),
        cap: free === null ? null : sale.shares === null ? 0n : (free * count) / lot.left,
      };
    });
  }

  /** Divides a result of a token's owner: the year so far, the shares then, caps, and the tails of partings. */
  divide(
    token: string,
    result: { cents: bigint; lossCounts: boolean; instant: number; onPlatform: boolean },
  ): Division {
    const { instant } = result;
    const day = utcDay(new Date(instant));
    const year = (result.onPlatform ? day : addDays(day, -1)).slice(0, 4);
    const before = this.gains.filter((g) => g.token === token && g.stands);
    const ofYear = before.filter((g) => g.year === year);
    const gain = result.cents > 0n ? result.cents : 0n;
    const loss = result.cents < 0n && result.lossCounts ? -result.cents : 0n;
    const left = sum(ofYear, (g) => g.gain - g.loss - g.distributable) + gain - loss;
    const distributable = left > 0n ? left : 0n;
    const until = result.onPlatform ? instant + 1 : instant;
    const held = this.lots
      .map((lot) => ({
        lot,
        shares: sum(
          lot.moved.filter((m) => m.at < until),
          (m) => m.shares,
        ),
      }))
      .filter(({ lot, shares }) => lot.token === token && shares > 0n)
      .filter(({ lot }) => lot.sunset === null || Date.parse(lot.sunset) >= until);
    let owner = 10_000_000n - sum(held, (h) => h.shares);
    const [own = 0n, ...full] = largestRemainder(distributable, [
      owner,
      ...held.map((h) => h.shares),
    ]);
    owner = own;
    const parts = held.map(({ lot }, i) => {
      const free = lot.cap === null ? null : lot.cap - this.owed(lot);
      const cents = least(full[i] ?? 0n, free !== null && free < 0n ? 0n : free);
      owner += (full[i] ?? 0n) - cents;
      return { lot, cents };
    });
    for (const tail of this.tails(token, before, distributable, instant)) {
      const cents = least(tail.cents, owner);
      owner -= cents;
      parts.push({ lot: tail.lot, cents });
    }
    return { gain, loss, distributable, parts: parts.filter((p) => p.cents > 0n) };
  }

  private tails(token: string, before: PlainGain[], distributable: bigint, instant: number) {
    const reaches = (from: number, to: number) => {
      const day = utcDay(new Date(from));
      return to > from && to <= Date.parse(addMonths(day, 24)) + (from - Date.parse(day));
    };
    const parted = this.sales.filter((s) => s.parting && s.stands && s.token === token);
    return parted
      .filter((s) => reaches(s.at, instant))
      .flatMap((s) => s.taken.map((t) => ({ s, t })))
      .sort((a, b) => this.lots.indexOf(a.t.lot) - this.lots.indexOf(b.t.lot))
      .map(({ s, t }) => {
        const since = before.filter((g) => g.n > s.n);
        const parts = (g: PlainGain) => g.parts.filter((p) => p.lot === t.lot);
        const received = sum(
          since.filter((g) => g.id === null || g.instant > s.at).flatMap(parts),
          (p) => p.cents,
        );
        const counted = since.filter((g) => reaches(s.at, g.instant)).map((g) => g.distributable);
        const would = sum([...counted, distributable], (c) => (c * t.shares) / 10_000_000n);
        const cap = t.lot.cap === null ? null : t.lot.cap - this.owed(t.lot) + received;
        const cents = least(would, cap) - t.price - received;
        return { lot: t.lot, cents: cents > 0n ? cents : 0n };
      });
  }

  /** Whether cash of a lot came so soon after it that it stands apart. */
  isEarly(lot: PlainLot, day: string): boolean {
    return daysBetween(lot.day, day) <= 180;
  }

  /** What a record's headline says, in cents: gross, then net. */
  record(ids: readonly string[], day: string): Record<string, string>[] {
    const mine = this.lots.filter((l) => ids.includes(l.holder) && !l.finder);
    const apart = new Set(mine.filter((l) => l.apart).map((l) => l.token));
    const lots = mine.filter((l) => !apart.has(l.token));
    const flows = this.flows.filter((f) => lots.includes(f.lot));
    return [false, true].map((net) => {
      const cents = (which: (f: PlainFlow) => boolean) =>
        String(
          sum(
            flows.filter((f) => which(f)),
            (f) => f.cents - (net ? f.own : 0n),
          ),
        );
      return {
        paidInCents: String(sum(lots, (l) => l.paid)),
        distributionsCents: cents((f) => f.distribution && !f.early && f.confirmed()),
        proceedsCents: cents((f) => !f.distribution && !f.early && f.confirmed()),
        unconfirmedCents: cents((f) => !f.early && !f.confirmed()),
        earlyCents: cents((f) => f.early),
        valueCents: String(sum(lots, (l) => this.carried(l, day, ids))),
      };
    });
  }

  /** What stands beside a record: finder's stakes, and what they got. */
  stakes(ids: readonly string[], day: string): Record<string, string | number> {
    const lots = this.lots.filter((l) => ids.includes(l.holder) && l.finder);
    const flows = this.flows.filter((f) => lots.includes(f.lot));
    return {
      lots: lots.length,
      receivedCents: String(sum(flows, (f) => f.cents)),
      valueCents: String(sum(lots, (l) => this.carried(l, day, ids))),
    };
  }
}
