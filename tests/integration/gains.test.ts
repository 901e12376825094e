import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { gains, lots } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { previewGain } from "~/features/gains/preview-gain.server";
import { getRecord } from "~/features/records/get-record.server";
import * as entries from "~/ledger/entries";
import { getBalance, getOwnerShares } from "~/ledger/read.server";
import { actAt, giveCash, makeWithdrawal, mustPost } from "../setup/book";
import { useDatabase } from "../setup/database";
import { at, call, centsOf, makeOwner, mustDeclare, mustPay, mustStore } from "../setup/gains";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import { actorOf, makeBareOperator, settle } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

describe("the essay's example", () => {
  test("three investors of 1% for $200,000.00 get $30,000.00 each of a gain of $3,000,000.00", async () => {
    const { token, owner: alice } = await makeOwner();
    const paid = [6_666_667n, 6_666_667n, 6_666_666n];
    const teachers: Actor[] = [];
    for (const paidCents of paid) {
      const { investorId } = await settle(token, {
        paidCents,
        shares: 100_000n,
        now: at("2026-01-10"),
      });
      teachers.push(await actorOf(investorId));
    }
    expect(await getBalance(getDb(), "cash", alice.id)).toBe(20_000_000n);
    const withdrawal = await makeWithdrawal(alice.id, 20_000_000n);
    await mustPost(entries.withdrawalRequested(actAt(at("2026-02-01")), withdrawal));
    await mustPost(entries.withdrawalPaid(actAt(at("2026-02-02")), withdrawal));

    const sale = {
      company: "Rope Ltd",
      closingDate: "2026-08-31",
      proceeds: "3,000,000",
      basis: "0",
      costs: "0",
    };
    const preview = await previewGain(alice, sale, at("2026-09-02"));
    expect(preview.ok && preview.value).toMatchObject({
      distributableCents: "300000000",
      ownerCents: "291000000",
      toPayCents: "9000000",
      grade: "self_reported",
      late: false,
    });
    expect(preview.ok && preview.value.parts.map((part) => part.cents)).toEqual([
      "3000000",
      "3000000",
      "3000000",
    ]);

    const { gainId, toPayCents } = await mustDeclare(alice, sale, at("2026-09-02"));
    expect(toPayCents).toBe("9000000");
    expect(await centsOf(gainId)).toEqual([3_000_000n, 3_000_000n, 3_000_000n]);

    const tooPoor = await payGain(call(alice, { gainId }, at("2026-09-03")));
    expect(tooPoor).toEqual({
      ok: false,
      error: {
        code: "insufficient_balance",
        facts: { toPay: "$90,000.00", balance: "$0.00", missing: "$90,000.00" },
      },
    });
    await giveCash(alice.id, 9_000_000n, at("2026-09-04"));
    expect(await mustPay(alice, gainId, at("2026-09-05"))).toEqual({
      gainId,
      paidCents: "9000000",
      leftCents: "0",
    });
    expect(await getBalance(getDb(), "cash", alice.id)).toBe(0n);

    for (const teacher of teachers) {
      expect(await getBalance(getDb(), "cash", teacher.id)).toBe(3_000_000n);
      const record = await getRecord(getDb(), teacher.handle, "2026-09-05");
      expect(record?.summary.gross).toMatchObject({
        dpi: "0.0000",
        unconfirmedCents: "3000000",
        distributionsCents: "0",
        earlyCents: "0",
      });
    }
    const operator = await makeBareOperator();
    const graded = await gradeGain(
      call(
        operator,
        { gainId, grade: "counterparty", reason: "The buyer wrote to us." },
        at("2026-09-06"),
      ),
    );
    expect(graded.ok).toBe(true);
    for (const teacher of teachers) {
      const record = await getRecord(getDb(), teacher.handle, "2026-09-06");
      expect(record?.summary.gross).toMatchObject({
        dpi: "0.4500",
        unconfirmedCents: "0",
        distributionsCents: "3000000",
      });
      expect(record?.summary.net).toMatchObject({ dpi: "0.4500" });
    }
  });
});

