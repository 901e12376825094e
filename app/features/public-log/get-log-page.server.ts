import { desc } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { logCheckpoints } from "#db/schema/index";
import { getEnv } from "~/env.server";
import { parseCheckpoint } from "~/ledger/log/checkpoint";
import { parseNote } from "~/ledger/log/note";
import { listVkeys } from "~/ledger/log/published.server";
import { formatInstant } from "~/lib/dates";

/** The newest signed tree, the keys, and where the site is; `signed` is null before the first checkpoint. */
export async function getLogPage() {
  const db = getDb();
  const [newest] = await db
    .select()
    .from(logCheckpoints)
    .orderBy(desc(logCheckpoints.size))
    .limit(1);
  const checkpoint = newest ? parseCheckpoint(parseNote(newest.note)?.text ?? "") : null;
  const signed =
    newest && checkpoint
      ? {
          origin: checkpoint.origin,
          leaves: newest.size.toLocaleString("en-US"),
          root: Buffer.from(checkpoint.root).toString("base64"),
          at: formatInstant(newest.signedAt, "UTC"),
        }
      : null;
  return { signed, vkeys: await listVkeys(db), siteUrl: getEnv().appUrl };
}
