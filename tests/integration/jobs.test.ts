import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { and, eq } from "drizzle-orm";
import postgres, { type Sql } from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import { enqueue, getBoss } from "#db/jobs.server";
import { auditEvents, offers, outbox } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { childEnv } from "#tests/setup/child-env";
import { useDatabase } from "#tests/setup/database";
import { ResendServer } from "#tests/setup/resend-server";
import { World } from "#tests/setup/world";
import { getClock } from "~/auth/clock.server";
import { getEnv } from "~/env.server";
import { moveTheClock } from "~/features/clock/move-the-clock.server";
import { requestSweep } from "~/features/clock/sweep.server";
import { getBalance } from "~/ledger/read.server";
import { setSingleton } from "~/lib/singleton.server";
import { type JobLoop, runQueue } from "~/server/job-loop";
import { isReady, startWorker } from "~/server/worker";
import { logSettings } from "../setup/log-place";

const database = useDatabase();
const server = new ResendServer();
const root = fileURLToPath(new URL("../..", import.meta.url));
const child = fileURLToPath(new URL("../setup/jobs-child.ts", import.meta.url));
let baseUrl = "";
let owner: Sql;
const running: { stop(): Promise<void> }[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  baseUrl = await server.start();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await server.stop();
  await owner.end({ timeout: 5 });
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  for (const one of children.splice(0)) one.kill("SIGKILL");
});

