import { inspect } from "node:util";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import {
  applicationDrafts,
  applications,
  cohortTeachers,
  conflictDeclarations,
  decisionReleases,
  decisions,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { answersTo, codeOf, day, decideNow, must } from "#tests/setup/deals";
import {
  answer,
  begin,
  call,
  decide,
  makeMany,
  makeWaiting,
  placesOf,
  setCohort,
  states,
  told,
} from "#tests/setup/deciding";
import { addReviewer, makeReview } from "#tests/setup/reviewing";
import { type Actor, SYSTEM } from "~/auth/actor";
import { listOwnApplications } from "~/features/applications/queries.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { getCohortBySlug, getOwnCohort } from "~/features/cohorts/queries.server";
import { decideFitting } from "~/features/decisions/decide-fitting.server";
import { dropDecision, stopRelease } from "~/features/decisions/drop-decision.server";
import { keepTemplate, removeTemplate } from "~/features/decisions/keep-template.server";
import { getReleasePreview } from "~/features/decisions/preview.server";
import { listTextsShown } from "~/features/decisions/queries.server";
import { releaseAll, releaseBatch } from "~/features/decisions/release-decisions.server";
import { listWaitlist, moveOnWaitlist } from "~/features/decisions/waitlist.server";
import { loadApplication } from "~/routes/applications.$id/application.server";

useDatabase();

const batch = (releaseId: string) =>
  releaseBatch({ ...call({} as Actor, { releaseId }), actor: SYSTEM });
const releaseOf = async (id: string) =>
  (await getDb().select().from(decisionReleases).where(eq(decisionReleases.id, id)))[0];
const drop = (actor: Actor, applicationId: string | undefined) =>
  dropDecision(call(actor, { applicationId }));

describe("until a decision is out", () => {
  it("the applicant sees nothing of it: not while it is pending, nor while a release runs", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 1 });
    const [student, id] = [students[0] as Actor, ids[0] ?? ""];
    const seen = async () => {
      const { idempotencyKey: _, ...page } = await loadApplication(student, id, day(11));
      const listed = await listOwnApplications(student);
      const shown = await getCohortBySlug(cohort.slug);
      return inspect([page, listed, shown], { depth: 9 });
    };
    const before = await seen();
    must(await decide(teacher, cohort, [id], "admit", { message: "Come!" }));
    expect(await seen()).toBe(before);
    const { releaseId } = must(await begin(teacher, cohort));
    expect(await seen()).toBe(before);
    await releaseAll(releaseId, day(11));
    expect(await seen()).toContain("Come!");
    expect(await told(student)).toHaveLength(1);
  });

  it("a release is stopped: what is out stays, the rest is pending as it was decided, and goes out later, each once", async () => {
    const { teacher, cohort, ids } = await makeMany(203);
    await setCohort(cohort, { confirmHours: 48 });
    must(await decide(teacher, cohort, ids.slice(0, 20), "admit"));
    must(await decide(teacher, cohort, ids.slice(20), "decline"));
    const { releaseId } = must(await begin(teacher, cohort));
    must(await batch(releaseId));
    const stop = () => stopRelease(call(teacher, { cohortId: cohort.cohortId }));
    const [one, other] = await Promise.all([stop(), stop()]);
    expect([codeOf(one), codeOf(other)].sort()).toEqual(["nothing_runs", "ok"]);
    expect(await releaseOf(releaseId)).toMatchObject({ done: 200, total: 200 });
    expect(must(await batch(releaseId))).toMatchObject({ finished: true });
    const kept = await getDb()
      .select()
      .from(decisions)
      .where(and(eq(decisions.cohortId, cohort.cohortId), eq(decisions.state, "pending")));
    expect(kept).toHaveLength(3);
    expect(kept.every(({ confirmBy }) => confirmBy === null)).toBe(true);
    const again = must(await begin(teacher, cohort));
    expect(again.total).toBe(3);
    await releaseAll(again.releaseId, day(11));
    expect((await states(ids)).filter((state) => state === "submitted")).toEqual([]);
  });

  it("it is taken back from a release that runs, or it is out: never both", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    must(await decide(teacher, cohort, ids, "decline"));
    const { releaseId } = must(await begin(teacher, cohort));
    must(await drop(teacher, ids[0]));
    expect(await releaseOf(releaseId)).toMatchObject({ done: 0, total: 1, finishedAt: null });
    const [dropped] = await Promise.all([drop(teacher, ids[1]), batch(releaseId)]);
    const out = (await states(ids))[1] === "declined";
    expect(codeOf(dropped)).toBe(out ? "not_found" : "ok");
    expect(await told(students[1])).toHaveLength(out ? 1 : 0);
    expect(await told(students[0])).toEqual([]);
    const release = await releaseOf(releaseId);
    expect(release).toMatchObject({ done: out ? 1 : 0, total: out ? 1 : 0 });
    expect(release?.finishedAt).not.toBeNull();
    must(await decide(teacher, cohort, [ids[0] ?? ""], "admit"));
  });
});

