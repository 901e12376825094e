import { formatDate, utcDay } from "~/lib/dates";
import { formatShares } from "~/lib/money";

/** The signed tree that something is shown as of, and when it was signed (UTC). */
export type AsOf = { size: number; signedAt: string };

/** As of which signed tree a page stands, in words: its day, how many leaves, when it was signed. */
export type AsOfShown = { text: string; size: string; signed: string };

/** A signed tree as a page names it; null before the first. */
export function presentAsOf(asOf: AsOf | null): AsOfShown | null {
  if (!asOf) return null;
  return {
    text: formatDate(utcDay(new Date(asOf.signedAt))),
    size: formatShares(String(asOf.size)),
    signed: asOf.signedAt.slice(11, 16),
  };
}
