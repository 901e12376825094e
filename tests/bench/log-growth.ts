/** A public log that grows: who posts into it, and the sequencer in a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getDb } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { getPublished } from "~/ledger/log/published.server";
import { MOST_ENTRIES } from "~/ledger/post.server";
import { giveCash, makeBarePerson, START } from "../setup/book";
import { childEnv } from "../setup/child-env";
import { logSettings } from "../setup/log-place";
import { withBenchDatabase } from "./database";
import { makeTeacher, payment, postAll, type Teacher } from "./paying";
import type { Order, Report } from "./sequencer-child";

const CENTS = 1_000_000_000n;

export type Log = { child: ChildProcess; teacher: Teacher; people: string[]; posted: number };

/** Sends the child an order and waits for its answer. */
export function order(child: ChildProcess, what: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the sequencer ended with ${code}`)));
    child.once("message", (answer) => {
      child.removeAllListeners("exit");
      resolve(answer as Report);
    });
    child.send(what);
  });
}

async function startChild(stateDir: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./sequencer-child.ts", import.meta.url)), {
    execArgv: ["--expose-gc", "--import", "tsx"],
    env: childEnv({ NODE_ENV: "test", ...logSettings(), LOG_STATE_DIR: stateDir }),
  });
  await new Promise((ready) => child.once("message", ready));
  return child;
}

/** One entry of one posting that its parties alone can open. */
export function transfer({ people, teacher }: Log, index: number): entries.EntryInput {
  const key = `bench:${randomUUID()}`;
  const cash = (nth: number) => ({
    purpose: "cash" as const,
    owner: people[nth % people.length] ?? "",
  });
  return {
    kind: "offer_refunded",
    recordedAt: START,
    actorId: null,
    idempotencyKey: key,
    input: { key },
    about: { type: "offer", id: teacher.paying[index % teacher.paying.length]?.offer.id ?? "" },
    data: { cause: "lapsed" },
    postings: [
      { from: cash(index), to: cash(index + 1 + (index % 7)), asset: entries.USD, amount: 1n },
    ],
  };
}

/** One in so many entries is public, in two chains, one of which all of them are in. */
export function nextEntries(log: Log, count: number, oneIn: number): entries.EntryInput[] {
  return Array.from({ length: count }, () => {
    const n = log.posted++;
    const paying = log.teacher.paying[n % log.teacher.paying.length];
    return n % oneIn === 0 && paying
      ? payment(log.teacher, paying, Math.floor(n / 3_000))
      : transfer(log, n);
  });
}

/** How many leaves are signed. */
export const sizeOf = async (): Promise<number> => (await getPublished(getDb()))?.size ?? 0;

/**
 * Posts until the log has so many leaves, one in `oneIn` entries public. The sequencer takes what is there while the next entries
 * are posted. Tells how far it is.
 */
export async function growTo(log: Log, size: number, oneIn: number): Promise<void> {
  const started = Date.now();
  const tell = async ({ rssMb, heapMb }: Report) => {
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    process.stderr.write(
      `\r  ${(await sizeOf()).toLocaleString("en-US")} leaves of ${size.toLocaleString("en-US")}, ${seconds} s; the sequencer has ${rssMb.toFixed(0)} MB, ${heapMb.toFixed(0)} MB of it heap   `,
    );
  };
  let draining: Promise<void> = Promise.resolve();
  for (let due = size - (await sizeOf()); due > 0; ) {
    const count = Math.min(MOST_ENTRIES, due);
    await postAll(nextEntries(log, count, oneIn));
    await draining;
    draining = order(log.child, "drain").then(tell);
    due -= count;
    if (due > 0) continue;
    await draining;
    due = size - (await sizeOf());
  }
  await draining;
  process.stderr.write("\n");
}

/** Gives `work` an empty log in a database of its own, whose teacher may be paid so many times. */
export async function withLog(payments: number, work: (log: Log) => Promise<void>): Promise<void> {
  await withBenchDatabase(async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "belay-bench-log-"));
    const people = await Promise.all(Array.from({ length: 50 }, () => makeBarePerson()));
    for (const person of people) await giveCash(person, CENTS);
    const teacher = await makeTeacher(payments, { posted: 0 });
    const log: Log = { child: await startChild(stateDir), teacher, people, posted: 0 };
    try {
      await order(log.child, "drain");
      await work(log);
    } finally {
      log.child.kill();
      rmSync(stateDir, { recursive: true, force: true });
    }
  });
}
