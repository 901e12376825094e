import { and, eq, inArray } from "drizzle-orm";
import { gainDeferrals } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { lockGain } from "./pay-gain.server";
import { deferralInput } from "./schema";

/**
 * The owner asks that the payment of a gain be deferred for hardship (T11); an operator decides. Holds the gain's row.
 * Refusals: `not_found`, `gain_reversed`, `already_paid`, `already_asked`, `already_deferred` (it is granted once).
 */
export const requestDeferral = defineCommand({
  name: "request-deferral",
  action: "gain.defer",
  input: deferralInput,
  async run(tx, ctx) {
    const { gainId, hardship } = ctx.input;
    const gain = await lockGain(tx, gainId);
    if (!gain) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: gain.ownerId });
    if (gain.reversedAt) ctx.refuse({ code: "gain_reversed" });
    if (gain.paidAt) ctx.refuse({ code: "already_paid" });
    const [before] = await tx
      .select({ state: gainDeferrals.state })
      .from(gainDeferrals)
      .where(
        and(
          eq(gainDeferrals.gainId, gain.id),
          inArray(gainDeferrals.state, ["requested", "granted"]),
        ),
      );
    if (before?.state === "requested") ctx.refuse({ code: "already_asked" });
    if (gain.deferredUntil || before) ctx.refuse({ code: "already_deferred" });
    const [row] = await tx
      .insert(gainDeferrals)
      .values({ gainId: gain.id, hardship, requestedAt: ctx.now })
      .returning({ id: gainDeferrals.id });
    if (!row) throw new Error("a deferral vanished");
    await ctx.audit({ type: "gain", id: gain.id }, { deferral: "requested" });
    return { deferralId: row.id };
  },
});
