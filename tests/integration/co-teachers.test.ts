import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { cohorts, cohortTeachers, lots, offerParts, offers, outbox } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, scoresOf } from "#tests/setup/deals";
import { World } from "#tests/setup/world";
import { SYSTEM } from "~/auth/actor";
import { getApplicationToReview } from "~/features/applications/queries.server";
import { saveDraft } from "~/features/applications/save-draft.server";
import { answerInvitation } from "~/features/cohorts/answer-invitation.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { getOwnCohort, listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { declinePart, fundPart } from "~/features/offers/fund-part.server";
import { lapseOffer } from "~/features/offers/lapse-offer.server";
import { leaveOffer } from "~/features/offers/leave-offer.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { getFunding, getOfferFor, listOffersOf } from "~/features/offers/queries.server";
import { scoreApplication } from "~/features/reviews/score-application.server";
import { getBalance } from "~/ledger/read.server";
import type { Someone } from "~/server/demo/steps";
import { sweep } from "~/server/sweep";

useDatabase();

const cash = (person: Someone) => getBalance(getDb(), "cash", person.id);
const stateOf = async (offerId: string) =>
  (await getDb().select().from(offers).where(eq(offers.id, offerId)))[0]?.state;

async function makeCoRun() {
  const world = await World.make();
  const lead = await world.investor("100,000");
  const other = await world.investor("50,000");
  const student = await world.person("student");
  const cohort = await world.cohort(lead);
  await world.teachTogether(lead, other, cohort.cohortId);
  return { world, lead, other, student, cohort };
}

/** A co-run cohort with an offer of $20,000 for 1% by its lead and $10,000 for 0.5% by the other, being funded. */
async function makeWaiting() {
  const made = await makeCoRun();
  const { world, lead, other, student, cohort } = made;
  const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
  await world.decide(other, applicationId);
  const offerId = await world.offer(lead, applicationId, {
    amount: "20,000",
    percent: "1",
    parts: [{ handle: other.handle, amount: "10,000", percent: "0.5" }],
  });
  return { ...made, applicationId, offerId };
}

