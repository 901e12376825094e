import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { reversals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { getParties } from "~/features/offers/hold-offer.server";
import type { Claim } from "~/ledger/reversal";
import {
  findEntry,
  isReversible,
  listPartiesOf,
  type OldEntry,
  postReversal,
} from "~/ledger/reverse.server";
import { formatCents } from "~/lib/money";
import { logIdOfEntry, whatItWas } from "./queries.server";
import { reversalIdInput, reversalInput } from "./schema";
import { settleAfter } from "./settle-after.server";

/**
 * The first of two operators asks for an entry to be reversed, with reason, order number and a note, which stay in the
 * audit log. Nobody asks about an entry that moved their own. Refusals: `not_found`, `not_reversible`, `already_reversed`,
 * `already_asked`.
 */
export const askReversal = defineCommand({
  name: "ask-reversal",
  action: "reversal.ask",
  input: reversalInput,
  async run(tx, ctx) {
    const { input, now, person } = ctx;
    const entry = await findEntry(tx, input.entryId);
    if (!entry) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: await listPartiesOf(tx, entry) });
    if (!isReversible(entry.kind)) ctx.refuse({ code: "not_reversible" });
    const [row] = await tx
      .insert(reversals)
      .values({
        entryId: entry.id,
        reason: input.reason,
        orderNumber: input.orderNumber,
        note: input.note,
        askedBy: person.id,
        askedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: reversals.id });
    if (!row) {
      const [open] = await tx
        .select({ state: reversals.state })
        .from(reversals)
        .where(and(eq(reversals.entryId, entry.id), ne(reversals.state, "dropped")));
      return ctx.refuse({ code: open?.state === "done" ? "already_reversed" : "already_asked" });
    }
    await ctx.audit(
      { type: "entry", id: entry.logId },
      { reversal: row.id, reason: input.reason, orderNumber: input.orderNumber, note: input.note },
    );
    return { reversalId: row.id };
  },
});

/** The asked reversal with its entry, its row held; refuses `not_found` to the parties too. */
async function holdAsked(tx: Tx, ctx: Context<{ reversalId: string }>) {
  const [asked] = await tx
    .select()
    .from(reversals)
    .where(eq(reversals.id, ctx.input.reversalId))
    .for("update");
  const entry = asked ? await findEntry(tx, await logIdOfEntry(tx, asked.entryId)) : null;
  if (!asked || !entry) return ctx.refuse({ code: "not_found" });
  const parties = await listPartiesOf(tx, entry);
  ctx.authorise({ person: parties });
  if (asked.state !== "asked") ctx.refuse({ code: "already_decided" });
  return { asked, entry, parties };
}

/**
 * The second operator confirms, and the entry is reversed: mirrored, with claims for what was spent, and what it had closed
 * given back, in one transaction (T31). All whose money or shares it moved are told. Holds the reversal's row. Refusals:
 * `not_found`, `already_decided`, `needs_another`, and the ledger's `already_reversed`, `reverse_later_entries_first`,
 * `cap_exceeded`, `insufficient_balance`, `holder_limit`.
 */
export const confirmReversal = defineCommand({
  name: "confirm-reversal",
  action: "reversal.decide",
  input: reversalIdInput,
  async run(tx, ctx) {
    const { asked, entry, parties } = await holdAsked(tx, ctx);
    if (asked.askedBy === ctx.person.id) ctx.refuse({ code: "needs_another" });
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `${ctx.key}:reversal`,
      input: plainInput(ctx.input),
    };
    const posted = ctx.need(await postReversal(tx, act, entry));
    await settleAfter(tx, ctx, entry);
    await tx
      .update(reversals)
      .set({
        state: "done",
        decidedBy: ctx.person.id,
        decidedAt: ctx.now,
        reversalEntryId: posted.entryId,
      })
      .where(eq(reversals.id, asked.id));
    const { claims } = posted.mirror;
    await tell(
      tx,
      { ...asked, entry, claims, parties: [...parties, ...claims.map((c) => c.debtor)] },
      ctx.now,
    );
    await ctx.audit(
      { type: "entry", id: entry.logId },
      { reversal: asked.id, reversedBy: posted.logId, claims: claims.length },
    );
    return { reversalId: asked.id, entryId: posted.logId, claims: claims.length };
  },
});

/** An operator drops a reversal that was asked for; nothing moved. Refusals: `not_found`, `already_decided`. */
export const dropReversal = defineCommand({
  name: "drop-reversal",
  action: "reversal.decide",
  input: reversalIdInput,
  async run(tx, ctx) {
    const { asked, entry } = await holdAsked(tx, ctx);
    await tx
      .update(reversals)
      .set({ state: "dropped", decidedBy: ctx.person.id, decidedAt: ctx.now })
      .where(eq(reversals.id, asked.id));
    await ctx.audit({ type: "entry", id: entry.logId }, { reversal: asked.id, dropped: true });
    return { reversalId: asked.id };
  },
});

type Told = {
  entry: OldEntry;
  claims: Claim[];
  parties: string[];
  reason: string;
  orderNumber: string;
};

async function tell(tx: Tx, told: Told, now: Date): Promise<void> {
  for (const party of (await getParties(tx, told.parties)).values()) {
    const owes = told.claims.reduce((sum, c) => (c.debtor === party.id ? sum + c.cents : sum), 0n);
    await enqueueMail(tx, {
      to: { personId: party.id, email: party.email },
      template: "entry-reversed",
      props: {
        name: party.displayName,
        what: whatItWas(told.entry.kind),
        reason: told.reason,
        orderNumber: told.orderNumber,
        owes: owes > 0n ? `You owe ${formatCents(owes)} of it: your balance did not suffice.` : "",
        path: "/wallet",
      },
      now,
    });
  }
}
