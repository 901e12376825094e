/**
 * Roots of an exponential sum by the logarithm of inflows over outflows, each discounted. Its slope is
 * the mean day of what goes out less the mean day of what comes in, and as v rises both means fall:
 * their values at the ends of an interval bound the slope everywhere between.
 */
import { type ExponentialSum, gapPowers, noiseOf } from "./exponential-sum";

/** ln(inflows / outflows) at v, and their mean days. */
export type Ratio = {
  v: number;
  gap: number;
  /** The day from which the means count, onwards from the first or backwards from the last; null: from the first. */
  base: number | null;
  inMean: number;
  outMean: number;
};

/** Evaluations that may be spent before the question is left to others. */
const EVALUATIONS = 96;
/** Where a sum is this small against the amounts, floats say nothing of its mean. */
const TOO_SMALL = 1e-200;
/** What can be left out of a sum, against it. */
const NEGLIGIBLE = 2 ** -80;

/**
 * The ratio at v, in one pass from the largest terms that ends where the rest is negligible; where one
 * side is too far away for that, each side by itself. Nothing over- or underflows at any v. The sum
 * holds inflows and outflows.
 */
export function ratioAt(sum: ExponentialSum, v: number): Ratio {
  const { days, largest } = sum;
  const count = days.length;
  const span = days[count - 1] as number;
  const base = v >= 0 ? 0 : span;
  const table = gapPowers(sum, v);
  const rest = restOf(sum);
  const pass = new Float64Array([0, 0, 0, 0, 1, base]);
  for (let from = 0; from < count; from += RUN) {
    const to = Math.min(from + RUN, count);
    if (v >= 0) addOnwards(sum, table, v, from, to, pass);
    else addBackwards(sum, table, v, count - 1 - from, count - 1 - to, pass);
    const power = pass[POWER] as number;
    const least = Math.min(pass[INFLOW] as number, pass[OUTFLOW] as number);
    if (power < TOO_SMALL || rest * power < least) break;
  }
  const [inflow, inDays, outflow, outDays] = pass as unknown as [number, number, number, number];
  if (!(inflow > largest * TOO_SMALL && outflow > largest * TOO_SMALL)) return apart(sum, v);
  return {
    v,
    gap: Math.log(inflow / outflow),
    base,
    inMean: inDays / inflow,
    outMean: outDays / outflow,
  };
}

/** The sums of a pass by their places, its last power, and the day that it has come to. */
const INFLOW = 0;
const IN_DAYS = 1;
const OUTFLOW = 2;
const OUT_DAYS = 3;
const POWER = 4;
const DAY = 5;
/** Days between two looks at whether the rest matters. */
const RUN = 64;

function addOnwards(
  { days, inflows, outflows }: ExponentialSum,
  table: Float64Array,
  v: number,
  from: number,
  to: number,
  pass: Float64Array,
): void {
  let inflow = pass[INFLOW] as number;
  let inDays = pass[IN_DAYS] as number;
  let outflow = pass[OUTFLOW] as number;
  let outDays = pass[OUT_DAYS] as number;
  let power = pass[POWER] as number;
  let before = pass[DAY] as number;
  for (let i = from; i < to; i++) {
    const day = days[i] as number;
    const gap = day - before;
    before = day;
    power *= gap < table.length ? (table[gap] as number) : Math.exp(-v * gap);
    const into = (inflows[i] as number) * power;
    const out = (outflows[i] as number) * power;
    inflow += into;
    inDays += into * day;
    outflow += out;
    outDays += out * day;
  }
  pass[INFLOW] = inflow;
  pass[IN_DAYS] = inDays;
  pass[OUTFLOW] = outflow;
  pass[OUT_DAYS] = outDays;
  pass[POWER] = power;
  pass[DAY] = before;
}

/** The same from the last day down, for v < 0; days count backwards from it. */
function addBackwards(
  { days, inflows, outflows }: ExponentialSum,
  table: Float64Array,
  v: number,
  from: number,
  downTo: number,
  pass: Float64Array,
): void {
  const base = days[days.length - 1] as number;
  let inflow = pass[INFLOW] as number;
  let inDays = pass[IN_DAYS] as number;
  let outflow = pass[OUTFLOW] as number;
  let outDays = pass[OUT_DAYS] as number;
  let power = pass[POWER] as number;
  let before = pass[DAY] as number;
  for (let i = from; i > downTo; i--) {
    const day = days[i] as number;
    const gap = before - day;
    before = day;
    power *= gap < table.length ? (table[gap] as number) : Math.exp(v * gap);
    const into = (inflows[i] as number) * power;
    const out = (outflows[i] as number) * power;
    inflow += into;
    inDays += into * (base - day);
    outflow += out;
    outDays += out * (base - day);
  }
  pass[INFLOW] = inflow;
  pass[IN_DAYS] = inDays;
  pass[OUTFLOW] = outflow;
  pass[OUT_DAYS] = outDays;
  pass[POWER] = power;
  pass[DAY] = before;
}