describe("an invitation", () => {
  it("makes a teacher of whoever holds the mailed link and the address", async () => {
    const { world, lead, other, student, cohort } = await makeCoRun();
    expect(await listTeacherIds(getDb(), cohort.cohortId)).toEqual([lead.id, other.id]);
    expect((await listCohortsOfTeacher(other.id)).map((one) => one.slug)).toEqual([cohort.slug]);
    expect(await getOwnCohort(other, cohort.slug)).not.toBeNull();
    const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
    expect(await getApplicationToReview(other, applicationId)).not.toBeNull();
    const score = { applicationId, scores: scoresOf(cohort, "4"), note: "" };
    expect(codeOf(await scoreApplication(world.call(other, score)))).toBe("ok");
    await world.decide(other, applicationId);
    const told = await getDb()
      .select()
      .from(outbox)
      .where(and(eq(outbox.personId, lead.id), eq(outbox.template, "co-teacher-answered")));
    expect(told).toHaveLength(1);
    const draft = { cohortId: cohort.cohortId, changes: [] };
    expect(codeOf(await saveDraft(world.call(other, draft)))).toBe("not_found");
  });

  it("is for its address alone, answered once, and only the one who opened the cohort invites", async () => {
    const { world, lead, other, student, cohort } = await makeCoRun();
    const invite = (by: Someone, email: string) =>
      inviteCoTeacher(world.call(by, { cohortId: cohort.cohortId, email }));
    const third = await world.person("teacher");
    expect(codeOf(await invite(other, third.email))).toBe("not_found");
    expect(codeOf(await invite(lead, lead.email))).toBe("already_teaches");
    expect(codeOf(await invite(lead, other.email))).toBe("already_teaches");
    const { invitationId } = world.must(await invite(lead, third.email));
    expect(codeOf(await invite(lead, third.email))).toBe("already_invited");
    const token = await world.mailedToken(third.email, "co-teacher-invited");
    const answer = (by: Someone, decision = "accept") =>
      answerInvitation(world.call(by, { token, decision }));
    expect(codeOf(await answer(student))).toBe("not_found");
    expect(codeOf(await answer({ ...third, emailVerified: false }))).toBe("verify_email");
    world.must(await answer(third, "decline"));
    expect(codeOf(await answer(third))).toBe("already_answered");
    expect(await listTeacherIds(getDb(), cohort.cohortId)).toHaveLength(2);
    expect(codeOf(await withdrawInvitation(world.call(lead, { invitationId })))).toBe(
      "already_answered",
    );
    const again = world.must(await invite(lead, third.email));
    expect(codeOf(await withdrawInvitation(world.call(other, again)))).toBe("not_found");
    world.must(await withdrawInvitation(world.call(lead, again)));
    const late = await world.mailedToken(third.email, "co-teacher-invited");
    const accept = { token: late, decision: "accept" };
    expect(codeOf(await answerInvitation(world.call(third, accept)))).toBe("already_answered");
    const forced = getDb()
      .update(cohortTeachers)
      .set({ state: "accepted", personId: third.id })
      .where(eq(cohortTeachers.id, again.invitationId));
    expect(await forced.then(() => "nothing", constraintName)).toBe("cohort_teachers_transition");
  });

  it("is not accepted once the cohort is over; it can be declined", async () => {
    const { world, lead, student, cohort } = await makeCoRun();
    const input = { cohortId: cohort.cohortId, email: student.email };
    world.must(await inviteCoTeacher(world.call(lead, input)));
    const token = await world.mailedToken(student.email, "co-teacher-invited");
    const [row] = await getDb().select().from(cohorts).where(eq(cohorts.id, cohort.cohortId));
    world.now = row?.endsAt ?? world.now;
    const answer = (decision: string) => answerInvitation(world.call(student, { token, decision }));
    expect(codeOf(await answer("accept"))).toBe("not_now");
    expect(codeOf(await answer("decline"))).toBe("ok");
  });

  it("an applicant does not decide among the others, and two answers at once are one", async () => {
    const { world, lead, student, cohort } = await makeCoRun();
    await world.apply(student, cohort, ["Yes.", "No."]);
    const input = { cohortId: cohort.cohortId, email: student.email };
    world.must(await inviteCoTeacher(world.call(lead, input)));
    const token = await world.mailedToken(student.email, "co-teacher-invited");
    const accept = { token, decision: "accept" };
    expect(codeOf(await answerInvitation(world.call(student, accept)))).toBe("applied_here");
    const codes = await Promise.all(
      [1, 2].map(() => answerInvitation(world.call(student, { token, decision: "decline" }))),
    );
    expect(codes.map(codeOf).sort()).toEqual(["already_answered", "ok"]);
  });
});

