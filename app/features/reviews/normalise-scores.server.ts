import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { inTransaction, type Tx } from "#db/client.server";
import { enqueue } from "#db/jobs.server";
import { applicationStandings, reviews } from "#db/schema/index";
import { addScales } from "./normalise";
import { listScales, meansOf } from "./standings.server";

const BATCH = 1_000;
/** Scores that change meanwhile are taken together. */
const WAIT_S = 20;

/** Asks for `normaliseScores` soon, in the caller's transaction; of several wishes for a cohort one is kept. */
export const enqueueNormalising = (tx: Tx, cohortId: string): Promise<void> =>
  enqueue(tx, "normalise-scores", { cohortId }, { startAfter: WAIT_S });

/**
 * Writes each reviewed application's normalised mean anew, with the reviewers' scales as they are now; a thousand in a
 * transaction, so that it may be interrupted and run again at any time. Beside scoring, the later of the two writes
 * what holds: each takes the row first and reads afterwards. Time: applications of the cohort.
 */
export async function normaliseScores(
  cohortId: string,
  now: Date,
  progress: (done: number) => void = () => {},
): Promise<{ applications: number }> {
  let after: string | null = null;
  for (let done = 0; ; ) {
    const batch: string[] = await inTransaction((tx) => normaliseBatch(tx, cohortId, after, now));
    done += batch.length;
    progress(done);
    after = batch.at(-1) ?? null;
    if (batch.length < BATCH) return { applications: done };
  }
}

async function normaliseBatch(
  tx: Tx,
  cohortId: string,
  after: string | null,
  now: Date,
): Promise<string[]> {
  const held = await tx
    .select({ id: applicationStandings.applicationId })
    .from(applicationStandings)
    .where(
      and(
        eq(applicationStandings.cohortId, cohortId),
        after === null ? undefined : gt(applicationStandings.applicationId, after),
      ),
    )
    .orderBy(asc(applicationStandings.applicationId))
    .limit(BATCH)
    .for("update");
  const ids = held.map(({ id }) => id);
  if (ids.length === 0) return [];
  const totals = await listTotals(tx, ids);
  const scales = await listScales(tx, cohortId);
  const all = addScales([...scales.values()]);
  const normal = ids.map((id) => meansOf(totals.get(id) ?? [], scales, all).normalMilli);
  await tx.execute(sql`
    update application_standings s set normal_milli = n.milli, normalised_at = ${now.toISOString()}
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(normal)}::int[]) n(id, milli) where s.application_id = n.id`);
  return ids;
}

async function listTotals(tx: Tx, ids: string[]) {
  const rows = await tx
    .select({
      applicationId: reviews.applicationId,
      reviewerId: reviews.reviewerId,
      totalMilli: sql<number>`${reviews.totalMilli}`,
    })
    .from(reviews)
    .where(and(inArray(reviews.applicationId, ids), eq(reviews.state, "submitted")));
  const of = new Map<string, { reviewerId: string; totalMilli: number }[]>();
  for (const { applicationId, ...total } of rows) {
    const known = of.get(applicationId);
    if (known) known.push(total);
    else of.set(applicationId, [total]);
  }
  return of;
}
