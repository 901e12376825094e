import { and, eq } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { cohorts, enrolments, persons, referralHypotheses, referrals } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import type { Subject } from "~/auth/permissions";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { utcDay } from "~/lib/dates";
import type { z } from "~/lib/zod";
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
 * The talent, who taught them, or an operator does; never the scout, nor who is close to them; the scout is told. Holds the
 * referral's row, then the hypothesis'.
 * Refusals: `not_found`, `too_close`, `not_due`, `scored_already`.
 */
export const scoreHypothesis = defineCommand({
  name: "score-hypothesis",
  action: "hypothesis.score",
  input: scoreInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdHypothesis(tx, input.hypothesisId);
    if (!held || !wasConfirmedBy(held.referral)) return context.refuse({ code: "not_found" });
    const { hypothesis, referral } = held;
    context.authorise(await scorersOf(tx, referral));
    if (await areClose(tx, person.id, referral.scoutId)) context.refuse({ code: "too_close" });
    if (utcDay(now) < hypothesis.dueOn) context.refuse({ code: "not_due" });
    if (hypothesis.outcome) context.refuse({ code: "scored_already" });
    const { outcome, evidence } = input;
    await tx
      .update(referralHypotheses)
      .set({ outcome, evidence, scoredBy: person.id, scoredAt: now })
      .where(eq(referralHypotheses.id, hypothesis.id));
    await tellScout(tx, context, held);
    await context.audit({ type: "hypothesis", id: hypothesis.id }, { outcome });
    return { hypothesisId: hypothesis.id };
  },
});

/** A hypothesis and its referral, both locked, the referral first: as what tells of it does. */
async function holdHypothesis(tx: Tx, hypothesisId: string) {
  const id = eq(referralHypotheses.id, hypothesisId);
  const of = tx.select({ id: referralHypotheses.referralId }).from(referralHypotheses).where(id);
  const [referral] = await tx.select().from(referrals).where(eq(referrals.id, of)).for("update");
  const [hypothesis] = await tx.select().from(referralHypotheses).where(id).for("update");
  return referral && hypothesis ? { referral, hypothesis } : null;
}

const SAID = { true: "it came true", false: "it did not", void: "it cannot be told" } as const;

async function tellScout(
  tx: Tx,
  { input, now, person }: Context<z.output<typeof scoreInput>>,
  { hypothesis, referral }: { hypothesis: { claim: string }; referral: Referral },
): Promise<void> {
  const [talent] = await tx
    .select()
    .from(persons)
    .where(eq(persons.id, referral.talentId ?? ""));
  await tellAbout(tx, "hypotheses", {
    to: [referral.scoutId],
    template: "hypothesis-scored",
    props: {
      about: talent?.displayName ?? "",
      by: person.displayName,
      claim: hypothesis.claim,
      outcome: SAID[input.outcome],
      evidence: input.evidence,
      path: `/refer/${referral.id}`,
    },
    now,
  });
}
