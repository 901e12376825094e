import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { z } from "~/lib/zod";
import { assign, type Pair, type ToAssign } from "./assign";
import { listConflicted } from "./conflicts.server";

const AT_ONCE = 5_000;

const assignInput = z.object({
  cohortId: z.uuid(),
  /** Who takes part, of the cohort's staff; nobody named: all. */
  reviewerIds: z.array(z.uuid()).max(500).default([]),
  /** Where the run before ended. */
  after: z.uuid().nullable().default(null),
});

/**
 * Assigns reviewers to the submitted applications of a cohort that have fewer than it asks for, the next 5,000 at a time in the
 * order of their ids; answers where it ended (`after`; null: all are done) and how many lack reviewers still. What is assigned stays, so it can be
 * interrupted and begun again at any time. One runs at a time in a cohort. Refusals: `not_found`, `nobody_reviews`.
 */
export const assignReviewers = defineCommand({
  name: "assign-reviewers",
  action: "cohort.manage",
  input: assignInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const [cohort] = await tx.execute<{ wanted: number }>(
      sql`select reviewers_per_application as wanted from cohorts where id = ${input.cohortId} for update`,
    );
    if (!cohort) return context.refuse({ code: "not_found" });
    const staff = await staffOf(tx, input.cohortId);
    context.authorise(staff);
    const all = [...new Set([...staff.teacher, ...staff.reviewer])];
    const chosen = all.filter(
      (id) => input.reviewerIds.length === 0 || input.reviewerIds.includes(id),
    );
    if (chosen.length === 0) context.refuse({ code: "nobody_reviews" });
    const { rows, scanned } = await listLacking(tx, input, cohort.wanted);
    const reviewers = await loadReviewers(tx, input.cohortId, chosen);
    const pairs = assign(rows, reviewers, cohort.wanted);
    await insertPairs(
      tx,
      pairs,
      sql`${input.cohortId}::uuid, ${person.id}::uuid, ${now.toISOString()}::timestamptz`,
    );
    const given = new Map<string, number>();
    for (const { applicationId } of pairs)
      given.set(applicationId, (given.get(applicationId) ?? 0) + 1);
    const short = rows.filter(
      (row) => row.reviewerIds.length + (given.get(row.id) ?? 0) < cohort.wanted,
    ).length;
    await context.audit({ type: "cohort", id: input.cohortId }, { assigned: pairs.length, short });
    return { assigned: pairs.length, short, after: scanned };
  },
});

/** The next applications that lack a reviewer; `scanned` is the last of them, null where there are no more. */
async function listLacking(
  tx: Tx,
  input: { cohortId: string; after: string | null },
  wanted: number,
): Promise<{ rows: ToAssign[]; scanned: string | null }> {
  const after = input.after ?? "00000000-0000-0000-0000-000000000000";
  const rows = await tx.execute<{
    id: string;
    applicant_id: string;
    reviewing: string[];
    abstained: string[];
  }>(sql`
    select a.id, a.applicant_id, r.reviewing, r.abstained from applications a
    cross join lateral (
      select coalesce(array_agg(x.reviewer_id) filter (where x.state <> 'abstained'), '{}') as reviewing,
        coalesce(array_agg(x.reviewer_id) filter (where x.state = 'abstained'), '{}') as abstained
      from (select coalesce(g.reviewer_id, v.reviewer_id) as reviewer_id, coalesce(v.state, 'draft') as state
        from (select * from review_assignments where application_id = a.id) g
        full join (select * from reviews where application_id = a.id) v on v.reviewer_id = g.reviewer_id) x) r
    where a.cohort_id = ${input.cohortId} and a.state = 'submitted' and a.id > ${after} and cardinality(r.reviewing) < ${wanted}
    order by a.id limit ${AT_ONCE}`);
  const found = [...rows].map((row) => ({
    id: row.id,
    applicantId: row.applicant_id,
    reviewerIds: row.reviewing,
    abstained: row.abstained,
  }));
  return { rows: found, scanned: found.length < AT_ONCE ? null : (found.at(-1)?.id ?? null) };
}

async function loadReviewers(tx: Tx, cohortId: string, ids: readonly string[]) {
  const loads = await tx.execute<{ reviewer_id: string; load: number }>(sql`
    select reviewer_id, count(*)::int as load from review_assignments where cohort_id = ${cohortId} group by 1`);
  const loadOf = new Map([...loads].map((row) => [row.reviewer_id, row.load]));
  return Promise.all(
    ids.map(async (id) => ({
      id,
      load: loadOf.get(id) ?? 0,
      conflicted: new Set(await listConflicted(tx, { reviewerId: id, cohortId })),
    })),
  );
}

async function insertPairs(tx: Tx, pairs: readonly Pair[], by: SQL): Promise<void> {
  if (pairs.length === 0) return;
  const applications = sql.param(pairs.map(({ applicationId }) => applicationId));
  const reviewers = sql.param(pairs.map(({ reviewerId }) => reviewerId));
  await tx.execute(sql`
    insert into review_assignments (application_id, reviewer_id, cohort_id, assigned_by, assigned_at)
    select p.a, p.r, ${by} from unnest(${applications}::uuid[], ${reviewers}::uuid[]) p(a, r) on conflict do nothing`);
}
