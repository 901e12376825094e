import { eq, sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { resales } from "#db/schema/index";
import type { ResaleState } from "#db/schema/resales";
import { defineCommand } from "~/auth/command.server";
import { getParties, type Party } from "~/features/offers/hold-offer.server";
import { divideByLargestRemainder } from "~/ledger/distribution";
import { tokenAsset } from "~/ledger/entries";
import { getBalance } from "~/ledger/read.server";
import type { Acting } from "./acting";
import {
  closePurchase,
  finishResale,
  giveBack,
  NOTHING,
  returnResale,
} from "./close-resale.server";
import { holdResale, type ResaleFile } from "./hold-resale.server";
import { allot, endsAt } from "./rules";
import { resaleIdInput } from "./schema";
import { settlePurchase } from "./settle-purchase.server";
import { tellHolders, tellOwner } from "./tell.server";

/**
 * The platform does what the end of a window asks for: an unfunded wish goes back; after the owner's first refusal come the
 * other holders; after theirs the shares that they wanted are sold to them, pro rata, and the rest waits for the owner's
 * approval of the buyer; unanswered, it goes back (T20). Holds the resale's row. Asked too early, or again, it answers so
 * without effect (`not_due`). Refuses `not_found`.
 */
export const advanceResale = defineCommand({
  name: "advance-resale",
  action: "resale.advance",
  input: resaleIdInput,
  async run(tx, ctx) {
    ctx.authorise({});
    const file = await holdResale(tx, ctx.input.resaleId);
    if (!file) return ctx.refuse({ code: "not_found" });
    const { resale } = file;
    // Not kept under its key: the same resale comes due several times.
    if (resale.until === null || ctx.now < resale.until) ctx.refuse({ code: "not_due" });
    const state = await advance(tx, ctx, file);
    return { resaleId: resale.id, state };
  },
});

async function advance(tx: Tx, ctx: Acting, file: ResaleFile): Promise<ResaleState> {
  if (file.resale.state === "owner") return openToHolders(tx, ctx, file);
  if (file.resale.state === "holders") return sellToHolders(tx, ctx, file);
  await returnResale(tx, ctx, file, file.resale.state === "funding" ? "unfunded" : "unanswered");
  return "returned";
}

/** The owner let the shares pass: the other holders are asked, or, where there are none, the owner again about the buyer. */
export async function openToHolders(tx: Tx, ctx: Acting, file: ResaleFile): Promise<ResaleState> {
  const holders = await listOtherHolders(tx, file);
  if (holders.length === 0) return askApproval(tx, ctx, file);
  const until = endsAt("holders", ctx.now);
  await tx.update(resales).set({ state: "holders", until }).where(eq(resales.id, file.resale.id));
  await ctx.audit({ type: "resale", id: file.resale.id }, { state: "holders" });
  await tellHolders(tx, file, holders, until, ctx.now);
  return "holders";
}

async function askApproval(tx: Tx, ctx: Acting, file: ResaleFile): Promise<ResaleState> {
  const until = endsAt("approval", ctx.now);
  await tx.update(resales).set({ state: "approval", until }).where(eq(resales.id, file.resale.id));
  await ctx.audit({ type: "resale", id: file.resale.id }, { state: "approval" });
  await tellOwner(tx, file, "resale-approval", until, ctx.now);
  return "approval";
}

/** Everybody who holds shares of the token but its owner, the seller and the buyer named; with how many, in lot order. */
export async function listOtherHolders(
  db: Queryable,
  file: ResaleFile,
): Promise<(Party & { held: bigint })[]> {
  const rows = await db.execute<{ holder_id: string; held: string }>(sql`
    SELECT holder_id, sum(shares_left)::text AS held FROM lots
    WHERE token_id = ${file.token.id} AND shares_left > 0 AND holder_id NOT IN (${file.resale.sellerId}, ${file.resale.buyerId})
    GROUP BY holder_id ORDER BY min(seq)`);
  const people = await getParties(
    db,
    rows.map((row) => row.holder_id),
  );
  return rows.flatMap((row) => {
    const party = people.get(row.holder_id);
    return party ? [{ ...party, held: BigInt(row.held) }] : [];
  });
}

/** What the shares that are left cost: the price less what holders paid for theirs. */
export function priceOfRest(file: ResaleFile): bigint {
  return file.purchases.reduce((rest, p) => rest - (p.paidCents ?? 0n), file.resale.priceCents);
}

/**
 * Sells to the holders who put money up what falls to each. One who cannot take it any more (a limit reached since) gets the
 * money back, and the shares stay for the buyer.
 */
async function sellToHolders(tx: Tx, ctx: Acting, file: ResaleFile): Promise<ResaleState> {
  const { resale } = file;
  const wishes = file.purchases.filter((purchase) => purchase.role === "holder");
  const holders = await listOtherHolders(tx, file);
  const held = new Map(holders.map((holder) => [holder.id, holder.held]));
  const allotted = allot(
    resale.shares,
    wishes.map((wish) => ({
      buyerId: wish.buyerId,
      wanted: wish.wantedShares,
      held: held.get(wish.buyerId) ?? 0n,
    })),
  );
  const rest = resale.shares - allotted.reduce((sum, shares) => sum + shares, 0n);
  const prices = divideByLargestRemainder(resale.priceCents, [...allotted, rest]);
  for (const [i, wish] of wishes.entries()) {
    const deal = {
      buyerId: wish.buyerId,
      purchaseId: wish.id,
      shares: allotted[i] ?? 0n,
      priceCents: prices[i] ?? 0n,
    };
    const sold = deal.shares > 0n && (await settlePurchase(tx, ctx, file, deal)).ok;
    const bought = sold ? { shares: deal.shares, cents: deal.priceCents } : NOTHING;
    await closePurchase(tx, wish, bought, ctx.now);
  }
  await giveBack(tx, ctx, file, { purchases: wishes, cause: "not_needed", shares: false });
  const left = await getBalance(tx, "reserved", resale.id, tokenAsset(file.token.id));
  if (left > 0n) return askApproval(tx, ctx, file);
  await finishResale(tx, ctx, file, "holders_bought");
  return "settled";
}
