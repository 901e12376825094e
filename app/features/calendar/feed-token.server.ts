import { and, eq, isNull } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { calendarTokens } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { defineCommand } from "~/auth/command.server";
import { tokenHashOf } from "~/lib/secret-link.server";
import { z } from "~/lib/zod";

const TOKEN = /^[\w-]{43}$/;

/**
 * Makes the secret of somebody's calendar address the one that is given (of `makeLinkToken`), and ends the one before it; its hash
 * alone is kept.
 */
export const makeCalendarToken = defineCommand({
  name: "make-calendar-token",
  action: "calendar.keep",
  input: z.object({ token: z.string().regex(TOKEN) }),
  async run(tx, context) {
    const personId = context.person.id;
    context.authorise({ person: personId });
    await endLive(tx, personId, context.now);
    const [row] = await tx
      .insert(calendarTokens)
      .values({ personId, tokenHash: tokenHashOf(context.input.token), madeAt: context.now })
      .onConflictDoNothing()
      .returning({ id: calendarTokens.id });
    return row ? { id: row.id } : context.refuse({ code: "token_known" });
  },
});

/** Ends the address of somebody's calendar: whoever has it gets nothing more. Without one nothing happens. */
export const revokeCalendarToken = defineCommand({
  name: "revoke-calendar-token",
  action: "calendar.keep",
  input: z.object({}),
  async run(tx, context) {
    const personId = context.person.id;
    context.authorise({ person: personId });
    return { ended: await endLive(tx, personId, context.now) };
  },
});

async function endLive(tx: Tx, personId: string, now: Date): Promise<number> {
  const ended = await tx
    .update(calendarTokens)
    .set({ revokedAt: now })
    .where(and(eq(calendarTokens.personId, personId), isNull(calendarTokens.revokedAt)))
    .returning({ id: calendarTokens.id });
  return ended.length;
}

/** Since when somebody's calendar has its present address; null without one. For that person alone. */
export async function findCalendarSince(
  actor: Actor,
  db: Queryable = getDb(),
): Promise<Date | null> {
  const [row] = await db
    .select({ madeAt: calendarTokens.madeAt })
    .from(calendarTokens)
    .where(and(eq(calendarTokens.personId, actor.id), isNull(calendarTokens.revokedAt)));
  return row?.madeAt ?? null;
}

/** Whose calendar a secret opens; null for one that nobody has or that was ended. */
export async function findCalendarOwner(
  token: string | undefined,
  db: Queryable = getDb(),
): Promise<string | null> {
  if (!token || !TOKEN.test(token)) return null;
  const [row] = await db
    .select({ personId: calendarTokens.personId })
    .from(calendarTokens)
    .where(and(eq(calendarTokens.tokenHash, tokenHashOf(token)), isNull(calendarTokens.revokedAt)));
  return row?.personId ?? null;
}
