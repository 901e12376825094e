import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import {
  applicationStandings,
  applications,
  cohorts,
  reviewAssignments,
  reviews,
} from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listConflictKinds } from "./conflicts.server";
import type { Standing } from "./rules";

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
  const standing = {
    done: own !== null && own.state !== "draft",
    teacher: staff.teacher.includes(reviewerId),
    wanted: cohort.reviewersPerApplication,
    ...(await countsOf(tx, applicationId, reviewerId)),
  };
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

async function countsOf(tx: Tx, applicationId: string, reviewerId: string) {
  const [counts] = await tx
    .select({
      assigned: sql<boolean>`exists (select 1 from ${reviewAssignments} g where g.application_id = ${applicationId} and g.reviewer_id = ${reviewerId})`,
      reviews: sql<number>`coalesce((select s.reviews from ${applicationStandings} s where s.application_id = ${applicationId}), 0)::int`,
    })
    .from(sql`(select 1) one`);
  if (!counts) throw new Error("no counts");
  return counts;
}
