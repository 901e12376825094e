/**
 * Real roots of an exponential sum. Float64 proposes and excludes with error bounds; what it cannot
 * decide goes to exact arithmetic. By Lindemann's theorem the sum is never zero at a float other
 * than 0, so the ends of an interval that is split are never roots themselves.
 */
import { preciseRoots, sizeOfOrder, steadyOrder } from "./exact-roots";
import {
  type ExponentialSum,
  type Moments,
  momentsAt,
  noiseOf,
  signAt,
  termsAt,
} from "./exponential-sum";
import { ratioAt, slopeOf } from "./ratio-roots";

/** Where float64 found a root, and how steep ln(inflows / outflows) is there: how far the root moves for an error in either. */
export type FloatRoot = { float: number; steepness: number };

/** What a root may be off, as ln(1 + r) per day: far below the twelfth decimal of a yearly rate. */
const CLOSE = 2 ** -58;

/**
 * One root between lo and hi, where f has opposite signs: Chebyshev's steps on ln(inflows / outflows), kept
 * inside a bracket that halves at least every third step.
 */
export function rootBetween(
  sum: ExponentialSum,
  lo: number,
  hi: number,
  signLo: number,
): FloatRoot {
  const span = sum.days[sum.days.length - 1] as number;
  let a = lo;
  let b = hi;
  let v = a < 0 && b > 0 ? 0 : (a + b) / 2;
  let width = b - a;
  let steepness = 0;
  let last: { v: number; slope: number } | null = null;
  for (let step = 1; step <= 200; step++) {
    const ratio = ratioAt(sum, v);
    const { gap } = ratio;
    const slope = slopeOf(ratio);
    steepness = Math.abs(slope);
    if (gap === 0) return { float: v, steepness };
    if (gap > 0 === signLo > 0) a = v;
    else b = v;
    // The bend is that between this point and the last.
    const bend: number = last === null ? 0 : (slope - last.slope) / (v - last.v);
    last = { v, slope };
    const move = gap / slope;
    let next: number = v - move * (1 + (move * bend) / (2 * slope));
    // The slope bends by a variance of days, a quarter of the span's square at most; the step's own bend is within that too.
    const left = ((next - v) * span) ** 2 / (4 * steepness);
    if (left <= Math.max(2 ** -54 * Math.abs(v), CLOSE) && next >= a && next <= b)
      return { float: next, steepness };
    if (step % 3 === 0) {
      if (b - a > width / 2) next = (a + b) / 2;
      width = b - a;
    }
    if (!(next > a && next < b)) next = (a + b) / 2;
    if (next === a || next === b) return { float: next, steepness };
    v = next;
  }
  return { float: v, steepness };
}

/** A root, as a float where float64 found it and in fixed point where it could not. */
export type Root = FloatRoot | { fixed: bigint };

/** Terms that may be looked at; spent by counting, so that every machine stops alike. */
const FLOAT_TERMS = 1e8;

type Piece = { a: Moments; b: Moments; tries: number };

/** Halvings of a piece that is short against its terms' spread, before exact arithmetic takes over. */
const TRIES = 5;
const FLOAT_ORDERS = 10;

/** Σ |terms| · (day − center)² at an end of a piece, in the scale of its middle. */
function spreadAt(end: Moments, middle: Moments, center: number): number {
  const shift = center - end.base;
  const { size, sizeFirst, sizeSecond } = end;
  const spread = sizeSecond - 2 * shift * sizeFirst + shift * shift * size;
  const slack = 2 * end.noise * (sizeSecond + shift * shift * size);
  const scale = Math.exp(end.v * shift - middle.v * (center - middle.base));
  return (Math.max(0, spread) + slack) * scale;
}

/**
 * All roots between lo and hi in ascending order, a multiple root once; lo and hi are no roots.
 * Bounded work: on sums made to exhaust it (thousands of flows that all but cancel), what is left
 * undecided counts a root only where the ends of a piece differ in sign.
 */
export function allRoots(sum: ExponentialSum, lo: number, hi: number): Root[] {
  const roots: Root[] = [];
  const float = { terms: FLOAT_TERMS };
  const stack: Piece[] = [{ a: momentsAt(sum, lo), b: momentsAt(sum, hi), tries: 0 }];
  for (let piece = stack.pop(); piece; piece = stack.pop()) {
    const { a, b, tries } = piece;
    const half = (b.v - a.v) / 2;
    float.terms -= sum.days.length;
    const m = momentsAt(sum, a.v + half);
    const arm = m.sizeFirst / m.size;
    const center = m.base + arm;
    const spread = Math.max(spreadAt(a, m, center), spreadAt(b, m, center));
    const noise = m.noise * m.size;
    const slope = Math.abs(m.first - arm * m.value);
    const slopeNoise = 2 * m.noise * (Math.abs(m.sizeFirst) + Math.abs(arm) * m.size);
    const bend = (half * half * spread) / 2;
    if (Math.abs(m.value) - noise > half * (slope + slopeNoise) + bend) continue;
    if (slope - slopeNoise > half * spread || float.terms < 0) {
      const signA = signAt(sum, a);
      if (signA !== signAt(sum, b)) roots.push(rootBetween(sum, a.v, b.v, signA));
      continue;
    }
    const short = half * half * spread < m.size / 4;
    if (short && tries >= 2) {
      float.terms -= 3 * sum.days.length;
      if (steadyFloatOrder(sum, a.v, b.v, m, center) === 0) continue;
      if (tries >= TRIES) {
        for (const fixed of preciseRoots(sum, a.v, b.v, 0)) roots.push({ fixed });
        continue;
      }
    }
    const next = short ? tries + 1 : 0;
    stack.push({ a: m, b, tries: next }, { a, b: m, tries: next });
  }
  return roots;
}

/** The lowest derivative that surely has no root between a and b as far as floats can tell, or −1. */
function steadyFloatOrder(
  sum: ExponentialSum,
  a: number,
  b: number,
  middle: Moments,
  center: number,
): number {
  const { days } = sum;
  const terms = termsAt(sum, middle.v);
  const values = new Array<number>(FLOAT_ORDERS).fill(0);
  const sizes = new Array<number>(FLOAT_ORDERS).fill(0);
  for (let i = 0; i < days.length; i++) {
    const arm = center - (days[i] as number);
    let term = terms[i] as number;
    for (let order = 0; order < FLOAT_ORDERS; order++) {
      values[order] = (values[order] as number) + term;
      sizes[order] = (sizes[order] as number) + Math.abs(term);
      term *= arm;
    }
  }
  const log = middle.v * (center - middle.base);
  const remainder = Math.max(
    sizeOfOrder(sum, a, center, FLOAT_ORDERS, log),
    sizeOfOrder(sum, b, center, FLOAT_ORDERS, log),
  );
  const noise = 2 * noiseOf(sum, middle.v, days.length);
  return steadyOrder(
    values,
    sizes.map((size) => size * noise),
    remainder,
    (b - a) / 2,
  );
}
