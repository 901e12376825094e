/**
 * f(v) = Σ cᵢ · e^(−v·dᵢ), whole amounts cᵢ ≠ 0 on ascending whole days dᵢ (the first is 0): the
 * equation of an internal rate of return, v being ln(1 + r) per day. Evaluated in float64 with its
 * error bound, and in exact arithmetic.
 */

import { expOfMinus, powerOf, toFixedPoint } from "./fixed-point";
import { floatsIn } from "./room";
import { inRuns } from "./runs";

export type ExponentialSum = {
  /** Ascending whole days, the first of them 0. */
  days: Int32Array;
  /** The amounts as floats, none of them 0. */
  floats: Float64Array;
  /** The amounts that are positive, and the sizes of those that are not; 0 elsewhere. */
  inflows: Float64Array;
  outflows: Float64Array;
  /** The same amounts, exactly. */
  amounts: () => bigint[];
  /** The largest amount's size. */
  largest: number;
  /** e^(−|v|·gap) of every gap between neighbours, for one v at a time. */
  gaps: GapPowers;
  /** Terms that exact arithmetic has looked at so far. */
  spent: { terms: number };
};

type GapPowers = { used: number[]; table: Float64Array; v: number };

const LONGEST_TABLED_GAP = 4096;

/** Prepares amounts on days for the functions of this file. */
export function exponentialSum(
  days: Int32Array,
  floats: Float64Array,
  amounts: () => bigint[],
): ExponentialSum {
  const count = floats.length;
  const inflows = floatsIn("inflows", count);
  const outflows = floatsIn("outflows", count);
  let largest = 0;
  inRuns(count, (from, to) => {
    largest = Math.max(largest, split(floats, inflows, outflows, from, to));
  });
  const seen = new Uint8Array(LONGEST_TABLED_GAP + 1);
  inRuns(count - 1, (from, to) => seeGaps(days, seen, from, to));
  const used: number[] = [];
  for (let gap = seen.indexOf(1, 1); gap > 0; gap = seen.indexOf(1, gap + 1)) used.push(gap);
  const table = new Float64Array((used.at(-1) ?? 0) + 1);
  table[0] = 1;
  const gaps = { used, table, v: Number.NaN };
  return { days, floats, inflows, outflows, amounts, largest, gaps, spent: { terms: 0 } };
}

/** Splits amounts by their sign, without a branch: signs are hard to foresee. Answers the largest size. */
function split(
  floats: Float64Array,
  inflows: Float64Array,
  outflows: Float64Array,
  from: number,
  to: number,
): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const amount = floats[i] as number;
    const size = Math.abs(amount);
    const into = (size + amount) / 2;
    inflows[i] = into;
    outflows[i] = into - amount;
    if (size > largest) largest = size;
  }
  return largest;
}

/** Notes the gaps after the days from…to − 1; those beyond the table fall into its place 0. */
function seeGaps(days: Int32Array, seen: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const gap = (days[i + 1] as number) - (days[i] as number);
    seen[gap > LONGEST_TABLED_GAP ? 0 : gap] = 1;
  }
}

/** The table of e^(−|v|·gap); gaps beyond it are for Math.exp. */
export function gapPowers({ gaps }: ExponentialSum, v: number): Float64Array {
  const size = Math.abs(v);
  if (gaps.v !== size) {
    for (const gap of gaps.used) gaps.table[gap] = Math.exp(-size * gap);
    gaps.v = size;
  }
  return gaps.table;
}

/** Sums at one point, terms relative to e^(−v·base); x = day − base. */
export type Moments = {
  v: number;
  base: number;
  value: number;
  first: number;
  size: number;
  sizeFirst: number;
  sizeSecond: number;
  /** Relative error of each sum against the sum of its terms' sizes. */
  noise: number;
};

const EPSILON = 2 ** -52;
const UNDERFLOW = 745;

/** Relative error of a running sum of so many terms, against the sum of their sizes. */
export function noiseOf(sum: ExponentialSum, v: number, terms: number): number {
  const span = sum.days[sum.days.length - 1] as number;
  return EPSILON * (2 * terms + 16 + Math.min(UNDERFLOW, Math.abs(v) * span));
}

