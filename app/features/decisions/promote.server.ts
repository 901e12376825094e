import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { type cohorts, decisions } from "#db/schema/index";
import { countTaken } from "./places.server";
import { confirmByOf } from "./rules";
import { type Told, tellApplicants } from "./tell-applicants.server";
import { listTexts, textOf } from "./text-of.server";

type Cohort = typeof cohorts.$inferSelect;
type Next = Pick<
  Told,
  "applicationId" | "applicantId" | "email" | "name" | "decidedBy" | "teacher"
>;

/**
 * Gives the places that are free to the first on the waitlist, each told in the same transaction; none once the cohort has
 * begun. The caller holds the cohort's row, so that a place is given once. Whom a teacher is about to decline or defer is
 * passed over. Answers how many got one. What it costs grows with the places given.
 */
export async function promoteFromWaitlist(tx: Tx, cohort: Cohort, now: Date): Promise<number> {
  if (cohort.state !== "published" || now >= cohort.startsAt) return 0;
  const free = cohort.capacity - (await countTaken(cohort.id, tx));
  if (free <= 0) return 0;
  const next = await tx.execute<Next>(sql`
    select a.id as "applicationId", a.applicant_id as "applicantId", p.email, p.display_name as name,
      a.decided_by as "decidedBy", t.display_name as teacher
    from applications a join persons p on p.id = a.applicant_id join persons t on t.id = a.decided_by
    where a.cohort_id = ${cohort.id} and a.state = 'waitlisted' and not exists (
      select 1 from decisions d where d.application_id = a.id and (d.state = 'releasing' or (d.state = 'pending' and d.kind in ('decline', 'defer'))))
    order by a.waitlist_rank limit ${free} for update of a`);
  if (next.length === 0) return 0;
  const texts = await listTexts(tx, cohort.id);
  const terms = { confirmBy: confirmByOf(cohort, now), reviseBy: null, waitlistRank: null };
  const told = [...next].map((one): Told => {
    const admitted = { ...one, ...terms, kind: "admit" as const };
    const unwritten = { message: "", feedback: "", nextCohort: null };
    const { message } = textOf({ ...admitted, ...unwritten }, cohort, texts);
    return { ...admitted, said: message };
  });
  const ids = told.map(({ applicationId }) => applicationId);
  await tx
    .update(decisions)
    .set({ state: "dropped", updatedAt: now })
    .where(and(inArray(decisions.applicationId, ids), eq(decisions.state, "pending")));
  await tellApplicants(tx, { cohort, told, promoted: true }, now);
  return told.length;
}
