import { and, asc, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons, referrals } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { confirmReferral, declineReferrals } from "./confirm-referral.server";
import { answerInput } from "./schema";

/**
 * Somebody says which of the scouts who referred their confirmed address they know: that one is confirmed, every other
 * is declined; or none, and all are declined. The first confirmed one wins for as long as it lives. Holds the talent's
 * row, so that of two answers at once one wins.
 * Refusals: `not_found`, `already_confirmed`, `referral_over`, `oneself`, `own_student`, `under_review`, `already_applied`.
 */
export const answerReferral = defineCommand({
  name: "answer-referral",
  action: "referral.answer",
  input: answerInput,
  async run(tx, context) {
    const { input, person } = context;
    context.authorise({ person: person.id });
    const open = await holdOpenReferrals(tx, person.id);
    const chosen = open.find((referral) => referral.id === input.referralId);
    if (!chosen && (input.referralId !== "none" || open.length === 0))
      return context.refuse({ code: "not_found" });
    if (chosen) await confirmReferral(tx, context, chosen);
    await declineReferrals(
      tx,
      context,
      open.filter((referral) => referral !== chosen),
    );
    return { confirmed: chosen?.id ?? null };
  },
});

/** The referrals to a talent's address that wait for an answer, the oldest first. Holds the talent's row, then theirs. */
export async function holdOpenReferrals(tx: Tx, talentId: string) {
  const [talent] = await tx
    .select({ email: persons.email })
    .from(persons)
    .where(eq(persons.id, talentId))
    .for("update");
  if (!talent) throw new Error("a talent vanished");
  return tx
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.talentEmail, talent.email),
        eq(referrals.state, "sent"),
        ne(referrals.scoutId, talentId),
      ),
    )
    .orderBy(asc(referrals.sentAt), asc(referrals.id))
    .for("update");
}
