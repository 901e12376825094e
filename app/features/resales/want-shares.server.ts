import { resalePurchases } from "#db/schema/index";
import { defineCommand, plainInput } from "~/auth/command.server";
import { findShareLimit } from "~/features/tokens/queries.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { purchaseFunded } from "~/ledger/entries-of-sales";
import { post } from "~/ledger/post.server";
import { listOtherHolders } from "./advance-resale.server";
import { holdResale } from "./hold-resale.server";
import { costOfWanted, stepProblem } from "./rules";
import { wantInput } from "./schema";

/**
 * Another holder wants some of the shares at the resale's price, and puts up their part of it. At the end of the 7 days
 * they are divided over all who want in, in proportion to what each holds; what was not needed goes back (T20). Holds the
 * resale's row. Refusals: `not_found` (no other holder of the token), those of `stepProblem`, `not_verified`,
 * `already_in`, `more_than_offered`, `holder_limit` (all three on `percent`), `insufficient_balance`.
 */
export const wantShares = defineCommand({
  name: "want-shares",
  action: "resale.want",
  input: wantInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const file = await holdResale(tx, input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    const holders = await listOtherHolders(tx, file);
    ctx.authorise({ investor: holders.map((holder) => holder.id) });
    const problem = stepProblem(file.resale, "holders", now);
    if (problem) ctx.refuse({ code: problem });
    if (!(await isVerifiedInvestor(tx, person.id, now))) ctx.refuse({ code: "not_verified" });
    const wanted = input.percent;
    const field = "percent";
    if (file.purchases.some((purchase) => purchase.buyerId === person.id))
      ctx.refuse({ code: "already_in", field });
    if (wanted > file.resale.shares) ctx.refuse({ code: "more_than_offered", field });
    const limit = await findShareLimit(tx, {
      ownerId: file.owner.id,
      holderId: person.id,
      shares: wanted,
    });
    if (limit === "holder_limit") ctx.refuse({ code: limit, field });
    const cents = costOfWanted(file.resale, wanted);
    const [purchase] = await tx
      .insert(resalePurchases)
      .values({
        resaleId: file.resale.id,
        buyerId: person.id,
        role: "holder",
        wantedShares: wanted,
        fundedCents: cents,
        fundedAt: now,
      })
      .returning({ id: resalePurchases.id });
    if (!purchase) throw new Error("a purchase vanished");
    const act = { actorId: person.id, now, idempotencyKey: ctx.key, input: plainInput(input) };
    const funding = { id: purchase.id, about: "purchase" as const, buyerId: person.id, cents };
    ctx.need(await post(tx, purchaseFunded(act, funding)));
    await ctx.audit(
      { type: "resale", id: file.resale.id },
      { wantedShares: String(wanted), fundedCents: String(cents) },
    );
    return { resaleId: file.resale.id, purchaseId: purchase.id, fundedCents: String(cents) };
  },
});
