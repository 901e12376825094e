import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { databasePlace, findHolder, processIdentity } from "#db/data-dir-lock.mjs";
import { findRunningEmbedded, removeEmbedded } from "#db/embedded.server";

const READY_MS = 100_000;
const STOP_MS = 60_000;
const LAUNCH = "app/server/launch.mjs";

type Site = { child: ChildProcess; pid: number; output(): string; ended: Promise<number | null> };

let dataDir: string;
let children: ChildProcess[];
let serverPids: number[];
const quiet = () => {};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "belay-lifecycle-"));
  // PostgreSQL's own user must get through, when we are root.
  chmodSync(dataDir, 0o755);
  children = [];
  serverPids = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await until("all of ours to be gone", () => children.every(hasEnded), STOP_MS);
  await removeEmbedded(dataDir, quiet);
  rmSync(dataDir, { recursive: true, force: true });
});

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function until(what: string, done: () => boolean | Promise<boolean>, timeoutMs: number) {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await sleep(50)) {
    if (await done()) return;
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
}

async function freePort(): Promise<number> {
  const probe = await occupy(0);
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

function occupy(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function launch(args: string[], port: number): Site {
  const child = spawn(process.execPath, [LAUNCH, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: "",
      MIGRATE_DATABASE_URL: "",
      APP_URL: "",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: "0",
      LOG_LEVEL: "warn",
    },
  });
  children.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += String(chunk);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  return { child, pid: child.pid ?? 0, output: () => text, ended };
}

async function startReady(port: number): Promise<Site> {
  const site = launch(["start"], port);
  await until(
    `the site to be ready; it said: ${site.output()}`,
    async () => {
      if (hasEnded(site.child)) throw new Error(`The start ended:\n${site.output()}`);
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      return answer?.status === 200;
    },
    READY_MS,
  );
  await until(
    "the ready line",
    () => site.output().includes(`Belay is ready at http://localhost:${port}`),
    5_000,
  );
  serverPids.push(serverPid());
  return site;
}

const pidFile = () => join(databasePlace(dataDir), "cluster", "postmaster.pid");
const serverPid = () => Number(readFileSync(pidFile(), "utf8").split("\n")[0]);

async function asOwner<T>(ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const url = findRunningEmbedded(dataDir);
  if (!url) throw new Error("no database is running");
  const sql = postgres(url, { max: 1, onnotice: quiet });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}

const writeProbe = (text: string) =>
  asOwner(async (sql) => {
    await sql`create table if not exists lifecycle_probe (said text not null)`;
    await sql`insert into lifecycle_probe values (${text})`;
  });
const readProbe = () =>
  asOwner(async (sql) =>
    (await sql`select said from lifecycle_probe order by said`).map((row) => row.said),
  );

function expectNothingLeft() {
  expect(serverPids.filter((pid) => processIdentity(pid) !== null)).toEqual([]);
  expect(existsSync(pidFile())).toBe(false);
  expect(findHolder(dataDir)).toBeNull();
}

describe("one start after the other", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "stops on %s and leaves nothing behind",
    async (signal) => {
      const port = await freePort();
      const site = await startReady(port);
      await writeProbe("before");
      site.child.kill(signal);
      expect(await site.ended).toBe(0);
      expectNothingLeft();
      const again = await startReady(port);
      expect(await readProbe()).toEqual(["before"]);
      again.child.kill(signal);
      expect(await again.ended).toBe(0);
      expectNothingLeft();
    },
  );

  it("stops properly when told to in the middle of a start", async () => {
    const site = launch(["start"], await freePort());
    await until(
      "PostgreSQL to be starting",
      () => site.output().includes("Starting PostgreSQL"),
      READY_MS,
    );
    site.child.kill("SIGTERM");
    expect(await site.ended).toBe(0);
    expectNothingLeft();
  });

  it("says when the data directory is in use, and says where the database is", async () => {
    const site = await startReady(await freePort());
    const second = launch(["start"], await freePort());
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running on the data directory ${dataDir}`);
    expect(second.output()).not.toContain("    at ");
    const reset = launch(["db", "reset", "--yes"], 0);
    expect(await reset.ended).toBe(1);
    const url = launch(["db", "url"], 0);
    expect(await url.ended).toBe(0);
    expect(url.output()).toBe(`${findRunningEmbedded(dataDir)}\n`);
    site.child.kill("SIGTERM");
    expect(await site.ended).toBe(0);
    const gone = launch(["db", "url"], 0);
    expect(await gone.ended).toBe(1);
  });

  it("says when the port is taken, and leaves no database running", async () => {
    const taken = await occupy(0);
    const address = taken.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const site = launch(["start"], port);
    expect(await site.ended).toBe(1);
    expect(site.output()).toContain(`Port ${port} is taken`);
    expect(site.output()).not.toContain("    at ");
    expectNothingLeft();
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe("after a kill", () => {
  it("goes on when node alone was killed", async () => {
    const port = await freePort();
    const site = await startReady(port);
    const orphan = serverPid();
    await writeProbe("before the kill");
    site.child.kill("SIGKILL");
    await site.ended;
    expect(processIdentity(orphan)).not.toBeNull();
    const again = await startReady(port);
    expect(processIdentity(orphan)).toBeNull();
    expect(await readProbe()).toEqual(["before the kill"]);
    again.child.kill("SIGTERM");
    expect(await again.ended).toBe(0);
    expectNothingLeft();
  });

  it("goes on when everything was killed, also when the pids belong to others by now", async () => {
    const port = await freePort();
    const site = await startReady(port);
    await writeProbe("before the kill");
    process.kill(serverPid(), "SIGKILL");
    site.child.kill("SIGKILL");
    await site.ended;
    const asServer = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const other = spawn("sleep", ["600"], { ...asServer, stdio: "ignore" });
    children.push(other);
    const lines = readFileSync(pidFile(), "utf8").split("\n");
    writeFileSync(pidFile(), [other.pid, ...lines.slice(1)].join("\n"));
    writeFileSync(join(databasePlace(dataDir), "lock"), `${other.pid}\nanother life\n`);
    const again = await startReady(port);
    expect(await readProbe()).toEqual(["before the kill"]);
    expect(hasEnded(other)).toBe(false);
    again.child.kill("SIGTERM");
    expect(await again.ended).toBe(0);
    expectNothingLeft();
  });
});
