import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { AnyActor } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import { saveDraft } from "~/features/applications/save-draft.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { useLateCode as spendLateCode } from "~/features/applications/use-late-code.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { addWork, editWork, moveWork, removeWork } from "~/features/applications/works.server";
import { makeCalendarToken, revokeCalendarToken } from "~/features/calendar/feed-token.server";
import { moveTheClock } from "~/features/clock/move-the-clock.server";
import { answerInvitation } from "~/features/cohorts/answer-invitation.server";
import { importReviewers } from "~/features/cohorts/import-reviewers.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { saveCohort, unsaveCohort } from "~/features/cohorts/save-cohort.server";
import { startCohort } from "~/features/cohorts/start-cohort.server";
import {
  askReversal,
  confirmReversal,
  dropReversal,
} from "~/features/conduct/reverse-entry.server";
import { decideDeferral } from "~/features/gains/decide-deferral.server";
import { declareGain } from "~/features/gains/declare-gain.server";
import { declareNothing } from "~/features/gains/declare-nothing.server";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { missYears } from "~/features/gains/miss-years.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { requestDeferral } from "~/features/gains/request-deferral.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { commentOnUpdate } from "~/features/learning/comment-on-update.server";
import { giveFeedback } from "~/features/learning/give-feedback.server";
import { postAnnouncement } from "~/features/learning/post-announcement.server";
import { rateFeedback } from "~/features/learning/rate-feedback.server";
import { recordHours } from "~/features/learning/record-hours.server";
import { replyToFeedback } from "~/features/learning/reply-to-feedback.server";
import { weekAt } from "~/features/learning/rules";
import { showWork } from "~/features/learning/show-work.server";
import { writeNote } from "~/features/learning/write-note.server";
import { writeUpdate } from "~/features/learning/write-update.server";
import { chooseMail } from "~/features/notices/choose-mail.server";
import { stopMail } from "~/features/notices/stop-mail.server";
import { answerQuiz } from "~/features/offers/answer-quiz.server";
import { declineOffer } from "~/features/offers/decline-offer.server";
import { declinePart, fundPart } from "~/features/offers/fund-part.server";
import { lapseOffer } from "~/features/offers/lapse-offer.server";
import { leaveOffer } from "~/features/offers/leave-offer.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { readInfoSheet } from "~/features/offers/read-info-sheet.server";
import { settleOffer } from "~/features/offers/settle-offer.server";
import { signOffer } from "~/features/offers/sign-offer.server";
import { editProfile } from "~/features/people/edit-profile.server";
import { grantOperator } from "~/features/people/grant-operator.server";
import { resetSecondStep } from "~/features/people/reset-second-step.server";
import { declareTie, endTie, joinPersons } from "~/features/people/ties.server";
import { announceKey } from "~/features/public-log/announce-key.server";
import { closeOpening } from "~/features/public-log/close-opening.server";
import { dropClosing } from "~/features/public-log/drop-closing.server";
import { advanceResale } from "~/features/resales/advance-resale.server";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { fundResale } from "~/features/resales/fund-resale.server";
import { wantShares } from "~/features/resales/want-shares.server";
import { withdrawResale } from "~/features/resales/withdraw-resale.server";
import { scoreApplication } from "~/features/reviews/score-application.server";
import { answerReferral } from "~/features/scouting/answer-referral.server";
import { revokeScoutLink } from "~/features/scouting/links.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
import { scoreHypothesis } from "~/features/scouting/score-hypothesis.server";
import { stateHypothesis } from "~/features/scouting/state-hypothesis.server";
import { tellDueHypotheses } from "~/features/scouting/tell-due-hypotheses.server";
import { decideParting } from "~/features/tokens/decide-parting.server";
import { disputeParting } from "~/features/tokens/dispute-parting.server";
import { endLot } from "~/features/tokens/end-lot.server";
import { mintToken } from "~/features/tokens/mint-token.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { findWriteDown, stateWriteDown } from "~/features/tokens/write-down.server";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { decideVerification } from "~/features/verification/decide-verification.server";
import { requestVerification } from "~/features/verification/request-verification.server";
import { makeSigningKey } from "~/ledger/log/place.server";
import type { Result } from "~/lib/result";
import type { Someone } from "~/server/demo/steps";
import { cohortCommands } from "../setup/cohort-commands";
import { useDatabase } from "../setup/database";
import { reviewCommands } from "../setup/others-reviews";
import { type Ids, makeOthersThings } from "../setup/others-things";
import type { World } from "../setup/world";

