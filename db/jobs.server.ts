import PgBoss from "pg-boss";
import postgres, { type Sql } from "postgres";
import { getEnv } from "~/env.server";
import { clearSingleton, singleton } from "~/lib/singleton.server";
import { rawClient, type Tx } from "./client.server";

/** What each queue's job carries. Every handler may run twice: its command is idempotent. */
export type Jobs = {
  "send-mail": { outboxId: string };
  "settle-offer": { offerId: string };
  "lapse-offer": { offerId: string };
  "end-lot": { lotId: string };
  "advance-resale": { resaleId: string };
  "settle-parting": { partingId: string };
  "miss-years": { tokenId: string };
  "normalise-scores": { cohortId: string };
  "release-decisions": { releaseId: string };
  "lapse-place": { enrolmentId: string };
  "remind-place": { enrolmentId: string };
  "tell-due-hypotheses": { referralId: string };
};
export type Queue = keyof Jobs;

type QueueOptions = { retryLimit: number; retryDelay: number; expireInSeconds: number };

/** Retries with exponential backoff; a job that a killed process held is taken up again when it expires. */
export const QUEUES: Record<Queue, QueueOptions> = {
  "send-mail": { retryLimit: 12, retryDelay: 5, expireInSeconds: 60 },
  "settle-offer": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "lapse-offer": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "end-lot": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "advance-resale": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "settle-parting": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "miss-years": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "normalise-scores": { retryLimit: 5, retryDelay: 5, expireInSeconds: 300 },
  "release-decisions": { retryLimit: 20, retryDelay: 2, expireInSeconds: 600 },
  "lapse-place": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "remind-place": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
  "tell-due-hypotheses": { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 },
};

type Unsafe = { unsafe(text: string, values?: never[]): PromiseLike<unknown> };

/** postgres.js as pg-boss wants to see it. `encode` turns objects into what the client's JSON columns take. */
const adapter = (client: Unsafe, encode: (value: object) => unknown): PgBoss.Db => ({
  executeSql: async (text, values = []) => {
    const encoded = values.map((value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? encode(value)
        : (value ?? null),
    );
    return { rows: (await client.unsafe(text, encoded as never[])) as unknown[] };
  },
});

/** A client of its own: it writes objects as JSON itself, and a failed batch must not leave its BEGIN behind. */
const ownAdapter = (client: Sql): PgBoss.Db => {
  const plain = adapter(client as unknown as Unsafe, (value) => value);
  return {
    executeSql: async (text, values) => {
      try {
        return await plain.executeSql(text, values ?? []);
      } catch (error) {
        if (text.includes("BEGIN")) await client.unsafe("ROLLBACK").catch(() => undefined);
        throw error;
      }
    },
  };
};

/** The connection of a Drizzle transaction, whose client leaves JSON to the caller. */
const transactionAdapter = (tx: Tx): PgBoss.Db =>
  adapter(rawClient(tx) as unknown as Unsafe, (value) => JSON.stringify(value));

/** Makes the queues' tables, as the owner; part of a migration. */
export async function installJobs(ownerUrl: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const boss = new PgBoss({ db: ownAdapter(client), supervise: false, schedule: false });
  try {
    await boss.start();
    for (const [name, options] of Object.entries(QUEUES)) {
      // "short": of the jobs that wait with the same key there is one.
      const settings = { name, retryBackoff: true, policy: "short" as const, ...options };
      if (await boss.getQueue(name)) await boss.updateQueue(name, settings);
      else await boss.createQueue(name, settings);
    }
  } finally {
    await boss.stop({ graceful: false, wait: false }).catch(() => undefined);
    await client.end({ timeout: 5 });
  }
}

type Running = { boss: PgBoss; client: Sql };

/** The process's sender and worker of jobs, on a connection of its own (pg-boss sends BEGIN itself). Not started. */
export function getBoss(): Running {
  return singleton("boss", () => {
    const env = getEnv();
    if (!env.DATABASE_URL) throw new Error("No database is open yet: DATABASE_URL is not set.");
    const ownerOnly = !env.MIGRATE_DATABASE_URL || env.MIGRATE_DATABASE_URL === env.DATABASE_URL;
    const client = postgres(env.DATABASE_URL, {
      max: 1,
      onnotice: () => {},
      connection: {
        application_name: "belay-jobs",
        ...(ownerOnly ? { role: env.DATABASE_ROLE } : {}),
      },
    });
    const boss = new PgBoss({
      db: ownAdapter(client),
      migrate: false,
      schedule: false,
      maintenanceIntervalSeconds: 30,
    });
    return { boss, client };
  });
}

/** Ends the connection of `getBoss`; stop the boss itself first. */
export async function closeBoss(): Promise<void> {
  const { client } = getBoss();
  clearSingleton("boss");
  await client.end({ timeout: 5 });
}

const held = () => singleton<{ mail: boolean }>("held-jobs", () => ({ mail: false }));

/**
 * Runs `fn` while no job is made for mail: its messages wait in the outbox until somebody enqueues them, or the sweep does. To make a
 * long past, whose letters are never sent.
 */
export async function holdingMail<T>(fn: () => Promise<T>): Promise<T> {
  held().mail = true;
  try {
    return await fn();
  } finally {
    held().mail = false;
  }
}

/**
 * Enqueues a job in the caller's transaction: rolled back, it was never sent. `startAfter` is a real instant, or seconds from now.
 * Jobs of a queue with the same `singletonKey` (the id that they carry, unless told) that wait at the same time are one.
 */
export async function enqueue<Q extends Queue>(
  tx: Tx,
  queue: Q,
  data: Jobs[Q],
  options: { startAfter?: Date | number; singletonKey?: string } = {},
): Promise<void> {
  if (queue === "send-mail" && held().mail) return;
  const singletonKey = options.singletonKey ?? Object.values(data).join(":");
  await getBoss().boss.send(queue, data, { ...options, singletonKey, db: transactionAdapter(tx) });
}

/** Enqueues many jobs of a queue by one statement in the caller's transaction, each as `enqueue` without options does. */
export async function enqueueAll<Q extends Queue>(
  tx: Tx,
  queue: Q,
  all: readonly Jobs[Q][],
): Promise<void> {
  if (queue === "send-mail" && held().mail) return;
  const jobs = all.map((data) => ({
    ...{ name: queue, data },
    singletonKey: Object.values(data).join(":"),
  }));
  await getBoss().boss.insert(jobs, { db: transactionAdapter(tx) });
}

export type Job<Q extends Queue> = { id: string; data: Jobs[Q] };

/** Takes at most `limit` due jobs of a queue; they are this process's until they expire. None when the database is away. */
export async function takeJobs<Q extends Queue>(queue: Q, limit: number): Promise<Job<Q>[]> {
  const { boss } = getBoss();
  const jobs = await boss.fetch<Jobs[Q]>(queue, { batchSize: limit });
  return jobs.map((job) => ({ id: job.id, data: job.data }));
}

/** Says that a job is done. */
export async function completeJob(queue: Queue, jobId: string): Promise<void> {
  await getBoss().boss.complete(queue, jobId);
}

/** Says that a job failed, and why (no personal data): it is tried again with backoff while retries are left. */
export async function failJob(queue: Queue, jobId: string, reason: string): Promise<void> {
  await getBoss().boss.fail(queue, jobId, { reason });
}
