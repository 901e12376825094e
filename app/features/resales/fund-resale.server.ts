import { eq } from "drizzle-orm";
import { resalePurchases, resales } from "#db/schema/index";
import { defineCommand, plainInput } from "~/auth/command.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { purchaseFunded } from "~/ledger/entries-of-sales";
import { post } from "~/ledger/post.server";
import { holdResale } from "./hold-resale.server";
import { endsAt, stepProblem } from "./rules";
import { resaleIdInput } from "./schema";
import { tellOwner } from "./tell.server";

/**
 * The buyer named puts the whole price into escrow; from then on the owner has 14 days of first refusal (T20). Holds the
 * resale's row. Refusals: `not_found`, those of `stepProblem`, `not_verified`, `insufficient_balance`.
 */
export const fundResale = defineCommand({
  name: "fund-resale",
  action: "resale.fund",
  input: resaleIdInput,
  async run(tx, ctx) {
    const { now, person } = ctx;
    const file = await holdResale(tx, ctx.input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ investor: file.resale.buyerId });
    const problem = stepProblem(file.resale, "funding", now);
    if (problem) ctx.refuse({ code: problem });
    if (!(await isVerifiedInvestor(tx, person.id, now))) ctx.refuse({ code: "not_verified" });
    const cents = file.resale.priceCents;
    const [purchase] = await tx
      .insert(resalePurchases)
      .values({
        resaleId: file.resale.id,
        buyerId: person.id,
        role: "named",
        wantedShares: file.resale.shares,
        fundedCents: cents,
        fundedAt: now,
      })
      .returning({ id: resalePurchases.id });
    if (!purchase) throw new Error("a purchase vanished");
    const act = { actorId: person.id, now, idempotencyKey: ctx.key, input: plainInput(ctx.input) };
    const funding = { id: purchase.id, about: "purchase" as const, buyerId: person.id, cents };
    ctx.need(await post(tx, purchaseFunded(act, funding)));
    const until = endsAt("owner", now);
    await tx
      .update(resales)
      .set({ state: "owner", fundedAt: now, until })
      .where(eq(resales.id, file.resale.id));
    await ctx.audit({ type: "resale", id: file.resale.id }, { fundedCents: String(cents) });
    await tellOwner(tx, file, "resale-first-refusal", until, now);
    return {
      resaleId: file.resale.id,
      purchaseId: purchase.id,
      state: "owner",
      until: until.toISOString(),
    };
  },
});
