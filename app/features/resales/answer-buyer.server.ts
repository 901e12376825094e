import { defineCommand } from "~/auth/command.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { tokenAsset } from "~/ledger/entries";
import { getBalance } from "~/ledger/read.server";
import { priceOfRest } from "./advance-resale.server";
import { closePurchase, finishResale, returnResale } from "./close-resale.server";
import { holdResale, partiesOf } from "./hold-resale.server";
import { stepProblem } from "./rules";
import { buyerAnswerInput } from "./schema";
import { settlePurchase } from "./settle-purchase.server";

/**
 * The owner approves the buyer, and the rest of the shares is sold in this step, or refuses them, and everything goes back
 * (T5, T20). Holds the resale's row. Refusals: `not_found`, those of `stepProblem`, `buyer_not_verified`, the ledger's
 * `shares_locked`, `holder_limit`.
 */
export const answerBuyer = defineCommand({
  name: "answer-buyer",
  action: "resale.answer",
  input: buyerAnswerInput,
  async run(tx, ctx) {
    const { input, now } = ctx;
    const file = await holdResale(tx, input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: partiesOf(file).owner ?? [] });
    const problem = stepProblem(file.resale, "approval", now);
    if (problem) ctx.refuse({ code: problem });
    if (input.answer === "refuse") {
      await returnResale(tx, ctx, file, "buyer_refused");
      return { resaleId: file.resale.id, state: "returned" };
    }
    const { buyerId } = file.resale;
    if (!(await isVerifiedInvestor(tx, buyerId, now))) ctx.refuse({ code: "buyer_not_verified" });
    const named = file.purchases.find((purchase) => purchase.role === "named");
    if (!named) throw new Error("an approved buyer without money");
    const shares = await getBalance(tx, "reserved", file.resale.id, tokenAsset(file.token.id));
    const priceCents = priceOfRest(file);
    ctx.need(
      await settlePurchase(tx, ctx, file, { buyerId, purchaseId: named.id, shares, priceCents }),
    );
    await closePurchase(tx, named, { shares, cents: priceCents }, now);
    await finishResale(tx, ctx, file, "rest");
    return { resaleId: file.resale.id, state: "settled" };
  },
});
