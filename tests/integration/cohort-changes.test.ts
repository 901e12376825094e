import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { cohorts, cohortTeachers, commandResults, lateCodes, outbox } from "#db/schema/index";
import { LATE_CODE, QUESTION } from "#tests/setup/cohort-commands";
import { begin, call, mailsOf } from "#tests/setup/cohort-making";
import { useDatabase } from "#tests/setup/database";
import {
  admit,
  apply,
  codeOf,
  cohortForm,
  day,
  makeActor,
  makeCohort,
  makeTeacher,
  must,
  offerForm,
  scoresOf,
} from "#tests/setup/deals";
import { World } from "#tests/setup/world";
import type { Actor } from "~/auth/actor";
import { saveDraft } from "~/features/applications/save-draft.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { useLateCode as spendLateCode } from "~/features/applications/use-late-code.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { cancelCohort } from "~/features/cohorts/cancel-cohort.server";
import { changePartner, endPartner } from "~/features/cohorts/change-partner.server";
import { editCohort } from "~/features/cohorts/edit-cohort.server";
import { addQuestion } from "~/features/cohorts/edit-questions.server";
import { inviteCoTeacher } from "~/features/cohorts/invite-co-teacher.server";
import { lateCodeHash } from "~/features/cohorts/late-code.server";
import {
  makeLateCode,
  newLateCode,
  revokeLateCode,
} from "~/features/cohorts/make-late-code.server";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import {
  answerSister,
  askSister,
  leaveSisters,
  listSisterRequests,
  listSisters,
} from "~/features/cohorts/sisters.server";
import { listStaffOf, staffOf } from "~/features/cohorts/teachers.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { commentOnUpdate } from "~/features/learning/comment-on-update.server";
import { giveFeedback } from "~/features/learning/give-feedback.server";
import { findSpace, listFeedback, listUpdates } from "~/features/learning/queries.server";
import { weekAt } from "~/features/learning/rules";
import { writeUpdate } from "~/features/learning/write-update.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { scoreApplication } from "~/features/reviews/score-application.server";

useDatabase();

describe("a change of the dates", () => {
  const form = { ...cohortForm, decisionsBy: "2026-01-15T12:00" };
  it("is told to whoever has begun or sent an application, once each, and to nobody where none moved", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const { cohortId } = cohort;
    const student = await makeActor();
    await apply(student, cohort);
    const edit = (changes: object, now = day(3)) =>
      editCohort(call(teacher, { ...form, cohortId, ...changes }, now));
    expect(must(await edit({})).told).toBe(1);
    expect(must(await edit({ title: "Renamed" })).told).toBe(0);
    expect(must(await edit({ closesAt: "2026-01-12T00:00" })).told).toBe(1);
    expect(await mailsOf(student.id, "cohort-rescheduled")).toHaveLength(2);
    expect(await edit({ closesAt: "2026-01-11T00:00" })).toMatchObject({
      error: { code: "only_later", field: "closesAt" },
    });
    expect(await edit({ percent: "0.5" })).toMatchObject({
      error: { code: "fixed_now", field: "percent" },
    });
    expect(codeOf(await edit({ endsAt: "2026-05-02T18:00" }, day(30)))).toBe("fixed_now");
  });

  it("keeps local times across the change of clocks: 09:00 stays 09:00 in Vienna", async () => {
    const teacher = await makeActor();
    const spring = {
      ...{ timeZone: "Europe/Vienna", opensAt: "2026-03-20T09:00", closesAt: "2026-03-30T09:00" },
      ...{ decisionsBy: "2026-04-01T09:00", startsAt: "2026-04-02T09:00" },
    };
    const { cohortId } = await begin(teacher, "-blank", spring);
    const read = async () =>
      (await getDb().select().from(cohorts).where(eq(cohorts.id, cohortId)))[0];
    expect((await read())?.opensAt.toISOString()).toBe("2026-03-20T08:00:00.000Z");
    expect((await read())?.closesAt.toISOString()).toBe("2026-03-30T07:00:00.000Z");
    const skipped = { ...cohortForm, ...spring, cohortId, closesAt: "2026-03-29T02:30" };
    expect(await editCohort(call(teacher, skipped))).toMatchObject({
      error: { fields: { closesAt: ["The clocks skip this time on that day: choose another."] } },
    });
    // A last day is the day in the cohort's own zone, whatever day it is in UTC.
    const late = { ...cohortForm, ...spring, cohortId, timeZone: "Pacific/Auckland" };
    must(await editCohort(call(teacher, { ...late, endsAt: "2026-05-02T08:00" })));
    expect(await read()).toMatchObject({ endsOn: "2026-05-02" });
    expect((await read())?.endsAt.toISOString()).toBe("2026-05-01T20:00:00.000Z");
  });
});

