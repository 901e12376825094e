import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, enrolments, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { promoteFromWaitlist } from "./promote.server";
import { answerPlaceInput, lapsePlaceInput } from "./schema";

/** The place of an application with its cohort, both locked, the cohort first. */
async function holdPlace(tx: Tx, applicationId: string) {
  const [application] = await tx
    .select()
    .from(applications)
    .where(eq(applications.id, applicationId));
  if (!application) return null;
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(eq(cohorts.id, application.cohortId))
    .for("update");
  const [place] = await tx
    .select()
    .from(enrolments)
    .where(eq(enrolments.applicationId, applicationId))
    .for("update");
  return cohort ? { application, cohort, place } : null;
}

/**
 * An applicant takes the place that they were given, until the instant that was stated, or gives it back, before the cohort
 * begins; a place that is given back goes to the first on the waitlist in the same transaction. Refusals: `not_found`,
 * `no_place`, `answered_already`, `too_late`, `has_begun`.
 */
export const answerPlace = defineCommand({
  name: "answer-place",
  action: "place.answer",
  input: answerPlaceInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdPlace(tx, input.applicationId);
    if (!held) return context.refuse({ code: "not_found" });
    const { application, cohort, place } = held;
    context.authorise({ applicant: application.applicantId });
    if (!place) return context.refuse({ code: "no_place" });
    const declines = input.answer === "decline";
    const open = place.state === "offered" || (place.state === "confirmed" && declines);
    if (!open) context.refuse({ code: "answered_already" });
    if (place.state === "offered" && place.confirmBy && now >= place.confirmBy)
      context.refuse({ code: "too_late" });
    if (declines && now >= cohort.startsAt) context.refuse({ code: "has_begun" });
    const state = declines ? ("declined" as const) : ("confirmed" as const);
    await tx.update(enrolments).set({ state, answeredAt: now }).where(eq(enrolments.id, place.id));
    await recordEvent(tx, {
      applicationId: application.id,
      at: now,
      actorId: person.id,
      kind: declines ? "place_declined" : "place_confirmed",
      audience: "applicant",
    });
    if (declines) await promoteFromWaitlist(tx, cohort, now);
    return { applicationId: application.id, state };
  },
});

/**
 * The platform lets a place lapse that was not confirmed in time; it goes to the first on the waitlist in the same
 * transaction, and who had it is told. One that was answered meanwhile is left. Refusals: `not_found`, `not_due`.
 */
export const lapsePlace = defineCommand({
  name: "lapse-place",
  action: "place.lapse",
  input: lapsePlaceInput,
  async run(tx, context) {
    context.authorise({});
    const { input, now } = context;
    const [found] = await tx
      .select({ applicationId: enrolments.applicationId })
      .from(enrolments)
      .where(eq(enrolments.id, input.enrolmentId));
    const held = found && (await holdPlace(tx, found.applicationId));
    if (!held?.place) return context.refuse({ code: "not_found" });
    const { application, cohort, place } = held;
    if (place.state !== "offered") return { state: place.state, lapsed: false };
    if (!place.confirmBy || now < place.confirmBy) context.refuse({ code: "not_due" });
    await tx
      .update(enrolments)
      .set({ state: "lapsed", answeredAt: now })
      .where(eq(enrolments.id, place.id));
    await recordEvent(tx, {
      applicationId: application.id,
      at: now,
      actorId: null,
      kind: "place_lapsed",
      audience: "applicant",
    });
    const [person] = await tx
      .select({ name: persons.displayName, email: persons.email })
      .from(persons)
      .where(eq(persons.id, application.applicantId));
    if (!person) throw new Error("an applicant vanished");
    await enqueueMail(tx, {
      to: { personId: application.applicantId, email: person.email },
      template: "place-lapsed",
      props: { name: person.name, cohort: cohort.title, path: `/applications/${application.id}` },
      now,
    });
    await promoteFromWaitlist(tx, cohort, now);
    return { state: "lapsed", lapsed: true };
  },
});
