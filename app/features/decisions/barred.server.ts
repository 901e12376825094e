import type { Queryable } from "#db/client.server";
import { listConflicted } from "~/features/reviews/conflicts.server";

/**
 * About whom a teacher of a cohort must not decide: those with whom they are conflicted (T29), but for people with whom all its
 * teachers are, about whom nobody else could. Ids of applicants.
 */
export async function listBarred(
  db: Queryable,
  who: { personId: string; cohortId: string; teacherIds: readonly string[] },
): Promise<string[]> {
  const { personId, cohortId, teacherIds } = who;
  const conflicted = await listConflicted(db, { reviewerId: personId, cohortId });
  const forAll = new Set(conflicted);
  for (const reviewerId of teacherIds) {
    if (forAll.size === 0) break;
    const theirs = new Set(await listConflicted(db, { reviewerId, cohortId }));
    for (const id of forAll) if (!theirs.has(id)) forAll.delete(id);
  }
  return conflicted.filter((id) => id === personId || !forAll.has(id));
}
