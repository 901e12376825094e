import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { partsTaken, roomProblem } from "./invite-co-teacher.server";
import { noPartForReviewers, partnerFields, ROLES } from "./partners-schema";
import type { Cohort } from "./queries.server";
import { allows } from "./stages";
import { staffOf } from "./teachers.server";

const changeInput = z
  .object({ partnerId: z.uuid(), ...partnerFields })
  .superRefine(noPartForReviewers);

/**
 * A lead gives a partner, or somebody who is invited, another role or part of each investment; who has accepted is told.
 * Holds the cohort's row. Refusals: `not_found`, `not_now`, on `role` `too_many_teachers`,
 * `too_many_reviewers`, on `part` `parts_too_much`.
 */
export const changePartner = defineCommand({
  name: "change-partner",
  action: "cohort.staff",
  input: changeInput,
  async run(tx, context) {
    const { input } = context;
    const { cohort, partner } = await holdPartner(tx, context, input.partnerId);
    const others = await tx
      .select()
      .from(cohortTeachers)
      .where(
        and(
          eq(cohortTeachers.cohortId, cohort.id),
          inArray(cohortTeachers.state, ["invited", "accepted"]),
        ),
      );
    const rest = others.filter(({ id }) => id !== partner.id);
    const full = partner.role === input.role ? null : roomProblem([...rest, input]);
    if (full) context.refuse({ code: full, field: "role" });
    const taken = partsTaken(rest);
    if (taken + input.part > 10_000) context.refuse({ code: "parts_too_much", field: "part" });
    await tx
      .update(cohortTeachers)
      .set({ role: input.role, partBps: input.part })
      .where(eq(cohortTeachers.id, partner.id));
    const said = `You are now ${ROLES[input.role].name.toLowerCase()}: ${ROLES[input.role].may}. Your part of each investment is ${input.part / 100}%.`;
    await tellPartner(tx, context, { cohort, partner, said });
    await context.audit(
      { type: "cohort", id: cohort.id },
      { partnerId: partner.id, role: input.role, partBps: input.part },
    );
    return { partnerId: partner.id };
  },
});

/**
 * A lead ends a partner's work on a cohort; what they wrote and paid stays. The partner is told. Holds the cohort's row.
 * Refusals: `not_found`, `not_now`.
 */
export const endPartner = defineCommand({
  name: "end-partner",
  action: "cohort.staff",
  input: z.object({ partnerId: z.uuid() }),
  async run(tx, context) {
    const { cohort, partner } = await holdPartner(tx, context, context.input.partnerId);
    if (partner.state !== "accepted") context.refuse({ code: "not_found" });
    await tx
      .update(cohortTeachers)
      .set({ state: "left", leftAt: context.now })
      .where(eq(cohortTeachers.id, partner.id));
    const said = "You no longer work on it. What you wrote stays, and so does what you invested.";
    await tellPartner(tx, context, { cohort, partner, said });
    await context.audit({ type: "cohort", id: cohort.id }, { partnerId: partner.id });
    return { partnerId: partner.id };
  },
});

type Partner = typeof cohortTeachers.$inferSelect;

async function holdPartner<I>(
  tx: Tx,
  context: Context<I>,
  partnerId: string,
): Promise<{ cohort: Cohort; partner: Partner }> {
  const [found] = await tx
    .select({ cohortId: cohortTeachers.cohortId })
    .from(cohortTeachers)
    .where(eq(cohortTeachers.id, partnerId));
  if (!found) return context.refuse({ code: "not_found" });
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(eq(cohorts.id, found.cohortId))
    .for("update");
  const [partner] = await tx
    .select()
    .from(cohortTeachers)
    .where(eq(cohortTeachers.id, partnerId))
    .for("update");
  if (!cohort || !partner) throw new Error("a partner vanished");
  context.authorise(await staffOf(tx, cohort.id));
  if (!allows(cohort, "staff", context.now)) context.refuse({ code: "not_now" });
  if (partner.state !== "invited" && partner.state !== "accepted")
    context.refuse({ code: "not_found" });
  return { cohort, partner };
}

async function tellPartner<I>(
  tx: Tx,
  context: Context<I>,
  what: { cohort: Cohort; partner: Partner; said: string },
): Promise<void> {
  const { cohort, partner, said } = what;
  if (partner.state !== "accepted" || !partner.personId) return;
  const [person] = await tx.select().from(persons).where(eq(persons.id, partner.personId));
  if (!person) throw new Error("a partner vanished");
  await enqueueMail(tx, {
    to: { personId: person.id, email: person.email },
    template: "partner-changed",
    props: {
      name: person.displayName,
      lead: context.person.displayName,
      cohort: cohort.title,
      said,
      path: "/teach",
    },
    now: context.now,
  });
}
