import { sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { defineCommand } from "~/auth/command.server";
import { listHolderIds, writeDown } from "~/features/tokens/write-down.server";
import { z } from "~/lib/zod";
import { lastYearDue } from "./rules";

/**
 * Tokens whose owners have missed the last two yearly declarations that were due: no sale declared, and not that nothing was
 * sold. Only where somebody holds shares, and not where the token is carried at nothing already (T11).
 */
export async function listMissed(
  now: Date,
  limit: number,
  tokenId: string | null = null,
  db: Queryable = getDb(),
): Promise<string[]> {
  const year = lastYearDue(now);
  const rows = await db.execute<{ id: string }>(sql`
    SELECT t.id FROM tokens t
    WHERE (${tokenId}::uuid IS NULL OR t.id = ${tokenId}) AND extract(year FROM t.minted_at AT TIME ZONE 'UTC') <= ${year - 1}
      AND NOT EXISTS (SELECT 1 FROM nothing_declared n WHERE n.token_id = t.id AND n.year IN (${year - 1}, ${year}))
      AND NOT EXISTS (SELECT 1 FROM token_gains g WHERE g.token_id = t.id AND g.year IN (${year - 1}, ${year}) AND g.gain_id IS NOT NULL AND g.reversed_by IS NULL)
      AND EXISTS (SELECT 1 FROM lots l WHERE l.token_id = t.id AND l.shares_left > 0
        AND l.acquired_at < make_timestamptz(${year}, 1, 1, 0, 0, 0, 'UTC'))
      AND (SELECT m.class FROM marks m WHERE m.token_id = t.id AND m.reversed_by IS NULL ORDER BY m.entry_id DESC LIMIT 1) IS DISTINCT FROM 'written_down'
    ORDER BY t.minted_at, t.id LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/**
 * The platform writes a token down whose owner has missed two yearly declarations (T11). Asked where none are missed, or
 * again, it answers `not_due` without effect.
 */
export const missYears = defineCommand({
  name: "miss-years",
  action: "year.missed",
  input: z.object({ tokenId: z.uuid() }),
  async run(tx, ctx) {
    ctx.authorise({});
    const { tokenId } = ctx.input;
    const year = lastYearDue(ctx.now);
    const act = {
      actorId: null,
      now: ctx.now,
      idempotencyKey: `missed-years:${tokenId}:${year}`,
      input: { tokenId, year },
    };
    const [missed] = await listMissed(ctx.now, 1, tokenId, tx);
    if (!missed) return ctx.refuse({ code: "not_due" });
    const holderIds = await listHolderIds(tx, tokenId);
    const posted = ctx.need(
      await writeDown(tx, act, { tokenId, cause: "missed_years", holderIds }),
    );
    if (!posted.replayed) await ctx.audit({ type: "token", id: tokenId }, { missedYears: year });
    return { tokenId, year };
  },
});
