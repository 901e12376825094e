/**
 * The internal rate of return: Σ fᵢ · (1+r)^(−(dᵢ−d₀)/365) = 0, whole UTC days, Act/365 fixed.
 * Floats are used here alone; a rate is settled by its residual in exact arithmetic.
 */
import { decimalString, divideHalfEven, ratioString } from "~/lib/ratio";
import {
  type ExponentialSum,
  exponentialSum,
  noiseOf,
  preciseDerivatives,
  signFarOut,
} from "./exponential-sum";
import { expOfMinus, fromFixedPoint, toFixedPoint } from "./fixed-point";
import { allRoots, isOnlyRoot, type Root, rootBetween, steepness } from "./root-search";

/** Cash on one UTC day ("YYYY-MM-DD"): what came back is positive, what was paid negative. */
export type Flow = { day: string; cents: bigint };

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
const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTH_STARTS = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_TO_1970 = 719528;
/** Up to so many days every rate is polished; beyond, only where floats may miss 1e-9. */
const POLISHED_DAYS = 256;

/**
 * The day's number since 1970-01-01, proleptic Gregorian. Throws RangeError on anything but a
 * real day written YYYY-MM-DD.
 */
export function dayNumber(day: string): number {
  if (day.length !== 10 || day.charCodeAt(4) !== 45 || day.charCodeAt(7) !== 45) return badDay(day);
  const a = day.charCodeAt(0) - 48;
  const b = day.charCodeAt(1) - 48;
  const c = day.charCodeAt(2) - 48;
  const d = day.charCodeAt(3) - 48;
  const e = day.charCodeAt(5) - 48;
  const f = day.charCodeAt(6) - 48;
  const g = day.charCodeAt(8) - 48;
  const h = day.charCodeAt(9) - 48;
  // No digit is negative or above 9, seen at once by the bits above the lowest four.
  if (
    (((a | b | c | d | e | f | g | h) >>> 4) |
      (((a + 6) | (b + 6) | (c + 6) | (d + 6) | ((e + 6) | (f + 6) | (g + 6) | (h + 6))) >>> 4)) !==
    0
  )
    return badDay(day);
  const year = a * 1000 + b * 100 + c * 10 + d;
  const month = e * 10 + f;
  const date = g * 10 + h;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (MONTH_DAYS[month] ?? 0);
  if (date < 1 || date > length) return badDay(day);
  const past = month > 2 ? year : year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const inYear = (MONTH_STARTS[month] as number) + date;
  return year * 365 + leaps + inYear - DAYS_TO_1970;
}

function badDay(day: string): never {
  throw new RangeError(`Not a day: ${day}`);
}

type Netted = {
  sum: ExponentialSum | null;
  oneDate: boolean;
  changes: number;
  anyOut: boolean;
};

type Dated = { flows: readonly Flow[]; numbers: Int32Array };

/** The flows in the order of their days, with each day's number. */
function inOrder(flows: readonly Flow[]): Dated {
  const numbers = new Int32Array(flows.length);
  let sorted = true;
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < flows.length; i++) {
    const number = dayNumber((flows[i] as Flow).day);
    if (number < before) sorted = false;
    before = number;
    numbers[i] = number;
  }
  if (sorted) return { flows, numbers };
  const order = Array.from(numbers.keys());
  order.sort((i, j) => (numbers[i] as number) - (numbers[j] as number));
  return {
    flows: order.map((i) => flows[i] as Flow),
    numbers: Int32Array.from(order, (i) => numbers[i] as number),
  };
}

/** Nets per day and drops days that come to nothing; floats carry sums as long as they are exact. */
function netPerDay(unordered: readonly Flow[]): Netted {
  const { flows, numbers } = inOrder(unordered);
  const days = new Int32Array(flows.length);
  const floats = new Float64Array(flows.length);
  let dates = 0;
  let exact = true;
  for (let i = 0; i < flows.length; i++) {
    const number = numbers[i] as number;
    if (dates === 0 || number !== days[dates - 1]) days[dates++] = number;
    const total = (floats[dates - 1] as number) + Number((flows[i] as Flow).cents);
    floats[dates - 1] = total;
    if (total > Number.MAX_SAFE_INTEGER || total < -Number.MAX_SAFE_INTEGER) exact = false;
  }
  const large = exact ? null : largeNets(flows);
  let kept = 0;
  let changes = 0;
  let before = 0;
  let anyOut = false;
  let first = 0;
  for (let i = 0; i < dates; i++) {
    const amount = large === null ? (floats[i] as number) : Number(large[i]);
    if (amount === 0) continue;
    if (kept === 0) first = days[i] as number;
    days[kept] = (days[i] as number) - first;
    if (large !== null) large[kept] = large[i] as bigint;
    floats[kept++] = amount;
    if (amount < 0) anyOut = true;
    if (amount > 0 ? before < 0 : before > 0) changes += 1;
    before = amount;
  }
  const about = { oneDate: dates < 2, changes, anyOut };
  if (kept === 0) return { sum: null, ...about };
  const used = floats.subarray(0, kept);
  let amounts = large?.slice(0, kept);
  const exactly = () => {
    amounts ??= Array.from(used, BigInt);
    return amounts;
  };
  return { sum: exponentialSum(days.subarray(0, kept), used, exactly), ...about };
}

/** Nets per day beyond the safe integers, for flows in order. */
function largeNets(flows: readonly Flow[]): bigint[] {
  const nets: bigint[] = [];
  flows.forEach((flow, i) => {
    if (i > 0 && flow.day === (flows[i - 1] as Flow).day)
      nets[nets.length - 1] = (nets[nets.length - 1] as bigint) + flow.cents;
    else nets.push(flow.cents);
  });
  return nets;
}

function polishedRate(sum: ExponentialSum, root: Root): string {
  if ("fixed" in root) return rateOf(root.fixed, DECIDING_BITS);
  const { float } = root;
  if (sum.days.length > POLISHED_DAYS) {
    const open = (2 * noiseOf(sum, float, sum.days.length) * DAYS_A_YEAR) / steepness(sum, float);
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
  const { sum, oneDate, changes, anyOut } = netPerDay(flows);
  if (sum === null || oneDate || !anyOut) return { kind: "none" };
  if (changes === 0) return { kind: "total_loss" };
  const rates = rootsOf(sum, changes).map((root) => polishedRate(sum, root));
  const [rate] = rates;
  if (rate === undefined) return { kind: "none" };
  return rates.length === 1 ? { kind: "irr", rate } : { kind: "multiple", rates };
}

function rootsOf(sum: ExponentialSum, changes: number): Root[] {
  const lo = LOWEST_LOG / DAYS_A_YEAR;
  const hi = HIGHEST_LOG / DAYS_A_YEAR;
  const signLo = signFarOut(sum, lo);
  const crosses = signLo !== signFarOut(sum, hi);
  if (crosses) {
    const float = rootBetween(sum, lo, hi, signLo);
    if (changes === 1 || isOnlyRoot(sum, float)) return [{ float }];
  } else if (changes === 1) return [];
  return allRoots(sum, lo, hi);
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
