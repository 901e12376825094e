import { eq } from "drizzle-orm";
import { applications, reviews } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { optionalTextField } from "~/lib/terms";
import { z } from "~/lib/zod";

export const reviewInput = z.object({
  applicationId: z.uuid(),
  score: z
    .enum(["1", "2", "3", "4", "5"], { error: "Choose a score from 1 to 5." })
    .transform(Number),
  note: optionalTextField("the note", 5_000),
});

/**
 * A reviewer scores a submitted application from 1 to 5, with a note that the applicant never sees; scoring again
 * replaces it, until the decision. Refusals: `not_found`, `not_submitted`, `already_decided`.
 */
export const scoreApplication = defineCommand({
  name: "score-application",
  action: "application.review",
  input: reviewInput,
  async run(tx, context) {
    const { input, now } = context;
    const [found] = await tx
      .select({ application: applications })
      .from(applications)
      .where(eq(applications.id, input.applicationId))
      .for("update");
    if (!found?.application.submittedAt) return context.refuse({ code: "not_found" });
    context.authorise({
      teacher: await listTeacherIds(tx, found.application.cohortId),
      applicant: found.application.applicantId,
    });
    if (found.application.state === "withdrawn") context.refuse({ code: "not_submitted" });
    if (found.application.state !== "submitted") context.refuse({ code: "already_decided" });
    const review = { score: input.score, note: input.note, updatedAt: now };
    await tx
      .insert(reviews)
      .values({ applicationId: found.application.id, reviewerId: context.person.id, ...review })
      .onConflictDoUpdate({ target: [reviews.applicationId, reviews.reviewerId], set: review });
    return { applicationId: found.application.id, score: input.score };
  },
});
