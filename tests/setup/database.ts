import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll } from "vitest";
import { closeDb, getDb } from "#db/client.server";
import { closeBoss } from "#db/jobs.server";
import { readEnv } from "~/env.server";
import { auditLedger } from "~/ledger/audit.server";
import { setSingleton } from "~/lib/singleton.server";
import { APP_PASSWORD, APP_ROLE, databaseUrl, TEMPLATE } from "./template";

/** The connection strings of a test file's own database. */
export type TestDatabase = { ownerUrl: string; appUrl: string };

/** Opens a new copy of the migrated template and points `getDb` at it with the application's rights. */
export async function openTestDatabase(
  name = `test_${process.pid}_${randomBytes(4).toString("hex")}`,
) {
  const { admin, ownerUrl, appUrl } = urlsOf(name);
  await asAdmin(admin, (sql) => sql.unsafe(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  const env = readEnv({
    NODE_ENV: "test",
    LOG_LEVEL: "silent",
    PORT: "3000",
    DATABASE_POOL: "45",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  });
  setSingleton("env", { ...env, DATABASE_URL: appUrl, MIGRATE_DATABASE_URL: ownerUrl });
  return {
    async close() {
      await closeBoss();
      await closeDb();
      await asAdmin(admin, (sql) => sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

function urlsOf(name: string): TestDatabase & { admin: string } {
  const admin = process.env.TEST_OWNER_URL;
  if (!admin) throw new Error("TEST_OWNER_URL is not set: run the tests with npm test");
  const ownerUrl = databaseUrl(admin, name);
  const app = new URL(ownerUrl);
  app.username = APP_ROLE;
  app.password = APP_PASSWORD;
  return { admin, ownerUrl, appUrl: app.href };
}

/**
 * Gives the test file a database of its own and points `getDb` at it with the application's rights. With `audit` (the
 * default) the ledger's auditor runs after every test and must find nothing.
 */
export function useDatabase(options: { audit?: boolean } = {}): TestDatabase {
  const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const { ownerUrl, appUrl } = urlsOf(name);
  let open: Awaited<ReturnType<typeof openTestDatabase>>;
  beforeAll(async () => {
    open = await openTestDatabase(name);
  });
  afterAll(() => open.close());
  if (options.audit !== false) afterEach(expectTrueBook);
  return { ownerUrl, appUrl };
}

/** The auditor must find nothing. */
export async function expectTrueBook(): Promise<void> {
  const findings = await auditLedger(getDb());
  if (findings.length > 0)
    throw new Error(
      `The auditor found:\n${findings.map((f) => `${f.guarantee}: ${f.message}`).join("\n")}`,
    );
}

async function asAdmin(url: string, act: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await act(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
