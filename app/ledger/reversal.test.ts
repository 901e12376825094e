import { describe, expect, test } from "vitest";
import { type AccountRef, OUTSIDE, type PostingInput, USD } from "./entries";
import { mirrorOf } from "./reversal";

const cash = (owner: string): AccountRef => ({ purpose: "cash", owner });
const escrow = (owner: string): AccountRef => ({ purpose: "escrow", owner });
const usd = (from: AccountRef, to: AccountRef, amount: bigint): PostingInput => ({
  from,
  to,
  asset: USD,
  amount,
});
const shown = (postings: readonly PostingInput[]) =>
  postings.map(
    (p) => `${p.from.purpose}/${p.from.owner} → ${p.to.purpose}/${p.to.owner} ${p.amount}`,
  );
const holding = (balances: Record<string, bigint>) => (person: string) => balances[person] ?? 0n;
const personOf = (escrowOwner: string) => `of-${escrowOwner}`;

describe("a mirror", () => {
  test("moves everything back, the last posting first", () => {
    const shares: PostingInput = {
      from: { purpose: "reserved", owner: "offer" },
      to: { purpose: "shares", owner: "bo" },
      asset: "TOKEN:x",
      amount: 5n,
    };
    const mirror = mirrorOf(
      [usd(escrow("p1"), cash("alice"), 100n), shares],
      holding({ alice: 100n }),
      personOf,
    );
    expect(shown(mirror.postings)).toEqual([
      "shares/bo → reserved/offer 5",
      "cash/alice → escrow/p1 100",
    ]);
    expect(mirror.claims).toEqual([]);
  });

  test("divides what is there over several creditors by largest remainder; the rest is claimed", () => {
    const mirror = mirrorOf(
      [usd(escrow("p1"), cash("alice"), 200n), usd(escrow("p2"), cash("alice"), 100n)],
      holding({ alice: 100n }),
      personOf,
    );
    expect(shown(mirror.postings)).toEqual([
      "cash/alice → escrow/p2 33",
      "cash/alice → escrow/p1 67",
      "claim/alice → due/of-p2 67",
      "claim/alice → due/of-p1 133",
    ]);
  });

  test("with nothing there claims all of it", () => {
    const mirror = mirrorOf([usd(cash("alice"), cash("bo"), 70n)], holding({}), personOf);
    expect(shown(mirror.postings)).toEqual(["claim/bo → due/alice 70"]);
    expect(mirror.claims).toEqual([{ debtor: "bo", creditor: "alice", cents: 70n }]);
  });

  test("uses what somebody gets back in it for what they give back in it", () => {
    // A resale: the buyer's money to the seller, a part of the gain to the seller's own holder.
    const mirror = mirrorOf(
      [usd(escrow("p"), cash("seller"), 100n), usd(cash("seller"), cash("holder"), 30n)],
      holding({ seller: 70n, holder: 30n }),
      personOf,
    );
    expect(mirror.claims).toEqual([]);
    expect(shown(mirror.postings)).toEqual([
      "cash/holder → cash/seller 30",
      "cash/seller → escrow/p 100",
    ]);
  });

  test("adds up what one owes the same creditor", () => {
    const mirror = mirrorOf(
      [usd(cash("alice"), cash("bo"), 10n), usd(cash("alice"), cash("bo"), 20n)],
      holding({ bo: 3n }),
      personOf,
    );
    expect(mirror.claims).toEqual([{ debtor: "bo", creditor: "alice", cents: 27n }]);
  });

  test("of money from outside that was spent owes the platform", () => {
    const outside: AccountRef = { purpose: "outside", owner: OUTSIDE };
    const mirror = mirrorOf([usd(outside, cash("bo"), 50n)], holding({ bo: 20n }), personOf);
    expect(shown(mirror.postings)).toEqual([
      `cash/bo → outside/${OUTSIDE} 20`,
      `claim/bo → due/${OUTSIDE} 30`,
    ]);
  });
});
