import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { getCapTable, listPositions, listTokenHistory } from "~/ledger/cap-table.server";
import * as entries from "~/ledger/entries";
import { getBalance, getBalanceAsOf, listStatement } from "~/ledger/read.server";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  mustPost,
  START,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";

useDatabase();

const DAY_MS = 86_400_000;
const at = (days: number, ms = 0) => new Date(START.getTime() + days * DAY_MS + ms);

describe("a balance as of an instant", () => {
  it("is what each of many postings left, at the instant, before it and after the last", async () => {
    const person = await makeBarePerson();
    const w = await makeWithdrawal(person, 3n);
    let balance = 0n;
    const after: bigint[] = [];
    for (let i = 0; i < 120; i += 1) {
      const out = i % 4 === 3;
      if (out) await mustPost(entries.withdrawalRequested(actAt(at(i)), w));
      else await giveCash(person, 10n, at(i));
      balance += out ? -3n : 10n;
      after.push(balance);
    }
    const account = { purpose: "cash", owner: person } as const;
    const known = (days: number, ms = 0) =>
      getBalanceAsOf(getDb(), account, { recordedAt: at(days, ms) });
    expect(await known(0, -1)).toBe(0n);
    for (const i of [0, 1, 3, 58, 59, 60, 118, 119]) {
      expect(await known(i), `at ${i}`).toBe(after[i]);
      expect(await known(i + 1, -1), `before ${i + 1}`).toBe(after[i]);
      if (i > 0) expect(await known(i, -1), `just before ${i}`).toBe(after[i - 1]);
    }
    expect(await known(5_000)).toBe(await getBalance(getDb(), "cash", person));
    expect(await getBalanceAsOf(getDb(), account, { effectiveAt: at(59) })).toBe(after[59]);
    const never = { purpose: "escrow", owner: randomUUID() } as const;
    expect(await getBalanceAsOf(getDb(), never, { recordedAt: at(9) })).toBe(0n);
  });

  it("tells what was known then from what was true then", async () => {
    const person = await makeBarePerson();
    const account = { purpose: "cash", owner: person } as const;
    await giveCash(person, 100n, at(0));
    const deposit = async (cents: bigint, effective: number, recorded: number) => {
      const id = randomUUID();
      const act = actAt(at(recorded));
      const entry = entries.depositConfirmed(act, { id, personId: person, arrivedCents: cents });
      await mustPost({ ...entry, effectiveAt: at(effective) });
    };
    await deposit(20n, 3, 10);
    await deposit(7n, 12, 12);
    await deposit(5n, 1, 20);
    const known = (days: number) => getBalanceAsOf(getDb(), account, { recordedAt: at(days) });
    const held = (days: number) => getBalanceAsOf(getDb(), account, { effectiveAt: at(days) });
    expect(await Promise.all([0, 2, 3, 10, 12, 20].map(known))).toEqual([
      100n,
      100n,
      100n,
      120n,
      127n,
      132n,
    ]);
    expect(await Promise.all([0, 1, 2, 3, 10, 12, 20].map(held))).toEqual([
      100n,
      105n,
      105n,
      125n,
      125n,
      132n,
      132n,
    ]);
  });
});

describe("a statement", () => {
  it("pages through many lines by key, each once, whatever is posted meanwhile", async () => {
    const person = await makeBarePerson();
    const w = await makeWithdrawal(person, 1n);
    for (let i = 0; i < 30; i += 1) {
      await giveCash(person, 5n, at(i));
      await mustPost(entries.withdrawalRequested(actAt(at(i)), w));
    }
    const account = { purpose: "cash", owner: person } as const;
    const seen: Awaited<ReturnType<typeof listStatement>> = [];
    for (let pages = 0; pages < 20; pages += 1) {
      const last = seen.at(-1)?.version;
      const page = await listStatement(getDb(), account, {
        limit: 7,
        ...(last === undefined ? {} : { beforeVersion: last }),
      });
      if (page.length === 0) break;
      seen.push(...page);
      await giveCash(person, 1n, at(100 + pages));
    }
    expect(seen.map((line) => line.version)).toEqual(
      Array.from({ length: 60 }, (_, i) => BigInt(60 - i)),
    );
    for (const [i, line] of seen.entries()) {
      const before = seen[i + 1]?.balance ?? 0n;
      expect(line.balance).toBe(before + line.amount);
    }
    expect(seen[0]).toMatchObject({ kind: "withdrawal_requested", amount: -1n, balance: 120n });
  });
});

