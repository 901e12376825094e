import postgres from "postgres";
import { installJobs } from "#db/jobs.server";
import { migrate } from "#db/migrate.server";

/** The migrated database that every test file's own is copied from. */
export const TEMPLATE = process.env.TEST_TEMPLATE ?? "belay_template";
export const APP_ROLE = "belay_app";
export const APP_PASSWORD = "only-for-tests";

/** The same server's connection string for another database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Makes the template anew on the server of that connection string. */
export async function makeTemplate(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await sql.unsafe(`CREATE DATABASE ${TEMPLATE}`);
    const ownerUrl = databaseUrl(adminUrl, TEMPLATE);
    await migrate({
      ownerUrl,
      role: APP_ROLE,
      rolePassword: APP_PASSWORD,
      install: () => installJobs(ownerUrl),
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
