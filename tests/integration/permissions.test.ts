import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import {
  gainDeferrals,
  journalEntries,
  lots,
  partings,
  resales,
  reversals,
  ties,
} from "#db/schema/index";
import type { AnyActor } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import { startSession } from "~/auth/session.server";
import { decideApplication } from "~/features/applications/decide-application.server";
import { saveApplication } from "~/features/applications/save-application.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { moveTheClock } from "~/features/clock/move-the-clock.server";
import { answerInvitation } from "~/features/cohorts/answer-invitation.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
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
import { advanceResale } from "~/features/resales/advance-resale.server";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { fundResale } from "~/features/resales/fund-resale.server";
import { wantShares } from "~/features/resales/want-shares.server";
import { withdrawResale } from "~/features/resales/withdraw-resale.server";
import { scoreApplication } from "~/features/reviews/score-application.server";
import { answerReferral } from "~/features/scouting/answer-referral.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
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
import type { Result } from "~/lib/result";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

/** Rows of sales between others, as they stand in the middle of things. */
async function makeSaleRows(of: { gainId: string; lotId: string; partner: Someone }) {
  const db = getDb();
  const [lot] = await db.select().from(lots).where(eq(lots.id, of.lotId));
  if (!lot) throw new Error("no lot");
  const [sale, until] = [{ tokenId: lot.tokenId, priceCents: 100n }, new Date("2030-01-01")];
  const now = world.now;
  const first = <T>(rows: T[]): T => {
    if (!rows[0]) throw new Error("no row");
    return rows[0];
  };
  const resale = first(
    await db
      .insert(resales)
      .values({
        ...sale,
        sellerId: lot.holderId,
        buyerId: of.partner.id,
        shares: 1n,
        askedAt: now,
        until,
      })
      .returning(),
  );
  const parting = first(
    await db
      .insert(partings)
      .values({ ...sale, holderId: lot.holderId, offeredAt: now, disputeUntil: until })
      .returning(),
  );
  const deferral = first(
    await db
      .insert(gainDeferrals)
      .values({ gainId: of.gainId, hardship: "Illness.", requestedAt: now })
      .returning(),
  );
  const pair = { personId: lot.holderId, otherId: of.partner.id, declaredBy: lot.holderId };
  const tie = first(
    await db
      .insert(ties)
      .values({ ...pair, kind: "relative", declaredAt: now })
      .returning(),
  );
  const [entry] = await db.select().from(journalEntries).where(eq(journalEntries.id, lot.entryId));
  const asked = { entryId: lot.entryId, reason: "error" as const, orderNumber: "1", note: "n" };
  const reversal = first(
    await db
      .insert(reversals)
      .values({ ...asked, askedBy: world.operator.id, askedAt: now })
      .returning(),
  );
  return {
    token: lot.tokenId,
    resale: resale.id,
    parting: parting.id,
    deferral: deferral.id,
    tie: tie.id,
    entry: entry?.logId ?? "",
    reversal: reversal.id,
  };
}

type Command = (call: Call) => Promise<Result<unknown, Refusal>>;
/** Things that belong to somebody else than the one who asks. */
type Ids = Record<
  | "application"
  | "submitted"
  | "offer"
  | "openOffer"
  | "gain"
  | "deposit"
  | "withdrawal"
  | "verification"
  | "lot"
  | "document"
  | "cohort"
  | "question"
  | "learner"
  | "update"
  | "work"
  | "feedback"
  | "waitingOffer"
  | "invitation"
  | "referral"
  | "token"
  | "resale"
  | "parting"
  | "deferral"
  | "tie"
  | "entry"
  | "reversal",
  string
>;

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
let cohortSlug: string;
let studentHandle: string;
let spaceSlug: string;
let invitationToken: string;
let teacherHandle: string;

