import type { Call, Refusal } from "~/auth/command.server";
import {
  addQuestion,
  dropQuestionChanges,
  editQuestion,
  moveQuestion,
  removeQuestion,
} from "~/features/cohorts/edit-questions.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { putQuestionsInForce } from "~/features/cohorts/put-questions-in-force.server";
import type { FlashKey } from "~/lib/flash";
import type { Result } from "~/lib/result";

type Answer =
  | { ok: true; saying: FlashKey | null }
  | { ok: false; error: Refusal; messages: typeof COHORT_MESSAGES };

const COMMANDS = {
  add: addQuestion,
  edit: editQuestion,
  move: moveQuestion,
  remove: removeQuestion,
  force: putQuestionsInForce,
  drop: dropQuestionChanges,
} as const;
const SAYING: Partial<Record<string, FlashKey>> = {
  force: "questions-in-force",
  drop: "questions-dropped",
};

/** Does what a form of the question builder asks for. What it does not know it takes for an addition. */
export async function changeQuestions(
  call: Omit<Call, "input">,
  cohortId: string,
  { intent = "add", questionId, to, ...question }: Record<string, string>,
): Promise<Answer> {
  const command = COMMANDS[intent as keyof typeof COMMANDS] ?? addQuestion;
  const input = { cohortId, questionId, to, question };
  const result: Result<unknown, Refusal> = await command({ ...call, input });
  return result.ok
    ? { ok: true, saying: SAYING[intent] ?? null }
    : { ok: false, error: result.error, messages: COHORT_MESSAGES };
}
