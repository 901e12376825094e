import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";
import { sqlState } from "./client.server";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "migrations");
const functionsFolder = join(here, "functions");
const ADVISORY_LOCK = 7_305_201;

type MigrateOptions = {
  /** Connection string of the tables' owner. */
  ownerUrl: string;
  /** The application's role; made if it is not there and may be made. */
  role: string;
  /** The role's password, set when the role is made for a login of its own (the embedded server). */
  rolePassword?: string;
  log?: (line: string) => void;
  /** Runs after the tables are there, before the rights are granted, under the same lock. */
  install?: (owner: Sql) => Promise<void>;
};

/**
 * Brings the database to the present schema and functions and grants the application's role its rights. Safe for
 * several processes at once: an advisory lock lets one work while the others wait and find nothing to do.
 * Answers whether the role exists; where it could not be made, prints the SQL that makes it.
 * Throws on PostgreSQL older than 15 and on a migration that fails.
 */
export async function migrate(options: MigrateOptions): Promise<{ roleReady: boolean }> {
  const log = options.log ?? (() => {});
  const owner = postgres(options.ownerUrl, { max: 1, onnotice: () => {} });
  const migrator = postgres(options.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [version] = await owner`SELECT current_setting('server_version_num')::int AS number`;
    if (Number(version?.number) < 150_000) throw new Error("PostgreSQL 15 or newer is needed.");
    await owner`SELECT pg_advisory_lock(${ADVISORY_LOCK})`;
    await runMigrations(drizzle(migrator), { migrationsFolder: folder });
    await replaceFunctions(owner);
    await owner.unsafe(await readFile(join(here, "triggers.sql"), "utf8"));
    await options.install?.(owner);
    const roleReady = await ensureRole(owner, options, log);
    if (roleReady) {
      await owner`SELECT set_config('belay.role', ${options.role}, false)`;
      await owner.unsafe(await readFile(join(here, "grants.sql"), "utf8"));
    }
    return { roleReady };
  } finally {
    await Promise.all([owner.end({ timeout: 5 }), migrator.end({ timeout: 5 })]);
  }
}

/**
 * Puts the functions of db/functions in place, in one transaction, as this build has them. What runs with the owner's
 * rights, and all that only those call, is nobody's to call but whom grants.sql names.
 */
async function replaceFunctions(owner: Sql): Promise<void> {
  const files = (await readdir(functionsFolder)).filter((name) => name.endsWith(".sql")).sort();
  const texts = await Promise.all(
    files.map((name) => readFile(join(functionsFolder, name), "utf8")),
  );
  await owner.begin(async (tx) => {
    for (const text of texts) await tx.unsafe(text);
    const made = texts.flatMap((text) => [...text.matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm)]);
    const names = made.map((match) => String(match[1]));
    const found = await tx<{ signature: string }[]>`
      SELECT oid::regprocedure::text AS signature FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND proname = ANY (${names})`;
    for (const { signature } of found)
      await tx.unsafe(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
  });
}

async function ensureRole(
  owner: Sql,
  options: MigrateOptions,
  log: (line: string) => void,
): Promise<boolean> {
  const { role, rolePassword } = options;
  const found = await owner`SELECT 1 FROM pg_roles WHERE rolname = ${role}`;
  if (found.length === 0) {
    try {
      await owner.unsafe(`CREATE ROLE "${role}"`);
    } catch (error) {
      const state = sqlState(error);
      if (state === "42501") {
        log(
          `This login may not make roles, so the database's rules rest on triggers alone. To restrict the application, run as an administrator:\n  CREATE ROLE "${role}" LOGIN PASSWORD '…'; GRANT "${role}" TO CURRENT_USER;\nand start again.`,
        );
        return false;
      }
      // Roles belong to the whole cluster: another start may have made it at the same moment.
      if (state !== "42710" && state !== "23505") throw error;
    }
  }
  if (rolePassword !== undefined) {
    const [quoted] =
      await owner`SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', ${role}::text, ${rolePassword}::text) AS statement`;
    await owner.unsafe(String(quoted?.statement));
  }
  return true;
}

/** Whether every migration of this build has run (asked with the application's rights). */
export async function migrationsComplete(client: Sql): Promise<boolean> {
  const journal = JSON.parse(await readFile(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const last = journal.entries.at(-1)?.when ?? 0;
  const rows =
    await client`SELECT max(created_at)::bigint AS last FROM drizzle.__drizzle_migrations`;
  return Number(rows[0]?.last ?? 0) >= last;
}