async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it never came to pass: ${what}`);
}

/** A process of its own, with mail going to the stand-in of Resend. */
function start(mode: string): { child: ChildProcess; said: () => string } {
  const env = childEnv({
    NODE_ENV: "test",
    TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
    RESEND_BASE_URL: baseUrl,
    ...logSettings(),
  });
  const one = spawn(process.execPath, ["--import", "tsx", child, mode], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(one);
  let text = "";
  one.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  return { child: one, said: () => text };
}

async function kill(one: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => one.once("exit", resolve));
  one.kill("SIGKILL");
  await ended;
}

/** Makes the jobs that a killed process held look as old as they would be after a minute, then lets upkeep find them. */
async function expireHeldJobs(): Promise<void> {
  await owner`UPDATE pgboss.job SET started_on = started_on - interval '5 minutes' WHERE state = 'active'`;
  await getBoss().boss.maintain();
  await owner`UPDATE pgboss.job SET start_after = now() - interval '1 second' WHERE state = 'retry'`;
}

const jobOf = async (key: string) =>
  (
    await owner`SELECT state, retry_count, start_after > now() AS later, output FROM pgboss.job WHERE singleton_key = ${key}`
  )[0];
const loop = (made: JobLoop): JobLoop => {
  running.push(made);
  return made;
};

describe("jobs", () => {
  it("run with the application's rights, and are done once they have run", async () => {
    const lotId = randomUUID();
    const seen: string[] = [];
    await inTransaction((tx) => enqueue(tx, "end-lot", { lotId }));
    loop(runQueue("end-lot", async (data) => void seen.push(data.lotId), 2));
    await until("the job is done", async () => (await jobOf(lotId))?.state === "completed");
    expect(seen).toEqual([lotId]);
  });

  it("that wait with the same key are one", async () => {
    const lotId = randomUUID();
    const startAfter = new Date(Date.now() + 3_600_000);
    for (let n = 0; n < 3; n++)
      await inTransaction((tx) => enqueue(tx, "end-lot", { lotId }, { startAfter }));
    expect(await owner`SELECT id FROM pgboss.job WHERE singleton_key = ${lotId}`).toHaveLength(1);
  });

  it("wait until their instant", async () => {
    const lotId = randomUUID();
    await inTransaction((tx) =>
      enqueue(tx, "end-lot", { lotId }, { startAfter: new Date(Date.now() + 3_600_000) }),
    );
    const other = randomUUID();
    await inTransaction((tx) => enqueue(tx, "end-lot", { lotId: other }));
    loop(runQueue("end-lot", async () => {}, 5));
    await until("the other is done", async () => (await jobOf(other))?.state === "completed");
    expect((await jobOf(lotId))?.state).toBe("created");
  });

  it("that fail are tried again, later each time", async () => {
    const lotId = randomUUID();
    let runs = 0;
    const fails = async () => {
      runs += 1;
      if (runs < 3) throw new Error("not yet");
    };
    await inTransaction((tx) => enqueue(tx, "end-lot", { lotId }));
    const made = loop(runQueue("end-lot", fails, 1));
    for (const failures of [1, 2]) {
      await until(
        `failure ${failures} is written down`,
        async () => runs === failures && (await jobOf(lotId))?.state === "retry",
      );
      expect(await jobOf(lotId)).toMatchObject({ later: true, output: { reason: "Error" } });
      const [wait] =
        await owner`SELECT extract(epoch FROM start_after - now())::float AS seconds FROM pgboss.job WHERE singleton_key = ${lotId}`;
      expect(Number(wait?.seconds)).toBeGreaterThan(failures === 1 ? 0.5 : 2.5);
      await owner`UPDATE pgboss.job SET start_after = now() - interval '1 second' WHERE singleton_key = ${lotId}`;
      made.nudge();
    }
    await until("it is done", async () => (await jobOf(lotId))?.state === "completed");
    expect(runs).toBe(3);
  });

  it("under way finish before a stop does", async () => {
    const lotId = randomUUID();
    let finish = (): void => {};
    let began = false;
    await inTransaction((tx) => enqueue(tx, "end-lot", { lotId }));
    const made = runQueue(
      "end-lot",
      () => {
        began = true;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
      1,
    );
    await until("it is under way", () => began);
    let stopped = false;
    const stopping = made.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect((await jobOf(lotId))?.state).toBe("completed");
  });
});

describe("a killed process", () => {
  it("leaves nothing of a transaction that was not committed, the job included", async () => {
    const { child: one, said } = start("outbox");
    await until("it is in the middle", () => said().includes("midway"));
    await kill(one);
    await until(
      "the server has noticed",
      async () =>
        (
          await owner`SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`
        ).length === 0,
    );
    expect(await getDb().$count(outbox, eq(outbox.toEmail, "never@example.test"))).toBe(0);
    expect(
      await owner`SELECT 1 FROM pgboss.job j WHERE name = 'send-mail' AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id::text = j.data->>'outboxId')`,
    ).toHaveLength(0);
  });

  it("in the middle of a job: the job runs again, its effect is there once", async () => {
    const lotId = randomUUID();
    await inTransaction((tx) => enqueue(tx, "end-lot", { lotId }));
    const { child: one, said } = start("effect");
    await until("it is in the middle", () => said().includes("midway"));
    await kill(one);
    expect((await jobOf(lotId))?.state).toBe("active");
    await expireHeldJobs();
    const again = ({ lotId: id }: { lotId: string }) =>
      inTransaction(
        async (tx) =>
          void (await tx
            .insert(auditEvents)
            .values({ at: new Date(), action: "effect", subjectType: "lot", subjectId: id })),
      );
    loop(runQueue("end-lot", again, 1));
    await until("it is done", async () => (await jobOf(lotId))?.state === "completed");
    expect(
      await getDb().$count(
        auditEvents,
        and(eq(auditEvents.action, "effect"), eq(auditEvents.subjectId, lotId)),
      ),
    ).toBe(1);
  });

  it("in the middle of settling: nothing has moved, and the next process settles it once", async () => {
    const world = await World.make(new Date(Date.now() - 10 * 86_400_000));
    const teacher = await world.investor("100,000");
    const student = await world.person("student");
    const offerId = await world.offered(teacher, student, { amount: "10,000", percent: "1" });
    await world.sign(student, offerId);
    const investments = async () =>
      (
        await owner`SELECT 1 FROM journal_entries WHERE kind = 'investment' AND about_id = ${offerId}`
      ).length;
    const stateOf = async () =>
      (await owner`SELECT state FROM offers WHERE id = ${offerId}`)[0]?.state;
    const blocked = async () =>
      (
        await owner`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%ledger_post%'`
      ).length > 0;
    const holder = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    await holder.begin(async (sql) => {
      // The posting function waits for this row: the offer is held by then, its command begun, nothing committed.
      await sql`SELECT 1 FROM accounts WHERE purpose = 'escrow' AND owner_id IN (SELECT id FROM offer_parts WHERE offer_id = ${offerId}) FOR UPDATE`;
      const { child: one } = start("worker");
      await until("it is in the middle of settling", blocked);
      await kill(one);
      await until("the server has noticed", async () => {
        await owner`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return !(await blocked());
      });
    });
    await holder.end();
    expect([await stateOf(), await investments()]).toEqual(["signed", 0]);
    running.push(await startWorker());
    await until("it is settled", async () => (await stateOf()) === "settled");
    await requestSweep();
    await expireHeldJobs();
    expect(await investments()).toBe(1);
    expect(await getBalance(getDb(), "cash", student.id)).toBe(1_000_000n);
    const told = and(eq(outbox.personId, student.id), eq(outbox.template, "offer-settled"));
    expect(await getDb().$count(outbox, told)).toBe(1);
  });

  it("after the provider took a message: it is asked again under the same key, and the message is there once", async () => {
    const now = getClock().now();
    const props = { name: "Ann", path: "/verify-email?token=x" };
    const { outboxId } = await inTransaction((tx) =>
      enqueueMail(tx, {
        to: { personId: null, email: "ann@example.test" },
        template: "verify-email",
        props,
        now,
      }),
    );
    server.answerFor(outboxId, "hang");
    const { child: one } = start("worker");
    const mine = () => server.requests.filter((request) => request.key === outboxId);
    await until("the provider has it", () => mine().length === 1);
    await kill(one);
    await expireHeldJobs();
    start("worker");
    await until(
      "it is sent",
      async () =>
        (await getDb().select().from(outbox).where(eq(outbox.id, outboxId)))[0]?.state === "sent",
    );
    expect(mine()).toHaveLength(2);
    expect(mine()[1]?.body).toEqual(mine()[0]?.body);
    expect([...server.delivered.keys()].filter((key) => key === outboxId)).toHaveLength(1);
  });
});

describe("the worker", () => {
  const settled = async (offerId: string) =>
    (await getDb().select({ state: offers.state }).from(offers).where(eq(offers.id, offerId)))[0]
      ?.state;

  it("says whether it is ready, and finds mail that waits without a job", async () => {
    expect(isReady()).toBe(false);
    const now = getClock().now();
    const stranded = {
      toEmail: "late@example.test",
      template: "verify-email",
      props: { name: "Late", path: "/late" },
      createdAt: new Date(now.getTime() - 120_000),
    };
    const [row] = await getDb().insert(outbox).values(stranded).returning();
    running.push(await startWorker());
    expect(isReady()).toBe(true);
    await until(
      "it is sent",
      async () =>
        (
          await getDb()
            .select()
            .from(outbox)
            .where(eq(outbox.id, row?.id ?? ""))
        )[0]?.state === "sent",
    );
    await running.pop()?.stop();
    expect(isReady()).toBe(false);
  });

  it("moving the clock settles what was signed and lapses what was not, before it answers", async () => {
    const world = await World.make(getClock().now());
    const teacher = await world.investor("100,000");
    const student = await world.person("student");
    const signed = await world.offered(teacher, student, { amount: "10,000", percent: "1" });
    const open = await world.offered(teacher, await world.person("student"), {
      amount: "20,000",
      percent: "1",
    });
    await world.sign(student, signed);
    running.push(await startWorker());
    await requestSweep();
    expect([await settled(signed), await settled(open)]).toEqual(["signed", "open"]);
    const call = { actor: world.operator, idempotencyKey: randomUUID(), now: getClock().now() };
    const moved = await moveTheClock({ ...call, input: { how: "days", days: "8" } });
    expect(moved.ok).toBe(true);
    expect([await settled(signed), await settled(open)]).toEqual(["settled", "lapsed"]);
    expect(await getDb().$count(auditEvents, eq(auditEvents.action, "move-the-clock"))).toBe(1);
  });

  it("moves no clock for others, in production, or backwards", async () => {
    const world = await World.make(getClock().now());
    const person = await world.person();
    const call = { idempotencyKey: randomUUID(), now: getClock().now() };
    const days = { how: "days", days: "1" };
    expect(await moveTheClock({ ...call, actor: person, input: days })).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    const back = await moveTheClock({
      ...call,
      actor: world.operator,
      input: { how: "date", date: "2020-01-01" },
    });
    expect(back).toEqual({ ok: false, error: { code: "not_forward", field: "date" } });
    const env = getEnv();
    setSingleton("env", { ...env, production: true });
    expect(await moveTheClock({ ...call, actor: world.operator, input: days })).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    setSingleton("env", env);
  });
});
