import type { ReactNode } from "react";
import { formatDate } from "~/lib/dates";
import {
  formatCents,
  formatMultiple,
  formatPercent,
  formatPercentOfToken,
  formatPlainDollars,
  formatShares,
} from "~/lib/money";

/** A number already in words, kept on one line in figures of one width: a rate, `3 of 4`. */
export function Figure({ children }: { children: ReactNode }) {
  return <span className="whitespace-nowrap tabular-nums">{children}</span>;
}

/** A million dollars: from here on a sum has its plain reading beside it, where it stands first. */
const LARGE_CENTS = 100_000_000n;

/** US dollars, kept on one line. `whole` for headlines; `plain` adds the reading of a large sum: `($34 million)`. */
export function Money({
  cents,
  whole = false,
  plain = false,
}: {
  cents: bigint | string;
  whole?: boolean;
  plain?: boolean;
}) {
  const amount = BigInt(cents);
  const figure = <Figure>{formatCents(amount, whole ? { whole } : {})}</Figure>;
  if (!plain || (amount < LARGE_CENTS && amount > -LARGE_CENTS)) return figure;
  return (
    <>
      {figure}{" "}
      <span className="inline-block text-sm leading-5 whitespace-nowrap text-ink-soft">
        ({formatPlainDollars(amount)})
      </span>
    </>
  );
}

/** A multiple such as `2.4×`; unknown (null) is "not yet". */
export function Multiple({ ratio }: { ratio: string | null }) {
  return <Figure>{formatMultiple(ratio)}</Figure>;
}

/** A share of a whole (`0.4215`) in percent with the digits that matter; unknown (null) is "not yet". */
export function Percent({ ratio }: { ratio: string | null }) {
  return <Figure>{ratio === null ? "not yet" : formatPercent(ratio)}</Figure>;
}

/** Shares as a part of their token, exactly. */
export function PartOfToken({ shares }: { shares: bigint | string }) {
  return <Figure>{formatPercentOfToken(shares)}</Figure>;
}

/** A number of shares: `100,000 shares`. */
export function Shares({ shares }: { shares: bigint | string }) {
  return <Figure>{`${formatShares(shares)} ${BigInt(shares) === 1n ? "share" : "shares"}`}</Figure>;
}

/** A day as read, kept on one line: `YYYY-MM-DD`, or the UTC day of an instant (ISO). */
export function Day({ day }: { day: string }) {
  const utcDay = day.slice(0, 10);
  return (
    <time dateTime={utcDay} className="whitespace-nowrap">
      {formatDate(utcDay)}
    </time>
  );
}
