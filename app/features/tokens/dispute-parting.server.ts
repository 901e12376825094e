import { eq } from "drizzle-orm";
import { partings } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { formatCents } from "~/lib/money";
import { holdParting } from "./hold-parting.server";
import { disputeInput } from "./schema";

/**
 * The holder disputes the price of a parting within 14 days; an operator then settles it (T7). The owner is told. Holds the
 * parting's row. Refusals: `not_found`, `parting_closed`, `already_disputed`, `too_late`.
 */
export const disputeParting = defineCommand({
  name: "dispute-parting",
  action: "parting.dispute",
  input: disputeInput,
  async run(tx, ctx) {
    const file = await holdParting(tx, ctx.input.partingId);
    if (!file) return ctx.refuse({ code: "not_found" });
    const { parting, owner, holder } = file;
    ctx.authorise({ person: holder.id });
    if (parting.state === "disputed") ctx.refuse({ code: "already_disputed" });
    if (parting.state !== "offered") ctx.refuse({ code: "parting_closed" });
    if (ctx.now >= parting.disputeUntil) ctx.refuse({ code: "too_late" });
    await tx
      .update(partings)
      .set({ state: "disputed", dispute: ctx.input.reason })
      .where(eq(partings.id, parting.id));
    await enqueueMail(tx, {
      to: { personId: owner.id, email: owner.email },
      template: "parting-disputed",
      props: {
        name: owner.displayName,
        holder: holder.displayName,
        price: formatCents(parting.priceCents),
        reason: ctx.input.reason,
        path: `/people/${owner.handle}`,
      },
      now: ctx.now,
    });
    await ctx.audit({ type: "parting", id: parting.id }, { state: "disputed" });
    return { partingId: parting.id, state: "disputed" };
  },
});
