import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { lots, tokens } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { returnResalesOf } from "~/features/resales/close-resale.server";
import { lotEnded, tokenAsset } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogId, lockAccount } from "~/ledger/read.server";
import { utcDay } from "~/lib/dates";
import { z } from "~/lib/zod";
import { lotEnd } from "./rules";

type Acting = Pick<Context<unknown>, "now" | "key" | "actor" | "need" | "input" | "audit">;

/** What became of a lot: why it ended, now or earlier, or that it lives on. */
export type LotEnding = { lotId: string; ended: "cap" | "sunset" | null; already: boolean };

/**
 * Ends a lot whose payout cap is used up or whose sunset has come, within the caller's transaction: its shares go back
 * to the token's owner (T6); shares of it that the holder had for sale come back first. Holds the owner's shares account,
 * so that no gain is divided meanwhile. A lot that lives on or has already ended is left as it is. Throws where there is
 * no such lot.
 */
export async function endLotInTx(tx: Tx, acting: Acting, lotId: string): Promise<LotEnding> {
  const [token] = await tx
    .select({ id: tokens.id, ownerId: tokens.ownerId })
    .from(lots)
    .innerJoin(tokens, eq(tokens.id, lots.tokenId))
    .where(eq(lots.id, lotId));
  if (!token) throw new Error("no such lot");
  await lockAccount(tx, "shares", token.ownerId, tokenAsset(token.id));
  const [lot] = await tx.select().from(lots).where(eq(lots.id, lotId));
  if (!lot) throw new Error("no such lot");
  if (lot.endedCause) return { lotId, ended: lot.endedCause, already: true };
  const cause = lotEnd(lot, utcDay(acting.now));
  if (!cause) return { lotId, ended: null, already: false };
  await returnResalesOf(tx, acting, { tokenId: token.id, sellerId: lot.holderId });
  const entry = lotEnded(
    {
      actorId: typeof acting.actor === "object" ? (acting.actor?.id ?? null) : null,
      now: acting.now,
      idempotencyKey: `end-lot:${lotId}`,
      input: { lotId, cause },
    },
    {
      lotId,
      tokenId: token.id,
      ownerId: token.ownerId,
      holderId: lot.holderId,
      holderLogId: await getLogId(tx, "person", lot.holderId),
      shares: lot.sharesLeft,
      cause,
    },
  );
  acting.need(await post(tx, entry));
  return { lotId, ended: cause, already: false };
}

/**
 * The platform ends a lot that is due to end: its sunset has come, or its payout cap is used up. Asked too early, or
 * again, it answers so without effect.
 */
export const endLot = defineCommand({
  name: "end-lot",
  action: "lot.end",
  input: z.object({ lotId: z.uuid() }),
  async run(tx, context) {
    context.authorise({});
    const ending = await endLotInTx(tx, context, context.input.lotId);
    // Not kept under its key: asked again on a later day, the same lot may be due.
    if (!ending.ended) context.refuse({ code: "not_due" });
    if (!ending.already)
      await context.audit({ type: "lot", id: ending.lotId }, { cause: ending.ended });
    return ending;
  },
});
