/** What a lot is carried at (T25), per lot, half-even to the cent. */

/** `cost`: no price has set a mark; `price`, `written_down`: one has; `ended`: by cap or sunset. */
export type MarkClass = "cost" | "price" | "written_down" | "ended";

export type CarriedLot = {
  acquiredDay: string;
  /** What is left of the cash paid, after sales of shares. */
  costLeftCents: bigint;
  /** What is left of the payout cap; null: no cap. */
  capLeftCents: bigint | null;
  sharesLeft: bigint;
  /** The UTC day on which the lot ended by its cap or its sunset; null while it has not. */
  endedDay: string | null;
};

export type Carried = { cents: bigint; markClass: MarkClass; markDate: string };

/**
 * What a lot is carried at on a day, with its class and that class's date: an ended lot at 0,
 * any other by its basis, never above what is left of its cap. Null: nothing is held any more.
 */
export function carriedValue(lot: CarriedLot, valuationDay: string): Carried | null {
  if (lot.endedDay !== null) return { cents: 0n, markClass: "ended", markDate: lot.endedDay };
  if (lot.sharesLeft === 0n) return null;
  const basis = markedBasis(lot, valuationDay);
  const cap = lot.capLeftCents;
  return { ...basis, cents: cap !== null && cap < basis.cents ? cap : basis.cents };
}

/** Before the cap: the price that marks the lot, by its age, else its cost. Prices join here. */
function markedBasis(lot: CarriedLot, _valuationDay: string): Carried {
  return { cents: lot.costLeftCents, markClass: "cost", markDate: lot.acquiredDay };
}