describe("cancelling", () => {
  it("tells everybody concerned once, stops applications, and is done once", async () => {
    const world = await World.make();
    const lead = await world.person("teacher");
    const partner = await world.person("teacher");
    const cohort = await world.cohort(lead);
    await world.teachTogether(lead, partner, cohort.cohortId);
    const [drafts, sends, withdrawn] = [
      await world.person("student"),
      await world.person("student"),
      await world.person("student"),
    ];
    await world.apply(sends, cohort, ["Yes."]);
    const draft = (student: Actor) =>
      saveDraft(world.call(student, { cohortId: cohort.cohortId, changes: [] }));
    must(await draft(drafts));
    const { applicationId } = must(await draft(withdrawn));
    must(await withdrawApplication(world.call(withdrawn, { applicationId })));
    const input = { cohortId: cohort.cohortId, reason: "The house burnt down." };
    expect(codeOf(await cancelCohort(world.call(partner, input)))).toBe("not_found");
    const both = await Promise.all([1, 2].map(() => cancelCohort(world.call(lead, input))));
    expect(both.map(codeOf).sort()).toEqual(["not_now", "ok"]);
    for (const told of [drafts, sends, partner])
      expect(await mailsOf(told.id, "cohort-cancelled")).toHaveLength(1);
    for (const not of [withdrawn, lead])
      expect(await mailsOf(not.id, "cohort-cancelled")).toHaveLength(0);
    const late = await world.person("student");
    const answers = Object.fromEntries(cohort.questionIds.map((id) => [id, "Yes."]));
    expect(
      codeOf(await submitApplication(world.call(late, { cohortId: cohort.cohortId, answers }))),
    ).toBe("cancelled");
  });

  it("is refused once it has begun, and while an offer stands", async () => {
    const teacher = await makeTeacher(100_000_000n);
    const cohort = await makeCohort(teacher);
    const input = { cohortId: cohort.cohortId, reason: "Illness." };
    expect(codeOf(await cancelCohort(call(teacher, input, day(20, 9 * 3_600_000))))).toBe(
      "not_now",
    );
    const student = await makeActor();
    const applicationId = await admit(teacher, student, cohort);
    const offer = { applicationId, ...offerForm };
    const [made, cancelled] = await Promise.all([
      makeOffer(call(teacher, offer, day(12))),
      cancelCohort(call(teacher, input, day(12))),
    ]);
    expect([codeOf(made), codeOf(cancelled)].sort()).toEqual(
      codeOf(made) === "ok" ? ["offers_stand", "ok"] : ["not_now", "ok"],
    );
  });
});

