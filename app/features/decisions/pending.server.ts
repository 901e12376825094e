import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { DECIDABLE_STATES, type Sent } from "./rules";
import { listTexts, type Texts } from "./text-of.server";

/** `applications a` about which something can still be decided. */
export const isStanding: SQL = sql`a.state = any(${sql.param([...DECIDABLE_STATES])}::text[])`;

/** What a release would take: of `decisions d` about `applications a`, for who is conflicted with these people. */
export const isPending = (cohortId: string, conflicted: readonly string[]): SQL =>
  sql`d.cohort_id = ${cohortId} and d.state = 'pending' and d.kind <> 'hold' and ${isStanding} and a.applicant_id <> all(${sql.param([...conflicted])}::uuid[])`;

/** The order in which those of one kind are told and take their places: of `application_standings s` and `applications a`. */
export const BEST_FIRST: SQL = sql`s.normal_milli desc nulls last, a.submitted_at, a.id`;

export type Pending = {
  counts: Map<Sent, number>;
  total: number;
  admits: number;
  /** Stands for exactly these decisions and the cohort's texts, as they are. */
  seen: string;
  earliest: Date | null;
  /** The cohort's standard texts. */
  texts: Texts;
};

/** What is pending in a cohort and may be seen by who is conflicted with these people. */
export async function summarise(
  db: Queryable,
  cohortId: string,
  conflicted: readonly string[],
): Promise<Pending> {
  const rows = await db.execute<{
    kind: Sent;
    n: number;
    seen: string;
    earliest: string | null;
  }>(sql`
    select d.kind, count(*)::int as n, md5(string_agg(d.id::text || d.updated_at::text, ',' order by d.id)) as seen,
      least(min(d.confirm_by), min(d.revise_by)) as earliest
    from decisions d join applications a on a.id = d.application_id where ${isPending(cohortId, conflicted)} group by d.kind order by d.kind`);
  const counts = new Map([...rows].map(({ kind, n }) => [kind, n]));
  const texts = await listTexts(db, cohortId);
  const seen = createHash("sha256").update(JSON.stringify(texts));
  for (const row of rows) seen.update(`${row.kind} ${row.seen}`);
  const dates = [...rows].flatMap(({ earliest }) =>
    earliest === null ? [] : [Date.parse(earliest)],
  );
  return {
    counts,
    total: [...counts.values()].reduce((sum, n) => sum + n, 0),
    admits: counts.get("admit") ?? 0,
    seen: seen.digest("hex"),
    earliest: dates.length > 0 ? new Date(Math.min(...dates)) : null,
    texts,
  };
}
