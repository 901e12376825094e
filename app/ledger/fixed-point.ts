/**
 * Fixed-point arithmetic on bigint for what float64 cannot decide: a number x is kept as
 * round(x · 2^bits). Everything here is a pure function of integers, so that every engine gives
 * the same digits.
 */

/** The fixed-point form of a float; exact for |x| < 1 and at least 160 bits. */
export function toFixedPoint(x: number, bits: number): bigint {
  return BigInt(Math.round(x * 2 ** 100)) << BigInt(bits - 100);
}

/** The float of a fixed-point number, small ones and ones far above 2^bits alike. */
export function fromFixedPoint(value: bigint, bits: number): number {
  const near = Number(value);
  if (Number.isFinite(near)) return near / 2 ** bits;
  return Number(value >> BigInt(bits - 64)) / 2 ** 64;
}

/** e^(−x) for x ≥ 0, to a few units of 2^(20 − bits). */
export function expOfMinus(x: bigint, bits: number): bigint {
  const one = 1n << BigInt(bits);
  const shift = Math.max(0, x.toString(2).length - bits + 16);
  const small = x >> BigInt(shift);
  let term = one;
  let result = one;
  for (let k = 1n; term !== 0n; k++) {
    term = -((term * small) >> BigInt(bits)) / k;
    result += term;
  }
  for (let i = 0; i < shift; i++) result = (result * result) >> BigInt(bits);
  return result;
}

/** base^exponent for 0 ≤ base ≤ 1 and a whole exponent ≥ 0. */
export function powerOf(base: bigint, exponent: number, bits: number): bigint {
  let result = 1n << BigInt(bits);
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) >> BigInt(bits);
    if (rest > 1) square = (square * square) >> BigInt(bits);
  }
  return result;
}
