import { and, count, eq, gt, isNotNull } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, persons, referrals } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import { addDaysToInstant } from "~/lib/dates";
import { makeLinkToken } from "~/lib/secret-link.server";
import { dayBegunEverywhere, isOfAge } from "~/lib/signing";
import type { z } from "~/lib/zod";
import { policy } from "~/policy";
import { findConflict } from "./conflicts.server";
import { deadlinesOf } from "./rules";
import { referralInput } from "./schema";

type Input = z.output<typeof referralInput>;

/**
 * A scout refers somebody by e-mail, with reasons; the person is written to, and needs no account for that. It counts
 * once they confirm the scout by name (T21). Holds the scout's row: one open referral a scout and address.
 * Whether the address has an account, or has applied there already, is not the scout's to know: who had applied is told so when they
 * confirm (`confirmReferral`), and their scout nothing. Refusals: `under_age`, `too_many` (a day), and on `talentEmail` `oneself`,
 * `own_student`, `under_review`, `already_referred`; `not_found` for a cohort that there is not.
 */
export const referTalent = defineCommand({
  name: "refer-talent",
  action: "referral.send",
  input: referralInput,
  async run(tx, context) {
    const { input, now, person } = context;
    context.authorise({ person: person.id });
    const [scout] = await tx.select().from(persons).where(eq(persons.id, person.id)).for("update");
    if (!scout) throw new Error("a scout vanished");
    if (!isOfAge(scout, dayBegunEverywhere(now))) context.refuse({ code: "under_age" });
    if (input.talentEmail === scout.email)
      context.refuse({ code: "oneself", field: "talentEmail" });
    const talentId = await findTalent(tx, input.talentEmail);
    await refuseConflicts(tx, context, talentId);
    await refuseRepeats(tx, context);
    const { token, tokenHash } = makeLinkToken();
    const [referral] = await tx
      .insert(referrals)
      .values({ ...input, scoutId: scout.id, tokenHash, sentAt: now, ...deadlinesOf(now) })
      .returning({ id: referrals.id });
    if (!referral) throw new Error("a referral vanished");
    await enqueueMail(tx, {
      to: { personId: talentId, email: input.talentEmail },
      template: "referral-sent",
      props: {
        name: input.talentName,
        scout: scout.displayName,
        reasons: input.reasons,
        path: `/referral?token=${token}`,
      },
      now,
    });
    return { referralId: referral.id };
  },
});

/** Who has confirmed that address; null where nobody has. */
async function findTalent(tx: Tx, email: string): Promise<string | null> {
  const [talent] = await tx
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.email, email), isNotNull(persons.emailVerifiedAt)));
  return talent?.id ?? null;
}

async function refuseConflicts(
  tx: Tx,
  context: Context<Input>,
  talentId: string | null,
): Promise<void> {
  const { input, person } = context;
  if (input.cohortId) {
    const [cohort] = await tx
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(and(eq(cohorts.id, input.cohortId), eq(cohorts.state, "published")));
    if (!cohort) context.refuse({ code: "not_found" });
  }
  if (!talentId) return;
  const conflict = await findConflict(tx, { scoutId: person.id, talentId });
  if (conflict) context.refuse({ code: conflict, field: "talentEmail" });
}

async function refuseRepeats(tx: Tx, context: Context<Input>): Promise<void> {
  const { input, now, person } = context;
  const mine = eq(referrals.scoutId, person.id);
  const [today] = await tx
    .select({ sent: count() })
    .from(referrals)
    .where(and(mine, gt(referrals.sentAt, addDaysToInstant(now, -1))));
  if (Number(today?.sent ?? 0) >= policy.referralsADay.value) context.refuse({ code: "too_many" });
  const [open] = await tx
    .select()
    .from(referrals)
    .where(and(mine, eq(referrals.talentEmail, input.talentEmail), eq(referrals.state, "sent")));
  if (!open) return;
  if (now < open.applyBy) context.refuse({ code: "already_referred", field: "talentEmail" });
  await tx
    .update(referrals)
    .set({ state: "lapsed", answeredAt: now })
    .where(eq(referrals.id, open.id));
}
