/** Exact division of whole numbers, rounded once, halves to the even digit. No floats. */

/** numerator / denominator to the nearest integer, halves to the even one; denominator > 0. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const twice = (magnitude % denominator) * 2n;
  let quotient = magnitude / denominator;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** value / 10^decimals written out with exactly that many decimals; zero has no sign. */
export function decimalString(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const sign = value < 0n ? "-" : "";
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** numerator / denominator with that many decimals, half-even; denominator > 0. */
export function ratioString(numerator: bigint, denominator: bigint, decimals: number): string {
  return decimalString(divideHalfEven(numerator * 10n ** BigInt(decimals), denominator), decimals);
}
