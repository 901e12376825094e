import { sql } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { publicBody } from "~/ledger/bodies";
import { toBase64 } from "~/ledger/log/base64";
import { parseSize } from "~/ledger/log/checkpoint";
import { findLeaf, getOpening, getPublished } from "~/ledger/log/published.server";
import { formatInstant } from "~/lib/dates";
import { formatShares } from "~/lib/money";

const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

/**
 * A public entry as everybody may read it, by its place in the newest signed tree: its body, what it commits to, who is named in
 * it. Null for any other place, and where the entry was withheld.
 */
export async function getEntryPage(index: string | undefined) {
  const place = index ? parseSize(index) : null;
  const db = getDb();
  const published = await getPublished(db);
  if (place === null || !published) return null;
  const found = await getOpening(db, place, published.size);
  if (!found) return null;
  const text = found.body.toString("utf8");
  const body = publicBody.parse(JSON.parse(text));
  const people = await db.execute<{ handle: string }>(sql`
    SELECT p.handle FROM log_ids i JOIN persons p ON p.id = i.subject_id
    WHERE i.kind = 'person' AND i.log_id = ANY (${`{${body.people.join(",")}}`}::uuid[]) AND p.handle IS NOT NULL ORDER BY p.handle`);
  return {
    index: formatShares(String(place)),
    leaves: formatShares(String(published.size)),
    kind: body.kind.replaceAll("_", " "),
    recordedAt: formatInstant(new Date(body.recordedAt), "UTC"),
    people: people.map(({ handle }) => handle),
    body: indented(text),
    leaf: indented(found.leaf.toString("utf8")),
    salt: toBase64(found.salt),
    openPath: `/log/open/${place}`,
    proofPath: `/log/proof/${body.id}`,
  };
}

/** Why a leaf cannot be read: one entry's parties alone may, operators took it away, or it is the log's own. */
export type Sealed = "private" | "withheld" | "heads";

/** A leaf of the newest signed tree that not everybody may open: why, and what the log holds of it. Null beyond the tree. */
export async function getSealedLeaf(
  index: string | undefined,
): Promise<{ index: string; leaves: string; why: Sealed; leaf: string } | null> {
  const place = index ? parseSize(index) : null;
  const db = getDb();
  const published = await getPublished(db);
  if (place === null || !published) return null;
  const data = await findLeaf(db, place, published.size);
  if (!data) return null;
  const text = Buffer.from(data).toString("utf8");
  const { chains } = JSON.parse(text) as { chains?: unknown[] };
  const why = chains === undefined ? "heads" : chains.length === 0 ? "private" : "withheld";
  const leaves = formatShares(String(published.size));
  return { index: formatShares(String(place)), leaves, why, leaf: indented(text) };
}
