import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import {
  claims,
  gains,
  journalEntries,
  lots,
  outbox,
  partings,
  resales,
  reversals,
} from "#db/schema/index";
import { type Actor, SYSTEM } from "~/auth/actor";
import { repayClaims } from "~/features/conduct/repay-claims.server";
import {
  askReversal,
  confirmReversal,
  dropReversal,
} from "~/features/conduct/reverse-entry.server";
import { decideDeferral } from "~/features/gains/decide-deferral.server";
import { declareGain } from "~/features/gains/declare-gain.server";
import { declareNothing } from "~/features/gains/declare-nothing.server";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { requestDeferral } from "~/features/gains/request-deferral.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { stateWriteDown } from "~/features/tokens/write-down.server";
import * as entries from "~/ledger/entries";
import { getBalance, listGainParts } from "~/ledger/read.server";
import { actAt, makeWithdrawal, mustPost } from "../setup/book";
import { carriedOf, flowsOf } from "../setup/carried";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  at,
  call,
  cashOf,
  funded,
  giveCash,
  lotsOf,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
  sharesOf,
} from "../setup/sales";
import { latestEntry, makeBareOperator } from "../setup/settled";
import { World } from "../setup/world";

const database = useDatabase();
checkRecordsAtTheEnd(database);

/** Two operators reverse an entry; answers the second's code, or `ok`. */
async function reverse(entryId: string, now: Date, reason = "fraud"): Promise<string> {
  const [first, second] = [await makeBareOperator(), await makeBareOperator()];
  const input = { entryId, reason, orderNumber: "AZ 7/26", note: "The papers were forged." };
  const asked = await askReversal(call(first, input, now));
  if (!asked.ok) return refusalOf(asked);
  const confirmed = await confirmReversal(call(second, asked.value, now));
  if (!confirmed.ok) must(await dropReversal(call(second, asked.value, now)));
  return refusalOf(confirmed);
}

const due = (who: Actor) => getBalance(getDb(), "due", who.id);
const claim = (who: Actor) => getBalance(getDb(), "claim", who.id);
const declared = async (owner: Actor, closingDate: string, proceeds: string, now: Date) =>
  must(
    await declareGain(
      call(owner, { company: "Rope Ltd", closingDate, proceeds, basis: "0", costs: "0" }, now),
    ),
  ).gainId;

