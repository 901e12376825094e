import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, enrolments, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { countEnrolled } from "~/features/cohorts/queries.server";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { decisionInput } from "./schema";

/**
 * A teacher of the cohort admits or declines a submitted application; the applicant is told in the same transaction.
 * Admission takes a place (held by the cohort's row, so that capacity is never passed) and says nothing about money
 * (T13). Refusals: `not_found`, `already_decided`, `not_submitted`, `cohort_full`.
 */
export const decideApplication = defineCommand({
  name: "decide-application",
  action: "application.decide",
  input: decisionInput,
  async run(tx, context) {
    const { input, now } = context;
    const found = await holdForDecision(tx, input.applicationId);
    if (!found?.application.submittedAt) return context.refuse({ code: "not_found" });
    const { application, cohort, applicant } = found;
    context.authorise({
      teacher: await listTeacherIds(tx, cohort.id),
      applicant: application.applicantId,
    });
    if (cohort.state === "cancelled") context.refuse({ code: "not_now" });
    const { person } = context;
    if (application.state === "admitted" || application.state === "declined")
      context.refuse({ code: "already_decided" });
    if (application.state !== "submitted") context.refuse({ code: "not_submitted" });
    const admitted = input.decision === "admit";
    if (admitted && (await countEnrolled(cohort.id, tx)) >= cohort.capacity) {
      context.refuse({ code: "cohort_full", facts: { capacity: String(cohort.capacity) } });
    }
    const state = admitted ? ("admitted" as const) : ("declined" as const);
    await tx
      .update(applications)
      .set({
        state,
        decidedAt: now,
        decidedBy: person.id,
        decisionMessage: input.message,
        updatedAt: now,
      })
      .where(eq(applications.id, application.id));
    const enrolmentId = admitted
      ? await enrol(tx, {
          cohortId: cohort.id,
          personId: application.applicantId,
          applicationId: application.id,
          enrolledAt: now,
        })
      : null;
    await enqueueMail(tx, {
      to: { personId: application.applicantId, email: applicant.email },
      template: admitted ? "application-admitted" : "application-declined",
      props: {
        name: applicant.displayName,
        teacher: person.displayName,
        cohort: cohort.title,
        message: input.message,
        path: `/applications/${application.id}`,
      },
      now,
    });
    await context.audit({ type: "application", id: application.id }, { state });
    return { applicationId: application.id, state, enrolmentId };
  },
});

async function holdForDecision(tx: Tx, applicationId: string) {
  const [found] = await tx
    .select({ cohortId: applications.cohortId })
    .from(applications)
    .where(eq(applications.id, applicationId));
  if (!found) return null;
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(eq(cohorts.id, found.cohortId))
    .for("update");
  const [application] = await tx
    .select()
    .from(applications)
    .where(eq(applications.id, applicationId))
    .for("update");
  if (!cohort || !application) throw new Error("an application vanished");
  const [applicant] = await tx
    .select({ email: persons.email, displayName: persons.displayName })
    .from(persons)
    .where(eq(persons.id, application.applicantId));
  if (!applicant) throw new Error("an applicant vanished");
  return { application, cohort, applicant };
}

async function enrol(tx: Tx, place: typeof enrolments.$inferInsert): Promise<string> {
  const [row] = await tx.insert(enrolments).values(place).returning({ id: enrolments.id });
  if (!row) throw new Error("an enrolment vanished");
  return row.id;
}
