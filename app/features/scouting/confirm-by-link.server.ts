import { and, eq } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { persons, referrals, scoutLinks } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type Context, defineCommand } from "~/auth/command.server";
import { makeLinkToken } from "~/lib/secret-link.server";
import { z } from "~/lib/zod";
import { holdOpenReferrals } from "./answer-referral.server";
import { confirmReferral, declineReferrals } from "./confirm-referral.server";
import { hasAppliedInTime } from "./find-finder.server";
import { deadlinesOf, isAlive } from "./rules";

/**
 * Somebody who came by a scout's link says by name that this scout told them: a referral that counts from now. Where the scout had
 * referred their address already, that one is confirmed; others that wait are declined. Holds the talent's row, then the link's.
 * Refusals: `not_found`, `link_over`, and as `confirmReferral` does.
 */
export const confirmByLink = defineCommand({
  name: "confirm-by-link",
  action: "referral.answer",
  input: z.object({
    code: z.string(),
    scout: z
      .string({ error: "Say who told you about Belay." })
      .min(1, "Say who told you about Belay."),
  }),
  async run(tx, context) {
    const { input, person } = context;
    context.authorise({ person: person.id });
    const open = await holdOpenReferrals(tx, person.id);
    const link = await holdLink(tx, context);
    if (link.scoutId === person.id) context.refuse({ code: "oneself" });
    if (link.handle !== input.scout) return context.refuse({ code: "not_found" });
    const mine = open.find((referral) => referral.scoutId === link.scoutId);
    const chosen = mine && isAlive(mine, false, context.now) ? mine : null;
    if (mine && !chosen)
      await tx
        .update(referrals)
        .set({ state: "lapsed", answeredAt: context.now })
        .where(eq(referrals.id, mine.id));
    const referral = chosen ?? (await insertReferral(tx, context, link));
    await confirmReferral(tx, context, referral);
    await declineReferrals(
      tx,
      context,
      open.filter((other) => other.scoutId !== link.scoutId),
    );
    return { confirmed: referral.id };
  },
});

type Link = { id: string; scoutId: string; cohortId: string | null; handle: string };

async function holdLink(tx: Tx, context: Context<{ code: string }>): Promise<Link> {
  const [row] = await tx
    .select({ link: scoutLinks, handle: persons.handle })
    .from(scoutLinks)
    .innerJoin(persons, eq(persons.id, scoutLinks.scoutId))
    .where(eq(scoutLinks.code, context.input.code))
    .for("share", { of: scoutLinks });
  if (!row) return context.refuse({ code: "not_found" });
  const { link, handle } = row;
  if (link.revokedAt || link.expiresAt <= context.now) context.refuse({ code: "link_over" });
  return { id: link.id, scoutId: link.scoutId, cohortId: link.cohortId, handle };
}

async function insertReferral<I>(tx: Tx, context: Context<I>, link: Link) {
  const { now, person } = context;
  const [talent] = await tx.select().from(persons).where(eq(persons.id, person.id));
  const [referral] = await tx
    .insert(referrals)
    .values({
      ...{ scoutId: link.scoutId, linkId: link.id, cohortId: link.cohortId, reasons: "" },
      ...{ talentEmail: talent?.email ?? "", talentName: person.displayName },
      ...{ tokenHash: makeLinkToken().tokenHash, sentAt: now, ...deadlinesOf(now) },
    })
    .returning();
  if (!referral) throw new Error("a referral vanished");
  return referral;
}

/** The scout whom a person has confirmed and whose referral can still lead to something; null where there is none. */
export async function findConfirmedScout(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<{ id: string; displayName: string; handle: string } | null> {
  const [row] = await db
    .select({
      referral: referrals,
      scout: { id: persons.id, displayName: persons.displayName, handle: persons.handle },
    })
    .from(referrals)
    .innerJoin(persons, eq(persons.id, referrals.scoutId))
    .where(and(eq(referrals.talentId, actor.id), eq(referrals.state, "confirmed")));
  if (!row) return null;
  const applied = await hasAppliedInTime(db, row.referral, actor.id);
  return isAlive(row.referral, applied, now) ? row.scout : null;
}
