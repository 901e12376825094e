import { defineCommand } from "~/auth/command.server";
import { returnResale } from "./close-resale.server";
import { holdResale } from "./hold-resale.server";
import { resaleIdInput } from "./schema";

/**
 * The seller takes back the wish to sell: what is not yet sold and all money put up goes back. Holds the resale's row.
 * Refusals: `not_found`, `resale_closed`.
 */
export const withdrawResale = defineCommand({
  name: "withdraw-resale",
  action: "resale.withdraw",
  input: resaleIdInput,
  async run(tx, ctx) {
    const file = await holdResale(tx, ctx.input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: file.resale.sellerId });
    if (file.resale.closedAt !== null) ctx.refuse({ code: "resale_closed" });
    await returnResale(tx, ctx, file, "withdrawn");
    return { resaleId: file.resale.id, state: "returned" };
  },
});