describe("a late code", () => {
  it("is made by a lead, after the deadline and before the beginning, and is kept as its hash alone", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const code = newLateCode();
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    const make = (changes: object, now = day(2)) =>
      makeLateCode(
        call(teacher, { cohortId: cohort.cohortId, ...LATE_CODE, code, ...changes }, now),
      );
    expect(codeOf(await make({ validUntil: "2026-01-11T00:00" }))).toBe("before_the_deadline");
    expect(codeOf(await make({ validUntil: "2026-01-21T09:01" }))).toBe("after_the_beginning");
    expect(codeOf(await make({}, day(20, 9 * 3_600_000)))).toBe("not_now");
    const { lateCodeId } = must(await make({ validUntil: "2026-01-21T09:00" }));
    const [row] = await getDb().select().from(lateCodes).where(eq(lateCodes.id, lateCodeId));
    expect(row?.codeHash).toBe(lateCodeHash(code.toLowerCase().replaceAll("-", " ")));
    const kept = await getDb().select({ result: commandResults.result }).from(commandResults);
    expect(JSON.stringify(kept)).not.toContain(code);
    must(await revokeLateCode(call(teacher, { lateCodeId })));
    expect(codeOf(await revokeLateCode(call(teacher, { lateCodeId })))).toBe("revoked_already");
  });
});

describe("over a change of clocks", () => {
  it("a deadline and a late code hold to the instant that the cohort's clock shows", async () => {
    const teacher = await makeActor();
    // 03:00 comes right after 01:59 there: the deadline is an hour after 01:00, not two.
    const spring = {
      ...{ timeZone: "Europe/Vienna", opensAt: "2026-03-28T09:00", closesAt: "2026-03-29T03:00" },
      startsAt: "2026-04-02T09:00",
    };
    const cohort = await makeCohort(teacher, spring);
    const deadline = new Date("2026-03-29T01:00:00.000Z");
    const answers = Object.fromEntries(cohort.questionIds.map((id) => [id, "Yes."]));
    const submit = async (now: Date, student: Actor) =>
      codeOf(await submitApplication(call(student, { cohortId: cohort.cohortId, answers }, now)));
    const before = new Date(deadline.getTime() - 60_000);
    expect(await submit(before, await makeActor())).toBe("ok");
    const student = await makeActor();
    expect(await submit(deadline, student)).toBe("window_closed");
    const code = newLateCode();
    const make = (validUntil: string) =>
      makeLateCode(
        call(teacher, { cohortId: cohort.cohortId, ...LATE_CODE, code, validUntil }, before),
      );
    expect(codeOf(await make("2026-03-29T02:30"))).toBe("no_such_time");
    expect(codeOf(await make("2026-03-29T03:00"))).toBe("before_the_deadline");
    must(await make("2026-03-29T03:30"));
    const late = new Date("2026-03-29T01:29:00.000Z");
    must(await spendLateCode(call(student, { cohortId: cohort.cohortId, code }, late)));
    expect(await submit(late, student)).toBe("ok");
    expect(await submit(new Date("2026-03-29T01:30:00.000Z"), student)).toBe("window_closed");
  });
});