describe("who holds what", () => {
  it("is a token's cap table and a person's positions, now and as of any instant, with their lots", async () => {
    const [ann, ben, cy] = [await makeBarePerson(), await makeBarePerson(), await makeBarePerson()];
    for (const person of [ann, ben, cy]) await giveCash(person, 9_000_000n, at(0));
    const [token, other] = [await makeToken(at(1)), await makeToken(at(1))];
    const invest = async (on: typeof token, who: string, shares: bigint, day: number) => {
      const bare = await makeBareOffer(on, [{ investorId: who, amountCents: shares, shares }]);
      for (const part of bare.parts) await mustPost(entries.offerFunded(actAt(at(day)), part));
      await mustPost(signing(bare, actAt(at(day))));
      return () => mustPost(settling(bare, actAt(at(day + 7))));
    };
    const first = await invest(token, ann, 100_000n, 10);
    await first();
    const second = await invest(token, ben, 300_000n, 20);
    await second();
    const third = await invest(token, ann, 50_000n, 30);
    await third();
    await (await invest(other, ann, 500_000n, 40))();
    await invest(token, cy, 70_000n, 50);
    const table = async (day: number | null, ms = 0) => {
      const when = day === null ? null : at(day, ms);
      const found = await getCapTable(getDb(), token, when);
      const holders = found.holders.map(({ holderId, shares, lots }) => [
        [ann, ben, cy].indexOf(holderId),
        shares,
        lots.map((lot) => lot.shares),
      ]);
      return [found.ownerShares, found.reservedShares, holders];
    };
    expect(await table(1, -1)).toEqual([0n, 0n, []]);
    expect(await table(1)).toEqual([10_000_000n, 0n, []]);
    expect(await table(10)).toEqual([9_900_000n, 100_000n, []]);
    expect(await table(17)).toEqual([9_900_000n, 0n, [[0, 100_000n, [100_000n]]]]);
    const final = [
      [1, 300_000n, [300_000n]],
      [0, 150_000n, [100_000n, 50_000n]],
    ];
    expect(await table(37, -1)).toEqual([
      9_550_000n,
      50_000n,
      [
        [1, 300_000n, [300_000n]],
        [0, 100_000n, [100_000n]],
      ],
    ]);
    expect(await table(40)).toEqual([9_550_000n, 0n, final]);
    expect(await table(null)).toEqual([9_480_000n, 70_000n, final]);
    const positions = async (day: number | null) =>
      (await listPositions(getDb(), ann, day === null ? null : at(day))).map((position) => [
        position.tokenId === token.id ? "token" : "other",
        position.shares,
        position.lots.length,
      ]);
    expect(await positions(16)).toEqual([]);
    expect(await positions(37)).toEqual([["token", 150_000n, 2]]);
    expect(await positions(null)).toEqual([
      ["other", 500_000n, 1],
      ["token", 150_000n, 2],
    ]);
    expect(await listPositions(getDb(), cy)).toEqual([]);
  });

  it("is followed back through a token's history, page by page", async () => {
    const [token, other] = [await makeToken(at(0)), await makeToken(at(0))];
    for (const [day, on] of [token, other, token, token, other].entries()) {
      const id = randomUUID();
      const gain = {
        id,
        tokenId: on.id,
        tokenLogId: on.logId,
        ownerId: on.ownerId,
        recordInstant: at(day),
        proceedsCents: 0n,
        basisCents: 0n,
        costsCents: 0n,
        lossCents: 0n,
        distributableCents: 0n,
        grade: "self_reported",
        parts: [],
      };
      await mustPost(entries.gainDeclared(actAt(at(day + 1)), gain));
      await mustPost(entries.evidenceGraded(actAt(at(day + 2)), { id, grade: "documented" }));
    }
    const kinds: string[] = [];
    let before: bigint | undefined;
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await listTokenHistory(getDb(), token, {
        limit: 2,
        ...(before === undefined ? {} : { beforeEntry: before }),
      });
      kinds.push(...page.map((line) => line.kind));
      before = page.at(-1)?.entryId;
      if (page.length < 2) break;
    }
    expect(kinds).toEqual([
      "evidence",
      "gain",
      "evidence",
      "gain",
      "evidence",
      "gain",
      "token_minted",
    ]);
  });
});
