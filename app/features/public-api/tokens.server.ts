import { getDb } from "#db/client.server";
import { listByLogIds } from "~/features/people/log-names.server";
import { getPersonByHandle } from "~/features/people/queries.server";
import { TOKEN_SHARES } from "~/ledger/entries";
import { holdingsOf } from "~/ledger/token-book";
import { findTokenBook } from "~/ledger/token-book.server";
import { z } from "~/lib/zod";
import { endpoint } from "./endpoint";
import * as shapes from "./shapes";

async function findBook(which: string) {
  const db = getDb();
  if (z.uuid().safeParse(which).success) return findTokenBook(db, { logId: which });
  const owner = await getPersonByHandle(which, db);
  return owner && findTokenBook(db, { ownerId: owner.id });
}

export const token = endpoint({
  path: "/tokens/{token}",
  title: "A token",
  about: "Who holds what of a person's token: its cap table, with each lot.",
  params: {
    token: z
      .union([shapes.handle, shapes.logId])
      .meta({ description: "The owner's handle, or the token's id" }),
  },
  query: {},
  answer: shapes.token,
  find: async ({ params }, { site }) => {
    const found = await findBook(params.token);
    if (!found) return null;
    const { id, book, published } = found;
    const { ownerShares, holders } = holdingsOf(book);
    const people = await listByLogIds([book.owner, ...holders.map(({ holder }) => holder)]);
    const personOf = (logId: string) => {
      const person = people.find(({ id }) => id === logId);
      if (!person) throw new Error(`nobody is known as ${logId} any more`);
      return { handle: person.handle, name: person.name };
    };
    return {
      token: id,
      checkpoint: published && { size: published.size, signedAt: published.signedAt },
      owner: personOf(book.owner),
      mintedAt: book.mintedAt,
      shares: String(TOKEN_SHARES),
      ownerShares: String(ownerShares),
      holders: holders.map(({ holder, shares, lots }) => ({
        holder: personOf(holder),
        shares: String(shares),
        lots: lots.map((lot) => ({
          lot: lot.lot,
          acquiredAt: lot.acquiredAt,
          cohort: lot.cohort,
          sharesBought: String(lot.sharesBought),
          shares: String(lot.sharesLeft),
          costCents: lot.costCents,
          sunset: lot.sunset,
          lockedUntil: lot.lockedUntil,
          finder: lot.finder,
        })),
      })),
      capTable: `${site}/tokens/${id}/cap-table.ocf.zip`,
    };
  },
});
