import { getDb, type Queryable } from "#db/client.server";
import { type Cohort, listQuestions, type Question } from "./queries.server";

/** The questions that are being edited and are not in force, in order; null where nothing is. */
export async function findEdited(
  db: Queryable,
  cohort: Pick<Cohort, "id" | "formVersion">,
): Promise<Question[] | null> {
  const edited = await listQuestions({ cohortId: cohort.id, version: cohort.formVersion + 1 }, db);
  return edited.length > 0 ? edited : null;
}

/**
 * A cohort's questions as its teachers work on them: those being edited, or else those in force; and whether the former
 * differ from the latter.
 */
export async function getWorkedOn(
  cohort: Pick<Cohort, "id" | "formVersion">,
  db: Queryable = getDb(),
): Promise<{ questions: Question[]; changed: boolean }> {
  const inForce = await listQuestions({ cohortId: cohort.id, version: cohort.formVersion }, db);
  const edited = await findEdited(db, cohort);
  return {
    questions: edited ?? inForce,
    changed: edited !== null && !areAlike(edited, inForce),
  };
}

/** Whether two versions ask the same in the same order. */
export const areAlike = (some: readonly Question[], others: readonly Question[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);