beforeAll(async () => {
  world = await World.make();
  const teacher = await world.investor("500,000");
  const student = await world.person("student");
  studentHandle = student.handle;
  const offer = await world.invested(teacher, student, { amount: "20,000", percent: "1" });
  const document = world.must(
    await storeDocument(
      world.call(student, {
        fileName: "a.pdf",
        bytes: new TextEncoder().encode("%PDF-1.4\n%%EOF\n"),
      }),
    ),
  );
  const sale = {
    company: "Grasp",
    closingDate: world.now.toISOString().slice(0, 10),
    proceeds: "1,000",
    basis: "0",
    costs: "0",
    documentId: document.documentId,
  };
  world.pass({ days: 2 });
  const gain = await world.declare(student, sale);
  const other = await world.person("student");
  const application = await world.admitted(teacher, other);
  const openOffer = await world.offer(teacher, application, { amount: "20,000", percent: "1" });
  const cohort = await world.cohort(teacher);
  const submitted = await world.apply(other, cohort, ["Yes.", "No."]);
  cohortSlug = cohort.slug;
  const [lot] = await getDb().select({ id: lots.id }).from(lots).where(eq(lots.dealId, offer));
  const statement = "Two bank statements of last month.";
  const { verificationId } = world.must(
    await requestVerification(world.call(other, { basis: "income", statement })),
  );
  const { depositId } = world.must(
    await requestDeposit(world.call(other, { amount: "10", reference: "OTHER-1" })),
  );
  const { withdrawalId } = world.must(
    await requestWithdrawal(world.call(teacher, { amount: "10", destination: "First Bank 4411" })),
  );
  const partner = await world.investor("100,000");
  await world.teachTogether(teacher, partner, cohort.cohortId);
  await world.decide(partner, await world.apply(student, cohort, ["Yes.", "No."]));
  const second = await world.person("student");
  const place = await world.apply(second, cohort, ["Yes.", "No."]);
  await world.decide(teacher, place);
  const waitingOffer = await world.offer(teacher, place, {
    amount: "5,000",
    percent: "1",
    parts: [{ handle: partner.handle, amount: "5,000", percent: "1" }],
  });
  const invited = { cohortId: cohort.cohortId, email: "invited@belay.test" };
  const { invitationId } = world.must(await inviteCoTeacher(world.call(teacher, invited)));
  invitationToken = await world.mailedToken(invited.email, "co-teacher-invited");
  const talent = { name: "Talent", handle: "talent" };
  const referral = await world.refer(partner, talent, "She measures.");
  const space = await world.cohort(teacher);
  await world.decide(teacher, await world.apply(student, space, ["Yes.", "No."]));
  spaceSlug = space.slug;
  const week = weekAt(world.now, "UTC");
  const ofSpace = { cohortId: space.cohortId, week, did: "Measured.", intent: "publish" };
  const { updateId } = world.must(await writeUpdate(world.call(student, ofSpace)));
  const { workId } = world.must(
    await showWork(world.call(student, { cohortId: space.cohortId, title: "Nine sheets" })),
  );
  const on = { on: "update", id: updateId, body: "Why?" };
  const { feedbackId } = world.must(await giveFeedback(world.call(teacher, on)));
  const sales = await makeSaleRows({ gainId: gain.gainId, lotId: lot?.id ?? "", partner });
  teacherHandle = teacher.handle;
  stranger = await world.investor("100,000");
  ids = {
    ...sales,
    application,
    submitted,
    offer,
    openOffer,
    gain: gain.gainId,
    deposit: depositId,
    withdrawal: withdrawalId,
    verification: verificationId,
    lot: lot?.id ?? "",
    document: document.documentId,
    cohort: cohort.cohortId,
    question: cohort.questionIds[0] ?? "",
    learner: student.id,
    update: updateId,
    work: workId,
    feedback: feedbackId,
    waitingOffer,
    invitation: invitationId,
    referral,
  };
});