/** Times the power so far: more than all that is still to come, against which a sum is large enough. */
function restOf({ days, largest }: ExponentialSum): number {
  const span = days[days.length - 1] as number;
  return (largest * days.length * (span + 1)) / NEGLIGIBLE;
}

/** The ratio with each side summed from its own largest term. */
function apart(sum: ExponentialSum, v: number): Ratio {
  const [inflow, outflow] = [sideAt(sum, v, 1), sideAt(sum, v, -1)];
  const gap = inflow.log - outflow.log;
  return { v, gap, base: null, inMean: inflow.mean, outMean: outflow.mean };
}

/** ln of a sum of like-signed terms, and their mean day. */
function sideAt(sum: ExponentialSum, v: number, sign: number): { log: number; mean: number } {
  const { days, floats } = sum;
  const last = days.length - 1;
  const rest = restOf(sum);
  let base = Number.NaN;
  let total = 0;
  let weighted = 0;
  for (let k = 0; k <= last; k++) {
    const i = v >= 0 ? k : last - k;
    const amount = (floats[i] as number) * sign;
    if (amount < 0) continue;
    if (Number.isNaN(base)) base = days[i] as number;
    const x = (days[i] as number) - base;
    const power = Math.exp(-v * x);
    if (rest * power < total) break;
    total += amount * power;
    weighted += amount * power * x;
  }
  return { log: Math.log(total) - v * base, mean: base + weighted / total };
}

/** How ln(inflows / outflows) rises with v. */
export function slopeOf(ratio: Ratio): number {
  return daysBetween(ratio, ratio.outMean, ratio, ratio.inMean);
}

/** A mean less another, both as days from the first. */
function daysBetween(a: Ratio, aMean: number, b: Ratio, bMean: number): number {
  if (a.base !== b.base || a.base === null) return dayOf(a, aMean) - dayOf(b, bMean);
  return a.base === 0 ? aMean - bMean : bMean - aMean;
}

function dayOf({ base }: Ratio, mean: number): number {
  return base === 0 || base === null ? mean : base - mean;
}

type Verdict = "none" | "one" | "unclear";

/** What the bounds on the slope say of the roots between two points. */
function verdictOn(a: Ratio, b: Ratio, noise: number, slack: number): Verdict {
  const steepest = daysBetween(b, b.outMean, a, a.inMean) - slack;
  const flattest = daysBetween(a, a.outMean, b, b.inMean) + slack;
  if (flattest < 0 || steepest > 0) {
    if (Math.abs(a.gap) <= noise || Math.abs(b.gap) <= noise) return "unclear";
    return a.gap > 0 === b.gap > 0 ? "none" : "one";
  }
  if (a.gap > 0 !== b.gap > 0) return "unclear";
  const width = b.v - a.v;
  const spread = flattest - steepest;
  // Two lines from the ends, each as steep as can be, meet nearest to zero here.
  const nearest =
    a.gap > 0
      ? (a.gap * flattest - b.gap * steepest + width * steepest * flattest) / spread
      : (b.gap * flattest - a.gap * steepest - width * steepest * flattest) / spread;
  return Math.abs(nearest) > noise && nearest > 0 === a.gap > 0 ? "none" : "unclear";
}

export type RootInterval = { from: number; to: number; signFrom: number };

/**
 * Intervals between lo and hi that hold one root each, and together all of them, ascending; null
 * where floats or the evaluations allowed cannot tell. The sum holds inflows and outflows.
 */
export function intervalsOfRoots(
  sum: ExponentialSum,
  lo: number,
  hi: number,
): RootInterval[] | null {
  const span = sum.days[sum.days.length - 1] as number;
  const noise = 4 * noiseOf(sum, Math.max(-lo, hi), sum.days.length);
  const found: RootInterval[] = [];
  const stack: [Ratio, Ratio][] = [[ratioAt(sum, lo), ratioAt(sum, hi)]];
  let left = EVALUATIONS;
  for (let piece = stack.pop(); piece; piece = stack.pop()) {
    const [a, b] = piece;
    const reach = Math.max(a.inMean, a.outMean, b.inMean, b.outMean);
    const slack = noise * (a.base === b.base && a.base !== null ? reach : span);
    const verdict = verdictOn(a, b, noise, slack);
    if (verdict === "one") found.push({ from: a.v, to: b.v, signFrom: a.gap > 0 ? 1 : -1 });
    if (verdict !== "unclear") continue;
    if (left <= 0) return null;
    const width = b.v - a.v;
    let middle = ratioAt(sum, a.v + width / 2);
    // A root itself divides nothing.
    if (Math.abs(middle.gap) <= noise) middle = ratioAt(sum, a.v + width * 0.375);
    left -= 1;
    stack.push([middle, b], [a, middle]);
  }
  return found;
}
