import { getDb, type Queryable } from "#db/client.server";
import { findBusiestScout } from "~/features/scouting/queries.server";
import { getPublicState } from "~/features/site/public-version.server";
import { formatInstant, utcDay } from "~/lib/dates";
import { singleton } from "~/lib/singleton.server";
import { getOutcomesSoFar, getPublicSummary } from "./queries.server";

type SoFar = Awaited<ReturnType<typeof computeSoFar>>;
type Kept = { soFar: Promise<SoFar>; state: string; day: string };

/**
 * What has come of all investments so far, for the landing page: sums, what each became as a chart, the records with most
 * investments, the scout with most referrals confirmed. Reading the whole book at each request would be slow, so the figures
 * are kept until anything public changes or the day ends. They say as of when they are; all of one answer are as of the same instant.
 */
export async function getSoFar(now: Date): Promise<SoFar> {
  const cache = singleton("so-far", () => ({ kept: null as Kept | null }));
  const [state, day] = [await getPublicState(), utcDay(now)];
  const kept = cache.kept;
  if (kept?.state === state && kept.day === day) return kept.soFar;
  const made: Kept = { soFar: computeSoFar(now, getDb()), state, day };
  cache.kept = made;
  made.soFar.catch(() => {
    if (cache.kept === made) cache.kept = null;
  });
  return made.soFar;
}

async function computeSoFar(now: Date, db: Queryable) {
  const [sum, { chart, records, withoutCash, counted }, scout] = await Promise.all([
    getPublicSummary(db),
    getOutcomesSoFar(now, db),
    findBusiestScout(db),
  ]);
  return { asOf: formatInstant(now, "UTC"), ...sum, withoutCash, counted, chart, records, scout };
}
