import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, reviews } from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listConflictKinds } from "./conflicts.server";
import type { Standing } from "./rules";
import { getStanding } from "./standing.server";

export type Held = {
  application: typeof applications.$inferSelect;
  cohort: typeof cohorts.$inferSelect;
  own: typeof reviews.$inferSelect | null;
  standing: Standing;
};

/**
 * A submitted application for somebody who is to review it, with its row locked: they may, and nothing is between them and
 * the applicant. Refusals: `not_found`, `not_submitted`, `already_decided` (unless `decidedToo`), `conflicted`.
 */
export async function holdApplication(
  tx: Tx,
  context: Context<unknown>,
  applicationId: string,
  options: { decidedToo?: boolean } = {},
): Promise<Held> {
  const { application, cohort } = await lockBoth(tx, applicationId);
  if (!cohort || !application?.submittedAt) return context.refuse({ code: "not_found" });
  const staff = await staffOf(tx, application.cohortId);
  context.authorise({ ...staff, applicant: application.applicantId });
  if (application.state === "withdrawn") context.refuse({ code: "not_submitted" });
  if (application.state !== "submitted" && !options.decidedToo)
    context.refuse({ code: "already_decided" });
  const reviewerId = context.person.id;
  const conflicts = await listConflictKinds(tx, {
    reviewerId,
    applicantId: application.applicantId,
    cohortId: application.cohortId,
  });
  if (conflicts.length > 0) context.refuse({ code: "conflicted" });
  const own = await findReview(tx, applicationId, reviewerId);
  const teacher = staff.teacher.includes(reviewerId);
  const wanted = cohort.reviewersPerApplication;
  const standing = await getStanding({ applicationId, reviewerId, teacher, wanted, own }, tx);
  return { application, cohort, own, standing };
}

/** The cohort first, as everywhere; its rubric stays as it is from here on. */
async function lockBoth(tx: Tx, applicationId: string) {
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(
      eq(
        cohorts.id,
        tx
          .select({ id: applications.cohortId })
          .from(applications)
          .where(eq(applications.id, applicationId)),
      ),
    )
    .for("share");
  const [application] = await tx
    .select()
    .from(applications)
    .where(eq(applications.id, applicationId))
    .for("update");
  return { application, cohort };
}

async function findReview(tx: Tx, applicationId: string, reviewerId: string) {
  const [own] = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.applicationId, applicationId), eq(reviews.reviewerId, reviewerId)));
  return own ?? null;
}
