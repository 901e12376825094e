import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { partings } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, plainInput } from "~/auth/command.server";
import { parted, purchasesReturned } from "~/ledger/entries-of-sales";
import { leastPartingCents } from "~/ledger/fifo";
import { listLotsToSell } from "~/ledger/lots-to-sell.server";
import { planSale } from "~/ledger/plan-sale.server";
import { post } from "~/ledger/post.server";
import { getBalance } from "~/ledger/read.server";
import { utcDay } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import { endLotInTx } from "./end-lot.server";
import { holdParting, type PartingFile } from "./hold-parting.server";

type Acting = Pick<
  Context<{ partingId: string }>,
  "actor" | "input" | "key" | "need" | "now" | "audit"
>;

const actorOf = (ctx: Acting): string | null =>
  typeof ctx.actor === "object" ? (ctx.actor?.id ?? null) : null;

/** The least that this parting costs now; null where the holder has nothing left. */
export async function leastNow(tx: Tx, file: PartingFile, now: Date): Promise<bigint | null> {
  const lots = await listLotsToSell(tx, file.token.id, file.holder.id);
  return lots.length === 0 ? null : leastPartingCents(lots, utcDay(now));
}

/**
 * Settles a parting at a price that is in escrow: the money → the holder, all shares → the owner, and what the holder's own
 * holders get of the gain, in one entry (T7, T9). What is left in escrow goes back.
 */
export async function settleParted(
  tx: Tx,
  ctx: Acting,
  file: PartingFile,
  priceCents: bigint,
): Promise<void> {
  const { token, parting, owner, holder } = file;
  const sale = ctx.need(
    await planSale(tx, {
      token,
      sellerId: holder.id,
      buyerId: owner.id,
      priceCents,
      unconnected: false,
      apart: false,
      now: ctx.now,
    }),
  );
  const act = {
    actorId: actorOf(ctx),
    now: ctx.now,
    idempotencyKey: `${ctx.key}:parting`,
    input: plainInput(ctx.input),
  };
  ctx.need(await post(tx, parted(act, { ...sale, partingId: parting.id })));
  for (const part of sale.ownParts) await endLotInTx(tx, ctx, part.lotId);
  await giveBack(tx, ctx, file, "not_needed");
  await close(tx, ctx, file, "settled", priceCents);
}

/** Ends a parting without a sale: the money goes back to the owner. */
export async function returnParting(
  tx: Tx,
  ctx: Acting,
  file: PartingFile,
  cause: string,
): Promise<void> {
  await giveBack(tx, ctx, file, cause);
  await close(tx, ctx, file, "returned", file.parting.priceCents);
}

/**
 * A parting, or its funding, was reversed: what came back of the money goes to the owner, in the caller's transaction (T31).
 * Holds the parting's row.
 */
export async function returnPartingAfterReversal(
  tx: Tx,
  ctx: Context<{ reversalId: string }>,
  partingId: string,
): Promise<void> {
  const file = await holdParting(tx, partingId);
  if (!file) throw new Error("a reversed entry has no parting");
  const { actor, key, need, now, audit } = ctx;
  const acting = { actor, key, need, now, audit, input: { partingId } };
  await giveBack(tx, acting, file, "reversal");
  const { state } = file.parting;
  if (state === "offered" || state === "disputed" || state === "settled")
    await tx
      .update(partings)
      .set({ state: "returned", closedAt: ctx.now })
      .where(eq(partings.id, partingId));
}

async function giveBack(tx: Tx, ctx: Acting, file: PartingFile, cause: string): Promise<void> {
  const { parting, owner } = file;
  const cents = await getBalance(tx, "escrow", parting.id);
  if (cents === 0n) return;
  const act = {
    actorId: actorOf(ctx),
    now: ctx.now,
    idempotencyKey: `${ctx.key}:returned`,
    input: plainInput(ctx.input),
  };
  const back = {
    about: { type: "parting" as const, id: parting.id },
    cause,
    unsold: null,
    escrows: [{ id: parting.id, buyerId: owner.id, cents }],
  };
  ctx.need(await post(tx, purchasesReturned(act, back)));
}

async function close(
  tx: Tx,
  ctx: Acting,
  file: PartingFile,
  state: "settled" | "returned",
  priceCents: bigint,
): Promise<void> {
  const { parting, owner, holder } = file;
  await tx
    .update(partings)
    .set({ state, priceCents, closedAt: ctx.now })
    .where(eq(partings.id, parting.id));
  await ctx.audit({ type: "parting", id: parting.id }, { state, priceCents: String(priceCents) });
  for (const [party, other] of [
    [owner, holder],
    [holder, owner],
  ] as const)
    await enqueueMail(tx, {
      to: { personId: party.id, email: party.email },
      template: state === "settled" ? "parting-settled" : "parting-returned",
      props: {
        name: party.displayName,
        owner: owner.displayName,
        holder: holder.displayName,
        other: other.displayName,
        price: formatCents(priceCents),
        path: `/people/${owner.handle}`,
      },
      now: ctx.now,
    });
}
