import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import postgres, { type Sql } from "postgres";
import { closeDb, sqlState } from "#db/client.server";
import { type Embedded, findRunningEmbedded, startEmbedded } from "#db/embedded.server";
import { installJobs } from "#db/jobs.server";
import { migrate } from "#db/migrate.server";
import { type Env, getEnv } from "~/env.server";
import { PlainError } from "~/lib/plain-error";
import { setSingleton } from "~/lib/singleton.server";

type Log = (line: string) => void;
const OLDEST_POSTGRES = 150_000;
const INSUFFICIENT_PRIVILEGE = "42501";
const CONNECT_TIMEOUT_S = 10;

/** The database of a command or of the site: where it is, and how to leave it. */
export type OpenDatabase = {
  ownerUrl: string;
  /** Set when this process started the embedded server itself. */
  embedded: Embedded | null;
  close(): Promise<void>;
};

function hostOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || "5432"}${pathname}`;
}

/** Runs `ask` on one connection of its own, and explains a server that is not there or turns us away. */
async function withOwner<T>(ownerUrl: string, ask: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connect_timeout: CONNECT_TIMEOUT_S,
  });
  try {
    await sql`select 1`.catch((cause: Error & { code?: string }) => {
      throw new PlainError(
        `PostgreSQL at ${hostOf(ownerUrl)} cannot be used (${cause.code ?? cause.name}). Check DATABASE_URL and MIGRATE_DATABASE_URL, and that the server runs.`,
        { cause },
      );
    });
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseOldServer(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (sql) => {
    const [row] =
      await sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
    if (Number(row?.number) >= OLDEST_POSTGRES) return;
    throw new PlainError(
      `Belay needs PostgreSQL 15 or newer; ${hostOf(ownerUrl)} runs ${String(row?.version)}.`,
    );
  });
}

/** The role that connections of the owner's login may take: the application's, or the owner itself when that is refused. */
async function attainableRole(ownerUrl: string, role: string, log: Log): Promise<string> {
  return withOwner(ownerUrl, async (sql) => {
    const [me] = await sql`select current_user as name`;
    const refused = async (statement: string) => {
      try {
        await sql.unsafe(statement);
        return false;
      } catch (error) {
        if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
        return true;
      }
    };
    if (!(await refused(`SET ROLE "${role}"`))) return role;
    await refused(`GRANT "${role}" TO CURRENT_USER`);
    if (!(await refused(`SET ROLE "${role}"`))) return role;
    log(
      `This login may not become "${role}", so the database's rules rest on triggers alone. As an administrator run:\n  GRANT "${role}" TO "${String(me?.name)}";\nand start again.`,
    );
    return String(me?.name);
  });
}

function ownerUrlOf(env: Env): string | undefined {
  return env.MIGRATE_DATABASE_URL ?? env.DATABASE_URL;
}

function pointEnvAt(changes: Partial<Env>): void {
  setSingleton<Env>("env", { ...getEnv(), ...changes });
}

async function migrateExternal(env: Env, ownerUrl: string, log: Log): Promise<void> {
  await refuseOldServer(ownerUrl);
  const ownerOnly = !env.MIGRATE_DATABASE_URL || env.MIGRATE_DATABASE_URL === env.DATABASE_URL;
  const login = decodeURIComponent(new URL(env.DATABASE_URL ?? ownerUrl).username);
  const role = ownerOnly ? env.DATABASE_ROLE : login || env.DATABASE_ROLE;
  const { roleReady } = await migrate({
    ownerUrl,
    role,
    log,
    install: () => installJobs(ownerUrl),
  });
  if (!ownerOnly) return;
  const owner = decodeURIComponent(new URL(ownerUrl).username);
  pointEnvAt({ DATABASE_ROLE: roleReady ? await attainableRole(ownerUrl, role, log) : owner });
}

/**
 * Brings the embedded database to the present schema and gives this process a login with the application's
 * rights, whose password lives as long as the process.
 */
async function migrateEmbedded(env: Env, ownerUrl: string, log: Log): Promise<void> {
  const rolePassword = randomBytes(24).toString("hex");
  const role = env.DATABASE_ROLE;
  await migrate({ ownerUrl, role, rolePassword, log, install: () => installJobs(ownerUrl) });
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword;
  pointEnvAt({ DATABASE_URL: url.href, MIGRATE_DATABASE_URL: ownerUrl });
}

/**
 * Migrates the database that `ownerUrl` leads to, then points this process's pool at it with the
 * application's rights. Several processes may do so at once. Throws `PlainError` when the server is not
 * there, is older than 15 or turns the login away.
 */
export async function migrateDatabase(ownerUrl: string, log: Log): Promise<void> {
  const env = getEnv();
  if (env.production) await migrateExternal(env, ownerUrl, log);
  else await migrateEmbedded(env, ownerUrl, log);
}

/** Ends the pool, if there was ever a database for one. */
async function leavePool(): Promise<void> {
  if (getEnv().DATABASE_URL) await closeDb();
}

/** Starts the embedded server, or names the external one; nothing is migrated yet. */
export async function openOwnDatabase(log: Log): Promise<OpenDatabase> {
  const env = getEnv();
  const external = ownerUrlOf(env);
  if (env.production && external) return { ownerUrl: external, embedded: null, close: leavePool };
  const embedded = await startEmbedded({
    dataDir: resolve(env.DATA_DIR),
    log,
    maxConnections: Math.max(100, env.DATABASE_POOL + 50),
  });
  const close = async () => {
    await leavePool();
    await embedded.stop();
  };
  return { ownerUrl: embedded.ownerUrl, embedded, close };
}

/**
 * The database for a command: the one of the site that is running on the same data directory, else one
 * started for the time of the command. The pool is pointed at it with the application's rights.
 */
export async function openCommandDatabase(log: Log): Promise<OpenDatabase> {
  const env = getEnv();
  const running = env.production ? null : findRunningEmbedded(resolve(env.DATA_DIR));
  if (running) {
    // The owner's login, under the application's role: the running site keeps its own password.
    pointEnvAt({ DATABASE_URL: running, MIGRATE_DATABASE_URL: undefined });
    return { ownerUrl: running, embedded: null, close: leavePool };
  }
  const open = await openOwnDatabase(log);
  try {
    await migrateDatabase(open.ownerUrl, log);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}
