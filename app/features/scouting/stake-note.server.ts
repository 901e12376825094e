import { getDb, type Queryable } from "#db/client.server";
import { formatBps } from "~/lib/money";
import { findFinder } from "./find-finder.server";

/** A cohort's finder's stake, and who would get it of the shares that its teachers buy from one person. */
export type StakeNote = {
  /** `5%`; null where the cohort states none. */
  percent: string | null;
  scout: { name: string; handle: string } | null;
};

/**
 * The finder's stake as it stands for somebody who applies or has applied to a cohort: what the cohort states, and the scout who would
 * get it if they were invested in (T22). An application that is not submitted is taken to be submitted now.
 */
export async function getStakeNote(
  cohort: { id: string; finderStakeBps: number },
  applicant: { id: string; submittedAt: Date | null },
  now: Date,
  db: Queryable = getDb(),
): Promise<StakeNote> {
  if (cohort.finderStakeBps === 0) return { percent: null, scout: null };
  const application = {
    ...{ applicantId: applicant.id, cohortId: cohort.id },
    submittedAt: applicant.submittedAt ?? now,
  };
  const finder = await findFinder(db, application, now);
  return {
    percent: formatBps(cohort.finderStakeBps),
    scout: finder && { name: finder.displayName, handle: finder.handle },
  };
}
