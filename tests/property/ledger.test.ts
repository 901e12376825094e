import fc from "fast-check";
import { expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { auditLedger } from "~/ledger/audit.server";
import { utcDay } from "~/lib/dates";
import { useDatabase } from "../setup/database";
import { expectBodies, expectFoldsAgree, expectRebuilt } from "../setup/record-checks";
import { DOINGS, type Doing, LedgerWalk } from "./ledger-walk";
import type { Step } from "./offer-walk";

const database = useDatabase();

const STEPS = 110;
/** Walks that are the same every time, and meet all that there is to meet; then some that nobody has walked before. */
const FIXED = { seed: 2, numRuns: 14 };
const WALKS = 18;

/** What happens often enough that something comes of it. */
const often: Doing[] = [
  "offer",
  "sign",
  "settle",
  "gain",
  "pay",
  "ask",
  "sell",
  "offer parting",
  "part",
  "mark",
  "reverse",
  "reverse",
  "repay",
  "evidence",
  "end lot",
  "withdraw",
];
const step: fc.Arbitrary<Step & { do: Doing }> = fc.record({
  do: fc.constantFrom(...DOINGS, ...often),
  pick: fc.nat(999),
  other: fc.nat(999),
  cents: fc.nat(3_000_000),
  days: fc.nat(18),
});
const walks = fc.array(step, { minLength: STEPS, maxLength: STEPS });
/** Each walk begins with investments in both tokens, one by the other's owner: the rest is chance. */
const opening = ([0, 1, 0, 1, 0] as const).flatMap((pick, i) =>
  (["offer", "sign", "settle"] as const).map((doing) => ({
    do: doing,
    pick,
    other: i === 1 ? 4 : i,
    cents: 500_001 + i * 77_777,
    days: 1,
  })),
);
/** What a set of walks must have met, for them to prove anything. */
const MET = [
  ...[
    "investment",
    "gain",
    "distribution",
    "evidence",
    "resale to the buyer",
    "resale to the owner",
  ],
  ...["parting", "mark", "lot_ended", "same_person", "nothing_declared", "claims", "claim_repaid"],
  ...[
    "reversal of investment",
    "reversal of distribution",
    "reversal of resale",
    "reversal of deposit",
  ],
  ...["cap_exceeded", "holder_limit", "insufficient_balance", "reverse_later_entries_first"],
  ...["already_reversed", "not_reversible", "claim_exceeded", "shares_locked", "paid beyond"],
  ...["idempotency_conflict", "unknown_account"],
];

it("agrees with the plain model after every step; the auditor finds nothing, and every record can be made again", async () => {
  const seen = new Map<string, number>();
  let last = "2026-01-01";
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const walk = new LedgerWalk();
      await walk.begin();
      for (const [i, s] of [...opening, ...steps].entries()) {
        const done = await walk.take(s.do, s);
        if (!done) continue;
        await walk.expectSame();
        if (i % 8 === 0) await walk.expectSameRecords();
      }
      await walk.expectSameRecords();
      expect(await auditLedger(getDb())).toEqual([]);
      for (const [what, times] of walk.seen) seen.set(what, (seen.get(what) ?? 0) + times);
      if (utcDay(walk.now) > last) last = utcDay(walk.now);
    }),
    {
      numRuns: WALKS,
      endOnFailure: true,
      examples: fc.sample(walks, FIXED).map((w) => [w]),
    },
  );
  expect(await expectFoldsAgree(last)).toBeGreaterThan(0);
  await expectBodies();
  await expectRebuilt(database.ownerUrl);
  for (const what of MET) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
}, 240_000);
