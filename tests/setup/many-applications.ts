import { sql } from "drizzle-orm";
import { inTransaction } from "#db/client.server";
import { type Cohort, day } from "./deals";

/**
 * So many submitted applications to a cohort, by people of their own, written set by set as the owner of nothing but what the
 * application may write. Answers their ids, in order.
 */
export async function makeApplications(cohort: Cohort, size: number): Promise<string[]> {
  return inTransaction(async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      with people as (
        insert into persons (email, handle, display_name, legal_name, date_of_birth, country, password_hash, email_verified_at, created_at)
        select tag || n || '@many.test', tag || n, 'Applicant ' || n, 'Applicant ' || n, '1990-01-01', 'US', 'x', ${day(0).toISOString()}, ${day(0).toISOString()}
        from (select 'm' || substr(gen_random_uuid()::text, 1, 8) || '-' as tag) t, generate_series(1, ${size}) n returning id
      ), applied as (
        insert into applications (cohort_id, applicant_id, state, form_version, created_at, updated_at, submitted_at)
        select ${cohort.cohortId}, id, 'submitted', 1, ${day(1).toISOString()}, ${day(1).toISOString()}, ${day(1).toISOString()}::timestamptz + (row_number() over ()) * interval '1 second'
        from people returning id
      ), answered as (
        insert into application_answers (application_id, question_id, answer)
        select a.id, q.id, 'An answer of some length, as people write them.' from applied a, unnest(${sql.param(cohort.questionIds)}::uuid[]) q(id)
      ) select id from applied order by id`);
    return [...rows].map(({ id }) => id);
  });
}
