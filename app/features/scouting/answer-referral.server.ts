import { and, asc, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons, referrals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import type { z } from "~/lib/zod";
import { findConflict, hadApplied } from "./conflicts.server";
import { hasAppliedInTime } from "./find-finder.server";
import { isAlive } from "./rules";
import { answerInput } from "./schema";

type Input = z.output<typeof answerInput>;
type Referral = typeof referrals.$inferSelect;

/**
 * Somebody says which of the scouts who referred their confirmed address they know: that one is confirmed, every other
 * is declined; or none, and all are declined. The first confirmed one wins for as long as it lives. Holds the talent's
 * row, so that of two answers at once one wins.
 * Refusals: `not_found`, `already_confirmed`, `referral_over`, `own_student`, `under_review`, `already_applied`.
 */
export const answerReferral = defineCommand({
  name: "answer-referral",
  action: "referral.answer",
  input: answerInput,
  async run(tx, context) {
    const { input, now, person } = context;
    context.authorise({ person: person.id });
    const [talent] = await tx
      .select({ email: persons.email })
      .from(persons)
      .where(eq(persons.id, person.id))
      .for("update");
    if (!talent) throw new Error("a talent vanished");
    const open = await tx
      .select()
      .from(referrals)
      .where(
        and(
          eq(referrals.talentEmail, talent.email),
          eq(referrals.state, "sent"),
          ne(referrals.scoutId, person.id),
        ),
      )
      .orderBy(asc(referrals.sentAt), asc(referrals.id))
      .for("update");
    const chosen = open.find((referral) => referral.id === input.referralId);
    if (!chosen && (input.referralId !== "none" || open.length === 0))
      return context.refuse({ code: "not_found" });
    if (chosen) await confirm(tx, context, chosen);
    for (const other of open.filter((referral) => referral !== chosen)) {
      await tx
        .update(referrals)
        .set({ state: "declined", answeredAt: now, talentId: person.id })
        .where(eq(referrals.id, other.id));
    }
    return { confirmed: chosen?.id ?? null };
  },
});

async function confirm(tx: Tx, context: Context<Input>, referral: Referral): Promise<void> {
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
    props: { name: scout.displayName, talent: person.displayName, path: "/refer" },
    now,
  });
}

/** Refuses what cannot count any more; a confirmed referral whose time is over makes room for this one. */
async function refuseLate(tx: Tx, context: Context<Input>, referral: Referral): Promise<void> {
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
