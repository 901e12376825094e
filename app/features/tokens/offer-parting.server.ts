import { and, eq, inArray } from "drizzle-orm";
import { partings, persons, resales } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { tokenAsset } from "~/ledger/entries";
import { purchaseFunded } from "~/ledger/entries-of-sales";
import { leastPartingCents } from "~/ledger/fifo";
import { listLotsToSell } from "~/ledger/lots-to-sell.server";
import { post } from "~/ledger/post.server";
import { lockAccount } from "~/ledger/read.server";
import { formatDate, utcDay } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { disputeUntil } from "./parting-rules";
import { findTokenOf } from "./queries.server";
import { partingInput } from "./schema";

/**
 * The owner of a token offers to part ways with a holder: all of the holder's shares, locked ones too, for at least the
 * higher of each lot's cost and carried value (T7). The money waits in escrow; the holder has 14 days to dispute, then it
 * settles. Holds the account of the owner's shares. Refusals: `not_found`, on `holder`: `no_such_holder`, `resale_open`,
 * `parting_open`; on `price`: `price_too_low` with the fact `least`, `insufficient_balance`.
 */
export const offerParting = defineCommand({
  name: "offer-parting",
  action: "parting.offer",
  input: partingInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const token = await findTokenOf(person.id, tx);
    ctx.authorise(token ? { owner: token.ownerId } : {});
    if (!token) return ctx.refuse({ code: "not_found" });
    await lockAccount(tx, "shares", token.ownerId, tokenAsset(token.id));
    const [holder] = await tx.select().from(persons).where(eq(persons.handle, input.holder));
    const lots = holder ? await listLotsToSell(tx, token.id, holder.id) : [];
    if (!holder || lots.length === 0)
      return ctx.refuse({ code: "no_such_holder", field: "holder" });
    const field = "holder";
    const [resale] = await tx
      .select({ id: resales.id })
      .from(resales)
      .where(
        and(
          eq(resales.tokenId, token.id),
          eq(resales.sellerId, holder.id),
          inArray(resales.state, ["funding", "owner", "holders", "approval"]),
        ),
      );
    if (resale) ctx.refuse({ code: "resale_open", field });
    const [open] = await tx
      .select({ id: partings.id })
      .from(partings)
      .where(
        and(
          eq(partings.tokenId, token.id),
          eq(partings.holderId, holder.id),
          inArray(partings.state, ["offered", "disputed"]),
        ),
      );
    if (open) ctx.refuse({ code: "parting_open", field });
    const least = leastPartingCents(lots, utcDay(now));
    const { price: priceCents } = input;
    if (priceCents < least)
      ctx.refuse({ code: "price_too_low", field: "price", facts: { least: formatCents(least) } });
    const until = disputeUntil(now);
    const [row] = await tx
      .insert(partings)
      .values({
        tokenId: token.id,
        holderId: holder.id,
        priceCents,
        offeredAt: now,
        disputeUntil: until,
      })
      .returning({ id: partings.id });
    if (!row) throw new Error("a parting vanished");
    const act = { actorId: person.id, now, idempotencyKey: ctx.key, input: plainInput(input) };
    const funding = {
      id: row.id,
      about: "parting" as const,
      buyerId: person.id,
      cents: priceCents,
    };
    ctx.need(await post(tx, purchaseFunded(act, funding)), "price");
    await enqueueMail(tx, {
      to: { personId: holder.id, email: holder.email },
      template: "parting-offered",
      props: {
        name: holder.displayName,
        owner: person.displayName,
        price: formatCents(priceCents),
        until: formatDate(until),
        path: `/people/${person.handle}`,
      },
      now,
    });
    await ctx.audit(
      { type: "parting", id: row.id },
      { priceCents: String(priceCents), holder: holder.id },
    );
    return { partingId: row.id, disputeUntil: until.toISOString() };
  },
});