useDatabase();

type Command = (call: Call) => Promise<Result<unknown, Refusal>>;
const reason = "Seen it all.";
/** The commands of sales, marks, ties and reversals. */
const SALES: Record<string, { command: Command; input: () => unknown }> = {
  "ask-resale": {
    command: askResale,
    input: () => ({ tokenId: ids.token, percent: "0.1", price: "10", buyer: teacherHandle }),
  },
  "fund-resale": { command: fundResale, input: () => ({ resaleId: ids.resale }) },
  "answer-first-refusal": {
    command: answerFirstRefusal,
    input: () => ({ resaleId: ids.resale, answer: "pass" }),
  },
  "want-shares": { command: wantShares, input: () => ({ resaleId: ids.resale, percent: "0.1" }) },
  "answer-buyer": {
    command: answerBuyer,
    input: () => ({ resaleId: ids.resale, answer: "approve" }),
  },
  "withdraw-resale": { command: withdrawResale, input: () => ({ resaleId: ids.resale }) },
  "advance-resale": { command: advanceResale, input: () => ({ resaleId: ids.resale }) },
  "offer-parting": {
    command: offerParting,
    input: () => ({ holder: teacherHandle, price: "100" }),
  },
  "dispute-parting": { command: disputeParting, input: () => ({ partingId: ids.parting, reason }) },
  "decide-parting": {
    command: decideParting,
    input: () => ({ partingId: ids.parting, decision: "settle", reason }),
  },
  "settle-parting": { command: settleParting, input: () => ({ partingId: ids.parting }) },
  "state-write-down": { command: stateWriteDown, input: () => ({ statement: "Gone." }) },
  "find-write-down": { command: findWriteDown, input: () => ({ tokenId: ids.token, reason }) },
  "declare-nothing": { command: declareNothing, input: () => ({ year: "2025" }) },
  "miss-years": { command: missYears, input: () => ({ tokenId: ids.token }) },
  "request-deferral": {
    command: requestDeferral,
    input: () => ({ gainId: ids.gain, hardship: "Illness." }),
  },
  "decide-deferral": {
    command: decideDeferral,
    input: () => ({ deferralId: ids.deferral, decision: "grant", reason }),
  },
  "declare-tie": {
    command: declareTie,
    input: () => ({ person: teacherHandle, other: studentHandle, kind: "relative" }),
  },
  "end-tie": { command: endTie, input: () => ({ tieId: ids.tie, reason }) },
  "join-persons": {
    command: joinPersons,
    input: () => ({ person: teacherHandle, other: studentHandle, reason }),
  },
  "ask-reversal": {
    command: askReversal,
    input: () => ({ entryId: ids.entry, reason: "fraud", orderNumber: "1", note: "n" }),
  },
  "confirm-reversal": { command: confirmReversal, input: () => ({ reversalId: ids.reversal }) },
  "drop-reversal": { command: dropReversal, input: () => ({ reversalId: ids.reversal }) },
};

let world: World;
let stranger: Someone;
let ids: Ids;
let studentHandle: string;
let invitationToken: string;
let teacherHandle: string;

beforeAll(async () => {
  ({ world, stranger, ids, studentHandle, invitationToken, teacherHandle } =
    await makeOthersThings());
});

