import { policy } from "~/policy";

/** Why a lot ends on `day`, if it does: its sunset has come, or nothing is left of its payout cap (T6). */
export function lotEnd(
  lot: { sunset: string | null; capLeftCents: bigint | null; sharesLeft: bigint },
  day: string,
): "cap" | "sunset" | null {
  if (lot.sharesLeft === 0n) return null;
  if (lot.capLeftCents === 0n) return "cap";
  return lot.sunset !== null && lot.sunset <= day ? "sunset" : null;
}

/** How a token stands towards one holder, in shares. Before it is minted the owner holds all of it. */
export type Holding = {
  /** Shares in the owner's hands: neither sold nor reserved. */
  ownerShares: bigint;
  /** Shares that the holder has, and those reserved for them. */
  holderShares: bigint;
};

/** Whether that many more shares may go to that holder: 20% of the token out at most, 10% with one holder (T2). */
export function canTakeShares(
  holding: Holding,
  shares: bigint,
): "cap_exceeded" | "holder_limit" | null {
  const out = policy.tokenShares.value - holding.ownerShares + shares;
  if (out > policy.maxSharesOut.value) return "cap_exceeded";
  if (holding.holderShares + shares > policy.maxSharesOneHolder.value) return "holder_limit";
  return null;
}
