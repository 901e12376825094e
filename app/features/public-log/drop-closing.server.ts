import { eq, sql } from "drizzle-orm";
import { closedOpenings } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { listParties } from "~/ledger/log/published.server";
import { findEntry } from "~/ledger/reverse.server";
import { dropClosingInput } from "./schema";

/**
 * An operator ends a request to take an entry's opening away, while it waits for a second one: whoever asked takes it back,
 * another turns it down. Nothing of the log has changed by then, so that the entry can be asked for anew; the audit trail keeps
 * both acts. Holds the request's row. Refuses `not_found` (its parties too), `not_asked` where nothing waits, `already_decided`.
 */
export const dropClosing = defineCommand({
  name: "drop-closing",
  action: "opening.keep",
  input: dropClosingInput,
  async run(tx, ctx) {
    const entry = await findEntry(tx, ctx.input.entryId);
    if (!entry) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: await listParties(tx, entry.logId) });
    const [asked] = await tx
      .select()
      .from(closedOpenings)
      .where(eq(closedOpenings.entryId, entry.id))
      .for("update");
    if (!asked) return ctx.refuse({ code: "not_asked" });
    if (asked.closedAt !== null) return ctx.refuse({ code: "already_decided" });
    await tx.execute(sql`SELECT log_keep_opening(${entry.id})`);
    const decision = asked.firstBy === ctx.person.id ? "taken back" : "turned down";
    await ctx.audit({ type: "entry", id: entry.logId }, { decision, reason: asked.reason });
    return { entryId: entry.logId };
  },
});
