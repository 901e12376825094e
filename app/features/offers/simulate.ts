import { divideGain } from "~/ledger/distribution";
import { policy } from "~/policy";

/** The gains that the simulator plays through, in cents (T15), their words never broken after the number; selling for nothing is its first future by itself. */
const GAINS = [
  { price: "100\u00a0thousand", cents: 10_000_000n },
  { price: "1\u00a0million", cents: 100_000_000n },
  { price: "34\u00a0million", cents: 3_400_000_000n },
] as const;

export type SimulatedLot = {
  lotId: string;
  holderName: string;
  shares: bigint;
  capLeftCents: bigint | null;
};
export type SimulatedFuture = {
  label: string;
  gainCents: string;
  ownerCents: string;
  parts: { name: string; cents: string }[];
};

/**
 * Who gets what if a first gain of each size came with these lots: the ledger's own division, caps included (T10). Cents as
 * text. The whole price counts as gain: no basis, no costs. Said to the owner, or to another reader of it.
 */
export function simulateFutures(
  lots: readonly SimulatedLot[],
  { toOwner = true } = {},
): SimulatedFuture[] {
  const ownerShares = policy.tokenShares.value - lots.reduce((sum, lot) => sum + lot.shares, 0n);
  return GAINS.map(({ price, cents }) => {
    const label = toOwner ? `You sell a company for ${price}` : `A company sold for ${price}`;
    const divided = divideGain({ gainCents: cents, ownerShares, lots });
    const parts = lots.map((lot) => ({
      name: lot.holderName,
      cents: String(divided.parts.find((part) => part.lotId === lot.lotId)?.cents ?? 0n),
    }));
    return { label, gainCents: String(cents), ownerCents: String(divided.ownerCents), parts };
  });
}