describe("partners", () => {
  it("read and score as reviewers, and do nothing else", async () => {
    const world = await World.make();
    const lead = await world.person("teacher");
    const reviewer = await world.person("reviewer");
    const cohort = await world.cohort(lead);
    await world.teachTogether(lead, reviewer, cohort.cohortId, { role: "reviewer" });
    const applicationId = await world.apply(await world.person("student"), cohort, ["Yes."]);
    const score = { applicationId, scores: scoresOf(cohort, "4"), note: "" };
    expect(codeOf(await scoreApplication(world.call(reviewer, score)))).toBe("ok");
    const { cohortId } = cohort;
    const decision = { cohortId, applicationIds: [applicationId], kind: "admit" };
    expect(codeOf(await decideApplications(world.call(reviewer, decision)))).toBe("not_found");
    expect(codeOf(await addQuestion(world.call(reviewer, { cohortId, question: QUESTION })))).toBe(
      "not_found",
    );
    const own = { cohortId, answers: {} };
    expect(codeOf(await submitApplication(world.call(reviewer, own)))).toBe("not_found");
    expect((await staffOf(getDb(), cohortId)).teacher).toEqual([lead.id]);
    expect(await listCohortsOfTeacher(reviewer.id)).toEqual([]);
  });

  it("have parts that are never more than the whole, at once too; who is changed or ended is told", async () => {
    const world = await World.make();
    const lead = await world.person("teacher");
    const cohort = await world.cohort(lead);
    const { cohortId } = cohort;
    const invite = (email: string, part: string, role = "co_teacher") =>
      inviteCoTeacher(world.call(lead, { cohortId, email, part, role }));
    const both = await Promise.all(
      ["a", "b"].map((name) => invite(`${name}-${cohort.slug}@belay.test`, "60")),
    );
    expect(both.map(codeOf).sort()).toEqual(["ok", "parts_too_much"]);
    expect(await invite(`c-${cohort.slug}@belay.test`, "1", "reviewer")).toMatchObject({
      error: { fields: { part: [expect.any(String)] } },
    });
    const partner = await world.person("teacher");
    await world.teachTogether(lead, partner, cohortId, { part: "25.5" });
    const staff = await listStaffOf(cohortId);
    expect(staff.map(({ id, partBps }) => [id, partBps])).toEqual([
      [lead.id, 7_450],
      [partner.id, 2_550],
    ]);
    const [row] = await getDb()
      .select()
      .from(cohortTeachers)
      .where(and(eq(cohortTeachers.cohortId, cohortId), eq(cohortTeachers.personId, partner.id)));
    const partnerId = row?.id ?? "";
    const forged = getDb()
      .update(cohortTeachers)
      .set({ partBps: 9_000 })
      .where(eq(cohortTeachers.id, partnerId));
    expect(await forged.then(() => "changed", constraintName)).toBe("cohort_teachers_parts");
    const change = { partnerId, role: "lead", part: "10" };
    must(await changePartner(world.call(lead, change)));
    expect((await staffOf(getDb(), cohortId)).lead).toEqual([lead.id, partner.id]);
    must(await endPartner(world.call(partner, { partnerId })));
    expect(codeOf(await endPartner(world.call(lead, { partnerId })))).toBe("not_found");
    expect((await staffOf(getDb(), cohortId)).teacher).toEqual([lead.id]);
    expect(await mailsOf(partner.id, "partner-changed")).toHaveLength(2);
  });
});

