import { eq } from "drizzle-orm";
import { referralHypotheses, referrals } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { addDays, addDaysToInstant, addYears, utcDay } from "~/lib/dates";
import { policy } from "~/policy";
import { hypothesisInput } from "./schema";

/** Until when a scout says what they expect of somebody: before that instant. */
export const sayBy = (sentAt: Date): Date =>
  addDaysToInstant(sentAt, policy.hypothesisWithinDays.value);

/** The days, both included, on one of which a hypothesis that is said now is due. */
export function dueDays(now: Date): { first: string; last: string } {
  const today = utcDay(now);
  return {
    first: addDays(today, policy.hypothesisAheadDays.value),
    last: addYears(today, policy.hypothesisWithinYears.value),
  };
}

/**
 * A scout writes down what they expect of somebody whom they have referred, how sure they are and by which UTC day it shows; it never
 * changes. Holds the referral's row. Refusals: `not_found`, `referral_over`, `said_too_late`, `too_many_hypotheses`; on `dueOn`
 * `due_too_soon`, `due_too_late`.
 */
export const stateHypothesis = defineCommand({
  name: "state-hypothesis",
  action: "hypothesis.state",
  input: hypothesisInput,
  async run(tx, context) {
    const { input, now } = context;
    const [referral] = await tx
      .select()
      .from(referrals)
      .where(eq(referrals.id, input.referralId))
      .for("update");
    if (!referral) return context.refuse({ code: "not_found" });
    context.authorise({ scout: referral.scoutId });
    if (referral.state !== "sent" && referral.state !== "confirmed")
      context.refuse({ code: "referral_over" });
    if (now >= sayBy(referral.sentAt)) context.refuse({ code: "said_too_late" });
    const { first, last } = dueDays(now);
    if (input.dueOn < first) context.refuse({ code: "due_too_soon", field: "dueOn" });
    if (input.dueOn > last) context.refuse({ code: "due_too_late", field: "dueOn" });
    const said = await tx.$count(
      referralHypotheses,
      eq(referralHypotheses.referralId, referral.id),
    );
    if (said >= policy.hypothesesPerReferral.value) context.refuse({ code: "too_many_hypotheses" });
    const [made] = await tx
      .insert(referralHypotheses)
      .values({ ...input, statedAt: now })
      .returning({ id: referralHypotheses.id });
    if (!made) throw new Error("a hypothesis vanished");
    return { hypothesisId: made.id };
  },
});
