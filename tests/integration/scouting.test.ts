import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { lots, offers, outbox, referrals } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, must } from "#tests/setup/deals";
import { World } from "#tests/setup/world";
import { saveDraft } from "~/features/applications/save-draft.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { getInfoSheet, getSigning } from "~/features/offers/queries.server";
import { signOffer } from "~/features/offers/sign-offer.server";
import { answerReferral } from "~/features/scouting/answer-referral.server";
import {
  findReferralByToken,
  listMyReferrals,
  listReferralsTo,
} from "~/features/scouting/queries.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
import { getScoutPage } from "~/features/scouting/scout-page.server";
import { stepsOf } from "~/routes/home/steps.server";
import type { Someone } from "~/server/demo/steps";

useDatabase();

const REASONS = "She has built three looms and measured each.";
const TERMS = { amount: "66,666.67", percent: "1", payoutCap: "3" } as const;

function asked(talent: { displayName: string; email: string }, cohortId = "") {
  return {
    talentName: talent.displayName,
    talentEmail: talent.email,
    reasons: REASONS,
    cohortId,
  };
}

async function refer(world: World, scout: Someone, talent: Someone, cohortId = "") {
  return world.must(await referTalent(world.call(scout, asked(talent, cohortId)))).referralId;
}

/** A cohort of that teacher which states a finder's stake of 5%. */
async function stakedCohort(world: World, teacher: Someone) {
  const day = (days: number) =>
    new Date(world.now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  return world.openCohort(teacher, {
    title: `Cohort ${world.handle("c")}`,
    skill: "Robotics",
    pitch: "Twelve weeks.",
    capacity: "50",
    opensAt: `${day(-1)}T09:00`,
    closesAt: `${day(200)}T18:00`,
    startsAt: `${day(210)}T09:00`,
    endsAt: `${day(290)}T18:00`,
    questions: ["Why?", "What next?"],
    amount: "20,000",
    percent: "1",
    finderStake: "5",
  });
}

async function makeReferred() {
  const world = await World.make();
  const teacher = await world.investor("300,000");
  const scout = await world.person("scout");
  const student = await world.person("student");
  const cohort = await stakedCohort(world, teacher);
  const referralId = await refer(world, scout, student);
  return { world, teacher, scout, student, cohort, referralId };
}

const stateOf = async (id: string) =>
  (await getDb().select().from(referrals).where(eq(referrals.id, id)))[0]?.state;

describe("a referral's way", () => {
  it("ends in a finder's stake carved out of the teacher's shares, with the student's consent", async () => {
    const { world, teacher, scout, student, cohort, referralId } = await makeReferred();
    await world.confirmScout(student, referralId);
    const application = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(teacher, application);
    const offerId = await world.offer(teacher, application, TERMS);
    const [offer] = await getDb().select().from(offers).where(eq(offers.id, offerId));
    expect(offer).toMatchObject({ finderId: scout.id, finderStakeBps: 500, shares: 100_000n });

    const sheet = await getInfoSheet(student, offerId, world.now);
    expect(sheet?.offer.finder).toMatchObject({ name: scout.displayName, stake: "5%" });
    expect(sheet?.futures[0]?.parts.map((part) => part.name)).toEqual([
      `${teacher.displayName} (this offer)`,
      `${scout.displayName} (scout, this offer)`,
    ]);
    await world.prepareToSign(student, offerId);
    const signing = await getSigning(student, offerId, world.now);
    expect(signing?.text).toContain(`${scout.displayName} (on Belay: ${scout.handle}) gets a`);
    const signature = {
      offerId,
      typedLegalName: student.legalName,
      consentPublicLine: "yes",
    };
    const without = await signOffer(world.call(student, signature));
    expect(without).toMatchObject({
      error: { code: "stake_consent", field: "consentFinderStake" },
    });
    await world.sign(student, offerId);
    world.pass({ days: 7 });
    await world.settle(offerId);
    const settled = await getInfoSheet(teacher, offerId, world.now);
    expect(settled?.futures[0]).toMatchObject({
      label: "A company sold for 100\u00a0thousand",
      ownerCents: sheet?.futures[0]?.ownerCents,
      parts: [{ name: teacher.displayName }, { name: scout.displayName }],
    });

    const made = await getDb()
      .select()
      .from(lots)
      .where(eq(lots.dealId, offerId))
      .orderBy(lots.seq);
    expect(made).toMatchObject([
      {
        holderId: teacher.id,
        sharesLeft: 95_000n,
        paidCents: 6_666_667n,
        capCents: 19_000_001n,
        finder: false,
      },
      {
        holderId: scout.id,
        sharesLeft: 5_000n,
        paidCents: 0n,
        capCents: 1_000_000n,
        finder: true,
        lockedUntil: "2027-01-12",
      },
    ]);
    const page = await getScoutPage(scout.handle, world.now);
    expect(page).toMatchObject({
      counts: { sent: 1, confirmed: 1, applied: 1, admitted: 1, invested: 1 },
      misses: 0,
      stakes: [{ handle: student.handle, percent: "0.05%", held: true, received: "$0.00" }],
    });
  });

  it("reaches somebody without an account, who then signs up with that address", async () => {
    const world = await World.make();
    const scout = await world.person("scout");
    const handle = world.handle("newcomer");
    const email = `${handle}@belay.test`;
    const id = await world.refer(scout, { name: "New Comer", handle, email }, REASONS);
    const token = await world.mailedToken(email, "referral-sent");
    expect(await findReferralByToken(token, world.now)).toMatchObject({
      id,
      scoutName: scout.displayName,
      reasons: REASONS,
    });
    expect(await findReferralByToken("no such token", world.now)).toBeNull();
    const [kept] = await getDb().select().from(referrals).where(eq(referrals.id, id));
    expect(kept?.tokenHash).not.toContain(token);
    const talent = await world.join({ name: "New Comer", handle, email });
    expect(await listReferralsTo(talent, world.now)).toMatchObject([{ id }]);
    await world.confirmScout(talent, id);
    expect(await findReferralByToken(token, world.now)).toBeNull();
    expect(await listMyReferrals(scout, world.now)).toMatchObject([
      { talentName: "New Comer", tone: "accent", open: true },
    ]);
    const home = await stepsOf(scout, world.now);
    expect(home.roles.scouts).toBe(true);
    expect(home.later.map(({ name }) => name)).toContain("Your referral of New Comer");
    const told = await getDb()
      .select()
      .from(outbox)
      .where(and(eq(outbox.personId, scout.id), eq(outbox.template, "referral-confirmed")));
    expect(told).toHaveLength(1);
  });

  it("asks an unverified address to be confirmed first, and shows it nothing", async () => {
    const { world, student, referralId } = await makeReferred();
    const unverified = { ...student, emailVerified: false };
    expect(await listReferralsTo(unverified, world.now)).toEqual([]);
    const answer = await answerReferral(world.call(unverified, { referralId }));
    expect(codeOf(answer)).toBe("verify_email");
  });

  it("gives no stake where the cohort states none, the time is over, or they applied before", async () => {
    const { world, teacher, student, cohort, referralId } = await makeReferred();
    const early = await world.person("student");
    const applied = await world.apply(early, cohort, ["Yes.", "No."]);
    world.pass({ ms: 1 });
    const late = await refer(world, await world.person("scout"), early);
    await world.confirmScout(early, late);
    await world.confirmScout(student, referralId);
    const plain = await world.admitted(teacher, student);
    const finderOf = async (application: string) => {
      const id = await world.offer(teacher, application, { amount: "1,000", percent: "1" });
      return (await getDb().select().from(offers).where(eq(offers.id, id)))[0]?.finderId;
    };
    expect(await finderOf(plain)).toBeNull();
    await world.decide(teacher, applied);
    expect(await finderOf(applied)).toBeNull();
    world.pass({ days: 90 });
    const tooLate = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(teacher, tooLate);
    expect(await finderOf(tooLate)).toBeNull();
  });
});

describe("refusals", () => {
  it("of oneself, of a minor, of too many, of the same again, of a cohort that there is not", async () => {
    const { world, scout, student } = await makeReferred();
    const say = async (by: Someone, input: object) =>
      codeOf(await referTalent(world.call(by, input)));
    expect(await say(scout, asked(scout))).toBe("oneself");
    const minor = await world.person("minor", { dateOfBirth: "2010-01-01" });
    expect(await say(minor, asked(student))).toBe("under_age");
    expect(await say(scout, asked(student))).toBe("already_referred");
    expect(await say(scout, asked(minor, crypto.randomUUID()))).toBe("not_found");
    expect(await say(scout, { ...asked(minor), talentEmail: "no address" })).toBe("invalid_input");
    for (let n = 1; n < 20; n++)
      await world.refer(scout, { name: "N", handle: world.handle("n") }, REASONS);
    expect(await say(scout, asked(minor))).toBe("too_many");
    world.pass({ days: 1 });
    expect(await say(scout, asked(minor))).toBe("ok");
  });

  it("of one's own student and of whom one reviews; never of who has applied there, which is not the scout's to know", async () => {
    const { world, teacher, scout, cohort } = await makeReferred();
    const say = async (by: Someone, talent: Someone, cohortId = "") =>
      codeOf(await referTalent(world.call(by, asked(talent, cohortId))));
    const other = await world.person("student");
    const application = await world.apply(other, cohort, ["Yes.", "No."]);
    world.pass({ ms: 1 });
    expect(await say(teacher, other)).toBe("under_review");
    expect(await say(scout, other, cohort.cohortId)).toBe("ok");
    await world.decide(teacher, application);
    expect(await say(teacher, other)).toBe("own_student");
  });

  it("of who had applied there when they confirm: they are told, their scout sees what is seen of anybody who does not answer", async () => {
    const { world, scout, cohort } = await makeReferred();
    const [applied, silent] = [await world.person("student"), await world.person("student")];
    await world.apply(applied, cohort, ["Yes.", "No."]);
    world.pass({ ms: 1 });
    const referralId = await refer(world, scout, applied, cohort.cohortId);
    await refer(world, scout, silent, cohort.cohortId);
    expect(codeOf(await answerReferral(world.call(applied, { referralId })))).toBe(
      "already_applied",
    );
    const seen = async () => {
      const mine = await listMyReferrals(scout, world.now);
      const of = (who: Someone) => {
        const found = mine.find(({ talentEmail }) => talentEmail === who.email);
        return { word: found?.word, tone: found?.tone, open: found?.open };
      };
      return [of(applied), of(silent)] as const;
    };
    const [one, other] = await seen();
    expect(one).toEqual(other);
    expect(one.word).toMatch(/^waits until /);
    const page = await getScoutPage(scout.handle, world.now);
    expect(page).toMatchObject({ counts: { confirmed: 0, applied: 0 } });
    world.pass({ days: 90 });
    expect((await seen()).map(({ word }) => word)).toEqual(["time is over", "time is over"]);
    const again = await refer(world, scout, applied);
    await world.confirmScout(applied, again);
    expect(await stateOf(again)).toBe("confirmed");
  });

  it("of who withdrew and applied again: the database, too, lets them neither confirm it nor pay a stake", async () => {
    const { world, teacher, scout, cohort } = await makeReferred();
    const student = await world.person("student");
    const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
    must(await withdrawApplication(world.call(student, { applicationId })));
    world.pass({ ms: 1 });
    const there = await refer(world, scout, student, cohort.cohortId);
    const anywhere = await refer(world, await world.person("scout"), student);
    world.pass({ ms: 1 });
    const { cohortId } = cohort;
    must(await saveDraft(world.call(student, { cohortId, changes: [] })));
    await world.apply(student, cohort, ["Yes.", "Again."]);
    expect(codeOf(await answerReferral(world.call(student, { referralId: there })))).toBe(
      "already_applied",
    );
    const forged = getDb()
      .update(referrals)
      .set({ state: "confirmed", answeredAt: world.now, talentId: student.id })
      .where(eq(referrals.id, there));
    await expect(forged).rejects.toSatisfy(
      (error) => constraintName(error) === "referrals_applied_before",
    );
    await world.confirmScout(student, anywhere);
    await world.decide(teacher, applicationId);
    const offerId = await world.offer(teacher, applicationId, TERMS);
    const [offer] = await getDb().select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new Error("no offer");
    expect(offer.finderId).toBeNull();
    const [{ scoutId = "" } = {}] = await getDb()
      .select({ scoutId: referrals.scoutId })
      .from(referrals)
      .where(eq(referrals.id, anywhere));
    const { id: _, ...terms } = offer;
    const staked = { ...terms, state: "funding" as const, finderId: scoutId, finderStakeBps: 500 };
    await expect(getDb().insert(offers).values(staked)).rejects.toSatisfy(
      (error) => constraintName(error) === "offers_finder_confirmed",
    );
  });

  it("once it is over: it cannot be confirmed, and a new one takes its place", async () => {
    const { world, scout, student, referralId } = await makeReferred();
    world.pass({ days: 90 });
    expect(codeOf(await answerReferral(world.call(student, { referralId })))).toBe("referral_over");
    const again = await refer(world, scout, student);
    expect(await stateOf(referralId)).toBe("lapsed");
    await world.confirmScout(student, again);
    // Confirmed, never used, over: it makes room for another scout's.
    world.pass({ days: 91 });
    const later = (await stepsOf(scout, world.now)).later;
    expect(later.filter(({ to }) => to.startsWith("/refer"))).toEqual([]);
    const second = await refer(world, await world.person("scout"), student);
    await world.confirmScout(student, second);
    expect([await stateOf(again), await stateOf(second)]).toEqual(["lapsed", "confirmed"]);
  });

  it("the database refuses a minor, a finder whom nobody confirmed, and going back", async () => {
    const { world, teacher, student, cohort, referralId } = await makeReferred();
    const minor = await world.person("minor", { dateOfBirth: "2010-01-01" });
    const [row] = await getDb().select().from(referrals).where(eq(referrals.id, referralId));
    if (!row) throw new Error("no referral");
    const broken = async (act: Promise<unknown>) =>
      act.then(
        () => "nothing",
        (error: unknown) => constraintName(error),
      );
    const { id: _, ...values } = row;
    expect(
      await broken(
        getDb()
          .insert(referrals)
          .values({ ...values, scoutId: minor.id, tokenHash: "x" }),
      ),
    ).toBe("referrals_scout_may");
    await world.confirmScout(student, referralId);
    expect(
      await broken(
        getDb()
          .update(referrals)
          .set({ state: "sent", answeredAt: null })
          .where(eq(referrals.id, referralId)),
      ),
    ).toBe("referrals_transition");
    const application = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(teacher, application);
    const offerId = await world.offer(teacher, application, TERMS);
    const [offer] = await getDb().select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new Error("no offer");
    const { id: __, ...terms } = offer;
    const forged = { ...terms, state: "funding" as const, madeBy: minor.id };
    for (const changes of [{ finderId: minor.id }, { finderStakeBps: 600 }])
      expect(
        await broken(
          getDb()
            .insert(offers)
            .values({ ...forged, ...changes }),
        ),
      ).toBe("offers_finder_confirmed");
    expect(
      await broken(
        getDb()
          .insert(offers)
          .values({ ...forged, finderId: null }),
      ),
    ).toBe("offers_finder");
  });
});

describe("several scouts", () => {
  it("the talent chooses one by name, the others are declined; none declines all", async () => {
    const { world, student, referralId } = await makeReferred();
    const second = await refer(world, await world.person("scout"), student);
    await world.confirmScout(student, second);
    expect([await stateOf(referralId), await stateOf(second)]).toEqual(["declined", "confirmed"]);
    const third = await refer(world, await world.person("scout"), student);
    expect(codeOf(await answerReferral(world.call(student, { referralId: third })))).toBe(
      "already_confirmed",
    );
    await world.confirmScout(student, "none");
    expect(await stateOf(third)).toBe("declined");
    expect(codeOf(await answerReferral(world.call(student, { referralId: "none" })))).toBe(
      "not_found",
    );
  });

  it("of two confirmations at once one wins", async () => {
    const { world, student, referralId } = await makeReferred();
    const second = await refer(world, await world.person("scout"), student);
    const answers = await Promise.all(
      [referralId, second].map((id) => answerReferral(world.call(student, { referralId: id }))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const confirmed = await getDb()
      .select()
      .from(referrals)
      .where(and(eq(referrals.talentId, student.id), eq(referrals.state, "confirmed")));
    expect(confirmed).toHaveLength(1);
  });

  it("somebody else's referral does not exist", async () => {
    const { world, referralId } = await makeReferred();
    const stranger = await world.person("stranger");
    expect(codeOf(await answerReferral(world.call(stranger, { referralId })))).toBe("not_found");
    expect(await stateOf(referralId)).toBe("sent");
  });
});
