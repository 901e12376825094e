import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { getDb, inTransaction, openPool, type Tx } from "#db/client.server";
import { withdrawalRequested } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import { actAt, giveCash, makeBarePerson, makeWithdrawal } from "../setup/book";
import { withLogin } from "../setup/by-hand";
import { useDatabase } from "../setup/database";

const database = useDatabase();

const pidOf = async (tx: Tx): Promise<number> =>
  (await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`))[0]?.pid ?? 0;
/** The server ends a connection, and it is gone. */
const end = (pid: number) =>
  withLogin(database.ownerUrl, (owner) => owner`SELECT pg_terminate_backend(${pid}, 5000)`);

/** As many connections as the pool has, all at the same time: none of them may be lost. */
async function expectWholePool(db: ReturnType<typeof getDb>, size: number): Promise<void> {
  let inside = 0;
  const all = Array.from({ length: size }, () =>
    db.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1`);
      inside += 1;
      await vi.waitUntil(() => inside >= size, { timeout: 10_000 });
    }),
  );
  await Promise.all(all);
  expect(inside).toBe(size);
}

/** A pool of its own, small enough to be lost whole. */
async function withSmallPool(act: (db: ReturnType<typeof getDb>) => Promise<void>) {
  const { client, db } = openPool(database.appUrl, { max: 2 });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtExceptionMonitor", note);
  try {
    await act(db);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(uncaught).toEqual([]);
    await expectWholePool(db, 2);
  } finally {
    process.off("uncaughtExceptionMonitor", note);
    await client.end({ timeout: 5 });
  }
}

describe("a connection that the server ends in the middle of a transaction", () => {
  it("while a statement runs, fails the transaction, not the process, however often", async () => {
    await withSmallPool(async (db) => {
      for (let time = 0; time < 5; time++) {
        const failed = db.transaction(async (tx) => {
          const pid = await pidOf(tx);
          setTimeout(() => void end(pid), 20);
          await tx.execute(sql`SELECT pg_sleep(10)`);
        });
        await expect(failed).rejects.toThrow();
      }
    });
  });

  it("between two statements, fails the transaction; what follows is nowhere, on no other connection either", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const withdrawal = await makeWithdrawal(person, 40n);
    await withSmallPool(async (db) => {
      for (let time = 0; time < 5; time++) {
        let after: unknown;
        const failed = inTransaction(async (tx) => {
          await end(await pidOf(tx));
          // Others want connections meanwhile, so that the lost one is opened again.
          await Promise.all([1, 2, 3].map(() => db.execute(sql`SELECT 1`)));
          after = await post(tx, withdrawalRequested(actAt(), withdrawal)).catch((error) => error);
        }, db);
        await expect(failed).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
        await vi.waitUntil(() => after !== undefined);
        expect(after).toBeInstanceOf(Error);
      }
    });
    expect(await getBalance(getDb(), "cash", person)).toBe(100n);
  });
});
