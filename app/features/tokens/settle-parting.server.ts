import { defineCommand } from "~/auth/command.server";
import { leastNow, returnParting, settleParted } from "./close-parting.server";
import { holdParting } from "./hold-parting.server";
import { partingDue } from "./parting-rules";
import { partingIdInput } from "./schema";

/**
 * The platform settles a parting that was not disputed in 14 days. Where the shares are worth more by now than the price,
 * or nothing is left, the money goes back and the owner may offer anew (T7). Holds the parting's row. Asked too early, or
 * again, it answers so without effect. Refusals: `not_found`, `not_due`.
 */
export const settleParting = defineCommand({
  name: "settle-parting",
  action: "parting.settle",
  input: partingIdInput,
  async run(tx, ctx) {
    ctx.authorise({});
    const file = await holdParting(tx, ctx.input.partingId);
    if (!file) return ctx.refuse({ code: "not_found" });
    const { parting } = file;
    // Not kept under its key: a dispute may be settled later.
    if (
      parting.state === "disputed" ||
      (parting.state === "offered" && !partingDue(parting, ctx.now))
    )
      ctx.refuse({ code: "not_due" });
    if (parting.state !== "offered") return { partingId: parting.id, state: parting.state };
    const least = await leastNow(tx, file, ctx.now);
    if (least === null || least > parting.priceCents) {
      await returnParting(tx, ctx, file, least === null ? "nothing_left" : "value_risen");
      return { partingId: parting.id, state: "returned" };
    }
    await settleParted(tx, ctx, file, parting.priceCents);
    return { partingId: parting.id, state: "settled" };
  },
});
