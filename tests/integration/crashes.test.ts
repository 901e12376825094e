import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { SYSTEM } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import { askReversal, confirmReversal } from "~/features/conduct/reverse-entry.server";
import { declareGain } from "~/features/gains/declare-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { auditLedger } from "~/ledger/audit.server";
import * as entries from "~/ledger/entries";
import type { Result } from "~/lib/result";
import { actAt, makeToken, makeWithdrawal, mustPost } from "../setup/book";
import { type Break, everything, withBreak } from "../setup/broken";
import { useDatabase } from "../setup/database";
import { day, makeActor, makeSigned, must, settle } from "../setup/deals";
import {
  advance,
  at,
  call,
  funded,
  giveCash,
  makeBuyer,
  makeHolder,
  makeOwner,
} from "../setup/sales";
import { actorOf, latestEntry, makeBareOperator } from "../setup/settled";

const database = useDatabase();

type Act = () => Promise<Result<unknown, Refusal>>;

/** Each makes a world of its own and answers the act that is then broken, always under the same key. */
const CASES: Record<string, () => Promise<Act>> = {
  "a deposit": async () => {
    const person = await makeActor();
    await giveCash(person.id, 1n);
    const now = at("2026-01-02");
    const asked = { amount: "100", reference: `ref ${person.handle}` };
    const { depositId } = must(await requestDeposit(call(person, asked, now)));
    const decision = { depositId, decision: "confirm", arrived: "100" };
    must(await decideDeposit(call(await makeBareOperator(), decision, now)));
    const second = call(await makeBareOperator(), decision, now);
    return () => decideDeposit(second);
  },
  "the settlement of an offer": async () => {
    const { offerId } = await makeSigned();
    return () => settle(offerId, day(20));
  },
  "a distribution": async () => {
    const { token, owner } = await makeOwner();
    const deal = { paidCents: 1_000_000n, shares: 100_000n };
    await makeHolder(token, { ...deal, day: "2026-01-10" });
    await makeHolder(token, { ...deal, day: "2026-01-11", capCents: 1_000n });
    await giveCash(owner.id, 10_000_000n, at("2026-01-12"));
    const sale = { company: "Rope Ltd", closingDate: "2026-02-01", basis: "0", costs: "0" };
    const input = { ...sale, proceeds: "100,000" };
    const { gainId } = must(await declareGain(call(owner, input, at("2026-02-03"))));
    const paying = call(owner, { gainId }, at("2026-02-04"));
    return () => payGain(paying);
  },
  "a resale, with the seller's own holders": async () => {
    const { token, owner } = await makeOwner();
    const own = await makeToken();
    await makeHolder(own, { paidCents: 1_000_000n, shares: 100_000n, day: "2026-01-09" });
    const bought = { paidCents: 1_000_000n, shares: 100_000n, day: "2026-01-10" };
    await makeHolder(token, { ...bought, investorId: own.ownerId });
    const seller = await actorOf(own.ownerId);
    const wish = { percent: "0.5", price: "60,000" };
    const buyer = await makeBuyer(100_000);
    const resaleId = await funded(token, seller, buyer, wish, at("2026-03-01"));
    const pass = { resaleId, answer: "pass" };
    const passed = must(await answerFirstRefusal(call(owner, pass, at("2026-03-01"))));
    if (passed.state === "holders") must(await advance(resaleId, at("2026-03-08")));
    const approving = call(owner, { resaleId, answer: "approve" }, at("2026-03-09"));
    return () => answerBuyer(approving);
  },
  "a parting": async () => {
    const { token, owner } = await makeOwner();
    const bought = { paidCents: 1_000_000n, shares: 100_000n, day: "2026-01-10" };
    const holder = await makeHolder(token, bought);
    await giveCash(owner.id, 10_000_000n, at("2026-01-11"));
    const offer = { holder: holder.handle, price: "12,000" };
    const { partingId } = must(await offerParting(call(owner, offer, at("2026-02-01"))));
    const settling = call(SYSTEM, { partingId }, at("2026-02-15"));
    return () => settleParting(settling);
  },
  "a reversal, with a claim": async () => {
    const { token, owner } = await makeOwner();
    await makeHolder(token, { paidCents: 1_000_000n, shares: 100_000n, day: "2026-01-10" });
    const entryId = await latestEntry("investment");
    const spent = await makeWithdrawal(owner.id, 600_000n);
    await mustPost(entries.withdrawalRequested(actAt(at("2026-01-11")), spent));
    const input = { entryId, reason: "fraud", orderNumber: "AZ 7/26", note: "Forged." };
    const now = at("2026-02-01");
    const { reversalId } = must(await askReversal(call(await makeBareOperator(), input, now)));
    const confirming = call(await makeBareOperator(), { reversalId }, now);
    return () => confirmReversal(confirming);
  },
};

/** By how many rows each table grew. */
type Rows = Awaited<ReturnType<typeof everything>>;
const growth = (before: Rows, after: Rows) =>
  new Map(
    [...after]
      .map(([name, { rows }]) => [name, rows - (before.get(name)?.rows ?? 0)] as const)
      .filter(([, more]) => more !== 0),
  );

async function expectBroken(act: Act, point: Break): Promise<void> {
  const { broken, answer } = await withBreak(database.ownerUrl, point, act);
  expect(broken).toBe(true);
  expect(answer).toBeNull();
}

describe.each(Object.keys(CASES))("%s whose connection the server ends", (name) => {
  const make = CASES[name] as () => Promise<Act>;

  it("before any statement, or before its commit, changes nothing; the retry does it once, as if nothing had been", async () => {
    const plain = await make();
    const atFirst = await everything();
    const { asked } = await withBreak(database.ownerUrl, { before: 0 }, async () =>
      must(await plain()),
    );
    const grown = growth(atFirst, await everything());
    expect(grown.size).toBeGreaterThan(0);

    const act = await make();
    const before = await everything();
    for (let n = 1; n <= asked; n++) {
      await expectBroken(act, { before: n });
      expect(await everything(), `before statement ${n}`).toEqual(before);
    }
    await expectBroken(act, "before commit");
    expect(await everything()).toEqual(before);
    const done = must(await act());
    const after = await everything();
    expect(growth(before, after)).toEqual(grown);
    expect(must(await act())).toEqual(done);
    expect(await everything()).toEqual(after);
    expect(await auditLedger(getDb())).toEqual([]);
  });

  it("after its commit is done, and the retry is told so and does nothing more", async () => {
    const act = await make();
    const before = await everything();
    await expectBroken(act, "after commit");
    const after = await everything();
    expect(growth(before, after).size).toBeGreaterThan(0);
    must(await act());
    expect(await everything()).toEqual(after);
  });
});
