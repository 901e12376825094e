/** What one holder gets of a deal. */
export type Holding = { holderId: string; shares: bigint; costCents: bigint; finder: boolean };

type Deal = {
  finderId: string | null;
  finderStakeBps: number;
  parts: readonly { investorId: string; amountCents: bigint; shares: bigint }[];
};

/** The finder's stake in one investor's part, rounded down to a share (T22). */
export const stakeOf = (shares: bigint, finderStakeBps: number): bigint =>
  (shares * BigInt(finderStakeBps)) / 10_000n;

/**
 * Who gets which shares when a deal settles: each investor their part less the finder's stake in it, in the parts' order,
 * then the scout all stakes together, at no cost (T22). What the student sells is what was agreed, to the share. A stake
 * that comes to no whole share leaves no lot.
 */
export function holdingsOf(deal: Deal): Holding[] {
  const bps = deal.finderId === null ? 0 : deal.finderStakeBps;
  const bought = deal.parts.map((part) => ({
    holderId: part.investorId,
    shares: part.shares - stakeOf(part.shares, bps),
    costCents: part.amountCents,
    finder: false,
  }));
  const stake = deal.parts.reduce((sum, part) => sum + stakeOf(part.shares, bps), 0n);
  if (deal.finderId === null || stake === 0n) return bought;
  return [...bought, { holderId: deal.finderId, shares: stake, costCents: 0n, finder: true }];
}
