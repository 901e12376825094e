/**
 * The internal rate of return: Σ fᵢ · (1+r)^(−(dᵢ−d₀)/365) = 0, whole UTC days, Act/365 fixed.
 * Floats are used here alone; a rate is settled by its residual in exact arithmetic.
 */
import { decimalString, divideHalfEven, ratioString } from "~/lib/ratio";
import { type Flow, netPerDay } from "./day-nets";
import {
  type ExponentialSum,
  exponentialSum,
  noiseOf,
  preciseDerivatives,
} from "./exponential-sum";
import { expOfMinus, fromFixedPoint, toFixedPoint } from "./fixed-point";
import { intervalsOfRoots } from "./ratio-roots";
import { allRoots, type Root, rootBetween } from "./root-search";

export { dayNumber, type Flow } from "./day-nets";

/** Rates a year as decimal strings with 12 decimals, ascending where there are several. */
export type Irr =
  | { kind: "irr"; rate: string }
  | { kind: "multiple"; rates: string[] }
  | { kind: "none" }
  | { kind: "total_loss" };

const DAYS_A_YEAR = 365;
const LOWEST_LOG = -200;
const HIGHEST_LOG = 20;
const DECIMALS = 12;
const POLISH_BITS = 256;
const DECIDING_BITS = 512;
/** Up to so many days every rate is polished; beyond, only where floats may miss 1e-9. */
const POLISHED_DAYS = 256;

function polishedRate(sum: ExponentialSum, root: Root): string {
  if ("fixed" in root) return rateOf(root.fixed, DECIDING_BITS);
  const { float, steepness } = root;
  if (sum.days.length > POLISHED_DAYS) {
    const open = (2 * noiseOf(sum, float, sum.days.length) * DAYS_A_YEAR) / steepness;
    const rate = Math.expm1(float * DAYS_A_YEAR);
    if (open * (1 + rate) < 2e-10 * Math.max(0.05, Math.abs(rate))) return floatRate(rate);
  }
  let v = toFixedPoint(float, POLISH_BITS);
  for (let step = 0; step < 8; step++) {
    const [value, slope] = preciseDerivatives(sum, v, 0, 2, POLISH_BITS) as [bigint, bigint];
    if (slope === 0n) break;
    const move = (value << BigInt(POLISH_BITS)) / slope;
    v -= move;
    if (Math.abs(fromFixedPoint(move, POLISH_BITS)) < 1e-13) break;
  }
  return rateOf(v, POLISH_BITS);
}

function floatRate(rate: number): string {
  const text = rate.toFixed(DECIMALS);
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** e^(365·v) − 1, half-even at 12 decimals. */
function rateOf(v: bigint, bits: number): string {
  const year = v * BigInt(DAYS_A_YEAR);
  const one = 1n << BigInt(bits);
  const grown = expOfMinus(year < 0n ? -year : year, bits);
  const scale = 10n ** BigInt(DECIMALS);
  const rate =
    year < 0n
      ? divideHalfEven((grown - one) * scale, one)
      : divideHalfEven((one - grown) * scale, grown);
  return decimalString(rate, DECIMALS);
}

/**
 * The internal rate of return of flows in any order, netted per day, with ln(1+r) between −200 and
 * 20. One sign change has one root; otherwise all are isolated, a multiple root counting once and a
 * root outside the bounds not at all. `none`: no root, one date only, or no outflow; `total_loss`:
 * outflows alone, on two dates or more (a terminal value of 0 is a date). Never diverges; throws
 * RangeError only on a text that is no day.
 */
export function solveIrr(flows: readonly Flow[]): Irr {
  const nets = netPerDay(flows);
  if (nets.days === null || nets.oneDate) return { kind: "none" };
  const { days, floats } = nets;
  const paidFirst = (floats[0] as number) < 0;
  if (floats.every((net) => net < 0 === paidFirst))
    return { kind: paidFirst ? "total_loss" : "none" };
  let { large } = nets;
  const sum = exponentialSum(days, floats, () => {
    large ??= Array.from(floats, BigInt);
    return large;
  });
  const rates = rootsOf(sum).map((root) => polishedRate(sum, root));
  const [rate] = rates;
  if (rate === undefined) return { kind: "none" };
  return rates.length === 1 ? { kind: "irr", rate } : { kind: "multiple", rates };
}

function rootsOf(sum: ExponentialSum): Root[] {
  const lo = LOWEST_LOG / DAYS_A_YEAR;
  const hi = HIGHEST_LOG / DAYS_A_YEAR;
  const intervals = intervalsOfRoots(sum, lo, hi);
  if (intervals === null) return allRoots(sum, lo, hi);
  return intervals.map(({ from, to, signFrom }) => rootBetween(sum, from, to, signFrom));
}

/** Whether two dates are less than 365 days apart: the rate is then shown for the time itself. */
export function isUnderAYear(days: number): boolean {
  return days < DAYS_A_YEAR;
}

/**
 * The return since the first flow, (1+r)^(days/365) − 1, as a decimal string with 12 decimals: what
 * is shown instead of a yearly rate while first flow and valuation are less than 365 days apart.
 */
export function returnSinceFirstFlow(rate: string, days: number): string {
  return floatRate(Math.expm1((Math.log1p(Number(rate)) * days) / DAYS_A_YEAR));
}

/**
 * A rate as it is read: in percent with two decimals, and whether that is a year or since the first
 * flow. `days` is the time from first flow to valuation.
 */
export function shownRate(
  rate: string,
  days: number,
): { percent: string; basis: "a_year" | "since_first_flow" } {
  const basis = isUnderAYear(days) ? "since_first_flow" : "a_year";
  const shown = basis === "a_year" ? rate : returnSinceFirstFlow(rate, days);
  const units = BigInt(shown.replace(".", ""));
  return {
    percent: ratioString(units * 100n, 10n ** BigInt(DECIMALS), 2),
    basis,
  };
}
