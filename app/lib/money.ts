import { decimalString, divideHalfEven } from "./ratio";
import { err, ok, type Result } from "./result";

const MINUS = "\u2212";
const SHARES_OF_A_TOKEN = 10_000_000n;
const LARGEST_CENTS = 9_007_199_254_740_991n;

/** Digits of a whole number ≥ 0 in groups of three. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function trimZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

/**
 * US dollars as read: `$66,666.67`, a true minus before a negative sum, `whole` for headlines (half
 * to even). Takes cents as a bigint or its decimal string; throws on a string that is no integer.
 */
export function formatCents(cents: bigint | string, options: { whole?: boolean } = {}): string {
  const amount = BigInt(cents);
  const size = amount < 0n ? -amount : amount;
  const [dollars = "", rest] = options.whole
    ? [divideHalfEven(size, 100n).toString()]
    : decimalString(size, 2).split(".");
  const sign = amount < 0n && (rest !== undefined || dollars !== "0") ? MINUS : "";
  return `${sign}$${grouped(dollars)}${rest === undefined ? "" : `.${rest}`}`;
}

/**
 * Cents from what a person typed: `$`, spaces and commas between thousands are fine. Refuses
 * `not_a_number` (a comma elsewhere too: `12,50` could mean two sums), `negative`,
 * `too_many_decimals` (more than two) and `too_large` (beyond 2^53 − 1 cents).
 */
export function parseDollars(
  text: string,
): Result<bigint, "not_a_number" | "too_many_decimals" | "negative" | "too_large"> {
  const bare = text.replace(/[\s$]/g, "");
  const unsigned = bare.replace(/^[-\u2212]/, "");
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?$/.exec(unsigned);
  if (!match || (match[1] === undefined && match[2] === undefined)) return err("not_a_number");
  const decimals = match[2] ?? "";
  if (unsigned !== bare) return err("negative");
  if (decimals.length > 2) return err("too_many_decimals");
  const dollars = (match[1] ?? "0").replaceAll(",", "");
  if (dollars.replace(/^0+/, "").length > 14) return err("too_large");
  const cents = BigInt(dollars + decimals.padEnd(2, "0"));
  return cents > LARGEST_CENTS ? err("too_large") : ok(cents);
}

/** Dollars for a form's field, without sign or commas: `66666.67`. */
export function centsForInput(cents: bigint | string): string {
  return decimalString(BigInt(cents), 2);
}

/** A number of shares in groups of three: `100,000`. */
export function formatShares(shares: bigint | string): string {
  const count = BigInt(shares);
  return count < 0n ? `${MINUS}${grouped((-count).toString())}` : grouped(count.toString());
}

/** Hundredths of a percent as a percentage, with the digits that matter: 500 is `5%`, 1250 is `12.5%`. */
export const formatBps = (bps: number): string => `${trimZeros(decimalString(BigInt(bps), 2))}%`;

/** Shares as a part of a whole token, exactly, with the digits that matter: `1%`, `0.95%`. */
export function formatPercentOfToken(shares: bigint | string): string {
  const count = BigInt(shares);
  const size = count < 0n ? -count : count;
  const percent = trimZeros(decimalString((size * 10_000_000n) / SHARES_OF_A_TOKEN, 5));
  return `${count < 0n ? MINUS : ""}${percent}%`;
}

/** A decimal string with that many decimals, half to even, as its sign and unsigned digits. */
function rounded(decimal: string, decimals: number): { negative: boolean; digits: string } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) throw new RangeError("Not a decimal string");
  const fraction = match[3] ?? "";
  const units = BigInt((match[2] ?? "0") + fraction) * 10n ** BigInt(decimals);
  const digits = decimalString(divideHalfEven(units, 10n ** BigInt(fraction.length)), decimals);
  return { negative: match[1] === "-" && /[1-9]/.test(digits), digits };
}