/** Commands on somebody else's thing, with an input that is right but for whose it is. */
const OTHERS: Record<string, { command: Command; input: () => unknown }> = {
  ...cohortCommands(() => ids),
  "score-application": {
    command: scoreApplication,
    input: () => ({ applicationId: ids.submitted, scores: {}, note: "" }),
  },
  "edit-work": {
    command: editWork,
    input: () => ({ workId: ids.portfolioWork, title: "Mine now" }),
  },
  "move-work": { command: moveWork, input: () => ({ workId: ids.portfolioWork, way: "up" }) },
  "remove-work": { command: removeWork, input: () => ({ workId: ids.portfolioWork }) },
  "withdraw-application": {
    command: withdrawApplication,
    input: () => ({ applicationId: ids.submitted }),
  },
  "make-offer": {
    command: makeOffer,
    input: () => ({
      applicationId: ids.application,
      amount: "5,000",
      percent: "1",
      payoutCap: "none",
      sunset: "none",
      message: "",
    }),
  },
  "read-info-sheet": { command: readInfoSheet, input: () => ({ offerId: ids.openOffer }) },
  "answer-quiz": {
    command: answerQuiz,
    input: () => ({ offerId: ids.openOffer, part: "part", nothing: "nothing", tax: "whole" }),
  },
  "sign-offer": {
    command: signOffer,
    input: () => ({
      offerId: ids.openOffer,
      typedLegalName: stranger.legalName,
      consentPublicLine: "yes",
    }),
  },
  "decline-offer": { command: declineOffer, input: () => ({ offerId: ids.openOffer }) },
  "leave-offer": { command: leaveOffer, input: () => ({ offerId: ids.openOffer }) },
  "settle-offer": { command: settleOffer, input: () => ({ offerId: ids.openOffer }) },
  "lapse-offer": { command: lapseOffer, input: () => ({ offerId: ids.openOffer }) },
  "end-lot": { command: endLot, input: () => ({ lotId: ids.lot }) },
  ...SALES,
  "pay-gain": { command: payGain, input: () => ({ gainId: ids.gain }) },
  "grade-gain": {
    command: gradeGain,
    input: () => ({ gainId: ids.gain, grade: "counterparty", reason: "Seen." }),
  },
  "decide-deposit": {
    command: decideDeposit,
    input: () => ({ depositId: ids.deposit, decision: "confirm", arrived: "10" }),
  },
  "decide-withdrawal": {
    command: decideWithdrawal,
    input: () => ({ withdrawalId: ids.withdrawal, decision: "paid" }),
  },
  "decide-verification": {
    command: decideVerification,
    input: () => ({
      verificationId: ids.verification,
      decision: "approve",
      reason: "Seen it all.",
    }),
  },
  "reset-second-step": {
    command: resetSecondStep,
    input: () => ({ email: stranger.email }),
  },
  "grant-operator": { command: grantOperator, input: () => ({ email: stranger.email }) },
  "close-opening": {
    command: closeOpening,
    input: () => ({ entryId: ids.deposit, reason: "An order of a court." }),
  },
  "drop-closing": { command: dropClosing, input: () => ({ entryId: ids.deposit }) },
  "announce-key": {
    command: announceKey,
    input: () => ({ vkey: makeSigningKey("belay.test/log").vkey }),
  },
  "move-the-clock": { command: moveTheClock, input: () => ({ how: "days", days: "1" }) },
  "invite-co-teacher": {
    command: inviteCoTeacher,
    input: () => ({ cohortId: ids.cohort, email: "somebody@belay.test" }),
  },
  "import-reviewers": {
    command: importReviewers,
    input: () => ({ cohortId: ids.cohort, text: "email\nsomebody@belay.test" }),
  },
  "withdraw-invitation": {
    command: withdrawInvitation,
    input: () => ({ invitationId: ids.invitation }),
  },
  "answer-invitation": {
    command: answerInvitation,
    input: () => ({ token: invitationToken, decision: "accept" }),
  },
  "fund-part": { command: fundPart, input: () => ({ offerId: ids.waitingOffer }) },
  "decline-part": { command: declinePart, input: () => ({ offerId: ids.waitingOffer }) },
  "revoke-scout-link": { command: revokeScoutLink, input: () => ({ linkId: ids.scoutLink }) },
  "state-hypothesis": {
    command: stateHypothesis,
    input: () => ({
      referralId: ids.confirmedReferral,
      claim: "Shows a loom.",
      chancePercent: "60",
      dueOn: "2026-06-01",
    }),
  },
  "score-hypothesis": {
    command: scoreHypothesis,
    input: () => ({ hypothesisId: ids.hypothesis, outcome: "true", evidence: "I saw it." }),
  },
  "tell-due-hypotheses": {
    command: tellDueHypotheses,
    input: () => ({ referralId: ids.confirmedReferral }),
  },
  "answer-referral": { command: answerReferral, input: () => ({ referralId: ids.referral }) },
  "declare-gain": {
    command: declareGain,
    input: () => ({
      company: "C",
      closingDate: "2026-01-06",
      proceeds: "5",
      basis: "0",
      costs: "0",
      documentId: ids.document,
    }),
  },
};

