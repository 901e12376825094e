import { sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import type { Cohort } from "~/features/cohorts/queries.server";
import { listStaffOf } from "~/features/cohorts/teachers.server";
import { policy } from "~/policy";
import { scopeOf } from "./list-applications.server";
import { addScales, momentsOf } from "./normalise";
import { listScales } from "./standings.server";

/**
 * How far a cohort's review is: applications by state, how many have all the reviews that are asked for, and by reviewer what
 * is assigned and done; people whom the asker must not review are in no count (T29). A reviewer's mean and spread are shown
 * from five reviews on, and to teachers alone, but for one's own and that of all together. Null for who does not work on the cohort.
 */
export async function getProgress(actor: Actor, cohort: Cohort, db: Queryable = getDb()) {
  const scope = await scopeOf(actor, cohort, db);
  if (!scope) return null;
  const conflicted = sql.param(scope.conflicted);
  const counts = await db.execute<{ state: string; n: number; full: number; short: number }>(sql`
    select a.state, count(*)::int as n, (count(*) filter (where coalesce(s.reviews, 0) >= ${cohort.reviewersPerApplication}))::int as full,
      (count(*) filter (where (select count(*) from review_assignments g where g.application_id = a.id) < ${cohort.reviewersPerApplication}))::int as short
    from applications a left join application_standings s on s.application_id = a.id
    where a.cohort_id = ${cohort.id} and a.submitted_at is not null and a.applicant_id <> all(${conflicted}::uuid[]) group by 1`);
  const work = await db.execute<{ reviewer_id: string; assigned: number; done: number }>(sql`
    select reviewer_id, count(*) filter (where assigned)::int as assigned, count(*) filter (where done)::int as done from (
      select coalesce(g.reviewer_id, v.reviewer_id) as reviewer_id, g.reviewer_id is not null as assigned, coalesce(v.state <> 'draft', false) as done
      from (select g.* from review_assignments g join applications a on a.id = g.application_id
          where a.cohort_id = ${cohort.id} and a.state <> 'withdrawn' and a.applicant_id <> all(${conflicted}::uuid[])) g
      full join (select v.* from reviews v join applications a on a.id = v.application_id
          where a.cohort_id = ${cohort.id} and a.state <> 'withdrawn' and a.applicant_id <> all(${conflicted}::uuid[])) v
        on v.application_id = g.application_id and v.reviewer_id = g.reviewer_id) x group by 1`);
  const scales = await listScales(db, cohort.id);
  const of = new Map([...work].map((row) => [row.reviewer_id, row]));
  const people = (await listStaffOf(cohort.id, db)).filter(
    ({ id }) => scope.teacher || id === actor.id,
  );
  const all = addScales([...scales.values()]);
  return {
    teacher: scope.teacher,
    states: Object.fromEntries([...counts].map(({ state, n }) => [state, n])),
    waiting: [...counts].find(({ state }) => state === "submitted") ?? { n: 0, full: 0, short: 0 },
    reviewers: people.map(({ id, displayName, handle, role }) => {
      const scale = scales.get(id);
      const enough = scale && scale.reviews >= policy.reviewsBeforeOwnScale.value;
      return {
        ...{ id, displayName, handle, role },
        assigned: of.get(id)?.assigned ?? 0,
        done: of.get(id)?.done ?? 0,
        counted: scale?.reviews ?? 0,
        scale: enough ? momentsOf(scale) : null,
      };
    }),
    all: scope.teacher || all.reviews >= policy.reviewsBeforeOwnScale.value ? momentsOf(all) : null,
  };
}
