import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { recordEvent } from "./events.server";

/**
 * Begins drafts in other cohorts with what was submitted here: answers to questions of the same kind and words, and the works shown.
 * Where somebody has an application there, works there, or applications are over, nothing is done. Answers how many were begun.
 */
export async function carryOver(
  tx: Tx,
  ones: readonly { applicationId: string; cohortId: string }[],
  now: Date,
): Promise<number> {
  if (ones.length === 0) return 0;
  const at = now.toISOString();
  const from = sql`unnest(${sql.param(ones.map((one) => one.applicationId))}::uuid[], ${sql.param(ones.map((one) => one.cohortId))}::uuid[]) n(id, cohort_id)`;
  const begun = await tx.execute<{ id: string }>(sql`
    insert into applications (cohort_id, applicant_id, state, form_version, created_at, updated_at)
    select c.id, a.applicant_id, 'draft', c.form_version, ${at}, ${at}
    from ${from} join applications a on a.id = n.id join cohorts c on c.id = n.cohort_id
    where c.state = 'published' and ${at}::timestamptz < c.closes_at and a.applicant_id <> c.teacher_id and not exists (
      select 1 from cohort_teachers t where t.cohort_id = c.id and t.person_id = a.applicant_id and t.state = 'accepted')
    on conflict (cohort_id, applicant_id) do nothing returning id`);
  const ids = [...begun].map(({ id }) => id);
  if (ids.length === 0) return 0;
  const pairs = sql`${from} join applications a on a.id = n.id join applications b on b.cohort_id = n.cohort_id and b.applicant_id = a.applicant_id
    and b.id = any(${sql.param(ids)}::uuid[])`;
  await tx.execute(sql`
    insert into application_drafts (application_id, question_id, answer, file_id, saved_at)
    select b.id, v.question_id, w.answer, w.file_id, ${at} from ${pairs}
    join application_answers w on w.application_id = a.id
    join cohort_questions q on q.id = w.question_id
    join question_versions o on o.cohort_id = a.cohort_id and o.version = a.form_version and o.question_id = w.question_id
    join question_versions v on v.cohort_id = b.cohort_id and v.version = b.form_version and v.prompt = o.prompt
    join cohort_questions k on k.id = v.question_id and k.kind = q.kind
    where w.answer <> '' or w.file_id is not null on conflict do nothing`);
  await tx.execute(sql`
    insert into application_works (application_id, work_id) select b.id, w.work_id from ${pairs}
    join application_works w on w.application_id = a.id on conflict do nothing`);
  await recordEvent(
    tx,
    ...ids.map((applicationId) => ({
      ...{ applicationId, at: now, actorId: null },
      ...{ kind: "carried_over", audience: "applicant" as const },
    })),
  );
  return ids.length;
}
