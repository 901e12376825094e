import { defineCommand } from "~/auth/command.server";
import { openToHolders } from "./advance-resale.server";
import { finishResale } from "./close-resale.server";
import { holdResale, partiesOf } from "./hold-resale.server";
import { stepProblem } from "./rules";
import { firstRefusalInput } from "./schema";
import { settlePurchase } from "./settle-purchase.server";

/**
 * The owner of the token buys all the shares of a resale at its price, out of cash and at once, or lets them pass to the
 * other holders before the 14 days are over (T20). Bought shares are the owner's again: their lots end, and it is no mark
 * of an unconnected price. Holds the resale's row. Refusals: `not_found`, those of `stepProblem`, `shares_locked`,
 * `insufficient_balance`.
 */
export const answerFirstRefusal = defineCommand({
  name: "answer-first-refusal",
  action: "resale.answer",
  input: firstRefusalInput,
  async run(tx, ctx) {
    const { input, now } = ctx;
    const file = await holdResale(tx, input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: partiesOf(file).owner ?? [] });
    const problem = stepProblem(file.resale, "owner", now);
    if (problem) ctx.refuse({ code: problem });
    if (input.answer === "pass")
      return { resaleId: file.resale.id, state: await openToHolders(tx, ctx, file) };
    const { shares, priceCents } = file.resale;
    ctx.need(
      await settlePurchase(tx, ctx, file, {
        buyerId: file.owner.id,
        purchaseId: null,
        shares,
        priceCents,
      }),
    );
    await finishResale(tx, ctx, file, "owner_bought");
    return { resaleId: file.resale.id, state: "settled" };
  },
});
