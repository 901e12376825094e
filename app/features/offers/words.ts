import { formatDate } from "~/lib/dates";
import { formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { policy } from "~/policy";

type Terms = {
  amountCents: bigint;
  shares: bigint;
  payoutCapMultiple: number | null;
  sunsetYears: number | null;
};

/** `1% of the token (100,000 shares)`. */
export const sharesInWords = (shares: bigint): string =>
  `${formatPercentOfToken(shares)} of the token (${formatShares(shares)} shares)`;

/** `1% of your token (100,000 shares)`. */
export const yourSharesInWords = (shares: bigint): string =>
  `${formatPercentOfToken(shares)} of your token (${formatShares(shares)} shares)`;

/** What a payout cap means for that amount, in a sentence. */
export function capInWords(terms: Pick<Terms, "amountCents" | "payoutCapMultiple">): string {
  const { payoutCapMultiple: multiple } = terms;
  if (multiple === null)
    return "There is no payout cap: the shares get their part of every gain, however large.";
  const most = formatCents(BigInt(multiple) * terms.amountCents);
  return `Payout cap of ${multiple} times: once these shares have been paid ${most} in all, they go back to the owner of the token.`;
}

/** What a sunset means, in a sentence. */
export function sunsetInWords(sunsetYears: number | null): string {
  if (sunsetYears === null)
    return "There is no sunset: the shares stay with their holder without an end date.";
  return `Sunset after ${sunsetYears} years: ${sunsetYears} years after the offer settles, the shares go back to the owner of the token, whatever they brought.`;
}

/** A cap as a form or a table names it. */
export const capLabel = (multiple: number | null): string =>
  multiple === null ? "no cap" : `${multiple} times the cash`;
/** A sunset as a form or a table names it. */
export const sunsetLabel = (years: number | null): string =>
  years === null ? "no sunset" : `${years} years`;

/** What an offer moves when it is sent, and how it comes back (T14). */
export function fundingInWords(offer: {
  amountCents: bigint;
  studentName: string;
  expiresAt: Date;
  /** Co-investors by name. */
  others?: readonly string[];
}): string {
  if (offer.others && offer.others.length > 0) {
    const names = offer.others.join(" and ");
    return `${formatCents(offer.amountCents)} leaves your balance now and waits in escrow. ${names} ${offer.others.length === 1 ? "has" : "have"} ${policy.fundingDays.value} days to fund the rest; then the offer goes out to ${offer.studentName}. If a part is declined or stays unfunded, everything comes back.`;
  }
  return `${formatCents(offer.amountCents)} leaves your balance now and waits in escrow. If ${offer.studentName} declines or the offer lapses on ${formatDate(offer.expiresAt)}, it comes back.`;
}