describe("deciding about all that a list shows", () => {
  it("takes those alone that can be decided so, and nobody with whom the teacher is conflicted", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 4 });
    await decideNow(teacher, cohort.cohortId, { [ids[0] ?? ""]: "admit" });
    const other = await addReviewer(cohort, teacher);
    await getDb()
      .update(cohortTeachers)
      .set({ role: "co_teacher" })
      .where(eq(cohortTeachers.personId, other.id));
    await getDb()
      .insert(conflictDeclarations)
      .values({
        ...{ reviewerId: teacher.id, applicantId: students[1]?.id ?? "", reason: "Friends." },
        ...{ declaredBy: teacher.id, declaredAt: day(1) },
      });
    const own = await getOwnCohort(teacher, cohort.slug);
    if (!own) throw new Error("no cohort");
    const input = { cohortId: cohort.cohortId, kind: "decline" };
    const all = () => decideFitting({ ...call(teacher, input), actor: teacher }, own, {});
    expect(must(await all()).decided).toBe(2);
    const none = await decideFitting({ ...call(teacher, input), actor: teacher }, own, {
      state: "declined",
    });
    expect(none).toMatchObject({ error: { fields: { applicationIds: [expect.any(String)] } } });
    expect((await getReleasePreview(teacher, cohort.slug, day(11)))?.total).toBe(2);
  });
});

describe("the waitlist", () => {
  it("is put in another order, in which places are given; whom the teacher must not judge keep theirs", async () => {
    const { teacher, cohort, students, ids } = await makeWaiting({ places: 1, waiting: 4 });
    const [, a, b, c, d] = ids;
    await getDb()
      .insert(conflictDeclarations)
      .values({
        ...{ reviewerId: teacher.id, applicantId: students[2]?.id ?? "", reason: "Friends." },
        ...{ declaredBy: teacher.id, declaredAt: day(1) },
      });
    await addReviewer(cohort, teacher);
    await getDb()
      .update(cohortTeachers)
      .set({ role: "co_teacher" })
      .where(eq(cohortTeachers.cohortId, cohort.cohortId));
    const own = await getOwnCohort(teacher, cohort.slug);
    if (!own) throw new Error("no cohort");
    const listed = async () =>
      (await listWaitlist(teacher, own)).map(({ id, place }) => [id, place]);
    expect(await listed()).toEqual([
      [a, 1],
      [c, 3],
      [d, 4],
    ]);
    const move = (applicationId: string | undefined, to: number) =>
      moveOnWaitlist(call(teacher, { cohortId: cohort.cohortId, applicationId, to }));
    expect(codeOf(await move(b, 0))).toBe("not_found");
    expect(codeOf(await move(ids[0], 0))).toBe("not_found");
    expect(must(await move(d, 0)).place).toBe(1);
    expect(await listed()).toEqual([
      [d, 1],
      [a, 3],
      [c, 4],
    ]);
    const page = await loadApplication(students[3] as Actor, c ?? "", day(12));
    expect(page.waitlistPlace).toBe(4);
    const [moved] = await Promise.all([
      move(c, 0),
      answer(students[0] as Actor, ids[0] ?? "", "decline"),
    ]);
    expect(codeOf(moved)).toBe("ok");
    const given = (await states([c ?? "", d ?? ""])).filter((state) => state === "admitted");
    expect(given).toHaveLength(1);
    expect(await placesOf(cohort)).toBe(1);
  });

  it("is previewed with the places that are told", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 3 });
    await decideNow(teacher, cohort.cohortId, { [ids[0] ?? ""]: "waitlist" });
    must(await decide(teacher, cohort, [ids[1] ?? ""], "admit"));
    must(await decide(teacher, cohort, [ids[2] ?? ""], "waitlist"));
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    const shown = preview?.decisions.find(({ kind }) => kind === "waitlist")?.message;
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    expect(shown).toContain("number 2 on the waitlist");
    expect((await told(students[2]))[0]?.props.message).toBe(shown);
  });
});

