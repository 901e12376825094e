import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { accounts } from "#db/schema/index";
import * as entries from "~/ledger/entries";
import { getBalance, getOwnerShares, listLotsOfToken, listStatement } from "~/ledger/read.server";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  mustPost,
  postAlone,
  reservationsOf,
  START,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";

useDatabase();

describe("posting", () => {
  it("moves money and keeps versions and balances on each posting", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 10_000n);
    await giveCash(person, 2_500n);
    const w = await makeWithdrawal(person, 4_000n);
    await mustPost(entries.withdrawalRequested(actAt(), w));
    await mustPost(entries.withdrawalPaid(actAt(), w));
    expect(await getBalance(getDb(), "cash", person)).toBe(8_500n);
    expect(await getBalance(getDb(), "escrow", w.id)).toBe(0n);
    const lines = await listStatement(getDb(), { purpose: "cash", owner: person });
    expect(lines.map((l) => [l.version, l.amount, l.balance])).toEqual([
      [3n, -4_000n, 8_500n],
      [2n, 2_500n, 12_500n],
      [1n, 10_000n, 10_000n],
    ]);
    const older = await listStatement(
      getDb(),
      { purpose: "cash", owner: person },
      { limit: 1, beforeVersion: 3n },
    );
    expect(older.map((l) => l.version)).toEqual([2n]);
  });

  it("keeps no balance of the outside world, so that it is never a hot row", async () => {
    await giveCash(await makeBarePerson(), 1n);
    const [outside] = await getDb().select().from(accounts).where(eq(accounts.purpose, "outside"));
    expect(outside).toMatchObject({ balance: null, version: null });
  });

  it("answers a repeated key with the first answer, and refuses it with other input", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const w = await makeWithdrawal(person, 60n);
    const act = actAt();
    const first = await mustPost(entries.withdrawalRequested(act, w));
    const again = await mustPost(
      entries.withdrawalRequested({ ...act, now: new Date(START.getTime() + 9e5) }, w),
    );
    expect(again).toEqual({ ...first, replayed: true });
    expect(await getBalance(getDb(), "cash", person)).toBe(40n);
    const other = await postAlone(entries.withdrawalRequested({ ...act, input: { other: 1 } }, w));
    expect(other).toEqual({ ok: false, error: "idempotency_conflict" });
  });

  it("lets the same key in once when twenty ask at the same moment", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const w = await makeWithdrawal(person, 30n);
    const act = actAt();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => mustPost(entries.withdrawalRequested(act, w))),
    );
    expect(results.filter((r) => !r.replayed)).toHaveLength(1);
    expect(new Set(results.map((r) => r.entryId)).size).toBe(1);
    expect(await getBalance(getDb(), "cash", person)).toBe(70n);
    const opened = { id: person, handle: "h" };
    const bare = actAt();
    const empty = await Promise.all(
      Array.from({ length: 20 }, () => mustPost(entries.personOpened(bare, opened))),
    );
    expect(empty.filter((r) => !r.replayed)).toHaveLength(1);
  });

  it("clamps a clock that is up to five seconds behind, and refuses one further behind", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n, new Date("2026-05-01T12:00:05.000Z"));
    const w = await makeWithdrawal(person, 10n);
    const late = await mustPost(
      entries.withdrawalRequested(actAt(new Date("2026-05-01T12:00:00.000Z")), w),
    );
    expect(late.recordedAt.toISOString()).toBe("2026-05-01T12:00:05.000Z");
    const w2 = await makeWithdrawal(person, 10n);
    expect(
      await postAlone(entries.withdrawalRequested(actAt(new Date("2026-05-01T11:59:59.999Z")), w2)),
    ).toEqual({ ok: false, error: "clock_behind" });
  });
});