describe("a reversal", () => {
  test("takes two operators who are no party, a reason and an order number; it happens once", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const [first, second] = [await makeBareOperator(), await makeBareOperator()];
    const now = at("2026-02-01");
    const entryId = await latestEntry("investment");
    const input = { entryId, reason: "fraud", orderNumber: "AZ 7/26", note: "Forged." };
    const ask = async (who: Actor, changes: object = {}) =>
      refusalOf(await askReversal(call(who, { ...input, ...changes }, now)));
    expect(await ask(first, { orderNumber: " " })).toBe("invalid_input");
    expect(await ask(first, { reason: "consent" })).toBe("invalid_input");
    expect(await ask({ ...owner, operator: true })).toBe("not_found");
    expect(await ask({ ...holder, operator: true })).toBe("not_found");
    expect(await ask(first, { entryId: await latestEntry("token_minted") })).toBe("not_reversible");
    const { reversalId } = must(await askReversal(call(first, input, now)));
    expect(await ask(second)).toBe("already_asked");
    expect(refusalOf(await confirmReversal(call(first, { reversalId }, now)))).toBe(
      "needs_another",
    );
    must(await dropReversal(call(second, { reversalId }, now)));
    expect(refusalOf(await confirmReversal(call(second, { reversalId }, now)))).toBe(
      "already_decided",
    );
    expect(await reverse(entryId, now)).toBe("ok");
    expect(await ask(first)).toBe("already_reversed");
    expect(await ask(first, { entryId: await latestEntry("reversal") })).toBe("not_reversible");
    const [row] = await getDb().select().from(reversals).where(eq(reversals.state, "done"));
    expect(row).toMatchObject({ reason: "fraud", orderNumber: "AZ 7/26" });
    const [entry] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.kind, "reversal"));
    expect(JSON.stringify(entry?.data)).not.toContain("AZ 7/26");
  });

  test("of an investment gives back shares and what is there; the rest is a claim, repaid by and by", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const spent = await makeWithdrawal(owner.id, 600_000n);
    await mustPost(entries.withdrawalRequested(actAt(at("2026-01-11")), spent));
    await mustPost(entries.withdrawalPaid(actAt(at("2026-01-12")), spent));
    expect(await reverse(await latestEntry("investment"), at("2026-02-01"))).toBe("ok");
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
    expect(await sharesOf(holder, token)).toBe(0n);
    expect(await cashOf(holder)).toBe(400_000n);
    expect(await due(holder)).toBe(600_000n);
    expect(await claim(owner)).toBe(-600_000n);
    const [lot] = await lotsOf(holder, token);
    expect(lot).toMatchObject({
      sharesLeft: 0n,
      costLeftCents: 0n,
      paidCents: 1_000_000n,
      reversedAt: at("2026-02-01"),
    });
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, owner.id));
    expect(mails.at(-1)).toMatchObject({
      template: "entry-reversed",
      props: { owes: "You owe $6,000.00 of it: your balance did not suffice." },
    });

    const repay = (amount: string, now = at("2026-03-01")) =>
      repayClaims(call(owner, { amount }, now));
    expect(refusalOf(await repay("100"))).toMatch(/insufficient_balance|unknown_account/);
    await giveCash(owner.id, 1_000_000n, at("2026-02-20"));
    expect(refusalOf(await repay("6,000.01"))).toBe("claim_exceeded on amount");
    expect(must(await repay("1,000"))).toEqual({ repaidCents: "100000", leftCents: "500000" });
    expect(await cashOf(holder)).toBe(500_000n);
    expect(await due(holder)).toBe(500_000n);
    must(await repay("5,000", at("2026-03-02")));
    expect(await claim(owner)).toBe(0n);
    expect(refusalOf(await repay("1"))).toBe("nothing_owed on amount");
    expect(refusalOf(await repayClaims(call(holder, { amount: "1" }, at("2026-03-03"))))).toBe(
      "nothing_owed on amount",
    );
    // It stays in the record: what came back is proceeds on the day it came.
    expect(await flowsOf(holder)).toMatchObject([
      { kind: "proceeds", day: "2026-02-01", cents: 400_000n, confirmed: true },
      { kind: "proceeds", day: "2026-03-01", cents: 100_000n, confirmed: true },
      { kind: "proceeds", day: "2026-03-02", cents: 500_000n, confirmed: true },
    ]);
    // A repayment can itself be taken back.
    expect(await reverse(await latestEntry("claim_repaid"), at("2026-03-04"), "error")).toBe("ok");
    expect(await due(holder)).toBe(500_000n);
    const [row] = await getDb().select().from(claims).where(eq(claims.debtorId, owner.id));
    expect(row?.repaidCents).toBe(100_000n);
  });

  test("of an investment with a finder's stake takes the stake with it", async () => {
    const world = await World.make();
    const teacher = await world.investor("100,000");
    const student = await world.person("student");
    await world.invested(teacher, student, { amount: "10,000", percent: "1" });
    expect(await reverse(await latestEntry("investment"), world.now)).toBe("ok");
    expect(await getDb().select().from(lots).where(eq(lots.holderId, teacher.id))).toMatchObject([
      { sharesLeft: 0n, reversedAt: world.now },
    ]);
    expect(await cashOf(teacher)).toBe(10_000_000n);
  });

  test("comes after those of later entries that depend on it, in their order", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      capCents: 1_000_000n,
    });
    const investment = await latestEntry("investment");
    const operator = await makeBareOperator();
    const gainId = await declared(owner, "2026-02-01", "1,000,000", at("2026-02-02"));
    const gain = await latestEntry("gain");
    must(
      await gradeGain(
        call(operator, { gainId, grade: "counterparty", reason: "Seen." }, at("2026-02-03")),
      ),
    );
    const evidence = await latestEntry("evidence");
    must(await payGain(call(owner, { gainId }, at("2026-02-04"))));
    const distribution = await latestEntry("distribution");
    const ended = await latestEntry("lot_ended");
    const now = at("2026-03-01");
    for (const early of [investment, gain, distribution])
      expect(await reverse(early, now)).toBe("reverse_later_entries_first");
    expect(await reverse(ended, now)).toBe("ok");
    expect(await lotsOf(holder, token)).toMatchObject([
      { sharesLeft: 100_000n, costLeftCents: 1_000_000n, endedAt: null, capLeftCents: 0n },
    ]);
    expect(await reverse(distribution, now)).toBe("ok");
    expect(await flowsOf(holder)).toMatchObject([
      { kind: "distribution", cents: 1_000_000n },
      { kind: "distribution_reversed", cents: 1_000_000n, day: "2026-03-01" },
    ]);
    expect(await reverse(gain, now)).toBe("reverse_later_entries_first");
    expect(await reverse(evidence, now)).toBe("ok");
    const [row] = await getDb().select().from(gains).where(eq(gains.id, gainId));
    expect(row).toMatchObject({ paidAt: null, grade: "self_reported" });
    expect(await reverse(gain, now)).toBe("ok");
    expect(await listGainParts(getDb(), gainId)).toEqual([]);
    expect(refusalOf(await payGain(call(owner, { gainId }, now)))).toBe("gain_reversed");
    expect(await reverse(investment, now)).toBe("ok");
    expect(await cashOf(holder)).toBe(1_000_000n);
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
  });

  test("of a gain comes after a later gain of the same year, and before it counts no more", async () => {
    const { token, owner } = await makeOwner();
    await makeHolder(token, { paidCents: 1_000_000n, shares: 100_000n, day: "2026-01-10" });
    await declared(owner, "2026-02-01", "1,000", at("2026-02-02"));
    const first = await latestEntry("gain");
    await declared(owner, "2026-03-01", "2,000", at("2026-03-02"));
    const second = await latestEntry("gain");
    await declared(owner, "2027-01-01", "2,000", at("2027-01-02"));
    const now = at("2027-02-01");
    expect(await reverse(first, now)).toBe("reverse_later_entries_first");
    expect(await reverse(second, now)).toBe("ok");
    expect(await reverse(first, now)).toBe("ok");
  });

  test("of a resale gives shares and money back along the way they came, the own holders' part too", async () => {
    const { token, owner } = await makeOwner();
    const own = await makeOwner();
    const backer = await makeHolder(own.token, {
      paidCents: 500_000n,
      shares: 500_000n,
      day: "2026-01-05",
    });
    const seller = own.owner;
    await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      investorId: seller.id,
      capCents: 5_000_000n,
    });
    const buyer = await makeBuyer(100_000);
    const cash = await cashOf(seller);
    const resaleId = await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.6", price: "26,000" },
      at("2026-02-01"),
    );
    expect(await cashOf(backer)).toBe(100_000n);
    const spent = await makeWithdrawal(backer.id, 40_000n);
    await mustPost(entries.withdrawalRequested(actAt(at("2026-02-02")), spent));
    expect(await reverse(await latestEntry("resale"), at("2026-03-01"), "order")).toBe("ok");
    expect(await lotsOf(seller, token)).toMatchObject([
      { sharesLeft: 100_000n, costLeftCents: 1_000_000n, capLeftCents: 5_000_000n },
    ]);
    expect(await lotsOf(buyer, token)).toMatchObject([
      { sharesLeft: 0n, paidCents: 2_600_000n, reversedAt: at("2026-03-01") },
    ]);
    expect(await sharesOf(seller, token)).toBe(100_000n);
    // The backer's 400.00 that are gone are owed to the seller, who gave the buyer everything back.
    expect(await claim(backer)).toBe(-40_000n);
    expect(await due(seller)).toBe(40_000n);
    expect(await cashOf(buyer)).toBe(10_000_000n);
    expect(await cashOf(seller)).toBe(cash - 40_000n);
    const [row] = await getDb().select().from(resales).where(eq(resales.id, resaleId));
    expect(row).toMatchObject({ state: "returned", cause: "reversal" });
    expect((await flowsOf(seller)).map((flow) => flow.kind)).toEqual([
      "proceeds",
      "proceeds_reversed",
    ]);
  });

  test("of a wish to sell ends it; everything put up goes back", async () => {
    const { token } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(100_000);
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "0.6", price: "26,000" },
      at("2026-02-01"),
    );
    expect(await reverse(await latestEntry("resale_reserved"), at("2026-02-02"))).toBe("ok");
    expect(await sharesOf(seller, token)).toBe(100_000n);
    expect(await cashOf(buyer)).toBe(10_000_000n);
    const [row] = await getDb().select().from(resales).where(eq(resales.id, resaleId));
    expect(row).toMatchObject({ state: "returned", cause: "reversal" });
  });

  test("of a parting makes the holder a holder again", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    await giveCash(owner.id, 1_000_000n, at("2026-01-11"));
    const before = await cashOf(owner);
    const { partingId } = must(
      await offerParting(call(owner, { holder: holder.handle, price: "12,000" }, at("2026-02-01"))),
    );
    must(await settleParting(call(SYSTEM, { partingId }, at("2026-02-15"))));
    expect(await reverse(await latestEntry("parting"), at("2026-03-01"), "error")).toBe("ok");
    expect(await sharesOf(holder, token)).toBe(100_000n);
    expect(await lotsOf(holder, token)).toMatchObject([
      { sharesLeft: 100_000n, costLeftCents: 1_000_000n },
    ]);
    expect(await cashOf(owner)).toBe(before);
    expect(await cashOf(holder)).toBe(0n);
    const [row] = await getDb().select().from(partings).where(eq(partings.id, partingId));
    expect(row?.state).toBe("returned");
    // No tail is left of it.
    const gainId = await declared(owner, "2026-03-02", "3,000,000", at("2026-03-04"));
    expect(await listGainParts(getDb(), gainId)).toMatchObject([
      { lotId: holder.lotId, cents: 3_000_000n },
    ]);
  });

  test("of a mark, a deferral and a yearly declaration takes them out of what counts", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    must(await stateWriteDown(call(owner, { statement: "Gone." }, at("2026-02-01"))));
    expect(await carriedOf(holder, token, "2026-02-02")).toEqual(["0 written_down"]);
    expect(await reverse(await latestEntry("mark"), at("2026-02-02"), "error")).toBe("ok");
    expect(await carriedOf(holder, token, "2026-02-02")).toEqual(["1000000 cost"]);

    const gainId = await declared(owner, "2026-03-01", "1,000", at("2026-03-02"));
    const { deferralId } = must(
      await requestDeferral(call(owner, { gainId, hardship: "Ill." }, at("2026-03-03"))),
    );
    must(
      await decideDeferral(
        call(
          await makeBareOperator(),
          { deferralId, decision: "grant", reason: "Seen." },
          at("2026-03-03"),
        ),
      ),
    );
    expect(await reverse(await latestEntry("gain_deferred"), at("2026-03-04"), "error")).toBe("ok");
    const [gain] = await getDb().select().from(gains).where(eq(gains.id, gainId));
    expect(gain).toMatchObject({ dueAt: at("2026-04-01"), deferredUntil: null });

    must(await declareNothing(call(owner, { year: "2027" }, at("2028-01-01"))));
    expect(await reverse(await latestEntry("nothing_declared"), at("2028-01-02"), "error")).toBe(
      "ok",
    );
    must(await declareNothing(call(owner, { year: "2027" }, at("2028-01-03"))));
  });

  test("of a deposit takes what is there; what was spent of it is owed to the platform", async () => {
    const { token, owner } = await makeOwner();
    const person = await makeBuyer(0);
    await giveCash(person.id, 100_000n, at("2026-01-11"));
    const deposit = await latestEntry("deposit");
    const spent = await makeWithdrawal(person.id, 30_000n);
    await mustPost(entries.withdrawalRequested(actAt(at("2026-01-12")), spent));
    await mustPost(entries.withdrawalPaid(actAt(at("2026-01-12")), spent));
    expect(await reverse(deposit, at("2026-02-01"), "error")).toBe("ok");
    expect(await cashOf(person)).toBe(0n);
    expect(await claim(person)).toBe(-30_000n);
    await giveCash(person.id, 50_000n, at("2026-02-02"));
    must(await repayClaims(call(person, { amount: "300" }, at("2026-02-03"))));
    expect(await claim(person)).toBe(0n);
    expect(await cashOf(person)).toBe(20_000n);
    // The payment out is taken back as well: the bank had sent it back.
    expect(await reverse(await latestEntry("withdrawal_paid"), at("2026-02-04"), "error")).toBe(
      "ok",
    );
    expect(await cashOf(person)).toBe(50_000n);
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
  });

  test("of a signed or a funded offer closes it; all money goes back", async () => {
    const world = await World.make();
    const teacher = await world.investor("100,000");
    const student = await world.person("student");
    await world.offered(teacher, student, { amount: "10,000", percent: "1" });
    expect(await reverse(await latestEntry("offer_funded"), world.now)).toBe("ok");
    expect(await cashOf(teacher)).toBe(10_000_000n);
    const again = await world.offered(teacher, student, { amount: "10,000", percent: "1" });
    await world.sign(student, again);
    const signed = await latestEntry("offer_signed");
    expect(await reverse(await latestEntry("offer_funded"), world.now)).toBe(
      "reverse_later_entries_first",
    );
    expect(await reverse(signed, world.now)).toBe("ok");
    expect(await cashOf(teacher)).toBe(10_000_000n);
  });
});
