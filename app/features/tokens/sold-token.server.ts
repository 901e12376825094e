import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { persons, tokens } from "#db/schema/index";
import type { SoldToken } from "~/ledger/entries-of-sales";
import { getLogId } from "~/ledger/read.server";

type Owner = { id: string; email: string; displayName: string; handle: string };

/** A token as entries of sales name it, with its owner; null where there is none. */
export async function findSoldToken(
  db: Queryable,
  tokenId: string,
): Promise<{ token: SoldToken; owner: Owner } | null> {
  const [owner] = await db
    .select({
      id: persons.id,
      email: persons.email,
      displayName: persons.displayName,
      handle: persons.handle,
    })
    .from(tokens)
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(eq(tokens.id, tokenId));
  if (!owner) return null;
  const logId = await getLogId(db, "token", tokenId);
  return { token: { id: tokenId, logId, handle: owner.handle, ownerId: owner.id }, owner };
}