describe("sister cohorts", () => {
  it("share one space once both sides agree, at once where one person leads both, until one leaves", async () => {
    const [one, two] = [await makeActor(), await makeActor()];
    const [a, b, c] = [
      await makeCohort(one, { title: "Sister A" }),
      await makeCohort(one, { title: "Sister B" }),
      await makeCohort(two, { title: "Sister C" }),
    ];
    const whole = async (cohortId: string) => {
      const [row] = await getDb().select().from(cohorts).where(eq(cohorts.id, cohortId));
      if (!row) throw new Error("no cohort");
      return row;
    };
    const slugs = async (cohortId: string) =>
      (await listSisters(await whole(cohortId))).map(({ slug }) => slug);
    const ask = (by: Actor, cohortId: string, slug: string) =>
      askSister(call(by, { cohortId, slug }));
    expect(must(await ask(one, a.cohortId, `/cohorts/${b.slug}`)).joined).toBe(true);
    expect(await slugs(a.cohortId)).toEqual([b.slug]);
    expect(codeOf(await ask(one, a.cohortId, b.slug))).toBe("sisters_already");
    expect(codeOf(await ask(one, a.cohortId, a.slug))).toBe("no_such_cohort");
    const asked = must(await ask(one, a.cohortId, c.slug));
    expect(asked.joined).toBe(false);
    expect(codeOf(await ask(two, c.cohortId, a.slug))).toBe("asked_already");
    expect(await slugs(c.cohortId)).toEqual([]);
    expect(await listSisterRequests(one, { id: c.cohortId })).toEqual([]);
    const [waiting] = await listSisterRequests(two, { id: c.cohortId });
    expect(waiting).toMatchObject({ id: asked.requestId, toAnswer: true, slug: a.slug });
    const answer = { requestId: asked.requestId, decision: "accept" };
    expect(codeOf(await answerSister(call(one, answer)))).toBe("not_found");
    must(await answerSister(call(two, answer)));
    expect(codeOf(await answerSister(call(two, answer)))).toBe("already_answered");
    expect(await slugs(b.cohortId)).toEqual([a.slug, c.slug]);
    must(await leaveSisters(call(one, { cohortId: a.cohortId })));
    expect(await slugs(a.cohortId)).toEqual([]);
    expect(await slugs(b.cohortId)).toEqual([c.slug]);
    expect(codeOf(await leaveSisters(call(one, { cohortId: a.cohortId })))).toBe("not_shared");
    const again = { requestId: must(await ask(one, a.cohortId, c.slug)).requestId };
    const withdraw = { ...again, decision: "withdraw" };
    expect(codeOf(await answerSister(call(two, withdraw)))).toBe("not_found");
    must(await answerSister(call(one, withdraw)));
    expect(await listSisterRequests(two, { id: c.cohortId })).toEqual([]);
    // Whoever is on the other side is told each time; nobody of what they did themselves.
    const told = async (to: Actor) => {
      const rows = await getDb().select().from(outbox).where(eq(outbox.personId, to.id));
      return rows
        .filter(({ template }) => template.startsWith("sister-"))
        .map(({ template, props }) => `${template}: ${props.said ?? props.other}`)
        .sort();
    };
    expect(await told(two)).toEqual([
      "sister-answered: Sister A has left the peer space that it shared with Sister C.",
      "sister-asked: Sister A",
      "sister-asked: Sister A",
    ]);
    expect(await told(one)).toEqual([
      "sister-answered: Sister C and Sister A share one peer space now.",
    ]);
  });

  it("their students and teachers read each other's space and comment there, and do nothing else", async () => {
    const world = await World.make();
    const [lead, other] = [await world.person("teacher"), await world.person("teacher")];
    const [a, b] = [await world.cohort(lead), await world.cohort(other)];
    const [ann, ben] = [await world.person("ann"), await world.person("ben")];
    await world.decide(lead, await world.apply(ann, a, ["Yes."]));
    await world.decide(other, await world.apply(ben, b, ["Yes."]));
    const week = weekAt(world.now, "UTC");
    const update = { cohortId: b.cohortId, week, did: "Measured.", intent: "publish" };
    const { updateId } = world.must(await writeUpdate(world.call(ben, update)));
    const said = { updateId, body: "How?" };
    const say = (by: Actor) => commentOnUpdate(world.call(by, said));
    expect(await findSpace(ann, b.slug)).toBeNull();
    expect(codeOf(await say(ann))).toBe("not_found");
    const { requestId } = world.must(
      await askSister(world.call(lead, { cohortId: a.cohortId, slug: b.slug })),
    );
    world.must(await answerSister(world.call(other, { requestId, decision: "accept" })));
    const home = await findSpace(ann, a.slug);
    expect((home ? await listUpdates(home) : []).map(({ id, slug }) => [id, slug])).toEqual([
      [updateId, b.slug],
    ]);
    const away = await findSpace(ann, b.slug);
    expect(away).toMatchObject({ teaches: false, learns: false });
    expect(codeOf(await say(ann))).toBe("ok");
    const own = { ...update, week, did: "Mine." };
    expect(codeOf(await writeUpdate(world.call(ann, own)))).toBe("not_found");
    const given = { on: "update", id: updateId, body: "Well done." };
    for (const peer of [lead, ann])
      expect(codeOf(await giveFeedback(world.call(peer, given)))).toBe("not_found");
    world.must(await giveFeedback(world.call(other, given)));
    const read = await findSpace(lead, b.slug);
    if (!read) throw new Error("no space");
    expect(await listFeedback(lead, read, { updateId }, ben.id)).toBeNull();
    world.must(await leaveSisters(world.call(other, { cohortId: b.cohortId })));
    expect(await findSpace(ann, b.slug)).toBeNull();
    expect(codeOf(await say(ann))).toBe("not_found");
  });
});
