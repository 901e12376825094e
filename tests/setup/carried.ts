import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { markCounts, marks, recordFlows } from "#db/schema/index";
import { carriedValue } from "~/ledger/carried-value";
import { listLotsToSell } from "~/ledger/lots-to-sell.server";
import type { BareToken } from "./book";

/** What a holder's shares of a token are carried at on a day, lot by lot, in cents with the class. */
export async function carriedOf(
  holder: { id: string },
  token: Pick<BareToken, "id">,
  day: string,
): Promise<string[]> {
  const lots = await listLotsToSell(getDb(), token.id, holder.id);
  return lots.map((lot) => {
    const carried = carriedValue(lot, day);
    return `${carried?.cents} ${carried?.markClass}`;
  });
}

/** The marks of a token in order: price, shares, and how many holders it counts for although higher. */
export async function marksOf(token: Pick<BareToken, "id">) {
  const db = getDb();
  const rows = await db
    .select()
    .from(marks)
    .where(eq(marks.tokenId, token.id))
    .orderBy(marks.entryId);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      counts: (
        await db
          .select({ id: markCounts.holderId })
          .from(markCounts)
          .where(eq(markCounts.entryId, row.entryId))
      ).map((one) => one.id),
    })),
  );
}

/** A person's cash events as the book keeps them, in order. */
export async function flowsOf(holder: { id: string }) {
  const rows = await getDb()
    .select()
    .from(recordFlows)
    .where(eq(recordFlows.holderId, holder.id))
    .orderBy(recordFlows.entryId, recordFlows.n);
  return rows.map(({ day, kind, cents, confirmed, early, ownCents }) => ({
    day,
    kind,
    cents,
    confirmed,
    early,
    ownCents,
  }));
}
