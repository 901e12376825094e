import { formatDate } from "~/lib/dates";
import { formatCents, formatMultiple, formatPercentOfToken } from "~/lib/money";

/** US dollars, kept on one line. `whole` for headlines. */
export function Money({ cents, whole = false }: { cents: bigint | string; whole?: boolean }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatCents(cents, whole ? { whole } : {})}
    </span>
  );
}

/** A multiple such as `2.4×`; unknown (null) is "not yet". */
export function Multiple({ ratio }: { ratio: string | null }) {
  return <span className="whitespace-nowrap tabular-nums">{formatMultiple(ratio)}</span>;
}

/** Shares as a part of their token, exactly. */
export function PartOfToken({ shares }: { shares: bigint | string }) {
  return <span className="whitespace-nowrap tabular-nums">{formatPercentOfToken(shares)}</span>;
}

/** A day (`YYYY-MM-DD`, UTC) as read, kept on one line. */
export function Day({ day }: { day: string }) {
  return (
    <time dateTime={day} className="whitespace-nowrap">
      {formatDate(day)}
    </time>
  );
}
