import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { logSettings } from "../setup/log-place";
import { databaseUrl } from "../setup/template";

const LAUNCH = fileURLToPath(new URL("../../app/server/launch.mjs", import.meta.url));
const READY_MS = 60_000;
const admin = process.env.TEST_OWNER_URL ?? "";
const name = `production_${process.pid}_${randomBytes(4).toString("hex")}`;
const role = `${name}_app`;
const children: ChildProcess[] = [];

const asAdmin = async (statement: string) => {
  const sql = postgres(admin, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement).finally(() => sql.end());
};

beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${name}`);
  await asAdmin(`CREATE ROLE ${role} LOGIN PASSWORD 'web'`);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null) continue;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    await gone;
  }
});
afterAll(async () => {
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  await asAdmin(`DROP ROLE ${role}`);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function start(port: number, settings: Record<string, string>) {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: process.env.PATH,
    HOME: process.env.HOME,
  };
  Object.assign(env, { HOST: "127.0.0.1", PORT: String(port), LOG_LEVEL: "warn" }, settings);
  const child = spawn(process.execPath, [LAUNCH, "start"], { stdio: "pipe", env });
  children.push(child);
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { said: () => said, ended };
}

/** Processes of one installation share them. */
const log = logSettings();

function settings(): Record<string, string> {
  const web = new URL(databaseUrl(admin, name));
  web.username = role;
  web.password = "web";
  return {
    DATABASE_URL: web.href,
    MIGRATE_DATABASE_URL: databaseUrl(admin, name),
    APP_URL: "https://belay.example",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: "http://127.0.0.1:9",
    MAIL_FROM: "Belay <hello@belay.example>",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ...log,
  };
}

async function ready(port: number): Promise<void> {
  for (const end = performance.now() + READY_MS; performance.now() < end; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("not ready in time");
}

it("refuses to start without what production needs, and names all of it at once", async () => {
  const { DATABASE_URL = "" } = settings();
  const site = start(await freePort(), { DATABASE_URL });
  expect(await site.ended).toBe(1);
  for (const missing of [
    "APP_URL",
    "RESEND_API_KEY",
    "MAIL_FROM",
    "ENCRYPTION_KEY",
    "LOG_ORIGIN",
    "LOG_SIGNING_KEY",
  ])
    expect(site.said()).toContain(missing);
  expect(site.said()).not.toContain("    at ");
});

it("runs twice on one database of its own: no demo, no mailbox, no clock, a restricted login", async () => {
  const ports = [await freePort(), await freePort()];
  for (const port of ports) start(port, settings());
  await Promise.all(ports.map(ready));
  const at = (path: string) => fetch(`http://127.0.0.1:${ports[0]}${path}`, { redirect: "manual" });
  for (const path of ["mail", "clock", "kit"].flatMap((name) => [
    `/dev/${name}`,
    `/dev/${name}.data`,
  ])) {
    expect((await at(path)).status, path).toBe(404);
  }
  const sql = postgres(settings().DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    expect(await sql`SELECT count(*)::int AS n FROM persons`).toEqual([{ n: 0 }]);
    await expect(sql`DELETE FROM journal_entries`).rejects.toMatchObject({ code: "42501" });
    await expect(sql`INSERT INTO accounts DEFAULT VALUES`).rejects.toMatchObject({ code: "42501" });
  } finally {
    await sql.end();
  }
  const front = await at("/");
  expect(front.status).toBe(200);
  expect(front.headers.get("strict-transport-security")).toBeTruthy();
  const foreign = await fetch(`http://127.0.0.1:${ports[0]}/sign-in`, {
    method: "POST",
    headers: { origin: "https://elsewhere.example" },
  });
  expect(foreign.status).toBe(403);
});