/** Value, first derivative and sizes at v; no overflow at any v, one pass from the largest terms. */
export function momentsAt(sum: ExponentialSum, v: number): Moments {
  const { days, floats } = sum;
  const last = days.length - 1;
  const table = gapPowers(sum, v);
  const forwards = v >= 0;
  const base = forwards ? 0 : (days[last] as number);
  let value = 0;
  let first = 0;
  let size = 0;
  let sizeFirst = 0;
  let sizeSecond = 0;
  let power = 1;
  let before = base;
  let k = 0;
  for (; k <= last && power > 0; k++) {
    const i = forwards ? k : last - k;
    const day = days[i] as number;
    const gap = forwards ? day - before : before - day;
    before = day;
    if (gap > 0)
      power *= gap < table.length ? (table[gap] as number) : Math.exp(-Math.abs(v) * gap);
    const x = day - base;
    const w = (floats[i] as number) * power;
    const a = Math.abs(w);
    value += w;
    first += w * x;
    size += a;
    sizeFirst += a * x;
    sizeSecond += a * x * x;
  }
  const noise = noiseOf(sum, v, k);
  return { v, base, value, first, size, sizeFirst, sizeSecond, noise };
}

/** Values of the derivatives 0…orders−1 of e^(v·center)·f(v), over the positive e^(v(center − base)). */
export function preciseDerivatives(
  sum: ExponentialSum,
  v: bigint,
  center: number,
  orders: number,
  bits: number,
): bigint[] {
  const { days } = sum;
  const amounts = sum.amounts();
  sum.spent.terms += orders * days.length;
  const last = days.length - 1;
  const forwards = v >= 0n;
  const perDay = expOfMinus(forwards ? v : -v, bits);
  const powers = new Map<number, bigint>();
  const totals: bigint[] = new Array<bigint>(orders).fill(0n);
  const width = BigInt(bits);
  let power = 1n << width;
  let before = forwards ? 0 : (days[last] as number);
  for (let k = 0; k <= last && power !== 0n; k++) {
    const i = forwards ? k : last - k;
    const day = days[i] as number;
    const gap = Math.abs(day - before);
    before = day;
    if (gap > 0) {
      let step = powers.get(gap);
      if (step === undefined) {
        step = powerOf(perDay, gap, bits);
        powers.set(gap, step);
      }
      power = (power * step) >> width;
    }
    let term = power * (amounts[i] as bigint);
    const arm = BigInt(center - day);
    for (let order = 0; order < orders; order++) {
      totals[order] = (totals[order] as bigint) + term;
      if (order + 1 < orders) term *= arm;
    }
  }
  return totals;
}

/** Bits of the arithmetic that decides what floats cannot. */
export const DECIDING_BITS = 512;

/** The sign of f at a float v ≠ 0, decided exactly where the float value is within its noise. */
export function signAt(sum: ExponentialSum, at: Moments): number {
  if (Math.abs(at.value) > at.noise * at.size) return Math.sign(at.value);
  const v = toFixedPoint(at.v, DECIDING_BITS);
  const exact = preciseDerivatives(sum, v, 0, 1, DECIDING_BITS)[0] as bigint;
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Every term at v, over e^(−v·base). */
export function termsAt(sum: ExponentialSum, v: number): Float64Array {
  const { days, floats } = sum;
  const last = days.length - 1;
  const table = gapPowers(sum, v);
  const terms = new Float64Array(days.length);
  let power = 1;
  for (let k = 0; k <= last; k++) {
    const i = v >= 0 ? k : last - k;
    if (k > 0) {
      const gap = Math.abs((days[i] as number) - (days[v >= 0 ? i - 1 : i + 1] as number));
      power *= gap < table.length ? (table[gap] as number) : Math.exp(-Math.abs(v) * gap);
    }
    terms[i] = (floats[i] as number) * power;
  }
  return terms;
}
