import { and, eq, ne } from "drizzle-orm";
import { applications, cohorts, cohortTeachers, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { tokenHashOf } from "~/lib/secret-link.server";
import { z } from "~/lib/zod";
import { allows } from "./stages";

/**
 * Somebody accepts or declines to teach a cohort with others: whoever holds the mailed token and has confirmed the
 * address that it went to. Holds the invitation and the asker's row. Refusals: `not_found` (an unknown token, another's
 * address), `already_answered`, `not_now` once the cohort is over, `applied_here` (an applicant does not decide about applicants).
 */
export const answerInvitation = defineCommand({
  name: "answer-invitation",
  action: "cohort.join",
  input: z.object({
    token: z.string().min(1).max(100),
    decision: z.enum(["accept", "decline"]),
  }),
  secret: ["token"],
  async run(tx, context) {
    const { input, now, person } = context;
    const [found] = await tx
      .select({ invitation: cohortTeachers, cohort: cohorts })
      .from(cohortTeachers)
      .innerJoin(cohorts, eq(cohorts.id, cohortTeachers.cohortId))
      .where(eq(cohortTeachers.tokenHash, tokenHashOf(input.token)))
      .for("update", { of: cohortTeachers });
    const [own] = await tx
      .select({ email: persons.email })
      .from(persons)
      .where(eq(persons.id, person.id))
      .for("update");
    if (!found || !own) return context.refuse({ code: "not_found" });
    const { invitation, cohort } = found;
    context.authorise(invitation.email === own.email ? { person: person.id } : {});
    if (invitation.state !== "invited") context.refuse({ code: "already_answered" });
    const accepts = input.decision === "accept";
    if (accepts) {
      if (!allows(cohort, "staff", now)) context.refuse({ code: "not_now" });
      const [applied] = await tx
        .select({ id: applications.id })
        .from(applications)
        .where(
          and(
            eq(applications.cohortId, cohort.id),
            eq(applications.applicantId, person.id),
            ne(applications.state, "withdrawn"),
          ),
        );
      if (applied) context.refuse({ code: "applied_here" });
    }
    await tx
      .update(cohortTeachers)
      .set({
        state: accepts ? "accepted" : "declined",
        personId: person.id,
        answeredAt: now,
      })
      .where(eq(cohortTeachers.id, invitation.id));
    const [lead] = await tx.select().from(persons).where(eq(persons.id, cohort.teacherId));
    if (!lead) throw new Error("a teacher vanished");
    await enqueueMail(tx, {
      to: { personId: lead.id, email: lead.email },
      template: "co-teacher-answered",
      props: {
        name: lead.displayName,
        other: person.displayName,
        cohort: cohort.title,
        answer: accepts ? "agreed" : "declined",
        path: `/teach/cohorts/${cohort.slug}`,
      },
      now,
    });
    await context.audit({ type: "cohort", id: cohort.id }, { decision: input.decision });
    return { slug: cohort.slug, decision: input.decision };
  },
});