describe("an offer in parts", () => {
  it("goes out when every part is funded, and settles in a lot a part", async () => {
    const { world, lead, other, student, offerId } = await makeWaiting();
    expect(await stateOf(offerId)).toBe("funding");
    expect([await cash(lead), await cash(other)]).toEqual([8_000_000n, 5_000_000n]);
    expect(await getOfferFor(student, offerId, world.now)).toBeNull();
    expect(await listOffersOf(student, world.now)).toEqual([]);
    expect(await listOffersOf(other, world.now)).toMatchObject([{ id: offerId, waits: true }]);
    const mine = await getFunding(other, offerId, world.now);
    expect(mine).toMatchObject({
      part: { amount: "$10,000.00", percent: "0.5%", balanceAfter: "$40,000.00" },
      offer: { canFund: true },
    });
    await world.fundPart(other, offerId);
    expect(await stateOf(offerId)).toBe("open");
    expect(codeOf(await fundPart(world.call(other, { offerId })))).toBe("already_out");
    const seen = await getOfferFor(student, offerId, world.now);
    expect(seen).toMatchObject({ amount: "$30,000.00", percent: "1.5%" });
    expect(seen?.investors.map((investor) => investor.amount)).toEqual([
      "$20,000.00",
      "$10,000.00",
    ]);
    await world.sign(student, offerId);
    world.pass({ days: 7 });
    await world.settle(offerId);
    expect(await cash(student)).toBe(3_000_000n);
    const made = await getDb()
      .select()
      .from(lots)
      .where(eq(lots.dealId, offerId))
      .orderBy(lots.seq);
    expect(made).toMatchObject([
      { holderId: lead.id, sharesLeft: 100_000n, paidCents: 2_000_000n },
      { holderId: other.id, sharesLeft: 50_000n, paidCents: 1_000_000n },
    ]);
  });

  it("falls back when a part is declined, and each gets their money back; the student never knows", async () => {
    const { world, lead, other, student, offerId } = await makeWaiting();
    expect(codeOf(await declinePart(world.call(student, { offerId })))).toBe("not_found");
    world.must(await declinePart(world.call(other, { offerId })));
    expect(await stateOf(offerId)).toBe("lapsed");
    expect([await cash(lead), await cash(other)]).toEqual([10_000_000n, 5_000_000n]);
    expect(codeOf(await fundPart(world.call(other, { offerId })))).toBe("offer_closed");
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, student.id));
    expect(mails.filter((mail) => mail.template.startsWith("offer-"))).toEqual([]);
    expect(await getOfferFor(lead, offerId, world.now)).toMatchObject({ neverSent: true });
  });

  it("falls back after 7 days, by the sweep, and not an instant earlier", async () => {
    const { world, lead, offerId } = await makeWaiting();
    world.pass({ days: 7, ms: -1 });
    await sweep(world.now);
    expect(await stateOf(offerId)).toBe("funding");
    world.pass({ ms: 1 });
    await sweep(world.now);
    expect(await stateOf(offerId)).toBe("lapsed");
    expect(await cash(lead)).toBe(10_000_000n);
  });

  it("the last part funded as it falls back: one of both happens, no cent is lost", async () => {
    for (const ms of [-1, 0]) {
      const { world, lead, other, offerId } = await makeWaiting();
      world.pass({ days: 7, ms });
      const [funded, lapsed] = await Promise.all([
        fundPart(world.call(other, { offerId })),
        lapseOffer({
          actor: SYSTEM,
          input: { offerId },
          idempotencyKey: crypto.randomUUID(),
          now: new Date(world.now.getTime() - ms),
        }),
      ]);
      const state = await stateOf(offerId);
      const escrow = state === "open" ? 3_000_000n : 0n;
      expect((await cash(lead)) + (await cash(other)) + escrow).toBe(15_000_000n);
      // At the instant itself nobody funds any more; just before, whoever holds the offer first decides.
      if (ms === 0)
        expect([codeOf(funded), state]).toEqual([expect.not.stringMatching("ok"), "lapsed"]);
      else expect(state === "open" || state === "lapsed").toBe(true);
      if (state === "open") expect(codeOf(lapsed)).toBe("not_due");
    }
  });

  it("two fund their parts at once: it goes out once", async () => {
    const { world, lead, other, student, cohort } = await makeCoRun();
    const third = await world.investor("50,000");
    await world.teachTogether(lead, third, cohort.cohortId);
    const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(lead, applicationId);
    const offerId = await world.offer(lead, applicationId, {
      amount: "10,000",
      percent: "10",
      parts: [other, third].map(({ handle }) => ({ handle, amount: "5,000", percent: "5" })),
    });
    const funded = await Promise.all(
      [other, third].map((investor) => fundPart(world.call(investor, { offerId }))),
    );
    expect(funded.map(codeOf)).toEqual(["ok", "ok"]);
    expect(await stateOf(offerId)).toBe("open");
    const sent = await getDb()
      .select()
      .from(outbox)
      .where(and(eq(outbox.personId, student.id), eq(outbox.template, "offer-sent")));
    expect(sent).toHaveLength(1);
    await world.sign(student, offerId);
    world.must(await leaveOffer(world.call(third, { offerId })));
    expect([await cash(lead), await cash(other), await cash(third)]).toEqual([
      10_000_000n,
      5_000_000n,
      5_000_000n,
    ]);
  });

  it("refuses strangers, the same twice, over 20% together, the unverified, and too little cash", async () => {
    const { world, lead, other, student, cohort } = await makeCoRun();
    const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(lead, applicationId);
    const stranger = await world.investor();
    const unverified = await world.person("teacher");
    await world.teachTogether(lead, unverified, cohort.cohortId);
    const say = (parts: object[], percent = "1", by = lead) =>
      makeOffer(
        world.call(by, {
          applicationId,
          amount: "10,000",
          percent,
          parts,
          payoutCap: "none",
          sunset: "none",
          message: "",
        }),
      );
    const part = (who: Someone, amount = "10,000", percent = "1") => ({
      handle: who.handle,
      amount,
      percent,
    });
    expect(codeOf(await say([part(other)], "1", stranger))).toBe("not_found");
    for (const parts of [[part(stranger)], [part(lead)], [part(other), part(other)]])
      expect(codeOf(await say(parts))).toBe("not_a_teacher");
    const fields = async (parts: object[], percent: string) => {
      const answer = await say(parts, percent);
      return answer.ok ? [] : Object.keys(answer.error.fields ?? {});
    };
    expect(await fields([part(other, "", "1")], "1")).toEqual(["parts.0.amount"]);
    expect(await fields([part(other, "10,000", "11")], "1")).toEqual(["parts.0.percent"]);
    expect(await fields([part(other, "9,999", "10")], "1")).toEqual(["parts.0.amount"]);
    expect(
      await fields([part(other, "10,000", "10"), part(unverified, "1", "0.001")], "10"),
    ).toEqual(["percent"]);
    expect(await say([part(other, "", ""), part(unverified)])).toMatchObject({
      error: { code: "co_not_verified", field: "parts.1.percent" },
    });
    const offerId = world.must(await say([part(other, "60,000", "1")])).offerId;
    expect(codeOf(await fundPart(world.call(other, { offerId })))).toBe("insufficient_balance");
    const forged = getDb()
      .update(offers)
      .set({
        state: "open",
        sentAt: world.now,
        expiresAt: new Date(world.now.getTime() + 8 * 864e5),
      })
      .where(eq(offers.id, offerId));
    expect(await forged.then(() => "nothing", constraintName)).toBe("offers_funded");
    const parts = await getDb().select().from(offerParts).where(eq(offerParts.offerId, offerId));
    expect(parts.filter((one) => one.fundedAt !== null)).toHaveLength(1);
  });
});

it("a student's overdue distribution blocks new offers until it is paid", async () => {
  const { world, lead, other, student, cohort } = await makeCoRun();
  await world.invested(lead, student, { amount: "20,000", percent: "1" });
  world.pass({ days: 2 });
  const { gainId } = await world.declare(student, {
    company: "Grasp",
    closingDate: new Date(world.now.getTime() - 864e5).toISOString().slice(0, 10),
    proceeds: "1,000",
    basis: "0",
    costs: "0",
  });
  const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
  await world.decide(other, applicationId);
  world.pass({ days: 30, ms: 1 });
  const input = {
    applicationId,
    amount: "5,000",
    percent: "1",
    payoutCap: "none",
    sunset: "none",
    message: "",
  };
  expect(codeOf(await makeOffer(world.call(other, input)))).toBe("distribution_overdue");
  await world.pay(student, gainId);
  expect(codeOf(await makeOffer(world.call(other, input)))).toBe("ok");
});
