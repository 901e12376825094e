/** How a gain is counted and divided (rules T6, T8, T10); whole cents and shares, bigint alone. */
import { addMonths, startOfDayInstant, utcDay } from "~/lib/dates";
import { policy } from "~/policy";

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

/** A lot that its holder was parted from, as long as its tail lasts (T7). */
export type PartedLot = GainLot & {
  /** What the parting paid for it. */
  priceCents: bigint;
  /** The distributable sums of the owner's gains in the tail before this one, reversed ones left out. */
  gainsBefore: readonly bigint[];
  /** What the tail got of those. */
  receivedCents: bigint;
};

export type GainDivision = {
  /** The owner's own part and what the caps cut off, less the tails. Posts nothing. */
  ownerCents: bigint;
  /** One a lot, in the order given, zero parts too; cutCents is what its cap left with the owner. */
  parts: { lotId: string; cents: bigint; cutCents: bigint }[];
  /** One a parted lot, in the order given, zero parts too. */
  tails: { lotId: string; cents: bigint }[];
};

/**
 * Divides a distributable gain over the owner's own shares and all lots by largest remainder (ties:
 * the owner, then the earlier lot: give lots oldest first), then cuts each part to what is left of
 * its cap, the rest staying with the owner, who holds the parted shares and pays their tails out of
 * that. The parts and tails add up to the gain exactly.
 */
export function divideGain(input: {
  gainCents: bigint;
  ownerShares: bigint;
  lots: readonly GainLot[];
  parted?: readonly PartedLot[];
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
  const tails = (input.parted ?? []).map((lot) => {
    const owed = tailCents(lot, input.gainCents);
    const cents = owed < ownerCents ? owed : ownerCents;
    ownerCents -= cents;
    return { lotId: lot.lotId, cents };
  });
  return { ownerCents, parts, tails };
}

/**
 * What a parted lot gets of one more gain: all that it would have got since the parting, each gain's
 * part rounded down and the sum cut to its cap, less the price paid for it and what it got since.
 */
function tailCents(lot: PartedLot, gainCents: bigint): bigint {
  let would = 0n;
  for (const cents of [...lot.gainsBefore, gainCents])
    would += (cents * lot.shares) / policy.tokenShares.value;
  if (lot.capLeftCents !== null && would > lot.capLeftCents) would = lot.capLeftCents;
  const owed = would - lot.priceCents - lot.receivedCents;
  return owed > 0n ? owed : 0n;
}

/** Whether a gain with this record instant reaches back to a lot parted from at `partedAt` (T7). */
export function isInTail(partedAt: Date, recordInstant: Date): boolean {
  const partedDay = utcDay(partedAt);
  const last = addMonths(partedDay, policy.partingTailMonths.value);
  const sinceMidnight = partedAt.getTime() - startOfDayInstant(partedDay).getTime();
  const ends = startOfDayInstant(last).getTime() + sinceMidnight;
  return recordInstant.getTime() > partedAt.getTime() && recordInstant.getTime() <= ends;
}

export type YearSoFar = {
  /** Gains, counted losses and distributable sums posted before, of the closing date's UTC year. */
  gainsSoFar: bigint;
  lossesSoFar: bigint;
  distributedSoFar: bigint;
};

/** A sale as the book has it: a company sale's gain, a resale or a parting with their sums. */
export type PostedSale = {
  /** The closing date of a company sale, the day itself of a sale on the platform. */
  closingDay: string;
  proceedsCents: bigint;
  basisCents: bigint;
  costsCents: bigint;
  /** What it lost, where that counts (documented, or on the platform), else 0. */
  lossCents: bigint;
  distributableCents: bigint;
};

/** What one owner's sales of a calendar year (UTC) add up to; give each once, reversed ones not at all. */
export function yearSoFar(sales: readonly PostedSale[], year: string): YearSoFar {
  const sums = { gainsSoFar: 0n, lossesSoFar: 0n, distributedSoFar: 0n };
  for (const sale of sales) {
    if (sale.closingDay.slice(0, 4) !== year) continue;
    const result = sale.proceedsCents - sale.basisCents - sale.costsCents;
    if (result > 0n) sums.gainsSoFar += result;
    sums.lossesSoFar += sale.lossCents;
    sums.distributedSoFar += sale.distributableCents;
  }
  return sums;
}

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