/** A decimal string as read: groups of three, that many decimals, a true minus. */
export function formatDecimal(decimal: string, decimals: number): string {
  const { negative, digits } = rounded(decimal, decimals);
  const [whole = "", rest] = digits.split(".");
  return `${negative ? MINUS : ""}${grouped(whole)}${rest === undefined ? "" : `.${rest}`}`;
}

/** A share of a whole (`0.4215`) in percent with the digits that matter: `42.15%`. */
export function formatPercent(ratio: string, decimals = 2): string {
  const { negative, digits } = rounded(ratio, decimals + 2);
  const [whole = "", rest = ""] = digits.split(".");
  const percent = decimalString(BigInt(whole + rest), decimals);
  const [units = "", fraction] = percent.split(".");
  const text = trimZeros(fraction === undefined ? units : `${grouped(units)}.${fraction}`);
  return `${negative ? MINUS : ""}${text}%`;
}

/** A multiple as read: `2.4×`, `0.45×`, `346×`, `<0.01×`; unknown (null) is "not yet". */
export function formatMultiple(ratio: string | null): string {
  if (ratio === null) return "not yet";
  const negative = ratio.startsWith("-");
  const size = negative ? ratio.slice(1) : ratio;
  const whole = rounded(size, 2).digits.split(".")[0] ?? "0";
  const decimals = whole.length > 2 ? 0 : whole.length > 1 ? 1 : 2;
  const digits = trimZeros(rounded(size, decimals).digits);
  if (digits === "0" && /[1-9]/.test(size)) return `${negative ? MINUS : "<"}0.01×`;
  return `${negative ? MINUS : ""}${grouped(digits.split(".")[0] ?? "0")}${/\..*/.exec(digits)?.[0] ?? ""}×`;
}

/** What an internal rate of return is read from: its kind, and the yearly rate where there is one. */
export type IrrShown = { kind: "irr" | "multiple" | "none" | "total_loss"; rate: string | null };

/**
 * A rate as read: `30.1% a year`, or with `sinceFirstFlow` (the return over the time itself, a
 * decimal string, for records under a year) `50.00% since the first flow`. A total loss is −100%;
 * several rates or none are a dash, never one picked.
 */
export function formatIrr(irr: IrrShown, sinceFirstFlow: string | null = null): string {
  if (irr.kind === "total_loss") return `${MINUS}100%`;
  if (irr.kind !== "irr" || irr.rate === null) return "—";
  if (sinceFirstFlow !== null) return `${inPercent(sinceFirstFlow, 2)} since the first flow`;
  return `${inPercent(irr.rate, 1)} a year`;
}

function inPercent(rate: string, decimals: number): string {
  const { negative, digits } = rounded(rate, decimals + 2);
  const percent = decimalString(BigInt(digits.replace(".", "")), decimals);
  return `${negative ? MINUS : ""}${formatDecimal(percent, decimals)}%`;
}

/** What a rate is never shown without: `over 4.9 years, 12 investments`. */
export function formatIrrBasis(days: number, investments: number): string {
  const years = decimalString(divideHalfEven(BigInt(Math.round(days)) * 10n, 365n), 1);
  const time = days < 365 ? `${days} ${days === 1 ? "day" : "days"}` : `${trimZeros(years)} years`;
  return `over ${time === "1 years" ? "1 year" : time}, ${investments} ${investments === 1 ? "investment" : "investments"}`;
}

/**
 * A large sum in its plain reading, for use once beside the exact one: `$34 million`, `$1.25
 * million`, `$2.1 billion`; below a million whole dollars.
 */
export function formatPlainDollars(cents: bigint | string): string {
  const amount = BigInt(cents);
  const size = amount < 0n ? -amount : amount;
  const [unit, word] =
    size >= 99_999_500_000n ? [100_000_000_000n, "billion"] : [100_000_000n, "million"];
  if (size < 100_000_000n) return formatCents(amount, { whole: true });
  const units = trimZeros(decimalString(divideHalfEven(size * 100n, unit), 2));
  return `${amount < 0n ? MINUS : ""}$${units} ${word}`;
}
