import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb, inTransaction, sqlState } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { type PostResult, post, postMany } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import { actAt, giveCash, makeBarePerson, makeWithdrawal, mustPost, START } from "../setup/book";
import { withLogin } from "../setup/by-hand";
import { childEnv } from "../setup/child-env";
import { useDatabase } from "../setup/database";
import { logSettings } from "../setup/log-place";

const database = useDatabase();

/** Cash from one to another, in a kind that moves cash alone. */
const transfer = (from: string, to: string, cents: bigint, act = actAt()): entries.EntryInput => ({
  ...entries.offerRefunded(act, { id: from, parts: [], cause: "lapsed" }),
  postings: [entries.usd(entries.cash(from), entries.cash(to), cents)],
});

async function makeRich(count: number, cents: bigint): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: count }, makeBarePerson));
  for (const person of people) await giveCash(person, cents);
  return people;
}
const balancesOf = (people: string[]) =>
  Promise.all(people.map((person) => getBalance(getDb(), "cash", person)));
const total = (cents: bigint[]) => cents.reduce((sum, one) => sum + one, 0n);

/** The same walk every time: a number below `most` from a seed. */
const pick = (seed: number, most: number): number => (Math.imul(seed, 2_654_435_761) >>> 8) % most;

describe("thirty-two workers on ten hot accounts", () => {
  it("lose no cent, let no balance fall under zero, and refuse only what there was no money for", async () => {
    const people = await makeRich(10, 300n);
    const work = async (worker: number) => {
      const answers: PostResult[] = [];
      for (let step = 0; step < 15; step++) {
        const n = worker * 1_000 + step;
        const from = pick(n, 10);
        const to = (from + 1 + pick(n + 7, 9)) % 10;
        const entry = transfer(people[from] ?? "", people[to] ?? "", BigInt(1 + pick(n, 200)));
        // Every third takes two entries in one transaction, the second in the other direction: locks in both orders.
        answers.push(
          await inTransaction(async (tx) => {
            const first = await post(tx, entry);
            if (step % 3 === 0) await post(tx, transfer(people[to] ?? "", people[from] ?? "", 1n));
            return first;
          }),
        );
      }
      return answers;
    };
    const answers = (await Promise.all(Array.from({ length: 32 }, (_, n) => work(n)))).flat();
    expect(answers).toHaveLength(480);
    expect(new Set(answers.flatMap((a) => (a.ok ? [] : [a.error])))).toEqual(
      new Set(["insufficient_balance"]),
    );
    expect(total(await balancesOf(people))).toBe(3_000n);
  });
});

describe("a batch", () => {
  it("answers as the same entries would one by one: accepted, refused, replayed and in conflict", async () => {
    const [a, b, c] = (await makeRich(2, 100n)).concat(await makeBarePerson());
    if (!a || !b || !c) throw new Error("no people");
    const act = actAt();
    const list = [
      transfer(a, c, 60n), // opens c's cash
      transfer(a, b, 50n), // more than is left
      transfer(c, b, 60n), // out of what the first brought
      transfer(b, a, 10n, act),
      transfer(b, a, 10n, act), // the same again
      { ...transfer(b, a, 10n, act), input: { other: 1 } },
      transfer(c, a, 1n), // nothing is left
    ];
    const said = (results: PostResult[]) =>
      results.map((r) => (r.ok ? (r.value.replayed ? "replayed" : "ok") : r.error));
    const answers = [
      "ok",
      "insufficient_balance",
      "ok",
      "ok",
      "replayed",
      "idempotency_conflict",
      "insufficient_balance",
    ];
    const results = await postMany(list);
    expect(said(results)).toEqual(answers);
    expect(await balancesOf([a, b, c])).toEqual([50n, 150n, 0n]);
    const ids = results.flatMap((r) => (r.ok && !r.value.replayed ? [r.value.entryId] : []));
    expect(ids).toEqual([...ids].sort((x, y) => (x < y ? -1 : 1)));
    // Asked again, the first answers stand, and what had been refused is weighed anew.
    expect(said(await postMany(list))).toEqual([
      "replayed",
      "ok",
      "replayed",
      "replayed",
      "replayed",
      "idempotency_conflict",
      "insufficient_balance",
    ]);
  });

  it("opens no account for what it refuses, though another entry would have opened it", async () => {
    const [a, b] = [(await makeRich(1, 10n))[0] ?? "", await makeBarePerson()];
    const answers = await postMany([transfer(b, a, 1n), transfer(a, b, 11n)]);
    expect(answers.map((r) => (r.ok ? "ok" : r.error))).toEqual([
      "unknown_account",
      "insufficient_balance",
    ]);
    const rows = await getDb().execute(sql`SELECT 1 FROM accounts WHERE owner_id = ${b}`);
    expect(rows).toHaveLength(0);
  });

  it("takes 8,000 entries and no more, in one round trip", async () => {
    const [a, b] = await makeRich(2, 4_000n);
    if (!a || !b) throw new Error("no people");
    const many = Array.from({ length: 8_000 }, (_, n) =>
      n % 2 ? transfer(b, a, 1n) : transfer(a, b, 1n),
    );
    const results = await postMany(many);
    expect(results.filter((r) => r.ok)).toHaveLength(8_000);
    expect(await balancesOf([a, b])).toEqual([4_000n, 4_000n]);
    await expect(postMany([...many, transfer(a, b, 1n)])).rejects.toThrow(RangeError);
  });

  it("two batches in opposite orders on the same accounts both go through", async () => {
    const people = await makeRich(8, 1_000n);
    const there = people.flatMap((from, i) =>
      people.slice(i + 1).map((to) => transfer(from, to, 1n)),
    );
    const back = people.flatMap((to, i) =>
      people.slice(i + 1).map((from) => transfer(from, to, 1n)),
    );
    const rounds = await Promise.all(
      [0, 1, 2].flatMap(() => [postMany(there.map(anew)), postMany(back.toReversed().map(anew))]),
    );
    expect(rounds.flat().every((r) => r.ok)).toBe(true);
    expect(total(await balancesOf(people))).toBe(8_000n);
  });
});

