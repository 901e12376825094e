/**
 * Roots of an exponential sum in a short interval where float64 cannot tell: derivatives in 512-bit
 * fixed point, and Rolle's theorem from the lowest one without a root down to the sum itself. Two
 * values count as equal when they differ by less than 2^−320 of their terms' sizes.
 */
import {
  DECIDING_BITS,
  type ExponentialSum,
  momentsAt,
  preciseDerivatives,
} from "./exponential-sum";
import { fromFixedPoint, toFixedPoint } from "./fixed-point";

/** Terms that may be looked at; spent by counting, so that every machine stops alike. */
const PRECISE_TERMS = 1.5e6;

/** Σ |amount| · |day − center|^order · e^(−v(day − center)), in the scale of the middle. */
export function sizeOfOrder(
  sum: ExponentialSum,
  v: number,
  center: number,
  order: number,
  log: number,
) {
  let total = 0;
  for (let i = 0; i < sum.days.length; i++) {
    const x = (sum.days[i] as number) - center;
    total += Math.abs(sum.floats[i] as number) * Math.abs(x) ** order * Math.exp(-v * x - log);
  }
  return total * (1 + 1e-9);
}

/** The lowest derivative that surely has no root within half of the middle, or −1. */
export function steadyOrder(
  values: number[],
  noises: number[],
  remainder: number,
  half: number,
): number {
  const orders = values.length;
  for (let k = 0; k < orders; k++) {
    let factor = 1;
    let bound = 0;
    for (let j = 1; k + j <= orders; j++) {
      factor *= half / j;
      const size = Math.abs(values[k + j] as number) + (noises[k + j] as number);
      bound += factor * (k + j < orders ? size : remainder);
    }
    if (Math.abs(values[k] as number) - (noises[k] as number) > bound * (1 + 1e-9)) return k;
  }
  return -1;
}

/** Roots in a short interval by Rolle: from the lowest derivative without a root down to f. */
export function preciseRoots(sum: ExponentialSum, a: number, b: number, depth: number): bigint[] {
  const half = (b - a) / 2;
  const middle = momentsAt(sum, a + half);
  const center = Math.round(middle.base + middle.sizeFirst / middle.size);
  const orders = Math.min(sum.days.length + 1, depth < 4 ? 24 : 48);
  const log = middle.v * (center - middle.base);
  const remainder = Math.max(
    sizeOfOrder(sum, a, center, orders, log),
    sizeOfOrder(sum, b, center, orders, log),
  );
  const at = toFixedPoint(middle.v, DECIDING_BITS);
  const values = preciseDerivatives(sum, at, center, orders, DECIDING_BITS).map((value) =>
    fromFixedPoint(value, DECIDING_BITS),
  );
  const none = values.map(() => 0);
  const order = steadyOrder(values, none, remainder, half);
  if (order === 0) return [];
  const from = toFixedPoint(a, DECIDING_BITS);
  const to = toFixedPoint(b, DECIDING_BITS);
  if (order < 0) {
    if (depth < 40 && sum.spent.terms < PRECISE_TERMS) {
      const left = preciseRoots(sum, a, middle.v, depth + 1);
      return left.concat(preciseRoots(sum, middle.v, b, depth + 1));
    }
    const ends = [from, to].map((v) => ({ v, sign: preciseSigns(sum, v, center, 0)[0] as number }));
    return rootsOfOrder(sum, 0, ends, center);
  }
  return descend(sum, order, from, to, center);
}

/** Rolle's descent from a derivative without a root between two points down to f. */
function descend(sum: ExponentialSum, order: number, from: bigint, to: bigint, center: number) {
  const signsFrom = preciseSigns(sum, from, center, order - 1);
  const signsTo = preciseSigns(sum, to, center, order - 1);
  let roots: { v: bigint; signs: number[] }[] = [];
  for (let k = order - 1; k >= 0; k--) {
    const points = [{ v: from, signs: signsFrom }, ...roots, { v: to, signs: signsTo }];
    const ofOrder = points.map(({ v, signs }) => ({ v, sign: signs[k] as number }));
    roots = rootsOfOrder(sum, k, ofOrder, center).map((v) => ({
      v,
      signs: preciseSigns(sum, v, center, k),
    }));
    // A zero of all lower derivatives too is one multiple root, and by Rolle the only one here.
    if (roots.length === 1 && roots[0]?.signs.every((sign) => sign === 0)) break;
  }
  return roots.map(({ v }) => v);
}

/** The signs of the derivatives 0…order, 0 where a value is nothing against its terms. */
function preciseSigns(sum: ExponentialSum, v: bigint, center: number, order: number): number[] {
  const float = fromFixedPoint(v, DECIDING_BITS);
  const base = v >= 0n ? 0 : (sum.days[sum.days.length - 1] as number);
  const log = float * (center - base);
  return preciseDerivatives(sum, v, center, order + 1, DECIDING_BITS).map((value, k) => {
    const size = sizeOfOrder(sum, float, center, k, log);
    if (Math.abs(fromFixedPoint(value, DECIDING_BITS)) <= size * 2 ** -320) return 0;
    return value > 0n ? 1 : -1;
  });
}

/** Roots of one derivative, given its signs at points between which it is monotone. */
function rootsOfOrder(
  sum: ExponentialSum,
  order: number,
  points: { v: bigint; sign: number }[],
  center: number,
): bigint[] {
  const roots: bigint[] = [];
  for (let i = 1; i < points.length; i++) {
    const [before, here] = [points[i - 1], points[i]];
    if (before === undefined || here === undefined) continue;
    if (before.sign * here.sign < 0)
      roots.push(preciseRootBetween(sum, order, center, before.v, here.v, before.sign));
    else if (here.sign === 0 && i < points.length - 1) roots.push(here.v);
  }
  return roots;
}

function preciseRootBetween(
  sum: ExponentialSum,
  order: number,
  center: number,
  from: bigint,
  to: bigint,
  signFrom: number,
): bigint {
  const enough = 1n << BigInt(DECIDING_BITS - 400);
  let a = from;
  let b = to;
  let v = (a + b) / 2n;
  let width = b - a;
  for (let step = 1; step <= 1500 && b - a > enough; step++) {
    const values = preciseDerivatives(sum, v, center, order + 2, DECIDING_BITS);
    const value = values[order] as bigint;
    const slope = values[order + 1] as bigint;
    if (value === 0n) return v;
    if (value > 0n === signFrom > 0) a = v;
    else b = v;
    const move = slope === 0n ? b - a : (value << BigInt(DECIDING_BITS)) / slope;
    if ((move < 0n ? -move : move) <= enough) return v - move;
    let next = v - move;
    if (step % 3 === 0) {
      if (b - a > width / 2n) next = (a + b) / 2n;
      width = b - a;
    }
    v = next > a && next < b ? next : (a + b) / 2n;
  }
  return v;
}
