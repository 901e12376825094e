import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons, referrals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import type { Context } from "~/auth/command.server";
import { findConflict, hadApplied } from "./conflicts.server";
import { hasAppliedInTime } from "./find-finder.server";
import { isAlive } from "./rules";

type Referral = typeof referrals.$inferSelect;

/**
 * Confirms a referral that was sent, for the talent who asks and whose row is held; the scout is told. One that was confirmed before
 * and is over lapses. Refusals: `already_confirmed`, `referral_over`, `oneself`, `own_student`, `under_review`, `already_applied`.
 */
export async function confirmReferral<I>(
  tx: Tx,
  context: Context<I>,
  referral: Referral,
): Promise<void> {
  const { now, person } = context;
  await refuseLate(tx, context, referral);
  await tx
    .update(referrals)
    .set({ state: "confirmed", answeredAt: now, talentId: person.id })
    .where(eq(referrals.id, referral.id));
  const [scout] = await tx.select().from(persons).where(eq(persons.id, referral.scoutId));
  if (!scout) throw new Error("a scout vanished");
  await enqueueMail(tx, {
    to: { personId: scout.id, email: scout.email },
    template: "referral-confirmed",
    props: { name: scout.displayName, talent: person.displayName, path: `/refer/${referral.id}` },
    now,
  });
}

/** The others' referrals of the same talent no longer wait: another scout's was confirmed, or none. */
export async function declineReferrals<I>(
  tx: Tx,
  context: Context<I>,
  others: readonly Referral[],
): Promise<void> {
  for (const other of others)
    await tx
      .update(referrals)
      .set({ state: "declined", answeredAt: context.now, talentId: context.person.id })
      .where(eq(referrals.id, other.id));
}

async function refuseLate<I>(tx: Tx, context: Context<I>, referral: Referral): Promise<void> {
  const { now, person } = context;
  const [before] = await tx
    .select()
    .from(referrals)
    .where(and(eq(referrals.talentId, person.id), eq(referrals.state, "confirmed")))
    .for("update");
  if (before) {
    if (isAlive(before, await hasAppliedInTime(tx, before, person.id), now))
      context.refuse({ code: "already_confirmed" });
    await tx.update(referrals).set({ state: "lapsed" }).where(eq(referrals.id, before.id));
  }
  if (!isAlive(referral, await hasAppliedInTime(tx, referral, person.id), now))
    context.refuse({ code: "referral_over" });
  const who = { scoutId: referral.scoutId, talentId: person.id };
  const conflict = await findConflict(tx, who);
  if (conflict) context.refuse({ code: conflict });
  const { cohortId } = referral;
  if (cohortId && (await hadApplied(tx, { ...who, cohortId, before: referral.sentAt })))
    context.refuse({ code: "already_applied" });
}
