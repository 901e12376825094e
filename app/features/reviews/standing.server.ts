import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { applicationStandings, reviewAssignments } from "#db/schema/index";
import { findOwnReview } from "./queries.server";
import { maySeeOthers, type Standing } from "./rules";

type Of = { applicationId: string; reviewerId: string; teacher: boolean; wanted: number };

/**
 * How somebody who may review stands towards an application now; `wanted` is how many reviews its cohort asks for, `own` the
 * review that they wrote, if any.
 */
export async function getStanding(
  of: Of & { own: { state: string } | null },
  db: Queryable,
): Promise<Standing> {
  const { applicationId, reviewerId, teacher, wanted, own } = of;
  const [counts] = await db
    .select({
      assigned: sql<boolean>`exists (select 1 from ${reviewAssignments} g where g.application_id = ${applicationId} and g.reviewer_id = ${reviewerId})`,
      reviews: sql<number>`coalesce((select s.reviews from ${applicationStandings} s where s.application_id = ${applicationId}), 0)::int`,
    })
    .from(sql`(select 1) one`);
  if (!counts) throw new Error("no counts");
  return { done: own !== null && own.state !== "draft", teacher, wanted, ...counts };
}

/** Whether somebody who may review it may know, in a blind first pass, whose application it is. */
export async function seesWho(of: Of, db: Queryable): Promise<boolean> {
  const own = await findOwnReview(of.applicationId, of.reviewerId, db);
  return maySeeOthers(await getStanding({ ...of, own }, db));
}
