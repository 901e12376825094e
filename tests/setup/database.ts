import { afterAll, afterEach, beforeAll } from "vitest";
import { getDb } from "#db/client.server";
import { auditLedger } from "~/ledger/audit.server";
import { newDatabaseName, openTestDatabase, type TestDatabase, urlsOf } from "./open-database";

/**
 * Gives the test file a database of its own and points `getDb` at it with the application's rights. With `audit` (the
 * default) the ledger's auditor runs after every test and must find nothing.
 */
export function useDatabase(options: { audit?: boolean } = {}): TestDatabase {
  const name = newDatabaseName();
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
