import { eq, sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { closedOpenings } from "#db/schema/index";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { isPublic } from "~/ledger/bodies.server";
import { withheld } from "~/ledger/entries-of-facts";
import { listParties } from "~/ledger/log/published.server";
import { post } from "~/ledger/post.server";
import { findEntry, type OldEntry } from "~/ledger/reverse.server";
import type { z } from "~/lib/zod";
import { closeOpeningInput } from "./schema";

type Ctx = Context<z.output<typeof closeOpeningInput>>;

/**
 * Two operators take an entry's opening away for good; the first asks with the reason, the second, another person, does it with
 * the same call. Of a private entry it is erased at once: nobody can prove any more what its commitment stands for. Of a public one
 * it is withheld with the next checkpoint, whose tree holds a `withheld` entry in the same people's chains, and every
 * bundle says so. The ledger itself keeps the entry. Refuses `not_found` (its parties too), `not_closable` (what withholds, or
 * announces a key; what is not in the log yet), `needs_another`, `already_decided`.
 */
export const closeOpening = defineCommand({
  name: "close-opening",
  action: "opening.close",
  input: closeOpeningInput,
  async run(tx, ctx) {
    const entry = await findEntry(tx, ctx.input.entryId);
    if (!entry) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: await listParties(tx, entry.logId) });
    if (!(await isClosable(tx, entry)))
      return ctx.refuse({ code: "not_closable", field: "entryId" });
    const asked = await ask(tx, ctx, entry);
    const subject = { type: "entry", id: entry.logId };
    if (asked === "first") {
      await ctx.audit(subject, { decision: "first", reason: ctx.input.reason });
      return { entryId: entry.logId, state: "asked" };
    }
    if (asked.closedAt !== null) return ctx.refuse({ code: "already_decided" });
    if (asked.firstBy === ctx.person.id) return ctx.refuse({ code: "needs_another" });
    await close(tx, ctx, entry);
    await ctx.audit(subject, { decision: "close", reason: asked.reason });
    return { entryId: entry.logId, state: "closed" };
  },
});

/** Whether an entry is in the log and has an opening that may go: not what withholds another, or announces a key. */
export async function isClosable(db: Queryable, { id, kind }: OldEntry): Promise<boolean> {
  if (["withheld", "key_changed"].includes(kind)) return false;
  const [row] = await db.execute(sql`SELECT 1 FROM log_leaves WHERE entry_id = ${id}`);
  return row !== undefined;
}

/** Records that the first operator asks; where somebody has asked, the row of it, held. */
async function ask(
  tx: Tx,
  ctx: Ctx,
  entry: OldEntry,
): Promise<"first" | typeof closedOpenings.$inferSelect> {
  const { person, now, input } = ctx;
  const made = await tx
    .insert(closedOpenings)
    .values({ entryId: entry.id, reason: input.reason, firstBy: person.id, firstAt: now })
    .onConflictDoNothing()
    .returning();
  if (made.length > 0) return "first";
  const [row] = await tx
    .select()
    .from(closedOpenings)
    .where(eq(closedOpenings.entryId, entry.id))
    .for("update");
  // Whoever asked may just have taken it back.
  return row ?? ask(tx, ctx, entry);
}

async function close(tx: Tx, ctx: Ctx, entry: OldEntry): Promise<void> {
  let withheldBy: bigint | null = null;
  if (isPublic(entry.kind)) {
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `withheld:${entry.logId}`,
      input: plainInput(ctx.input),
    };
    withheldBy = ctx.need(await post(tx, withheld(act, entry.logId))).entryId;
  }
  await tx
    .update(closedOpenings)
    .set({ secondBy: ctx.person.id, closedAt: ctx.now, withheldBy })
    .where(eq(closedOpenings.entryId, entry.id));
  if (withheldBy === null) await tx.execute(sql`SELECT log_erase_opening(${entry.id})`);
}