describe("an offer's way through the book", () => {
  it("signs, settles with one lot a part, and everything adds up", async () => {
    const token = await makeToken();
    const [a, b] = await Promise.all([makeBarePerson(), makeBarePerson()]);
    await giveCash(a, 10_000_000n);
    await giveCash(b, 10_000_000n);
    const offer = await makeBareOffer(token, [
      { investorId: a, amountCents: 6_666_667n, shares: 100_000n },
      { investorId: b, amountCents: 6_666_666n, shares: 100_000n },
    ]);
    for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(offer, actAt()));
    await mustPost(settling(offer, actAt()));
    expect(await getBalance(getDb(), "cash", token.ownerId)).toBe(13_333_333n);
    const made = await listLotsOfToken(getDb(), token.id);
    expect(made.map((l) => [l.sharesLeft, l.costLeftCents])).toEqual([
      [100_000n, 6_666_667n],
      [100_000n, 6_666_666n],
    ]);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 9_800_000n,
      reserved: 0n,
    });
  });

  it("gives everything back when someone leaves", async () => {
    const token = await makeToken();
    const a = await makeBarePerson();
    await giveCash(a, 500_000n);
    const offer = await makeBareOffer(token, [
      { investorId: a, amountCents: 400_000n, shares: 100_000n },
    ]);
    for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(offer, actAt()));
    await mustPost(
      entries.offerLeft(actAt(), {
        id: offer.id,
        tokenId: token.id,
        ownerId: token.ownerId,
        shares: offer.shares,
        parts: offer.parts,
        reservations: reservationsOf(offer),
        by: "student",
      }),
    );
    expect(await getBalance(getDb(), "cash", a)).toBe(500_000n);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 10_000_000n,
      reserved: 0n,
    });
  });

  it("refuses a second minting of the same token", async () => {
    const token = await makeToken();
    const entry = entries.tokenMinted(actAt(), {
      id: token.id,
      ownerId: token.ownerId,
      ownerLogId: token.logId,
    });
    const error = await postAlone(entry).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(constraintName(error)).toBe("journal_entries_minted_once");
  });
});

describe("races", () => {
  it("pays out one balance exactly as often as it lasts, forty asking at once", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 1_000n);
    const asked = await Promise.all(Array.from({ length: 40 }, () => makeWithdrawal(person, 90n)));
    const answers = await Promise.all(
      asked.map((w) => postAlone(entries.withdrawalRequested(actAt(), w))),
    );
    expect(answers.filter((r) => r.ok)).toHaveLength(11);
    expect(
      answers.filter((r) => !r.ok).every((r) => !r.ok && r.error === "insufficient_balance"),
    ).toBe(true);
    expect(await getBalance(getDb(), "cash", person)).toBe(10n);
  });

  it("never sells more than 20% of a token, forty signing at once", async () => {
    const token = await makeToken();
    const offers = [];
    for (let i = 0; i < 40; i++) {
      offers.push(
        await makeBareOffer(token, [
          { investorId: await makeBarePerson(), amountCents: 300_000n, shares: 300_000n },
        ]),
      );
    }
    const answers = await Promise.all(offers.map((offer) => postAlone(signing(offer, actAt()))));
    expect(answers.filter((r) => r.ok)).toHaveLength(6);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 8_200_000n,
      reserved: 1_800_000n,
    });
  });

  it("survives opposite transfers between the same people", async () => {
    const [a, b] = await Promise.all([makeBarePerson(), makeBarePerson()]);
    await giveCash(a, 1_000n);
    await giveCash(b, 1_000n);
    const transfer = async (from: string, to: string) => {
      const w = await makeWithdrawal(from, 1n);
      const entry = entries.withdrawalRequested(actAt(), w);
      return {
        ...entry,
        postings: [
          ...entry.postings,
          {
            from: { purpose: "escrow" as const, owner: w.id },
            to: { purpose: "cash" as const, owner: to },
            asset: entries.USD,
            amount: 1n,
          },
        ],
      };
    };
    const both = await Promise.all(
      Array.from({ length: 30 }, (_, i) => (i % 2 ? transfer(a, b) : transfer(b, a))),
    );
    const answers = await Promise.all(both.map((entry) => postAlone(entry)));
    expect(answers.every((r) => r.ok)).toBe(true);
    expect(await getBalance(getDb(), "cash", a)).toBe(1_000n);
  });
});
