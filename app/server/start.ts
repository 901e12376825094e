import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "drizzle-orm";
import type { RequestHandler } from "express";
import type { Sql } from "postgres";
import { getDb, rawClient } from "#db/client.server";
import { assertDataDirFree } from "#db/embedded.server";
import { migrationsComplete } from "#db/migrate.server";
import { getClock, loadClock } from "~/auth/clock.server";
import { type Env, getEnv } from "~/env.server";
import { getPublicVersion } from "~/features/site/public-version.server";
import { getLogger } from "~/lib/logger.server";
import { setSingleton } from "~/lib/singleton.server";
import { explainFailure } from "./command";
import { migrateDatabase, openOwnDatabase } from "./database";
import { demoLogins } from "./demo/logins";
import { clearHalfLoadedDemo, demoWanted, loadDemoOnce } from "./demo-world";
import { type AppOptions, createApp } from "./http";
import { type Listener, listen } from "./listener";
import { logProblem } from "./log-loop";
import { Shutdown, Stopped } from "./shutdown";
import { isReady, startWorker } from "./worker";

const CHECK_TIMEOUT_MS = 2_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function answersInTime<T>(work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What /readyz asks. */
function readiness(): AppOptions["readiness"] {
  return {
    database: async () => {
      await answersInTime(getDb().execute(sql`select 1`));
      return null;
    },
    migrations: async () => {
      const complete = await answersInTime(
        migrationsComplete(rawClient(getDb()) as unknown as Sql),
      );
      return complete ? null : "are not complete";
    },
    worker: async () => (isReady() ? null : "is not running"),
    log: async () => logProblem(),
  };
}

type Pages = Pick<AppOptions, "build" | "vite">;

async function builtPages(): Promise<Pages> {
  const file = pathToFileURL(resolve("build/server/index.js")).href;
  return { build: (await import(file)) as ServerBuild };
}

async function pagesOfVite(listener: Listener, shutdown: Shutdown): Promise<Pages> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    server: { middlewareMode: true, hmr: { server: listener.server }, allowedHosts: true },
    appType: "custom",
  });
  shutdown.add({ name: "Vite", close: () => vite.close() });
  return {
    vite: vite.middlewares as RequestHandler,
    build: () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>,
  };
}

/** Holds the port and the database, in the order in which their refusals are most useful. */
async function open(shutdown: Shutdown): Promise<{ listener: Listener; ownerUrl: string }> {
  const env = getEnv();
  if (!env.production) assertDataDirFree(resolve(env.DATA_DIR));
  const listener = await listen(env.HOST, env.PORT);
  if (env.PORT === 0 && !env.APP_URL) {
    setSingleton<Env>("env", {
      ...env,
      PORT: listener.port,
      appUrl: `http://localhost:${listener.port}`,
    });
  }
  shutdown.add({ name: "the web server", close: listener.close, hurry: listener.hurry });
  say(env.production ? "Opening the database" : "Starting PostgreSQL");
  const opening = openOwnDatabase(say);
  // A signal in this moment waits for PostgreSQL to be up, so as to stop it properly.
  shutdown.add({
    name: "the database",
    close: async () => (await opening.catch(() => null))?.close(),
  });
  const database = await opening;
  shutdown.check();
  void database.embedded?.exited.then(() => {
    if (shutdown.begun) return;
    process.stderr.write("PostgreSQL has ended unexpectedly: stopping. Start again to recover.\n");
    void shutdown.end(1);
  });
  return { listener, ownerUrl: database.ownerUrl };
}

/** From an open port and database to a site that serves. The web server is the first to close again. */
async function bringUp(shutdown: Shutdown, dev: boolean): Promise<void> {
  const { listener, ownerUrl } = await open(shutdown);
  await clearHalfLoadedDemo(ownerUrl, say);
  say("Migrating the database");
  await migrateDatabase(ownerUrl, say);
  shutdown.check();
  await loadClock();
  await loadDemoOnce(say);
  shutdown.check();
  const worker = await startWorker();
  shutdown.add({ name: "the worker", close: () => worker.stop() });
  const pages = dev ? await pagesOfVite(listener, shutdown) : await builtPages();
  shutdown.check();
  const app = createApp({
    env: getEnv(),
    logger: getLogger(),
    readiness: readiness(),
    clientDirectory: resolve("build/client"),
    publicDirectory: resolve("public"),
    publicVersion: () => getPublicVersion(getClock().now()),
    ...pages,
  });
  listener.serve(app);
  // Closed first from here on; `close` a second time finds nothing left to do.
  shutdown.add({ name: "the web server", close: listener.close, hurry: listener.hurry });
}

function announce(): void {
  const env = getEnv();
  say(`\nBelay is ready at http://localhost:${env.PORT}`);
  if (!demoWanted()) return;
  const logins = demoLogins();
  const width = (key: "role" | "email") => Math.max(...logins.map((login) => login[key].length));
  say("\nSign in to the demo world as");
  for (const { role, email, password } of logins) {
    say(`  ${role.padEnd(width("role"))}  ${email.padEnd(width("email"))}  ${password}`);
  }
  say(
    env.production
      ? "\nOperators set up their second step when they first open the desk."
      : "\nOperators' codes are on /dev/codes, mail goes to /dev/mail. Ctrl-C stops everything.",
  );
}

/**
 * `npm start` and `npm run dev`, once all is installed and built: database, migrations, demo world, worker,
 * web server. Ends with exit code 1 and one plain message when something that can be expected is wrong.
 */
export async function main({ dev }: { dev: boolean }): Promise<void> {
  const shutdown = new Shutdown(say);
  process.on("uncaughtException", (error) => {
    if (shutdown.begun) return;
    getLogger().fatal({ err: error }, "unexpected error: stopping");
    void shutdown.end(1);
  });
  try {
    await bringUp(shutdown, dev);
    announce();
  } catch (error) {
    if (error instanceof Stopped || shutdown.begun) return;
    process.stderr.write(`${explainFailure(error)}\n`);
    await shutdown.end(1);
  }
}