/** Commands on somebody else's thing, with an input that is right but for whose it is. */
const OTHERS: Record<string, { command: Command; input: () => unknown }> = {
  "decide-application": {
    command: decideApplication,
    input: () => ({ applicationId: ids.submitted, decision: "admit", message: "" }),
  },
  "score-application": {
    command: scoreApplication,
    input: () => ({ applicationId: ids.submitted, score: "5", note: "" }),
  },
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
  "move-the-clock": { command: moveTheClock, input: () => ({ how: "days", days: "1" }) },
  "invite-co-teacher": {
    command: inviteCoTeacher,
    input: () => ({ cohortId: ids.cohort, email: "somebody@belay.test" }),
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
  "edit-profile",
  "mint-token",
  "open-cohort",
  "refer-talent",
  "request-deposit",
  "request-password-reset",
  "request-verification",
  "request-withdrawal",
  "resend-verification",
  "reset-password",
  "save-application",
  "sign-up",
  "store-document",
  "submit-application",
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
      chooseMail,
      editProfile,
      mintToken,
      openCohort,
      referTalent,
      requestDeposit,
      requestVerification,
      requestWithdrawal,
      saveApplication,
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

type Loader = (args: {
  request: Request;
  params: Record<string, string>;
  context: Record<string, unknown>;
}) => Promise<unknown>;
const context = { cspNonce: "n", requestId: "r", clientAddress: "127.0.0.1" };

/** The parameters with which each private page would show somebody else's thing. */
const PRIVATE: Record<string, () => { id?: string; slug?: string; handle?: string }> = {
  "cohorts.$slug_.space": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.announce": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.hours": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.students.$handle": () => ({ slug: spaceSlug, handle: studentHandle }),
  "cohorts.$slug_.space_.update": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.updates.$id": () => ({ slug: spaceSlug, id: ids.update }),
  "cohorts.$slug_.space_.work": () => ({ slug: spaceSlug }),
  "cohorts.$slug_.space_.works.$id": () => ({ slug: spaceSlug, id: ids.work }),
  "applications.$id": () => ({ id: ids.submitted }),
  "teach.cohorts.$slug": () => ({ slug: cohortSlug }),
  "teach.applications.$id": () => ({ id: ids.submitted }),
  "teach.applications.$id_.offer": () => ({ id: ids.application }),
  "offers.$id": () => ({ id: ids.openOffer }),
  "offers.$id_.questions": () => ({ id: ids.openOffer }),
  "offers.$id_.token": () => ({ id: ids.openOffer }),
  "offers.$id_.sign": () => ({ id: ids.openOffer }),
  "offers.$id_.leave": () => ({ id: ids.offer }),
  "offers.$id_.fund": () => ({ id: ids.waitingOffer }),
  "offers.$id_.decline": () => ({ id: ids.openOffer }),
  "gains.$id": () => ({ id: ids.gain }),
  "documents.$id": () => ({ id: ids.document }),
  "desk.gains.$id": () => ({ id: ids.gain }),
  "desk.deposits.$id": () => ({ id: ids.deposit }),
  "desk.withdrawals.$id": () => ({ id: ids.withdrawal }),
  "desk.verifications.$id": () => ({ id: ids.verification }),
};
/** Pages with a parameter that anyone may open. */
const PUBLIC = [
  "$",
  "cohorts.$slug",
  "people.$handle",
  "scouts.$handle",
  "teachers.$handle",
  "teachers.$handle_.track-record[.]csv",
  "teachers.$handle_.track-record[.]journal",
  "cohorts.$slug_.apply",
];

describe("a page of somebody else's thing", () => {
  it("knows every page with a parameter", () => {
    const pages = readdirSync("app/routes").filter((name) => name.includes("$"));
    expect(pages.sort()).toEqual([...Object.keys(PRIVATE), ...PUBLIC].sort());
  });

  it.each(Object.keys(PRIVATE))(
    "%s: 404, for a stranger as for an id that nobody has",
    async (route) => {
      const { loader } = (await import(`../../app/routes/${route}/route.tsx`)) as {
        loader: Loader;
      };
      const cookie = (await startSession(stranger.id)).split(";")[0] ?? "";
      const params = PRIVATE[route]?.() ?? {};
      for (const asked of [
        params,
        { id: crypto.randomUUID(), slug: "no-such-cohort" },
        { id: "1", slug: "x" },
      ]) {
        const request = new Request(`http://localhost:3000/x`, { headers: { cookie } });
        const answer = await loader({
          request,
          params: asked as Record<string, string>,
          context,
        }).catch((thrown: unknown) => thrown);
        expect(answer, JSON.stringify(asked)).toBeInstanceOf(Response);
        expect((answer as Response).status, JSON.stringify(asked)).toBe(404);
      }
    },
  );

  it("and its owner sees it", async () => {
    const owner = await world.find(studentHandle);
    const cookie = (await startSession(owner.id)).split(";")[0] ?? "";
    const { loader } = (await import(`../../app/routes/${"gains.$id"}/route.tsx`)) as {
      loader: Loader;
    };
    const answer = await loader({
      request: new Request("http://localhost:3000/x", { headers: { cookie } }),
      params: { id: ids.gain },
      context,
    });
    expect(answer).not.toBeInstanceOf(Response);
  });
});
