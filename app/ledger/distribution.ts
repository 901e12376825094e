/** How a gain is counted and divided (rules T6, T8, T10); whole cents and shares, bigint alone. */
import { divideHalfEven } from "~/lib/ratio";

/**
 * Divides cents over weights by largest remainder, ties to the earlier; the parts add up exactly.
 * Throws RangeError on a negative sum, a negative weight or no weight at all.
 */
export function divideByLargestRemainder(cents: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (cents < 0n || total <= 0n || weights.some((weight) => weight < 0n))
    throw new RangeError("Nothing to divide over");
  const parts = weights.map((weight) => (cents * weight) / total);
  const remainders = weights.map((weight, index) => ({ index, left: (cents * weight) % total }));
  remainders.sort((a, b) => (a.left > b.left ? -1 : a.left < b.left ? 1 : a.index - b.index));
  let rest = cents - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of remainders) {
    if (rest === 0n) break;
    parts[index] = (parts[index] as bigint) + 1n;
    rest -= 1n;
  }
  return parts;
}

export type GainLot = {
  lotId: string;
  shares: bigint;
  /** What is left of the lot's payout cap; null: no cap. */
  capLeftCents: bigint | null;
};

export type GainDivision = {
  /** The owner's own part and what the caps cut off. Posts nothing. */
  ownerCents: bigint;
  /** One a lot, in the order given, zero parts too; cutCents is what its cap left with the owner. */
  parts: { lotId: string; cents: bigint; cutCents: bigint }[];
};

/**
 * Divides a distributable gain over the owner's own shares and all lots by largest remainder (ties:
 * the owner, then the earlier lot: give lots oldest first), then cuts each part to what is left of
 * its cap, the rest staying with the owner. The parts add up to the gain exactly.
 */
export function divideGain(input: {
  gainCents: bigint;
  ownerShares: bigint;
  lots: readonly GainLot[];
}): GainDivision {
  const weights = [input.ownerShares, ...input.lots.map((lot) => lot.shares)];
  const [ownPart = 0n, ...full] = divideByLargestRemainder(input.gainCents, weights);
  let ownerCents = ownPart;
  const parts = input.lots.map(({ lotId, capLeftCents }, i) => {
    const part = full[i] ?? 0n;
    const cap = capLeftCents === null ? part : capLeftCents < 0n ? 0n : capLeftCents;
    const cents = part < cap ? part : cap;
    ownerCents += part - cents;
    return { lotId, cents, cutCents: part - cents };
  });
  return { ownerCents, parts };
}

export type YearSoFar = {
  /** Gains, counted losses and distributable sums posted before, of the closing date's UTC year. */
  gainsSoFar: bigint;
  lossesSoFar: bigint;
  distributedSoFar: bigint;
};

export type Distributable = {
  /** proceeds − basis − costs where positive, else 0. */
  gainCents: bigint;
  /** What the sale lost where that is negative and counts, else 0; a size, never negative. */
  lossCents: bigint;
  /** max(0, gains − losses − what was distributed), this sale included. */
  distributableCents: bigint;
  /** The part of this gain that losses of the year take up: gain − distributable. */
  offsetCents: bigint;
};

/**
 * What a sale makes distributable in its calendar year, in the order of posting (T8). A loss counts
 * only with a document (lossCounts). Nothing that was paid is taken back for a later loss.
 */
export function distributableCents(
  sale: YearSoFar & { proceeds: bigint; basis: bigint; costs: bigint; lossCounts: boolean },
): Distributable {
  const result = sale.proceeds - sale.basis - sale.costs;
  const gainCents = result > 0n ? result : 0n;
  const lossCents = result < 0n && sale.lossCounts ? -result : 0n;
  const left = sale.gainsSoFar + gainCents - (sale.lossesSoFar + lossCents) - sale.distributedSoFar;
  const distributable = left > 0n ? left : 0n;
  const offset = gainCents - distributable;
  return {
    gainCents,
    lossCents,
    distributableCents: distributable,
    offsetCents: offset > 0n ? offset : 0n,
  };
}

/**
 * The payout cap of a deal, a whole multiple of the cash first paid to the owner, divided over the
 * deal's lots by shares, a scout's lot too (T6); largest remainder, ties to the earlier lot. With no
 * cap every lot's is null.
 */
export function lotCapCents(deal: {
  paidCents: bigint;
  capMultiple: number | null;
  lotShares: readonly bigint[];
}): (bigint | null)[] {
  if (deal.capMultiple === null) return deal.lotShares.map(() => null);
  return divideByLargestRemainder(deal.paidCents * BigInt(deal.capMultiple), deal.lotShares);
}

/**
 * The cost of so many shares of a lot: cost left × sold / shares left, half-even to the cent; the
 * last sale takes the rest. Throws RangeError when more are sold than are left.
 */
export function costOfSold(lot: {
  costLeftCents: bigint;
  sharesLeft: bigint;
  sharesSold: bigint;
}): bigint {
  const { costLeftCents, sharesLeft, sharesSold } = lot;
  if (sharesSold <= 0n || sharesSold > sharesLeft) throw new RangeError("More sold than held");
  return divideHalfEven(costLeftCents * sharesSold, sharesLeft);
}

/**
 * The cap that goes along with so many shares of a lot, rounded down; the last take the rest, so
 * that no cap is made or lost by selling. Null: no cap.
 */
export function capOfSold(lot: {
  capLeftCents: bigint | null;
  sharesLeft: bigint;
  sharesSold: bigint;
}): bigint | null {
  if (lot.sharesSold <= 0n || lot.sharesSold > lot.sharesLeft)
    throw new RangeError("More sold than held");
  return lot.capLeftCents === null ? null : (lot.capLeftCents * lot.sharesSold) / lot.sharesLeft;
}
