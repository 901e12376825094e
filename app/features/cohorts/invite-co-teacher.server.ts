import { and, count, eq, inArray } from "drizzle-orm";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { makeLinkToken } from "~/lib/secret-link.server";
import { z } from "~/lib/zod";
import { policy } from "~/policy";
import { listStaffOf, staffOf } from "./teachers.server";

export const inviteInput = z.object({
  cohortId: z.uuid(),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, "Shorten the e-mail address.")
    .pipe(z.email("Enter an e-mail address, such as name@example.org.")),
});

/**
 * Whoever opened a cohort asks somebody by e-mail to teach it with them. Holds the cohort's row. Refusals: `not_found`,
 * and on `email` `already_teaches`, `already_invited`, `too_many_teachers`.
 */
export const inviteCoTeacher = defineCommand({
  name: "invite-co-teacher",
  action: "cohort.staff",
  input: inviteInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [cohort] = await tx
      .select()
      .from(cohorts)
      .where(eq(cohorts.id, input.cohortId))
      .for("update");
    if (!cohort) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, cohort.id));
    const field = "email";
    const teachers = await listStaffOf(cohort.id, tx);
    if (teachers.some((teacher) => teacher.email === input.email))
      context.refuse({ code: "already_teaches", field });
    const ofCohort = eq(cohortTeachers.cohortId, cohort.id);
    const [open] = await tx
      .select({ id: cohortTeachers.id })
      .from(cohortTeachers)
      .where(
        and(
          ofCohort,
          eq(cohortTeachers.email, input.email),
          inArray(cohortTeachers.state, ["invited", "accepted"]),
        ),
      );
    if (open) context.refuse({ code: "already_invited", field });
    const [invited] = await tx
      .select({ n: count() })
      .from(cohortTeachers)
      .where(and(ofCohort, inArray(cohortTeachers.state, ["invited", "accepted"])));
    if (Number(invited?.n ?? 0) + 1 >= policy.teachersPerCohort.value)
      context.refuse({ code: "too_many_teachers", field });
    const { token, tokenHash } = makeLinkToken();
    const [row] = await tx
      .insert(cohortTeachers)
      .values({
        cohortId: cohort.id,
        email: input.email,
        tokenHash,
        invitedBy: person.id,
        invitedAt: now,
      })
      .returning({ id: cohortTeachers.id });
    if (!row) throw new Error("an invitation vanished");
    const [known] = await tx
      .select({ id: persons.id })
      .from(persons)
      .where(eq(persons.email, input.email));
    await enqueueMail(tx, {
      to: { personId: known?.id ?? null, email: input.email },
      template: "co-teacher-invited",
      props: {
        teacher: person.displayName,
        cohort: cohort.title,
        path: `/teach/invitation?token=${token}`,
      },
      now,
    });
    await context.audit({ type: "cohort", id: cohort.id }, { invitationId: row.id });
    return { invitationId: row.id };
  },
});

/** Whoever opened a cohort takes an unanswered invitation back. Refusals: `not_found`, `already_answered`. */
export const withdrawInvitation = defineCommand({
  name: "withdraw-invitation",
  action: "cohort.staff",
  input: z.object({ invitationId: z.uuid() }),
  async run(tx, context) {
    const [found] = await tx
      .select({ invitation: cohortTeachers })
      .from(cohortTeachers)
      .where(eq(cohortTeachers.id, context.input.invitationId))
      .for("update", { of: cohortTeachers });
    if (!found) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, found.invitation.cohortId));
    if (found.invitation.state !== "invited") context.refuse({ code: "already_answered" });
    await tx
      .update(cohortTeachers)
      .set({ state: "withdrawn", answeredAt: context.now })
      .where(eq(cohortTeachers.id, found.invitation.id));
    return { invitationId: found.invitation.id, state: "withdrawn" };
  },
});
