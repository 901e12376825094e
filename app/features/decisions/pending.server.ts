import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { DECIDABLE_STATES } from "./rules";

/** `applications a` about which something can still be decided. */
export const isStanding: SQL = sql`a.state = any(${sql.param([...DECIDABLE_STATES])}::text[])`;

/** What a release would take: of `decisions d` about `applications a`, for who is conflicted with these people. */
export const isPending = (cohortId: string, conflicted: readonly string[]): SQL =>
  sql`d.cohort_id = ${cohortId} and d.state = 'pending' and d.kind <> 'hold' and ${isStanding} and a.applicant_id <> all(${sql.param([...conflicted])}::uuid[])`;

/** The order in which those of one kind are told and take their places: of `application_standings s` and `applications a`. */
export const BEST_FIRST: SQL = sql`s.normal_milli desc nulls last, a.submitted_at, a.id`;

export type Pending = {
  total: number;
  admits: number;
  /** Stands for exactly these decisions, as they are. */
  seen: string;
  earliest: Date | null;
};

/** What is pending in a cohort and may be seen by who is conflicted with these people. */
export async function summarise(
  db: Queryable,
  cohortId: string,
  conflicted: readonly string[],
): Promise<Pending> {
  const [row] = await db.execute<{
    total: number;
    admits: number;
    seen: string | null;
    earliest: string | null;
  }>(sql`
    select count(*)::int as total, (count(*) filter (where d.kind = 'admit'))::int as admits,
      md5(string_agg(d.id::text || d.updated_at::text || d.kind, ',' order by d.id)) as seen,
      least(min(d.confirm_by), min(d.revise_by)) as earliest
    from decisions d join applications a on a.id = d.application_id where ${isPending(cohortId, conflicted)}`);
  if (!row) throw new Error("no summary");
  return {
    total: row.total,
    admits: row.admits,
    seen: row.seen ?? "",
    earliest: row.earliest === null ? null : new Date(row.earliest),
  };
}
