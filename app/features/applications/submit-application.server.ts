import { eq } from "drizzle-orm";
import { applications, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { unanswered } from "./rules";
import { applicationInput } from "./schema";
import { refuseUnanswered, writeApplication } from "./write-application.server";

/**
 * Submits the asker's application to a cohort with these answers (what is not among them stays as it was drafted) and
 * writes to the applicant. Every question needs an answer, a profile is not needed. Submitting again changes it.
 * Refusals: those of `writeApplication`, and `unanswered` with a message a question.
 */
export const submitApplication = defineCommand({
  name: "submit-application",
  action: "application.draft",
  input: applicationInput,
  async run(tx, context) {
    const { application, cohort, questions, answers } = await writeApplication(tx, context);
    const { now, person } = context;
    refuseUnanswered(
      context,
      unanswered(
        questions.map((question) => question.id),
        answers,
      ),
    );
    if (application.state === "submitted")
      return { applicationId: application.id, state: "submitted" };
    await tx
      .update(applications)
      .set({ state: "submitted", submittedAt: now })
      .where(eq(applications.id, application.id));
    const [applicant] = await tx
      .select({ email: persons.email })
      .from(persons)
      .where(eq(persons.id, person.id));
    if (!applicant) throw new Error("an applicant vanished");
    await enqueueMail(tx, {
      to: { personId: person.id, email: applicant.email },
      template: "application-submitted",
      props: {
        name: person.displayName,
        cohort: cohort.title,
        path: `/applications/${application.id}`,
      },
      now,
    });
    return { applicationId: application.id, state: "submitted" };
  },
});
