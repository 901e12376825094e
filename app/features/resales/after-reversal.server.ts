import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { resalePurchases, resales } from "#db/schema/index";
import { type Context, plainInput } from "~/auth/command.server";
import { purchasesReturned } from "~/ledger/entries-of-sales";
import { post } from "~/ledger/post.server";
import { getBalance, getLogIds } from "~/ledger/read.server";
import type { OldEntry } from "~/ledger/reverse.server";
import { returnResale } from "./close-resale.server";
import { holdResale } from "./hold-resale.server";

type Acting = Context<{ reversalId: string }>;

/**
 * A sale, a wish to sell or a buyer's funding was reversed. One that was still open is over, and everything goes back; of
 * one that had settled, the shares of that entry go back to the seller, and what came back of the money to the buyer, in
 * the caller's transaction (T31). Holds the resale's row.
 */
export async function returnAfterReversal(tx: Tx, ctx: Acting, entry: OldEntry): Promise<void> {
  const file = await holdResale(tx, await resaleOf(tx, entry));
  if (!file) throw new Error("a reversed entry has no resale");
  const { resale } = file;
  const { actor, key, need, now, audit } = ctx;
  const acting = { actor, key, need, now, audit, input: { resaleId: resale.id } };
  if (entry.kind === "resale") await giveBackSold(tx, ctx, entry, file);
  if (resale.closedAt === null) return returnResale(tx, acting, file, "reversal");
  if (resale.state === "settled")
    await tx
      .update(resales)
      .set({ state: "returned", cause: "reversal" })
      .where(eq(resales.id, resale.id));
}

async function giveBackSold(
  tx: Tx,
  ctx: Acting,
  entry: OldEntry,
  file: NonNullable<Awaited<ReturnType<typeof holdResale>>>,
): Promise<void> {
  const { resale, token } = file;
  const sold = entry.postings.find((p) => p.from.purpose === "reserved");
  const paid = entry.postings.find((p) => p.from.purpose === "escrow");
  if (!sold) throw new Error("a resale without shares");
  const people = await getLogIds(tx, "person", [resale.sellerId, resale.buyerId]);
  const party = (id: string) => ({ id, logId: people.get(id) ?? "" });
  const purchase = file.purchases.find((one) => one.id === paid?.from.owner);
  const act = {
    actorId: ctx.person.id,
    now: ctx.now,
    idempotencyKey: `${ctx.key}:sold`,
    input: plainInput(ctx.input),
  };
  const back = purchasesReturned(act, {
    about: { type: "resale", id: resale.id },
    cause: "reversal",
    unsold: {
      id: resale.id,
      token,
      seller: party(resale.sellerId),
      buyer: party(resale.buyerId),
      shares: sold.amount,
    },
    escrows: purchase
      ? [
          {
            id: purchase.id,
            buyerId: purchase.buyerId,
            cents: await getBalance(tx, "escrow", purchase.id),
          },
        ]
      : [],
  });
  ctx.need(await post(tx, back));
}

/** The resale that an entry belongs to: its own, its purchase's, or that of the shares it sold. */
async function resaleOf(tx: Tx, entry: OldEntry): Promise<string> {
  if (entry.about.type === "resale") return entry.about.id;
  if (entry.about.type === "purchase") {
    const [row] = await tx
      .select({ resaleId: resalePurchases.resaleId })
      .from(resalePurchases)
      .where(eq(resalePurchases.id, entry.about.id));
    if (!row) throw new Error("a purchase vanished");
    return row.resaleId;
  }
  const sold = entry.postings.find((p) => p.from.purpose === "reserved");
  if (!sold) throw new Error("a resale without shares");
  return sold.from.owner;
}
