import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { closeDb } from "#db/client.server";
import { closeBoss } from "#db/jobs.server";
import { readEnv } from "~/env.server";
import { setSingleton } from "~/lib/singleton.server";
import { APP_PASSWORD, APP_ROLE, databaseUrl, TEMPLATE } from "./template";

/** The connection strings of a database made for tests. */
export type TestDatabase = { ownerUrl: string; appUrl: string };

/** A name that no other test database has. */
export const newDatabaseName = (): string =>
  `test_${process.pid}_${randomBytes(4).toString("hex")}`;

/** Opens a new copy of the migrated template and points `getDb` at it with the application's rights. */
export async function openTestDatabase(
  name: string = newDatabaseName(),
): Promise<TestDatabase & { close(): Promise<void> }> {
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
    ownerUrl,
    appUrl,
    async close() {
      await closeBoss();
      await closeDb();
      await asAdmin(admin, (sql) => sql.unsafe(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** The connection strings that a test database of that name has. */
export function urlsOf(name: string): TestDatabase & { admin: string } {
  const admin = process.env.TEST_OWNER_URL;
  if (!admin) throw new Error("TEST_OWNER_URL is not set: run the tests with npm test");
  const ownerUrl = databaseUrl(admin, name);
  const app = new URL(ownerUrl);
  app.username = APP_ROLE;
  app.password = APP_PASSWORD;
  return { admin, ownerUrl, appUrl: app.href };
}

async function asAdmin(url: string, act: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await act(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