/** The same entry under a new key. */
const anew = (entry: entries.EntryInput): entries.EntryInput => ({ ...entry, ...actAt() });

describe("a deadlock", () => {
  it("is run again five times at most, then thrown", async () => {
    let runs = 0;
    const always = inTransaction(async (tx) => {
      runs += 1;
      await tx.execute(
        sql`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'deadlock_detected'; END $$`,
      );
    });
    expect(sqlState(await always.catch((error: unknown) => error))).toBe("40P01");
    expect(runs).toBe(5);
  });

  it("of two transactions that post crosswise ends with both entries in the book, once", async () => {
    const [a, b, c, d] = await makeRich(4, 100n);
    if (!a || !b || !c || !d) throw new Error("no people");
    let waiting = 0;
    const both = (one: entries.EntryInput, two: entries.EntryInput) =>
      inTransaction(async (tx) => {
        const first = await post(tx, one);
        waiting += 1;
        for (let i = 0; i < 50 && waiting < 2; i++) await new Promise((r) => setTimeout(r, 10));
        return [first, await post(tx, two)];
      });
    const results = await Promise.all([
      both(transfer(a, b, 1n), transfer(c, d, 1n)),
      both(transfer(d, c, 2n), transfer(b, a, 2n)),
    ]);
    expect(results.flat().every((r) => r.ok)).toBe(true);
    expect(await balancesOf([a, b, c, d])).toEqual([101n, 99n, 101n, 99n]);
  });
});

describe("a process that is killed", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const program = fileURLToPath(new URL("../setup/ledger-child.ts", import.meta.url));

  /** A process of its own that posts, up to the point that it is told. */
  function start(stop: string, args: string[]): ChildProcess {
    return spawn(process.execPath, ["--import", "tsx", program, stop, ...args], {
      cwd: root,
      env: childEnv({
        NODE_ENV: "test",
        TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
        ...logSettings(),
      }),
      stdio: ["ignore", "pipe", "ignore"],
    });
  }
  const closed = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => child.once("close", resolve));

  /** Posts in a process of its own, which is killed at that point. */
  async function dieAt(stop: string, args: string[]): Promise<void> {
    const child = start(stop, args);
    const gone = closed(child);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once("data", () => resolve());
      child.once("exit", () => reject(new Error("the child ended by itself")));
    });
    child.kill("SIGKILL");
    await gone;
  }

  /** Ends the server's side of every connection whose post waits for a lock; answers how many. */
  const endWaitingPosts = () =>
    withLogin(
      database.ownerUrl,
      async (owner) =>
        (
          await owner`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%ledger_post_%' AND pid <> pg_backend_pid()`
        ).length,
    );

  it.each([
    ["begun", false],
    ["posted", false],
    ["committed", true],
  ])(
    "after it had %s: the retry under the same key posts once (in the book already: %s)",
    async (stop, there) => {
      const [person] = await makeRich(1, 100n);
      if (!person) throw new Error("no person");
      const w = await makeWithdrawal(person, 40n);
      const act = actAt();
      await dieAt(stop, [act.idempotencyKey, w.id, person, "40", START.toISOString()]);
      const retry = await mustPost(entries.withdrawalRequested(act, w));
      expect(retry.replayed).toBe(there);
      expect(await getBalance(getDb(), "cash", person)).toBe(60n);
      expect((await mustPost(entries.withdrawalRequested(act, w))).entryId).toBe(retry.entryId);
    },
  );

  it("while the server ended its connection in the middle of the post: nothing stands, and the retry posts", async () => {
    const [person] = await makeRich(1, 100n);
    if (!person) throw new Error("no person");
    const w = await makeWithdrawal(person, 40n);
    const act = actAt();
    await withLogin(database.ownerUrl, (owner) =>
      owner.begin(async (held) => {
        // The post waits for this row, and dies waiting.
        await held`SELECT 1 FROM accounts WHERE owner_id = ${person} FOR UPDATE`;
        const child = start("never", [act.idempotencyKey, w.id, person, "40", START.toISOString()]);
        const gone = closed(child);
        while ((await endWaitingPosts()) === 0) await new Promise((r) => setTimeout(r, 50));
        expect(await gone).not.toBe(0);
      }),
    );
    expect(await getBalance(getDb(), "cash", person)).toBe(100n);
    expect((await mustPost(entries.withdrawalRequested(act, w))).replayed).toBe(false);
    expect(await getBalance(getDb(), "cash", person)).toBe(60n);
  });
});
