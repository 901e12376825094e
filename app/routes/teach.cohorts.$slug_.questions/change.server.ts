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
  | {
      ok: true;
      saying: FlashKey | null;
      /** Where reading goes on: the question that was added or changed. */
      at: string | null;
    }
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
  add: "question-added",
  edit: "question-changed",
  remove: "question-removed",
  force: "questions-in-force",
  drop: "questions-dropped",
};

/** Does what a form of the question builder asks for. What it does not know it takes for an addition. */
export async function changeQuestions(
  call: Omit<Call, "input">,
  cohortId: string,
  { intent = "add", questionId, to, whole, ...question }: Record<string, string>,
): Promise<Answer> {
  const command = COMMANDS[intent as keyof typeof COMMANDS] ?? addQuestion;
  const input = { cohortId, questionId, to, question };
  const result: Result<object, Refusal> = await command({ ...call, input });
  if (!result.ok) return { ok: false, error: result.error, messages: COHORT_MESSAGES };
  const there = "questionId" in result.value ? String(result.value.questionId) : null;
  // With scripts what was moved keeps the focus by itself.
  const goesOn = intent !== "remove" && (intent !== "move" || whole !== undefined);
  return { ok: true, saying: SAYING[intent] ?? null, at: goesOn ? there : null };
}
