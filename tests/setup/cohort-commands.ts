import type { Call, Refusal } from "~/auth/command.server";
import { cancelCohort } from "~/features/cohorts/cancel-cohort.server";
import { changePartner, endPartner } from "~/features/cohorts/change-partner.server";
import { editCohort } from "~/features/cohorts/edit-cohort.server";
import {
  addQuestion,
  dropQuestionChanges,
  editQuestion,
  moveQuestion,
  removeQuestion,
} from "~/features/cohorts/edit-questions.server";
import {
  addCriterion,
  editCriterion,
  moveCriterion,
  removeCriterion,
} from "~/features/cohorts/edit-rubric.server";
import {
  makeLateCode,
  newLateCode,
  revokeLateCode,
} from "~/features/cohorts/make-late-code.server";
import { publishCohort } from "~/features/cohorts/publish-cohort.server";
import { putQuestionsInForce } from "~/features/cohorts/put-questions-in-force.server";
import { answerSister, askSister, leaveSisters } from "~/features/cohorts/sisters.server";
import type { Result } from "~/lib/result";
import { cohortForm } from "./deals";
import type { Ids } from "./others-things";

type Command = (call: Call) => Promise<Result<unknown, Refusal>>;

/** A question and a criterion as their forms have them. */
export const QUESTION = { kind: "long", prompt: "Why now?", required: "yes", maxWords: "100" };
export const CRITERION = { title: "Rigour", weight: "2", anchor1: "None", anchor5: "Tests it" };

/** A late code as its form has it. */
export const LATE_CODE = { label: "Ann", validUntil: "2026-01-15T12:00", maxUses: "1" };

/** The commands that set a cohort up, on somebody else's. */
export function cohortCommands(
  ids: () => Ids,
): Record<string, { command: Command; input: () => unknown }> {
  const cohort = () => ({ cohortId: ids().cohort });
  const question = () => ({ ...cohort(), questionId: ids().question });
  const criterion = () => ({ ...cohort(), criterionId: ids().criterion });
  const partner = () => ({ partnerId: ids().partner });
  return {
    "edit-cohort": { command: editCohort, input: () => ({ ...cohortForm, ...cohort() }) },
    "publish-cohort": { command: publishCohort, input: cohort },
    "cancel-cohort": { command: cancelCohort, input: () => ({ ...cohort(), reason: "Illness." }) },
    "add-question": { command: addQuestion, input: () => ({ ...cohort(), question: QUESTION }) },
    "edit-question": {
      command: editQuestion,
      input: () => ({ ...question(), question: QUESTION }),
    },
    "move-question": { command: moveQuestion, input: () => ({ ...question(), to: "0" }) },
    "remove-question": { command: removeQuestion, input: question },
    "drop-question-changes": { command: dropQuestionChanges, input: cohort },
    "put-questions-in-force": { command: putQuestionsInForce, input: cohort },
    "add-criterion": {
      command: addCriterion,
      input: () => ({ ...cohort(), criterion: CRITERION }),
    },
    "edit-criterion": {
      command: editCriterion,
      input: () => ({ ...criterion(), criterion: CRITERION }),
    },
    "move-criterion": { command: moveCriterion, input: () => ({ ...criterion(), to: "0" }) },
    "remove-criterion": { command: removeCriterion, input: criterion },
    "change-partner": {
      command: changePartner,
      input: () => ({ ...partner(), role: "reviewer", part: "0" }),
    },
    "end-partner": { command: endPartner, input: partner },
    "ask-sister": { command: askSister, input: () => ({ ...cohort(), slug: "any" }) },
    "answer-sister": {
      command: answerSister,
      input: () => ({ requestId: ids().sister, decision: "accept" }),
    },
    "make-late-code": {
      command: makeLateCode,
      input: () => ({ ...cohort(), ...LATE_CODE, code: newLateCode() }),
    },
    "revoke-late-code": { command: revokeLateCode, input: () => ({ lateCodeId: ids().lateCode }) },
    "leave-sisters": { command: leaveSisters, input: cohort },
  };
}