describe("the texts of a cohort", () => {
  it("are several a kind; the standard one goes out, until it is thrown away", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    const { cohortId } = cohort;
    const keep = (name: string, body: string) =>
      keepTemplate(call(teacher, { cohortId, kind: "decline", name, body }));
    const first = must(await keep("Standard", "Not now, {name}."));
    must(await keep("Warm", "It was close, {name}."));
    must(await keep("Warm", "It was very close, {name}."));
    expect(codeOf(await keep("Odd", "{nmae}"))).toBe("unknown_variable");
    const texts = (await listTextsShown(cohortId)).find(({ kind }) => kind === "decline")?.texts;
    expect(texts?.map(({ name, body }) => [name, body])).toEqual([
      ["Standard", "Not now, {name}."],
      ["Warm", "It was very close, {name}."],
    ]);
    must(await decide(teacher, cohort, [ids[0] ?? ""], "decline"));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    must(await removeTemplate(call(teacher, first)));
    expect(codeOf(await removeTemplate(call(teacher, first)))).toBe("not_found");
    must(await decide(teacher, cohort, [ids[1] ?? ""], "decline"));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    const said = await Promise.all(
      students.map(async (one) => (await told(one))[0]?.props.message),
    );
    expect(said[0]).toBe(`Not now, ${students[0]?.displayName}.`);
    expect(said[1]).toContain("Thank you for the work");
  });

  it("that change after a preview make it another one", async () => {
    const { teacher, cohort, ids } = await makeReview({ reviewers: 0, applicants: 1 });
    must(await decide(teacher, cohort, ids, "decline"));
    const seen = (await getReleasePreview(teacher, cohort.slug, day(11)))?.seen;
    const { cohortId } = cohort;
    must(await keepTemplate(call(teacher, { cohortId, kind: "decline", body: "No." })));
    expect(codeOf(await begin(teacher, cohort, seen))).toBe("changed_since");
  });
});

describe("an application that is not decided for good", () => {
  it("is revised, submitted again until its instant, and decided anew", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 1 });
    const [student, id] = [students[0] as Actor, ids[0] ?? ""];
    must(await decide(teacher, cohort, [id], "revise", { reviseBy: "2026-01-15T18:00" }));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    const input = { cohortId: cohort.cohortId, answers: answersTo(cohort) };
    expect(codeOf(await submitApplication(call(student, input, day(15))))).toBe("window_closed");
    must(await submitApplication(call(student, input, day(13))));
    expect(await states([id])).toEqual(["submitted"]);
    await decideNow(teacher, cohort.cohortId, { [id]: "admit" });
    expect((await told(student)).map(({ template }) => template).sort()).toEqual([
      "application-admitted",
      "application-to-revise",
    ]);
  });

  it("of whom was asked to revise can be decided in each way without the revision", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 5 });
    const next = await makeReview({ reviewers: 0, applicants: 0 });
    const out = async () => releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    must(await decide(teacher, cohort, ids, "revise", { reviseBy: "2026-01-15T18:00" }));
    await out();
    const one = (at: number) => [ids[at] ?? ""];
    must(await decide(teacher, cohort, one(0), "admit"));
    must(await decide(teacher, cohort, one(1), "waitlist"));
    must(await decide(teacher, cohort, one(2), "defer", { deferTo: next.cohort.slug }));
    must(await decide(teacher, cohort, one(3), "decline"));
    must(await decide(teacher, cohort, one(4), "revise", { reviseBy: "2026-01-18T18:00" }));
    await out();
    expect(await states(ids)).toEqual(["admitted", "waitlisted", "deferred", "declined", "revise"]);
    expect(await placesOf(cohort)).toBe(1);
    const input = { cohortId: cohort.cohortId, answers: answersTo(cohort) };
    must(await submitApplication(call(students[4] as Actor, input, day(16))));
  });

  it("and is revised while something else is pending is decided anew, not as it was before", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 1 });
    must(await decide(teacher, cohort, ids, "revise", { reviseBy: "2026-01-15T18:00" }));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    must(await decide(teacher, cohort, ids, "decline"));
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    expect(preview?.total).toBe(1);
    const input = { cohortId: cohort.cohortId, answers: answersTo(cohort) };
    must(await submitApplication(call(students[0] as Actor, input, day(11))));
    expect(codeOf(await begin(teacher, cohort, preview?.seen))).toBe("nothing_pending");
    expect(await states(ids)).toEqual(["submitted"]);
  });

  it("that is kept for another cohort begins a draft there with the answers that fit, once, and sends nothing", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    const next = await makeReview({ reviewers: 0, applicants: 0 });
    const there = { cohortId: next.cohort.cohortId, answers: answersTo(next.cohort) };
    must(await submitApplication(call(students[1] as Actor, there, day(3))));
    await setCohort(next.cohort, { closesAt: day(15), decisionsBy: day(16) });
    must(await decide(teacher, cohort, ids, "defer", { deferTo: next.cohort.slug }));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    const page = await loadApplication(students[0] as Actor, ids[0] ?? "", day(11));
    expect(page).toMatchObject({
      state: "deferred",
      next: { slug: next.cohort.slug, drafted: true },
    });
    const drafts = await getDb()
      .select({ answer: applicationDrafts.answer })
      .from(applicationDrafts)
      .innerJoin(applications, eq(applications.id, applicationDrafts.applicationId))
      .where(and(eq(applications.cohortId, next.cohort.cohortId), eq(applications.state, "draft")));
    expect(drafts.map(({ answer: text }) => text)).toEqual(["An answer.", "An answer."]);
    const begun = await getDb()
      .select({ state: applications.state })
      .from(applications)
      .where(eq(applications.cohortId, next.cohort.cohortId));
    expect(begun.map(({ state }) => state).sort()).toEqual(["draft", "submitted"]);
  });
});
