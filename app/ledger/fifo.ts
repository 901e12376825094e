/** Lots that leave a holder, first in, first out (T20, T7), and what travels with the shares (T6). */
import { addDays } from "~/lib/dates";
import { divideHalfEven } from "~/lib/ratio";
import { err, ok, type Result } from "~/lib/result";
import { type CarriedLot, carriedValue } from "./carried-value";
import { divideByLargestRemainder } from "./distribution";

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

/** A lot as it is held, with what travels with its shares. */
export type HeldLot = CarriedLot & {
  lotId: string;
  sunset: string | null;
  /** Its shares cannot be sold before this day. */
  lockedUntil: string | null;
};

/** What one lot gave. `carriedCents` is what its shares were carried at the day before (T24a). */
export type TakenLot = {
  lotId: string;
  shares: bigint;
  priceCents: bigint;
  basisCents: bigint;
  carriedCents: bigint;
  /** What goes along with the shares to a buyer. */
  capCents: bigint | null;
  sunset: string | null;
  lockedUntil: string | null;
};

export type Taking = { taken: TakenLot[]; left: HeldLot[] };

/**
 * Takes shares out of a holder's lots (given oldest first), first in, first out; the price is divided
 * over the lots by the shares taken, by largest remainder. `left` are the lots as they are then, for
 * the next buyer of the same sale. Refuses `insufficient_balance`, then `shares_locked` where a lot
 * that would give shares is locked on that day. Throws RangeError unless shares > 0 and price ≥ 0.
 */
export function takeShares(
  lots: readonly HeldLot[],
  sale: { shares: bigint; priceCents: bigint; day: string },
): Result<Taking, "insufficient_balance" | "shares_locked"> {
  if (sale.shares <= 0n) throw new RangeError("Nothing is sold");
  let open = sale.shares;
  const counts = lots.map(({ sharesLeft }) => {
    const count = sharesLeft < open ? sharesLeft : open;
    open -= count;
    return count;
  });
  if (open > 0n) return err("insufficient_balance");
  const giving = lots.filter((_, i) => counts[i] !== 0n);
  if (giving.some(({ lockedUntil }) => lockedUntil !== null && sale.day < lockedUntil))
    return err("shares_locked");
  const sold = counts.filter((count) => count !== 0n);
  const prices = divideByLargestRemainder(sale.priceCents, sold);
  const taken = giving.map((lot, i) => takeFrom(lot, sold[i] ?? 0n, prices[i] ?? 0n, sale.day));
  return ok({ taken, left: lots.map((lot, i) => leftOf(lot, counts[i] ?? 0n)) });
}

/** The least that an owner pays to part from a holder of these lots: each lot's cost or carried value, the higher (T7). */
export function leastPartingCents(lots: readonly HeldLot[], day: string): bigint {
  return lots.reduce((sum, lot) => sum + leastOf(lot, day), 0n);
}

/**
 * Takes all shares of a holder's lots for a parting, locked ones too: each at the higher of its cost
 * and its carried value on the day, and what is paid beyond that by shares. Throws RangeError for less.
 */
export function takeAll(
  lots: readonly HeldLot[],
  parting: { priceCents: bigint; day: string },
): Taking {
  const held = lots.filter((lot) => lot.sharesLeft > 0n);
  const beyond = parting.priceCents - leastPartingCents(held, parting.day);
  if (held.length === 0 || beyond < 0n) throw new RangeError("Too little for a parting");
  const more = divideByLargestRemainder(
    beyond,
    held.map((lot) => lot.sharesLeft),
  );
  const taken = held.map((lot, i) => {
    const price = leastOf(lot, parting.day) + (more[i] ?? 0n);
    return takeFrom(lot, lot.sharesLeft, price, parting.day);
  });
  return { taken, left: lots.map((lot) => leftOf(lot, lot.sharesLeft)) };
}

function leastOf(lot: HeldLot, day: string): bigint {
  const carried = carriedValue(lot, day)?.cents ?? 0n;
  return lot.costLeftCents > carried ? lot.costLeftCents : carried;
}

function takeFrom(lot: HeldLot, shares: bigint, priceCents: bigint, day: string): TakenLot {
  const { lotId, sunset, lockedUntil, sharesLeft } = lot;
  const sold = { ...lot, sharesSold: shares };
  const carried = carriedValue(lot, addDays(day, -1))?.cents ?? 0n;
  return {
    lotId,
    shares,
    priceCents,
    basisCents: costOfSold(sold),
    carriedCents: divideHalfEven(carried * shares, sharesLeft),
    capCents: capOfSold(sold),
    sunset,
    lockedUntil,
  };
}

function leftOf(lot: HeldLot, shares: bigint): HeldLot {
  if (shares === 0n) return lot;
  const sold = { ...lot, sharesSold: shares };
  const cap = capOfSold(sold);
  return {
    ...lot,
    sharesLeft: lot.sharesLeft - shares,
    costLeftCents: lot.costLeftCents - costOfSold(sold),
    capLeftCents: lot.capLeftCents === null || cap === null ? null : lot.capLeftCents - cap,
  };
}
