import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeEmbedded, startEmbedded } from "#db/embedded.server";
import { openTestDatabase } from "../setup/open-database";
import { makeTemplate } from "../setup/template";

/**
 * Gives `work` a new database on a PostgreSQL of its own, as durable as the product's, with `getDb` pointing at it with the
 * application's rights, and takes all of it away afterwards.
 */
export async function withBenchDatabase(work: (ownerUrl: string) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "belay-bench-"));
  chmodSync(scratch, 0o755);
  const log = (): void => {};
  const dataDir = join(scratch, "database");
  const server = await startEmbedded({ dataDir, log, maxConnections: 100 });
  try {
    process.env.TEST_OWNER_URL = server.ownerUrl;
    await makeTemplate(server.ownerUrl);
    const database = await openTestDatabase();
    try {
      await work(database.ownerUrl);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    await removeEmbedded(dataDir, log);
    rmSync(scratch, { recursive: true, force: true });
  }
}
