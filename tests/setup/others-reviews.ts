import type { Call, Refusal } from "~/auth/command.server";
import { answerPlace, lapsePlace } from "~/features/decisions/answer-place.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { dropDecision, stopRelease } from "~/features/decisions/drop-decision.server";
import { keepTemplate, removeTemplate } from "~/features/decisions/keep-template.server";
import { releaseBatch } from "~/features/decisions/release-decisions.server";
import { remindPlace } from "~/features/decisions/remind-place.server";
import { moveOnWaitlist } from "~/features/decisions/waitlist.server";
import { abstainReview } from "~/features/reviews/abstain-review.server";
import { assignReviewers } from "~/features/reviews/assign-reviewers.server";
import { declareConflict, endConflict } from "~/features/reviews/declare-conflict.server";
import {
  commentOnApplication,
  compareApplications,
  tagApplication,
} from "~/features/reviews/discuss-application.server";
import { redactApplication, undoRedaction } from "~/features/reviews/redact-application.server";
import { remindReviewers } from "~/features/reviews/remind-reviewers.server";
import { saveReview } from "~/features/reviews/score-application.server";
import type { Result } from "~/lib/result";
import type { Ids } from "./others-things";

type Command = (call: Call) => Promise<Result<unknown, Refusal>>;

/** The commands of reviews on somebody else's application, by name. `ids` is asked when a test runs. */
export function reviewCommands(
  ids: () => Ids,
): Record<string, { command: Command; input: () => unknown }> {
  const application = () => ({ applicationId: ids().submitted, reason: "Because." });
  const cohort = () => ({ cohortId: ids().cohort });
  return {
    "save-review": { command: saveReview, input: application },
    "abstain-review": { command: abstainReview, input: application },
    "declare-conflict": { command: declareConflict, input: application },
    "end-conflict": {
      command: endConflict,
      input: () => ({ ...cohort(), declarationId: ids().submitted }),
    },
    "redact-application": {
      command: redactApplication,
      input: () => ({ ...application(), phrase: "Ab" }),
    },
    "undo-redaction": {
      command: undoRedaction,
      input: () => ({ redactionId: ids().submitted }),
    },
    "comment-on-application": {
      command: commentOnApplication,
      input: () => ({ ...application(), body: "Hm." }),
    },
    "tag-application": { command: tagApplication, input: () => ({ ...application(), tag: "a" }) },
    "compare-applications": {
      command: compareApplications,
      input: () => ({ betterId: ids().submitted, worseId: ids().application }),
    },
    "assign-reviewers": { command: assignReviewers, input: cohort },
    "decide-applications": {
      command: decideApplications,
      input: () => ({ ...cohort(), applicationIds: [ids().submitted], kind: "admit" }),
    },
    "drop-decision": { command: dropDecision, input: application },
    "stop-release": { command: stopRelease, input: cohort },
    "move-on-waitlist": {
      command: moveOnWaitlist,
      input: () => ({ ...cohort(), ...application(), to: 0 }),
    },
    "begin-release": { command: beginRelease, input: cohort },
    "release-batch": { command: releaseBatch, input: () => ({ releaseId: ids().submitted }) },
    "answer-place": {
      command: answerPlace,
      input: () => ({ ...application(), answer: "confirm" }),
    },
    "lapse-place": { command: lapsePlace, input: () => ({ enrolmentId: ids().submitted }) },
    "remind-place": { command: remindPlace, input: () => ({ enrolmentId: ids().submitted }) },
    "keep-template": {
      command: keepTemplate,
      input: () => ({ ...cohort(), kind: "admit", body: "B" }),
    },
    "remove-template": {
      command: removeTemplate,
      input: () => ({ templateId: ids().submitted }),
    },
    "remind-reviewers": { command: remindReviewers, input: cohort },
  };
}
