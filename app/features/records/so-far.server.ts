import { max } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { journalEntries } from "#db/schema/index";
import { findBusiestScout } from "~/features/scouting/queries.server";
import { formatInstant, utcDay } from "~/lib/dates";
import { singleton } from "~/lib/singleton.server";
import { getOutcomesSoFar, getPublicSummary } from "./queries.server";

type SoFar = Awaited<ReturnType<typeof computeSoFar>>;
type Kept = { soFar: Promise<SoFar>; entry: string; day: string; atMs: number };

/** How long the figures are kept while nothing is posted: names and referrals have no journal entry. */
const KEPT_MS = 30_000;

/**
 * What has come of all investments so far, for the landing page: sums, what each became as a chart, the records with most
 * investments, the scout with most referrals confirmed. Reading the whole book at each request would be slow, so the figures
 * are kept: for half a minute at most, until the day ends, and never past the next journal entry. They say as of when they
 * are; all of one answer are as of the same instant.
 */
export async function getSoFar(now: Date): Promise<SoFar> {
  const db = getDb();
  const cache = singleton("so-far", () => ({ kept: null as Kept | null }));
  const [newest] = await db.select({ id: max(journalEntries.id) }).from(journalEntries);
  const [entry, day, atMs] = [String(newest?.id ?? ""), utcDay(now), now.getTime()];
  const kept = cache.kept;
  if (
    kept &&
    kept.entry === entry &&
    kept.day === day &&
    atMs >= kept.atMs &&
    atMs - kept.atMs < KEPT_MS
  )
    return kept.soFar;
  const made: Kept = { soFar: computeSoFar(now, db), entry, day, atMs };
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
