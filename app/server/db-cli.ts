import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { findRunningEmbedded, removeEmbedded } from "#db/embedded.server";
import { getEnv } from "~/env.server";
import { PlainError } from "~/lib/plain-error";
import { logToStderr, runCommand } from "./command";
import { migrateDatabase, openOwnDatabase } from "./database";

function refuseExternal(what: string): void {
  if (!getEnv().production) return;
  throw new PlainError(`DATABASE_URL is set: ${what} is for the embedded database alone.`);
}

async function printUrl(): Promise<void> {
  refuseExternal("db url");
  const dataDir = resolve(getEnv().DATA_DIR);
  const url = findRunningEmbedded(dataDir);
  if (!url) throw new PlainError(`No database is running on ${dataDir}. Start it with: npm start`);
  process.stdout.write(`${url}\n`);
}

async function migrateNow(): Promise<void> {
  const env = getEnv();
  const running = env.production ? null : findRunningEmbedded(resolve(env.DATA_DIR));
  if (running) {
    // The running site's login must keep its password, so only the tables and rights are renewed.
    const { migrate } = await import("#db/migrate.server");
    const { installJobs } = await import("#db/jobs.server");
    const role = env.DATABASE_ROLE;
    await migrate({
      ownerUrl: running,
      role,
      log: logToStderr,
      install: () => installJobs(running),
    });
  } else {
    const open = await openOwnDatabase(logToStderr);
    try {
      await migrateDatabase(open.ownerUrl, logToStderr);
    } finally {
      await open.close();
    }
  }
  logToStderr("The database has the present schema");
}

async function generate(args: string[]): Promise<void> {
  const program = join("node_modules", "drizzle-kit", "bin.cjs");
  const child = spawn(
    process.execPath,
    [program, "generate", "--config", "db/drizzle.config.ts", ...args],
    {
      stdio: "inherit",
    },
  );
  process.exitCode = await new Promise<number>((done) => {
    child.on("close", (code) => done(code ?? 1));
    child.on("error", () => done(1));
  });
}

async function reset(args: string[]): Promise<void> {
  refuseExternal("db reset");
  const dataDir = resolve(getEnv().DATA_DIR);
  if (!args.includes("--yes")) {
    throw new PlainError(
      `This deletes the database in ${dataDir} for good. To do so: npm run db -- reset --yes`,
    );
  }
  await removeEmbedded(dataDir, logToStderr);
  // The next database begins another log, under another name and key.
  if (!getEnv().LOG_STATE_DIR) rmSync(join(dataDir, "log"), { recursive: true, force: true });
  logToStderr(`The database in ${dataDir} is gone; the next start makes a new one`);
}

const commands: Record<string, (args: string[]) => Promise<void>> = {
  url: printUrl,
  migrate: migrateNow,
  generate,
  reset,
};

/** `npm run db -- url|migrate|generate|reset`. A failure is one plain message on stderr and exit code 1. */
export async function main([name, ...args]: string[]): Promise<void> {
  await runCommand(async () => {
    const command =
      name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
    if (!command)
      throw new PlainError(
        "Say which: npm run db -- url, migrate, generate or reset (--help tells more).",
      );
    await command(args);
  });
}
