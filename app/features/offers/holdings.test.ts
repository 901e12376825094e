import fc from "fast-check";
import { expect, it } from "vitest";
import { lotCapCents } from "~/ledger/distribution";
import { holdingsOf } from "./holdings";

const part = (investorId: string, amountCents: bigint, shares: bigint) => ({
  investorId,
  amountCents,
  shares,
});

it("carves the finder's stake out of the teacher's shares: $66,666.67 for 1%, 5%, cap of 3 times", () => {
  const holdings = holdingsOf({
    finderId: "scout",
    finderStakeBps: 500,
    parts: [part("teacher", 6_666_667n, 100_000n)],
  });
  expect(holdings).toEqual([
    { holderId: "teacher", shares: 95_000n, costCents: 6_666_667n, finder: false },
    { holderId: "scout", shares: 5_000n, costCents: 0n, finder: true },
  ]);
  const caps = lotCapCents({
    paidCents: 6_666_667n,
    capMultiple: 3,
    lotShares: holdings.map((holding) => holding.shares),
  });
  expect(caps).toEqual([19_000_001n, 1_000_000n]);
});

it("leaves no lot where the stake is less than a share, or nobody found the student", () => {
  const parts = [part("teacher", 100n, 19n)];
  expect(holdingsOf({ finderId: "scout", finderStakeBps: 500, parts })).toHaveLength(1);
  expect(holdingsOf({ finderId: null, finderStakeBps: 0, parts })[0]?.shares).toBe(19n);
});

it("gives away exactly what is sold, whatever the parts and the stake; at most 10% to the scout", () => {
  const shares = fc.bigInt({ min: 1n, max: 1_000_000n });
  fc.assert(
    fc.property(
      fc.array(shares, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 1_000 }),
      (all, finderStakeBps) => {
        const parts = all.map((one, index) => part(`t${index}`, one, one));
        const holdings = holdingsOf({ finderId: "scout", finderStakeBps, parts });
        const sold = all.reduce((sum, one) => sum + one, 0n);
        const stake = holdings.find((holding) => holding.finder)?.shares ?? 0n;
        expect(holdings.reduce((sum, holding) => sum + holding.shares, 0n)).toBe(sold);
        expect(holdings.every((holding) => holding.shares > 0n)).toBe(true);
        expect(stake * 10n).toBeLessThanOrEqual(sold);
      },
    ),
  );
});
