import { and, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import {
  cohortTeachers,
  gainDeferrals,
  journalEntries,
  lots,
  partings,
  resales,
  reversals,
  ties,
} from "#db/schema/index";
import { addWork } from "~/features/applications/works.server";
import { findOwnWork } from "~/features/applications/works-queries.server";
import { inviteCoTeacher } from "~/features/cohorts/invite-co-teacher.server";
import { makeLateCode, newLateCode } from "~/features/cohorts/make-late-code.server";
import { askSister } from "~/features/cohorts/sisters.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { giveFeedback } from "~/features/learning/give-feedback.server";
import { weekAt } from "~/features/learning/rules";
import { showWork } from "~/features/learning/show-work.server";
import { writeUpdate } from "~/features/learning/write-update.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { requestVerification } from "~/features/verification/request-verification.server";
import { addDays, utcDay } from "~/lib/dates";
import type { Someone } from "~/server/demo/steps";
import { World } from "./world";

/** Rows of sales between others, as they stand in the middle of things. */
async function makeSaleRows(world: World, of: { gainId: string; lotId: string; partner: Someone }) {
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

/** Things that belong to somebody else than the one who asks. */
export type Ids = Record<
  | "application"
  | "submitted"
  | "applicationFile"
  | "portfolioWork"
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
  | "partner"
  | "criterion"
  | "sister"
  | "lateCode"
  | "scoutLink"
  | "confirmedReferral"
  | "hypothesis"
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

/** A scout's link, and a referral that somebody confirmed, with a hypothesis. */
async function makeScouting(world: World, scout: Someone) {
  const talent = await world.person("talent");
  const { linkId, code } = await world.makeLink(scout);
  const confirmedReferral = await world.confirmByLink(talent, scout, code);
  const dueOn = addDays(utcDay(world.now), 30);
  const said = { claim: "Has shown a loom.", chancePercent: "60", dueOn };
  const hypothesis = await world.expectOf(scout, confirmedReferral, said);
  return { scoutLink: linkId, confirmedReferral, hypothesis };
}

/** A world in which everything belongs to somebody else than the stranger. */
export async function makeOthersThings() {
  const world = await World.make();
  const teacher = await world.investor("500,000");
  const student = await world.person("student");
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
  const bytes = new Uint8Array(Buffer.from("A plan."));
  const added = { title: "A plan", file: { name: "plan.txt", bytes } };
  const collected = world.must(await addWork(world.call(other, added)));
  const portfolio = await findOwnWork(other, collected.workId);
  const submitted = await world.apply(other, cohort, ["Yes.", "No."]);
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
  const invitationToken = await world.mailedToken(invited.email, "co-teacher-invited");
  const [partnership] = await getDb()
    .select({ id: cohortTeachers.id })
    .from(cohortTeachers)
    .where(and(eq(cohortTeachers.cohortId, cohort.cohortId), eq(cohortTeachers.state, "accepted")));
  const theirs = await world.cohort(partner);
  const ask = { cohortId: theirs.cohortId, slug: cohort.slug };
  const { requestId } = world.must(await askSister(world.call(partner, ask)));
  const late = { label: "Ann", code: newLateCode(), maxUses: "1" };
  const until = new Date(world.now.getTime() + 35 * 86_400_000).toISOString().slice(0, 16);
  const { lateCodeId } = world.must(
    await makeLateCode(
      world.call(teacher, { cohortId: cohort.cohortId, ...late, validUntil: until }),
    ),
  );
  const talent = { name: "Talent", handle: "talent" };
  const referral = await world.refer(partner, talent, "She measures.");
  const space = await world.cohort(teacher);
  await world.decide(teacher, await world.apply(student, space, ["Yes.", "No."]));
  const week = weekAt(world.now, "UTC");
  const ofSpace = { cohortId: space.cohortId, week, did: "Measured.", intent: "publish" };
  const { updateId } = world.must(await writeUpdate(world.call(student, ofSpace)));
  const { workId } = world.must(
    await showWork(world.call(student, { cohortId: space.cohortId, title: "Nine sheets" })),
  );
  const on = { on: "update", id: updateId, body: "Why?" };
  const { feedbackId } = world.must(await giveFeedback(world.call(teacher, on)));
  const sales = await makeSaleRows(world, { gainId: gain.gainId, lotId: lot?.id ?? "", partner });
  const stranger = await world.investor("100,000");
  const ids: Ids = {
    ...sales,
    application,
    submitted,
    applicationFile: portfolio?.file?.id ?? "",
    portfolioWork: collected.workId,
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
    partner: partnership?.id ?? "",
    criterion: cohort.criterionIds[0] ?? "",
    sister: requestId,
    lateCode: lateCodeId,
    ...(await makeScouting(world, partner)),
    referral,
  };
  return {
    ...{ world, stranger, ids, invitationToken },
    cohortSlug: cohort.slug,
    spaceSlug: space.slug,
    studentHandle: student.handle,
    teacherHandle: teacher.handle,
  };
}