describe("caps and sunsets", () => {
  test("a lot gets no more than its cap leaves, the owner keeps the rest, and the lot ends when it is paid", async () => {
    const { token, owner } = await makeOwner();
    const capped = await settle(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      capCents: 300_000n,
      now: at("2026-01-10"),
    });
    const free = await settle(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      now: at("2026-01-11"),
    });
    const first = await mustDeclare(
      owner,
      { closingDate: "2026-03-01", proceeds: "200,000" },
      at("2026-03-05"),
    );
    expect(await centsOf(first.gainId)).toEqual([200_000n, 200_000n]);
    // Declared before the first is paid: what is promised already counts against the cap.
    const second = await mustDeclare(
      owner,
      { closingDate: "2026-03-02", proceeds: "200,000" },
      at("2026-03-05"),
    );
    expect(await centsOf(second.gainId)).toEqual([100_000n, 200_000n]);
    expect(second.toPayCents).toBe("300000");
    const third = await mustDeclare(
      owner,
      { closingDate: "2026-03-03", proceeds: "200,000" },
      at("2026-03-05"),
    );
    expect(await centsOf(third.gainId)).toEqual([200_000n]);

    await giveCash(owner.id, 1_000_000n, at("2026-03-06"));
    await mustPay(owner, second.gainId, at("2026-03-07"));
    expect((await lotOf(capped.lotId)).endedCause).toBeNull();
    await mustPay(owner, first.gainId, at("2026-03-08"));
    expect(await lotOf(capped.lotId)).toMatchObject({
      endedCause: "cap",
      sharesLeft: 0n,
      capLeftCents: 0n,
    });
    expect((await lotOf(free.lotId)).endedCause).toBeNull();
    expect((await getOwnerShares(getDb(), token.id, owner.id)).held).toBe(9_900_000n);
    const later = await mustDeclare(
      owner,
      { closingDate: "2026-04-01", proceeds: "200,000" },
      at("2026-04-02"),
    );
    expect(await centsOf(later.gainId)).toEqual([200_000n]);
  });

  test("a sale that closes on the sunset day or after it gives the lot nothing", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      sunset: "2036-01-10",
      now: at("2026-01-10"),
    });
    const before = await mustDeclare(
      owner,
      { closingDate: "2036-01-09", proceeds: "1,000" },
      at("2036-01-20"),
    );
    expect(await centsOf(before.gainId)).toEqual([1_000n]);
    const on = await mustDeclare(
      owner,
      { closingDate: "2036-01-10", proceeds: "1,000" },
      at("2036-01-20"),
    );
    expect(on.toPayCents).toBe("0");
    const [row] = await getDb().select().from(gains).where(eq(gains.id, on.gainId));
    expect(row?.paidAt).toEqual(at("2036-01-20"));
  });

  test("many declarations at once never promise more than the cap", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, {
      paidCents: 1_000_000n,
      shares: 1_000_000n,
      capCents: 300_000n,
      now: at("2026-01-10"),
    });
    const declared = await Promise.all(
      Array.from({ length: 12 }, () =>
        mustDeclare(owner, { closingDate: "2026-03-01", proceeds: "10,000" }, at("2026-03-05")),
      ),
    );
    const total = declared.reduce((sum, gain) => sum + BigInt(gain.toPayCents), 0n);
    expect(total).toBe(300_000n);
  });
});

const lotOf = async (lotId: string) => {
  const [lot] = await getDb().select().from(lots).where(eq(lots.id, lotId));
  if (!lot) throw new Error("no lot");
  return lot;
};

