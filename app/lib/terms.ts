import { policy } from "~/policy";
import { startOfDayInstant } from "./dates";
import { parseDollars } from "./money";
import { z } from "./zod";

/** 1% of a token, in shares. */
export const SHARES_PER_PERCENT = policy.tokenShares.value / 100n;

const PERCENT = /^(\d{1,3})(?:\.(\d{1,5}))?$/;

/**
 * Percent of a token as typed (`1`, `0.95`, `2.5 %`) to whole shares: five decimals are exactly one share, so nothing is
 * ever rounded. Null for anything else, and for nothing at all.
 */
export function sharesOfPercent(text: string): bigint | null {
  const found = PERCENT.exec(text.replace(/[\s%]/g, ""));
  if (!found) return null;
  const shares =
    BigInt(found[1] ?? "0") * SHARES_PER_PERCENT + BigInt((found[2] ?? "").padEnd(5, "0"));
  return shares > 0n && shares <= policy.tokenShares.value ? shares : null;
}

/** Shares as the percent that a form shows: `100000` → `1`, `95000` → `0.95`. */
export function percentOfShares(shares: bigint): string {
  const whole = shares / SHARES_PER_PERCENT;
  const rest = String(shares % SHARES_PER_PERCENT)
    .padStart(5, "0")
    .replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : String(whole);
}

const DOLLAR_PROBLEMS: Record<string, string> = {
  not_a_number: "Enter an amount in dollars, such as 66,666.67.",
  too_many_decimals: "Enter at most two digits after the point.",
  negative: "Enter an amount above zero.",
  too_large: "Enter a smaller amount.",
};

/** A form's amount in dollars, above zero, as cents. */
export const dollarsField = z.string().transform((text, context) => {
  const parsed = parseDollars(text);
  if (parsed.ok && parsed.value > 0n) return parsed.value;
  context.addIssue({
    code: "custom",
    message:
      DOLLAR_PROBLEMS[parsed.ok ? "negative" : parsed.error] ?? "Enter an amount in dollars.",
  });
  return z.NEVER;
});

/** A form's percent of a token, at most what one holder may have, as shares. */
export const percentField = z.string().transform((text, context) => {
  const shares = sharesOfPercent(text);
  if (shares !== null && shares <= policy.maxSharesOneHolder.value) return shares;
  const message =
    shares === null
      ? "Enter a percentage such as 1 or 0.95, with at most five digits after the point."
      : `Enter at most ${percentOfShares(policy.maxSharesOneHolder.value)}%: nobody holds more of one token.`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** A form's payout cap: `none`, `3` or `5` times the cash paid, as a number or null. */
export const payoutCapField = z
  .enum(["none", ...policy.payoutCapMultiples.value.map(String)], { error: "Choose a payout cap." })
  .transform((text) => (text === "none" ? null : Number(text)));

/** A form's sunset: `none`, `10` or `20` years, as a number or null. */
export const sunsetField = z
  .enum(["none", ...policy.sunsetYears.value.map(String)], { error: "Choose a sunset." })
  .transform((text) => (text === "none" ? null : Number(text)));

/** A line or paragraph of text: trimmed, between one and `longest` characters. */
export const textField = (name: string, longest: number) =>
  z
    .string()
    .trim()
    .min(1, `Write ${name}.`)
    .max(longest, `Shorten ${name} to at most ${longest.toLocaleString("en-US")} characters.`);

/** A text that may be left empty. */
export const optionalTextField = (name: string, longest: number) =>
  z
    .string()
    .trim()
    .max(longest, `Shorten ${name} to at most ${longest.toLocaleString("en-US")} characters.`)
    .default("");

/** A day as `YYYY-MM-DD` that the calendar has. */
export const dayField = (name: string) =>
  z.string().refine(isDay, { message: `Enter ${name} as a date.` });

function isDay(text: string): boolean {
  try {
    return startOfDayInstant(text) !== null;
  } catch {
    return false;
  }
}

/** An offer's lowest price: a cent a share (T2). */
export function isUnderFloorPrice(amountCents: bigint, shares: bigint): boolean {
  return amountCents < shares * policy.floorCentsPerShare.value;
}
