import { sql } from "drizzle-orm";
import { inTransaction } from "#db/client.server";
import { type Cohort, day } from "./deals";

/**
 * A review of every assignment of a cohort, all but each reviewer's every fifth handed in, written set by set with what scoring keeps beside it:
 * the reviewers' scales and the applications' means.
 */
export async function makeReviewed({ cohortId, criterionIds }: Cohort): Promise<void> {
  const at = day(11).toISOString();
  await inTransaction(async (tx) => {
    await tx.execute(sql`
      with given as (
        select g.application_id, g.reviewer_id, row_number() over (order by g.application_id, g.reviewer_id) as n,
          row_number() over (partition by g.reviewer_id order by g.application_id) as nth
        from review_assignments g join applications a on a.id = g.application_id where a.cohort_id = ${cohortId}
      ), reviewed as (
        insert into reviews (application_id, reviewer_id, state, total_milli, updated_at, submitted_at)
        select application_id, reviewer_id, 'submitted', 1000 * (1 + n % 5), ${at}, ${at} from given where nth % 5 <> 0
        returning id, total_milli
      ) insert into review_scores (review_id, criterion_id, score)
        select r.id, c.id, r.total_milli / 1000 from reviewed r, unnest(${sql.param(criterionIds)}::uuid[]) c(id)`);
    await tx.execute(sql`
      insert into reviewer_scales (cohort_id, reviewer_id, reviews, sum_milli, sum_squares)
      select ${cohortId}, v.reviewer_id, count(*), sum(v.total_milli), sum(v.total_milli::bigint * v.total_milli)
      from reviews v join applications a on a.id = v.application_id where a.cohort_id = ${cohortId} and v.state = 'submitted' group by 2`);
    await tx.execute(sql`
      insert into application_standings (application_id, cohort_id, reviews, raw_milli)
      select a.id, ${cohortId}, count(*), round(avg(v.total_milli)) from reviews v join applications a on a.id = v.application_id
      where a.cohort_id = ${cohortId} and v.state = 'submitted' group by 1`);
  });
}
