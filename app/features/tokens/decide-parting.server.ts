import { eq } from "drizzle-orm";
import { partings } from "#db/schema/index";
import { defineCommand, plainInput } from "~/auth/command.server";
import { purchaseFunded } from "~/ledger/entries-of-sales";
import { post } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import { formatCents } from "~/lib/money";
import { leastNow, returnParting, settleParted } from "./close-parting.server";
import { holdParting } from "./hold-parting.server";
import { partingDecisionInput } from "./schema";

/**
 * An operator settles a disputed parting, with a reason: at the price offered, at another that is not below the least (what
 * is missing is taken from the owner's cash), or not at all (T7). Neither party decides. Holds the parting's row.
 * Refusals: `not_found`, `not_disputed`, on `price`: `price_too_low` with the fact `least`, `insufficient_balance`.
 */
export const decideParting = defineCommand({
  name: "decide-parting",
  action: "parting.decide",
  input: partingDecisionInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const file = await holdParting(tx, input.partingId);
    if (!file) return ctx.refuse({ code: "not_found" });
    const { parting, owner, holder } = file;
    ctx.authorise({ person: [owner.id, holder.id] });
    if (parting.state !== "disputed") ctx.refuse({ code: "not_disputed" });
    await tx
      .update(partings)
      .set({ decidedBy: person.id, decision: input.reason })
      .where(eq(partings.id, parting.id));
    const least = await leastNow(tx, file, now);
    if (input.decision === "return" || least === null) {
      await returnParting(tx, ctx, file, least === null ? "nothing_left" : "decided");
      return { partingId: parting.id, state: "returned" };
    }
    const field = "price";
    const priceCents = input.price ?? parting.priceCents;
    if (priceCents < least)
      ctx.refuse({ code: "price_too_low", field, facts: { least: formatCents(least) } });
    const missing = priceCents - (await getBalance(tx, "escrow", parting.id));
    if (missing > 0n) {
      const act = {
        actorId: person.id,
        now,
        idempotencyKey: `${ctx.key}:more`,
        input: plainInput(input),
      };
      const more = { id: parting.id, about: "parting" as const, buyerId: owner.id, cents: missing };
      ctx.need(await post(tx, purchaseFunded(act, more)), field);
    }
    await settleParted(tx, ctx, file, priceCents);
    return { partingId: parting.id, state: "settled" };
  },
});
