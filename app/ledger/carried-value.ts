/** What a lot is carried at (T25), per lot, half-even to the cent. */
import { wholeMonthsBetween } from "~/lib/dates";
import { divideHalfEven } from "~/lib/ratio";
import { policy } from "~/policy";

/** `cost`: no price has set a mark; `price`, `written_down`: one has; `ended`: by cap or sunset. */
export type MarkClass = "cost" | "price" | "written_down" | "ended";

/** A price paid for shares of the token, or a write-down of them, after the lot came to be. */
export type LotMark = {
  /** The UTC day on which it was recorded. */
  day: string;
  markClass: "price" | "written_down";
  /** What was paid for `shares` shares; 0 in a write-down. */
  priceCents: bigint;
  shares: bigint;
  /** Whether it counts for the lot's holder, and so may raise the lot. */
  counts: boolean;
};

export type CarriedLot = {
  acquiredDay: string;
  /** What is left of the cash paid, after sales of shares. */
  costLeftCents: bigint;
  /** What is left of the payout cap; null: no cap. */
  capLeftCents: bigint | null;
  sharesLeft: bigint;
  /** The UTC day on which the lot ended by its cap or its sunset; null while it has not. */
  endedDay: string | null;
  /** The token's marks in the order of posting, the lot's own purchase and what was before it left out. */
  marks: readonly LotMark[];
};

export type Carried = { cents: bigint; markClass: MarkClass; markDate: string };

const MONTHS_A_YEAR = 12;

/**
 * The part of a price that stands after so long, as a fraction: all of it for 18 months, then
 * (3/4)^y × (48 − m)/48 with the y whole years and m whole months after those.
 */
export function ageFactor(from: string, to: string): { numerator: bigint; denominator: bigint } {
  const { fullMonths, yearlyPart } = policy.carriedByAge.value;
  const [kept, of] = yearlyPart;
  const beyond = Math.max(0, wholeMonthsBetween(from, to) - fullMonths);
  const years = BigInt(Math.floor(beyond / MONTHS_A_YEAR));
  const months = BigInt(beyond % MONTHS_A_YEAR);
  const year = of * BigInt(MONTHS_A_YEAR);
  return {
    numerator: kept ** years * (year - (of - kept) * months),
    denominator: of ** years * year,
  };
}

/**
 * What a lot is carried at on a day, with its class and that class's date: an ended lot at 0, any
 * other at its cost or at the last mark that counts for its holder, by the age of that, never above
 * what is left of its cap. A price that does not count for the holder is a ceiling until one counts:
 * it lowers the lot and never raises it, on any day. Null: nothing is held any more.
 */
export function carriedValue(lot: CarriedLot, valuationDay: string): Carried | null {
  if (lot.endedDay !== null) return { cents: 0n, markClass: "ended", markDate: lot.endedDay };
  if (lot.sharesLeft === 0n) return null;
  const basis = basisByAge(lot, valuationDay);
  const cap = lot.capLeftCents;
  return { ...basis, cents: cap !== null && cap < basis.cents ? cap : basis.cents };
}

/** Before the cap: cost or mark by its age, rounded once. */
function basisByAge(lot: CarriedLot, valuationDay: string): Carried {
  let basis: Carried = {
    cents: aged(lot.costLeftCents, 1n, lot.acquiredDay, valuationDay),
    markClass: "cost",
    markDate: lot.acquiredDay,
  };
  for (const { day, markClass, priceCents, shares, counts } of lot.marks) {
    if (day > valuationDay) continue;
    const cents = aged(lot.sharesLeft * priceCents, shares, day, valuationDay);
    if (counts || cents < basis.cents) basis = { cents, markClass, markDate: day };
  }
  return basis;
}

/** numerator / denominator by the age of its day, half-even. */
function aged(numerator: bigint, denominator: bigint, from: string, to: string): bigint {
  const factor = ageFactor(from, to);
  return divideHalfEven(numerator * factor.numerator, denominator * factor.denominator);
}
