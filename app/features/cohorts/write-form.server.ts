import type { Tx } from "#db/client.server";
import { cohortQuestions, questionVersions, rubricCriteria } from "#db/schema/index";
import type { Question } from "./queries.server";

export type NewQuestion = Omit<Question, "id">;
export type NewCriterion = { title: string; help: string; weight: number; anchors: string[] };

/** Writes new questions, in order, into a version that is not in force yet. Answers their ids in the same order. */
export async function writeQuestions(
  tx: Tx,
  of: { cohortId: string; version: number },
  questions: readonly NewQuestion[],
): Promise<string[]> {
  const ids = questions.map(() => crypto.randomUUID());
  const rows = questions.map(({ kind, ...wording }, position) => ({
    identity: { id: ids[position] ?? "", cohortId: of.cohortId, kind },
    wording: { ...of, ...wording, questionId: ids[position] ?? "", position },
  }));
  await tx.insert(cohortQuestions).values(rows.map(({ identity }) => identity));
  await tx.insert(questionVersions).values(rows.map(({ wording }) => wording));
  return ids;
}

/** Writes the criteria of a cohort that has none, in order. Answers their ids in the same order. */
export async function writeCriteria(
  tx: Tx,
  cohortId: string,
  criteria: readonly NewCriterion[],
): Promise<string[]> {
  const ids = criteria.map(() => crypto.randomUUID());
  await tx.insert(rubricCriteria).values(
    criteria.map((criterion, position) => ({
      ...{ id: ids[position], cohortId, position },
      ...criterion,
    })),
  );
  return ids;
}
