import { sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { getParties } from "~/features/offers/hold-offer.server";
import type { Act } from "~/ledger/entries";
import { type WriteDownCause, writtenDown } from "~/ledger/entries-of-facts";
import { type Posted, post } from "~/ledger/post.server";
import { getLogIds } from "~/ledger/read.server";
import type { LedgerRefusal } from "~/ledger/refusals";
import { utcDay } from "~/lib/dates";
import type { Result } from "~/lib/result";
import { findTokenOf } from "./queries.server";
import { findingInput, statementInput } from "./schema";
import { findSoldToken } from "./sold-token.server";

/** Everybody who holds shares of a token but its owner. */
export async function listHolderIds(db: Queryable, tokenId: string): Promise<string[]> {
  const rows = await db.execute<{ holder_id: string }>(sql`
    SELECT DISTINCT holder_id FROM lots WHERE token_id = ${tokenId} AND shares_left > 0`);
  return rows.map((row) => row.holder_id);
}

/** Whether the last mark of a token that stands is a write-down: then it is carried at nothing already. */
export async function isWrittenDown(db: Queryable, tokenId: string): Promise<boolean> {
  const [row] = await db.execute<{ class: string }>(sql`
    SELECT class FROM marks WHERE token_id = ${tokenId} AND reversed_by IS NULL ORDER BY entry_id DESC LIMIT 1`);
  return row?.class === "written_down";
}

/** Posts a write-down that counts for every holder, and tells them (T25). */
export async function writeDown(
  tx: Tx,
  act: Act,
  down: { tokenId: string; cause: WriteDownCause; holderIds: readonly string[] },
): Promise<Result<Posted, LedgerRefusal>> {
  const logIds = await getLogIds(tx, "person", [...down.holderIds]);
  const entry = writtenDown(act, {
    tokenId: down.tokenId,
    cause: down.cause,
    day: utcDay(act.now),
    counts: [...logIds.values()].sort(),
  });
  const posted = await post(tx, entry);
  const sold = await findSoldToken(tx, down.tokenId);
  if (!posted.ok || !sold) return posted;
  for (const holder of (await getParties(tx, down.holderIds)).values())
    await enqueueMail(tx, {
      to: { personId: holder.id, email: holder.email },
      template: "token-written-down",
      props: {
        name: holder.displayName,
        owner: sold.owner.displayName,
        cause: CAUSE_WORDS[down.cause](sold.owner.displayName),
        path: `/people/${sold.owner.handle}`,
      },
      now: act.now,
    });
  return posted;
}

const CAUSE_WORDS: Record<WriteDownCause, (owner: string) => string> = {
  statement: (owner) => `${owner} says that nothing is to be expected of it.`,
  finding: () => "An operator found that nothing is to be expected of it.",
  missed_years: (owner) => `${owner} has said nothing about sales for two years.`,
};

async function down<I>(
  tx: Tx,
  ctx: Context<I>,
  what: { tokenId: string; cause: "statement" | "finding"; reason: string },
): Promise<{ tokenId: string }> {
  const { tokenId, cause, reason } = what;
  const holderIds = await listHolderIds(tx, tokenId);
  if (holderIds.length === 0) ctx.refuse({ code: "no_holders" });
  if (await isWrittenDown(tx, tokenId)) ctx.refuse({ code: "already_so" });
  const act = {
    actorId: ctx.person.id,
    now: ctx.now,
    idempotencyKey: `${ctx.key}:mark`,
    input: plainInput(ctx.input),
  };
  ctx.need(await writeDown(tx, act, { tokenId, cause, holderIds }));
  await ctx.audit({ type: "token", id: tokenId }, { cause, reason });
  return { tokenId };
}

/**
 * The owner of a token states in writing that nothing is to be expected of it: every holder carries it at nothing until a
 * later price counts for them (T25). The statement stays in the audit log. Refusals: `not_found`, `no_holders`, `already_so`.
 */
export const stateWriteDown = defineCommand({
  name: "state-write-down",
  action: "mark.state",
  input: statementInput,
  async run(tx, ctx) {
    const token = await findTokenOf(ctx.person.id, tx);
    ctx.authorise(token ? { owner: token.ownerId } : {});
    if (!token) return ctx.refuse({ code: "not_found" });
    return down(tx, ctx, { tokenId: token.id, cause: "statement", reason: ctx.input.statement });
  },
});

/**
 * An operator finds, with a reason, that nothing is to be expected of somebody else's token (T25). Refusals: `not_found`,
 * `no_holders`, `already_so`.
 */
export const findWriteDown = defineCommand({
  name: "find-write-down",
  action: "mark.find",
  input: findingInput,
  async run(tx, ctx) {
    const { tokenId, reason } = ctx.input;
    const sold = await findSoldToken(tx, tokenId);
    if (!sold) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: sold.owner.id });
    return down(tx, ctx, { tokenId, cause: "finding", reason });
  },
});
