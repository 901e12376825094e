import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { cohorts, enrolments, referralHypotheses, referrals } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import type { Subject } from "~/auth/permissions";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { utcDay } from "~/lib/dates";
import { areClose, listCountedAs } from "./conflicts.server";
import { scoreInput } from "./schema";

type Referral = typeof referrals.$inferSelect;

/** Whether the talent of a referral had confirmed its scout: only then is anything scored. */
export const wasConfirmedBy = ({ state, talentId }: Pick<Referral, "state" | "talentId">) =>
  talentId !== null && (state === "confirmed" || state === "lapsed");

/** Who may score what a scout expected: the talent themselves and who taught them; never the scout or who counts as them. */
export async function scorersOf(db: Queryable, referral: Referral): Promise<Subject> {
  const taught = await db
    .select({ id: cohorts.id })
    .from(enrolments)
    .innerJoin(cohorts, eq(cohorts.id, enrolments.cohortId))
    .where(
      and(eq(enrolments.personId, referral.talentId ?? ""), eq(enrolments.state, "confirmed")),
    );
  const teachers = await Promise.all(taught.map(({ id }) => listTeacherIds(db, id)));
  return {
    person: referral.talentId ?? "",
    teacher: teachers.flat(),
    scout: await listCountedAs(db, referral.scoutId),
  };
}

/**
 * Says what came of a hypothesis once its day has come (UTC), with what shows it: true, false, or void where it cannot be told. It stays.
 * The talent, who taught them, or an operator does; never the scout, nor who is close to them. Holds the hypothesis' row.
 * Refusals: `not_found`, `too_close`, `not_due`, `scored_already`.
 */
export const scoreHypothesis = defineCommand({
  name: "score-hypothesis",
  action: "hypothesis.score",
  input: scoreInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [row] = await tx
      .select({ hypothesis: referralHypotheses, referral: referrals })
      .from(referralHypotheses)
      .innerJoin(referrals, eq(referrals.id, referralHypotheses.referralId))
      .where(eq(referralHypotheses.id, input.hypothesisId))
      .for("update", { of: referralHypotheses });
    if (!row || !wasConfirmedBy(row.referral)) return context.refuse({ code: "not_found" });
    const { hypothesis, referral } = row;
    context.authorise(await scorersOf(tx, referral));
    if (await areClose(tx, person.id, referral.scoutId)) context.refuse({ code: "too_close" });
    if (utcDay(now) < hypothesis.dueOn) context.refuse({ code: "not_due" });
    if (hypothesis.outcome) context.refuse({ code: "scored_already" });
    const { outcome, evidence } = input;
    await tx
      .update(referralHypotheses)
      .set({ outcome, evidence, scoredBy: person.id, scoredAt: now })
      .where(eq(referralHypotheses.id, hypothesis.id));
    await context.audit({ type: "hypothesis", id: hypothesis.id }, { outcome });
    return { hypothesisId: hypothesis.id };
  },
});