describe("the year", () => {
  test("losses with a document count before gains of the same year, and only of that year", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 1_000_000n, shares: 1_000_000n, now: at("2026-01-10") });
    const documentId = await mustStore(owner, at("2026-02-01"));
    const loss = await mustDeclare(
      owner,
      { closingDate: "2026-02-10", proceeds: "0", basis: "1,000", documentId },
      at("2026-02-12"),
    );
    expect(loss).toMatchObject({ distributableCents: "0", toPayCents: "0" });
    const gain = await mustDeclare(
      owner,
      { closingDate: "2026-03-10", proceeds: "1,500" },
      at("2026-03-12"),
    );
    expect(gain).toMatchObject({ distributableCents: "50000", toPayCents: "5000" });
    const nextYear = await mustDeclare(
      owner,
      { closingDate: "2027-01-10", proceeds: "1,500" },
      at("2027-01-12"),
    );
    expect(nextYear.distributableCents).toBe("150000");
  });

  test("a loss without a document counts for nothing", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 1_000_000n, shares: 1_000_000n, now: at("2026-01-10") });
    const sale = {
      closingDate: "2026-02-10",
      proceeds: "0",
      basis: "1,000",
      costs: "0.01",
      company: "X",
    };
    const preview = await previewGain(owner, sale, at("2026-02-12"));
    expect(preview.ok && preview.value).toMatchObject({
      lossCents: "0",
      uncountedLossCents: "100001",
    });
    await mustDeclare(owner, sale, at("2026-02-12"));
    const gain = await mustDeclare(
      owner,
      { closingDate: "2026-03-10", proceeds: "1,500" },
      at("2026-03-12"),
    );
    expect(gain.distributableCents).toBe("150000");
  });

  test("a later loss takes nothing back, and is made up before the next gain of the year is divided", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 1_000_000n, shares: 1_000_000n, now: at("2026-01-10") });
    const first = await mustDeclare(
      owner,
      { closingDate: "2026-02-01", proceeds: "1,000", basis: "100", costs: "50" },
      at("2026-02-12"),
    );
    expect(first.distributableCents).toBe("85000");
    const documentId = await mustStore(owner, at("2026-03-01"));
    await mustDeclare(
      owner,
      { closingDate: "2026-03-01", proceeds: "0", basis: "300", documentId },
      at("2026-03-12"),
    );
    const second = await mustDeclare(
      owner,
      { closingDate: "2026-04-01", proceeds: "200" },
      at("2026-04-12"),
    );
    expect(second.distributableCents).toBe("0");
    const third = await mustDeclare(
      owner,
      { closingDate: "2026-05-01", proceeds: "250" },
      at("2026-05-12"),
    );
    expect(third.distributableCents).toBe("15000");
  });
});

describe("who is entitled", () => {
  test("a lot that settled after the closing day gets nothing of it, however late the declaration", async () => {
    const { token, owner } = await makeOwner();
    await settle(token, { paidCents: 100_000n, shares: 100_000n, now: at("2026-02-10") });
    await settle(token, { paidCents: 100_000n, shares: 100_000n, now: at("2026-02-11") });
    const before = await mustDeclare(
      owner,
      { closingDate: "2026-02-09", proceeds: "10,000" },
      at("2026-06-01"),
    );
    expect(before.toPayCents).toBe("0");
    const between = await mustDeclare(
      owner,
      { closingDate: "2026-02-10", proceeds: "10,000" },
      at("2026-06-01"),
    );
    expect(await centsOf(between.gainId)).toEqual([10_000n]);
    const after = await mustDeclare(
      owner,
      { closingDate: "2026-02-11", proceeds: "10,000" },
      at("2026-06-01"),
    );
    expect(await centsOf(after.gainId)).toEqual([10_000n, 10_000n]);
  });

  test("the distribution that a holder gets is not a gain of theirs", async () => {
    const { token, owner } = await makeOwner();
    const teacher = await makeOwner();
    await settle(teacher.token, { paidCents: 100_000n, shares: 100_000n, now: at("2026-01-09") });
    await settle(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      now: at("2026-01-10"),
      investorId: teacher.owner.id,
    });
    const gain = await mustDeclare(
      owner,
      { closingDate: "2026-02-10", proceeds: "1,000" },
      at("2026-02-12"),
    );
    await mustPay(owner, gain.gainId, at("2026-02-13"));
    expect(await getDb().select().from(gains).where(eq(gains.tokenId, teacher.token.id))).toEqual(
      [],
    );
    expect(await getBalance(getDb(), "cash", teacher.owner.id)).toBe(101_000n);
  });
});
