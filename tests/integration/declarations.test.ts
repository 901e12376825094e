import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { gainDeferrals, gains, journalEntries, outbox } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { decideDeferral } from "~/features/gains/decide-deferral.server";
import { declareGain } from "~/features/gains/declare-gain.server";
import { hasOverdueGain } from "~/features/gains/overdue.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { requestDeferral } from "~/features/gains/request-deferral.server";
import { listGainParts } from "~/ledger/read.server";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  at,
  call,
  cashOf,
  giveCash,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
} from "../setup/sales";
import { makeBareOperator } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

const declare = (owner: Actor, closingDate: string, proceeds: string, now: Date) =>
  declareGain(
    call(owner, { company: "Rope Ltd", closingDate, proceeds, basis: "0", costs: "0" }, now),
  );

async function makeGain() {
  const { token, owner } = await makeOwner();
  const one = await makeHolder(token, { paidCents: 100_000n, shares: 100_000n, day: "2026-01-10" });
  const two = await makeHolder(token, { paidCents: 200_000n, shares: 200_000n, day: "2026-01-10" });
  const { gainId } = must(await declare(owner, "2026-03-01", "1,000,000", at("2026-03-02")));
  return { token, owner, one, two, gainId };
}

const partsOf = async (gainId: string) =>
  (await listGainParts(getDb(), gainId)).map((part) => [part.cents, part.paidCents]);

describe("a distribution paid in parts", () => {
  test("gives each their share of what is paid, to the cent; the last payment the rest", async () => {
    const { owner, one, two, gainId } = await makeGain();
    const before = { one: await cashOf(one), two: await cashOf(two) };
    await giveCash(owner.id, 3_000_000n, at("2026-03-03"));
    const pay = (amount?: string) =>
      payGain(call(owner, { gainId, ...(amount ? { amount } : {}) }, at("2026-03-04")));
    expect(must(await pay("100.01"))).toMatchObject({ paidCents: "10001", leftCents: "2989999" });
    expect(await partsOf(gainId)).toEqual([
      [1_000_000n, 3_334n],
      [2_000_000n, 6_667n],
    ]);
    expect(refusalOf(await pay("0"))).toBe("invalid_input");
    expect(must(await pay("0.01"))).toMatchObject({ paidCents: "1" });
    expect(must(await pay())).toMatchObject({ leftCents: "0" });
    expect((await cashOf(one)) - before.one).toBe(1_000_000n);
    expect((await cashOf(two)) - before.two).toBe(2_000_000n);
    expect(refusalOf(await pay())).toBe("already_paid");
  });

  test("is overdue until it is paid whole", async () => {
    const { owner, gainId } = await makeGain();
    must(await payGain(call(owner, { gainId, amount: "10" }, at("2026-03-04"))));
    expect(await hasOverdueGain(getDb(), owner.id, at("2026-04-01"))).toBe(false);
    expect(await hasOverdueGain(getDb(), owner.id, at("2026-04-01", "12:00:00.001"))).toBe(true);
  });
});

describe("a deferral for hardship", () => {
  test("moves the day it is due by 12 months, once, by an operator's grant", async () => {
    const { owner, one, gainId } = await makeGain();
    const operator = await makeBareOperator();
    const ask = (now = at("2026-03-20")) =>
      requestDeferral(call(owner, { gainId, hardship: "I am ill." }, now));
    const { deferralId } = must(await ask());
    expect(refusalOf(await ask())).toBe("already_asked");
    const decide = (decision: string, who: Actor = operator) =>
      decideDeferral(
        call(who, { deferralId, decision, reason: "Seen the letter." }, at("2026-03-21")),
      );
    expect(refusalOf(await decide("grant", { ...owner, operator: true }))).toBe("not_found");
    expect(must(await decide("grant")).dueAt).toBe("2027-04-01T12:00:00.000Z");
    expect(refusalOf(await decide("grant"))).toBe("already_decided");
    expect(refusalOf(await ask(at("2026-05-01")))).toBe("already_deferred");
    expect(await hasOverdueGain(getDb(), owner.id, at("2027-04-01"))).toBe(false);
    expect(await hasOverdueGain(getDb(), owner.id, at("2027-04-02"))).toBe(true);
    const [entry] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.kind, "gain_deferred"));
    expect(entry?.data).toEqual({ until: "2027-04-01T12:00:00.000Z" });
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, one.id));
    expect(mails.map((mail) => mail.template)).toContain("gain-deferred");
  });

  test("refused, it stays due, and may be asked for again", async () => {
    const { owner, gainId } = await makeGain();
    const operator = await makeBareOperator();
    const ask = () =>
      requestDeferral(call(owner, { gainId, hardship: "I am ill." }, at("2026-03-20")));
    const { deferralId } = must(await ask());
    must(
      await decideDeferral(
        call(operator, { deferralId, decision: "refuse", reason: "No proof." }, at("2026-03-21")),
      ),
    );
    const [gain] = await getDb().select().from(gains).where(eq(gains.id, gainId));
    expect(gain?.dueAt).toEqual(at("2026-04-01"));
    must(await ask());
    expect(
      await getDb().select().from(gainDeferrals).where(eq(gainDeferrals.gainId, gainId)),
    ).toHaveLength(2);
  });
});

describe("record instants", () => {
  test("a sale declared late goes to who held at 24:00 of its closing date, sold since or not", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(100_000);
    await resold(token, owner, seller, buyer, { percent: "1", price: "2,000" }, at("2026-05-01"));
    const old = must(await declare(owner, "2026-04-30", "100,000", at("2026-09-01")));
    expect(await listGainParts(getDb(), old.gainId)).toMatchObject([
      { holderId: seller.id, cents: 100_000n },
    ]);
    const new_ = must(await declare(owner, "2026-05-01", "100,000", at("2026-09-01")));
    expect(await listGainParts(getDb(), new_.gainId)).toMatchObject([
      { holderId: buyer.id, cents: 100_000n },
    ]);
  });

  test("what a declared gain owes a lot of its cap stays with the seller, the rest travels", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      day: "2026-01-10",
      capCents: 300_000n,
    });
    const buyer = await makeBuyer(100_000);
    const first = must(await declare(owner, "2026-04-30", "100,000", at("2026-05-01")));
    await resold(token, owner, seller, buyer, { percent: "1", price: "2,000" }, at("2026-05-02"));
    await giveCash(owner.id, 1_000_000n, at("2026-05-03"));
    must(await payGain(call(owner, { gainId: first.gainId }, at("2026-05-03"))));
    const second = must(await declare(owner, "2026-06-30", "1,000,000", at("2026-07-01")));
    expect(await listGainParts(getDb(), second.gainId)).toMatchObject([
      { holderId: buyer.id, cents: 200_000n },
    ]);
  });
});
