import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { applicationStandings, reviewAssignments } from "#db/schema/index";
import { findOwnReview } from "./queries.server";
import { maySeeOthers, type Standing } from "./rules";

/** How somebody who may review stands towards an application now; `wanted` is how many reviews its cohort asks for. */
export async function getStanding(
  of: { applicationId: string; reviewerId: string; teacher: boolean; wanted: number },
  db: Queryable,
): Promise<Standing> {
  const own = await findOwnReview(of.applicationId, of.reviewerId, db);
  const assigned = await db
    .select({ at: reviewAssignments.assignedAt })
    .from(reviewAssignments)
    .where(
      and(
        eq(reviewAssignments.applicationId, of.applicationId),
        eq(reviewAssignments.reviewerId, of.reviewerId),
      ),
    );
  return {
    done: own !== null && own.state !== "draft",
    assigned: assigned.length > 0,
    teacher: of.teacher,
    reviews: (await findMean(of.applicationId, db))?.reviews ?? 0,
    wanted: of.wanted,
  };
}

/** Whether somebody who may review it may know, in a blind first pass, whose application it is. */
export const seesWho = async (
  of: Parameters<typeof getStanding>[0],
  db: Queryable,
): Promise<boolean> => maySeeOthers(await getStanding(of, db));

/** How an application stands by the reviews that count; null before the first. */
export async function findMean(applicationId: string, db: Queryable) {
  const [row] = await db
    .select({
      reviews: applicationStandings.reviews,
      rawMilli: applicationStandings.rawMilli,
      normalMilli: applicationStandings.normalMilli,
    })
    .from(applicationStandings)
    .where(eq(applicationStandings.applicationId, applicationId));
  return row ?? null;
}
