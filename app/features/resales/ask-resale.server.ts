import { and, eq, inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { partings, persons, resales } from "#db/schema/index";
import { defineCommand, plainInput } from "~/auth/command.server";
import { areOnePerson } from "~/features/people/same-person.server";
import { isOverHolderLimit } from "~/features/tokens/queries.server";
import { findSoldToken } from "~/features/tokens/sold-token.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { tokenAsset } from "~/ledger/entries";
import { resaleReserved } from "~/ledger/entries-of-sales";
import { takeShares } from "~/ledger/fifo";
import { listLotsToSell } from "~/ledger/lots-to-sell.server";
import { post } from "~/ledger/post.server";
import { getLogIds, lockAccount } from "~/ledger/read.server";
import { utcDay } from "~/lib/dates";
import { holdResale } from "./hold-resale.server";
import { endsAt } from "./rules";
import { askInput } from "./schema";
import { tellAsked } from "./tell.server";

/**
 * A holder asks to sell shares of a token at a price to a named verified buyer (T20). The shares are reserved at once and
 * count under the buyer's limit; the seller stays entitled to gains until they are sold. The buyer has 7 days to put the
 * money up. Holds the account of the owner's shares. Refusals: `not_found` (no such token, or the asker holds none of it),
 * on `buyer`: `no_such_buyer`, `buyer_is_owner` (that is a parting), `buyer_is_seller`, `same_person`,
 * `buyer_not_verified`; `resale_open`, `parting_open`, `insufficient_balance`, `shares_locked` (T19, T22), `holder_limit`, `too_many_holders`.
 */
export const askResale = defineCommand({
  name: "ask-resale",
  action: "resale.ask",
  input: askInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const sold = await findSoldToken(tx, input.tokenId);
    const lots = sold ? await listLotsToSell(tx, input.tokenId, person.id) : [];
    ctx.authorise({ person: lots.length > 0 ? person.id : [] });
    if (!sold) return ctx.refuse({ code: "not_found" });
    const { token, owner } = sold;
    await lockAccount(tx, "shares", token.ownerId, tokenAsset(token.id));
    const [buyer] = await tx.select().from(persons).where(eq(persons.handle, input.buyer));
    if (!buyer) return ctx.refuse({ code: "no_such_buyer", field: "buyer" });
    if (buyer.id === owner.id) ctx.refuse({ code: "buyer_is_owner", field: "buyer" });
    if (buyer.id === person.id) ctx.refuse({ code: "buyer_is_seller", field: "buyer" });
    if (await areOnePerson(tx, buyer.id, person.id))
      ctx.refuse({ code: "same_person", field: "buyer" });
    if (!(await isVerifiedInvestor(tx, buyer.id, now)))
      ctx.refuse({ code: "buyer_not_verified", field: "buyer" });
    const open = await findOpen(tx, token.id, person.id);
    if (open) ctx.refuse({ code: open });
    const held = await listLotsToSell(tx, token.id, person.id);
    const { percent: shares, price: priceCents } = input;
    ctx.need(takeShares(held, { shares, priceCents, day: utcDay(now) }), "percent");
    const [row] = await tx
      .insert(resales)
      .values({
        tokenId: token.id,
        sellerId: person.id,
        buyerId: buyer.id,
        shares,
        priceCents,
        askedAt: now,
        until: endsAt("funding", now),
      })
      .returning({ id: resales.id });
    if (!row) throw new Error("a resale vanished");
    const people = await getLogIds(tx, "person", [person.id, buyer.id]);
    const party = (id: string) => ({ id, logId: people.get(id) ?? "" });
    const act = { actorId: person.id, now, idempotencyKey: ctx.key, input: plainInput(input) };
    const entry = resaleReserved(act, {
      id: row.id,
      token,
      seller: party(person.id),
      buyer: party(buyer.id),
      shares,
    });
    ctx.need(await post(tx, entry), "percent");
    if (await isOverHolderLimit(tx, token.ownerId, buyer.id))
      ctx.refuse({ code: "holder_limit", field: "percent" });
    await ctx.audit(
      { type: "resale", id: row.id },
      { shares: String(shares), priceCents: String(priceCents), buyer: buyer.id },
    );
    const file = await holdResale(tx, row.id);
    if (file) await tellAsked(tx, file, now);
    return { resaleId: row.id, state: "funding", until: endsAt("funding", now).toISOString() };
  },
});

/** Whether these shares are already on their way to somebody. */
async function findOpen(
  db: Queryable,
  tokenId: string,
  holderId: string,
): Promise<"resale_open" | "parting_open" | null> {
  const [resale] = await db
    .select({ id: resales.id })
    .from(resales)
    .where(
      and(
        eq(resales.tokenId, tokenId),
        eq(resales.sellerId, holderId),
        inArray(resales.state, ["funding", "owner", "holders", "approval"]),
      ),
    );
  if (resale) return "resale_open";
  const [parting] = await db
    .select({ id: partings.id })
    .from(partings)
    .where(
      and(
        eq(partings.tokenId, tokenId),
        eq(partings.holderId, holderId),
        inArray(partings.state, ["offered", "disputed"]),
      ),
    );
  return parting ? "parting_open" : null;
}