Object.assign(OTHERS, {
  "post-announcement": {
    command: postAnnouncement,
    input: () => ({ cohortId: ids.cohort, title: "T", body: "B" }),
  },
  "write-update": {
    command: writeUpdate,
    input: () => ({
      cohortId: ids.cohort,
      week: weekAt(world.now, "UTC"),
      did: "D",
      intent: "publish",
    }),
  },
  "show-work": {
    command: showWork,
    input: () => ({ cohortId: ids.cohort, workId: ids.work, title: "T" }),
  },
  "give-feedback": {
    command: giveFeedback,
    input: () => ({ on: "update", id: ids.update, body: "B" }),
  },
  "reply-to-feedback": {
    command: replyToFeedback,
    input: () => ({ feedbackId: ids.feedback, body: "B" }),
  },
  "rate-feedback": {
    command: rateFeedback,
    input: () => ({ feedbackId: ids.feedback, helpfulness: "5" }),
  },
  "comment-on-update": {
    command: commentOnUpdate,
    input: () => ({ updateId: ids.update, body: "B" }),
  },
  "write-note": {
    command: writeNote,
    input: () => ({ cohortId: ids.cohort, studentId: ids.learner, body: "B" }),
  },
  "record-hours": {
    command: recordHours,
    input: () => ({
      cohortId: ids.cohort,
      heldOn: world.now.toISOString().slice(0, 10),
      hours: "1",
      topic: "T",
    }),
  },
  "stop-mail": { command: stopMail, input: () => ({ token: "no-such-link" }) },
} satisfies typeof OTHERS);
Object.assign(
  OTHERS,
  reviewCommands(() => ids),
);

/** Commands that name no thing of others': they act on the asker alone, or are open to whoever asks. */
const OWN = [
  "repay-claims",
  "choose-mail",
  "begin-second-step",
  "change-email",
  "change-password",
  "confirm-second-step",
  "end-other-sessions",
  "end-second-step",
  "end-session",
  "renew-recovery-codes",
  "request-email-change",
  "answer-quiz",
  "add-work",
  "save-cohort",
  "unsave-cohort",
  "make-calendar-token",
  "revoke-calendar-token",
  "edit-profile",
  "mint-token",
  "open-cohort",
  "confirm-by-link",
  "make-scout-link",
  "refer-talent",
  "request-deposit",
  "request-password-reset",
  "request-verification",
  "request-withdrawal",
  "resend-verification",
  "reset-password",
  "save-draft",
  "sign-up",
  "start-cohort",
  "store-document",
  "submit-application",
  "use-late-code",
  "verify-email",
];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".server.ts") ? [path] : [];
  });
}

it("knows every command there is", () => {
  const text = sources("app")
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const names = [...text.matchAll(/defineCommand\(\{\s*name: "([a-z-]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect([...new Set(names)].sort()).toEqual([...new Set([...Object.keys(OTHERS), ...OWN])].sort());
});

describe("a command on somebody else's thing", () => {
  it.each(Object.keys(OTHERS))("%s: it does not exist", async (name) => {
    const asked = OTHERS[name];
    if (!asked) throw new Error("no such command");
    const answer = await asked.command(world.call(stranger, asked.input()));
    expect(answer).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  it.each(Object.keys(OTHERS))("%s: an id that nobody has is answered alike", async (name) => {
    const asked = OTHERS[name];
    if (!asked) throw new Error("no such command");
    const nobody = Object.fromEntries(
      Object.entries(asked.input() as Record<string, unknown>).map(([key, value]) => [
        key,
        /(^id|Id)$/.test(key) ? crypto.randomUUID() : value,
      ]),
    );
    const answer = await asked.command(world.call(stranger, nobody));
    expect(answer).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  it.each([...Object.keys(OTHERS)])(
    "%s: a visitor is asked to sign in, or it does not exist",
    async (name) => {
      const asked = OTHERS[name];
      if (!asked) throw new Error("no such command");
      const answer = await asked.command(world.call(null as AnyActor, asked.input()));
      expect(answer.ok ? "ok" : answer.error.code).toMatch(/^(sign_in|not_found)$/);
    },
  );

  it("own commands ask a visitor to sign in", async () => {
    const all: Command[] = [
      addWork,
      saveCohort,
      unsaveCohort,
      makeCalendarToken,
      revokeCalendarToken,
      spendLateCode,
      chooseMail,
      editProfile,
      mintToken,
      openCohort,
      referTalent,
      requestDeposit,
      requestVerification,
      requestWithdrawal,
      startCohort,
      saveDraft,
      storeDocument,
      submitApplication,
    ];
    for (const command of all)
      expect(await command(world.call(null, {}))).toMatchObject({
        ok: false,
        error: { code: "sign_in" },
      });
  });
});
