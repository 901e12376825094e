import { sql } from "drizzle-orm";
import { defineCommand, plainInput } from "~/auth/command.server";
import { tokenAsset } from "~/ledger/entries";
import { nothingSold } from "~/ledger/entries-of-facts";
import { post } from "~/ledger/post.server";
import { lockAccount } from "~/ledger/read.server";
import { findTokenOf } from "./find-token.server";
import { yearIsOver } from "./rules";
import { nothingInput } from "./schema";

/**
 * The owner of a token declares that nothing was sold in a calendar year that is over (T11). Holds the account of the
 * owner's shares. Refusals: `not_found`, on `year`: `year_not_over`, `before_token`, `already_declared`, `sale_declared`.
 */
export const declareNothing = defineCommand({
  name: "declare-nothing",
  action: "year.declare",
  input: nothingInput,
  async run(tx, ctx) {
    const { year } = ctx.input;
    const field = "year";
    const token = await findTokenOf(tx, ctx.person.id);
    ctx.authorise(token ? { owner: token.ownerId } : {});
    if (!token) return ctx.refuse({ code: "not_found" });
    await lockAccount(tx, "shares", token.ownerId, tokenAsset(token.id));
    if (!yearIsOver(year, ctx.now)) ctx.refuse({ code: "year_not_over", field });
    if (year < token.mintedAt.getUTCFullYear()) ctx.refuse({ code: "before_token", field });
    const [said] = await tx.execute<{ nothing: boolean; sale: boolean }>(sql`
      SELECT EXISTS (SELECT 1 FROM nothing_declared WHERE token_id = ${token.id} AND year = ${year}) AS nothing,
        EXISTS (SELECT 1 FROM token_gains WHERE token_id = ${token.id} AND year = ${year} AND gain_id IS NOT NULL AND reversed_by IS NULL) AS sale`);
    if (said?.nothing) ctx.refuse({ code: "already_declared", field });
    if (said?.sale) ctx.refuse({ code: "sale_declared", field });
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: ctx.key,
      input: plainInput(ctx.input),
    };
    ctx.need(await post(tx, nothingSold(act, { id: token.id, year })));
    await ctx.audit({ type: "token", id: token.id }, { nothingSold: year });
    return { tokenId: token.id, year };
  },
});
