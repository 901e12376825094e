import { and, count, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import {
  applications,
  cohortTeachers,
  decisionReleases,
  decisions,
  enrolments,
  outbox,
  ties,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, day, must } from "#tests/setup/deals";
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
import { lapsePlace } from "~/features/decisions/answer-place.server";
import { dropDecision } from "~/features/decisions/drop-decision.server";
import { keepTemplate } from "~/features/decisions/keep-template.server";
import { getReleasePreview } from "~/features/decisions/preview.server";
import { releaseAll, releaseBatch } from "~/features/decisions/release-decisions.server";
import { remindPlace } from "~/features/decisions/remind-place.server";
import { sweep } from "~/server/sweep";

useDatabase();

describe("a decision", () => {
  it("is pending: nobody is told, it can be changed and taken back, until it is released", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    must(await decide(teacher, cohort, ids, "decline"));
    must(await decide(teacher, cohort, [ids[0] ?? ""], "admit", { message: "Come, {name}!" }));
    must(await dropDecision(call(teacher, { applicationId: ids[1] })));
    expect(await states(ids)).toEqual(["submitted", "submitted"]);
    expect(await told(students[0])).toEqual([]);
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    expect(preview?.decisions).toMatchObject([
      {
        name: students[0]?.displayName,
        kind: "admit",
        message: `Come, ${students[0]?.displayName}!`,
      },
    ]);
    const { releaseId } = must(await begin(teacher, cohort, preview?.seen));
    expect(codeOf(await decide(teacher, cohort, [ids[0] ?? ""], "decline"))).toBe("being_released");
    await releaseAll(releaseId, day(11));
    expect(await states(ids)).toEqual(["admitted", "submitted"]);
    const [mail] = await told(students[0]);
    expect(mail).toMatchObject({ template: "application-admitted" });
    expect(mail?.props.message).toBe(`Come, ${students[0]?.displayName}!`);
    expect(codeOf(await dropDecision(call(teacher, { applicationId: ids[0] })))).toBe("not_found");
    expect(codeOf(await begin(teacher, cohort))).toBe("nothing_pending");
  });

  it("needs what its kind needs, and no variable that we do not know", async () => {
    const { teacher, cohort, ids } = await makeReview({ reviewers: 0, applicants: 1 });
    const of = (kind: string, more: Record<string, string>) =>
      decide(teacher, cohort, ids, kind, more);
    expect(await of("admit", { message: "Hi {nmae}" })).toMatchObject({
      error: { code: "unknown_variable", field: "message", facts: { variable: "nmae" } },
    });
    expect(await of("decline", { feedback: "{confirm_by}" })).toMatchObject({
      error: { code: "unknown_variable", field: "feedback" },
    });
    expect(await of("admit", { confirmBy: "2026-01-21T09:01" })).toMatchObject({
      error: {
        ...{ code: "confirm_after_beginning", field: "confirmBy" },
        facts: { begins: "21 Jan 2026, 09:00 UTC" },
      },
    });
    must(await of("admit", { confirmBy: "2026-01-21T09:00" }));
    expect(codeOf(await of("revise", {}))).toBe("revise_by_needed");
    expect(codeOf(await of("revise", { reviseBy: "2026-01-02T09:00" }))).toBe("past");
    expect(codeOf(await of("defer", { deferTo: cohort.slug }))).toBe("defer_to_needed");
    expect(codeOf(await of("defer", { deferTo: "no-such-cohort" }))).toBe("defer_to_needed");
    expect(
      codeOf(
        await keepTemplate(
          call(teacher, { cohortId: cohort.cohortId, kind: "decline", body: "{x}" }),
        ),
      ),
    ).toBe("unknown_variable");
  });

  it("of each kind leads where it says, with its own message", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 6 });
    const next = await makeReview({ reviewers: 0, applicants: 0 });
    await setCohort(cohort, { confirmHours: 48 });
    const one = (at: number) => [ids[at] ?? ""];
    must(await decide(teacher, cohort, one(0), "admit"));
    must(await decide(teacher, cohort, one(1), "waitlist"));
    must(await decide(teacher, cohort, one(2), "decline", { feedback: "Show the loom." }));
    must(await decide(teacher, cohort, one(3), "revise", { reviseBy: "2026-01-15T18:00" }));
    must(await decide(teacher, cohort, one(4), "defer", { deferTo: next.cohort.slug }));
    must(await decide(teacher, cohort, one(5), "hold"));
    const { releaseId, total } = must(await begin(teacher, cohort));
    expect(total).toBe(5);
    await releaseAll(releaseId, day(11));
    expect(await states(ids)).toEqual([
      "admitted",
      "waitlisted",
      "declined",
      "revise",
      "deferred",
      "submitted",
    ]);
    const mails = await Promise.all(students.map(async (student) => (await told(student))[0]));
    expect(mails[0]?.props.confirmBy).toBe("14 Jan 2026, 00:00 UTC");
    expect(mails[1]?.props.message).toContain("number 1 on the waitlist");
    expect(mails[2]?.props.message).toContain("What could be better next time:\nShow the loom.");
    expect(mails[3]?.props.message).toContain("15 Jan 2026, 18:00 UTC");
    expect(mails[4]).toMatchObject({ template: "application-deferred" });
    expect(mails[5]).toBeUndefined();
  });

  it("is not made, previewed or released by who is conflicted, while another teacher can", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    const other = await addReviewer(cohort, teacher);
    await getDb()
      .update(cohortTeachers)
      .set({ role: "co_teacher" })
      .where(eq(cohortTeachers.personId, other.id));
    must(await decide(teacher, cohort, ids, "decline"));
    await getDb()
      .insert(ties)
      .values({
        ...{ personId: teacher.id, otherId: students[0]?.id ?? "", kind: "relative" },
        ...{ declaredBy: teacher.id, declaredAt: day(1) },
      });
    expect(codeOf(await decide(teacher, cohort, [ids[0] ?? ""], "admit"))).toBe("not_found");
    expect(codeOf(await dropDecision(call(teacher, { applicationId: ids[0] })))).toBe("not_found");
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    expect(preview?.decisions.map(({ name }) => name)).toEqual([students[1]?.displayName]);
    const { releaseId, total } = must(await begin(teacher, cohort));
    expect(total).toBe(1);
    await releaseAll(releaseId, day(11));
    expect(await states(ids)).toEqual(["submitted", "declined"]);
    expect((await getReleasePreview(other, cohort.slug, day(11)))?.total).toBe(1);
  });
});

describe("a release", () => {
  it("is of what was previewed, or of nothing", async () => {
    const { teacher, cohort, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    must(await decide(teacher, cohort, [ids[0] ?? ""], "admit"));
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    must(await decide(teacher, cohort, [ids[1] ?? ""], "decline"));
    expect(codeOf(await begin(teacher, cohort, preview?.seen))).toBe("changed_since");
    must(
      await begin(teacher, cohort, (await getReleasePreview(teacher, cohort.slug, day(11)))?.seen),
    );
  });

  it("never passes the capacity, counting what is on its way", async () => {
    const { teacher, cohort, ids } = await makeReview(
      { reviewers: 0, applicants: 3 },
      { capacity: "2" },
    );
    must(await decide(teacher, cohort, ids, "admit"));
    expect(codeOf(await begin(teacher, cohort))).toBe("cohort_full");
    must(await decide(teacher, cohort, [ids[2] ?? ""], "decline"));
    const { releaseId } = must(await begin(teacher, cohort));
    await releaseAll(releaseId, day(11));
    expect(await placesOf(cohort)).toBe(2);
  });

  it("of 450 goes out in batches; killed between two and run by two at once, each is told once", async () => {
    const { teacher, cohort, ids } = await makeMany(450);
    must(await decide(teacher, cohort, ids, "decline"));
    const [one, other] = await Promise.all([begin(teacher, cohort), begin(teacher, cohort)]);
    expect([codeOf(one), codeOf(other)].sort()).toEqual(["ok", "release_running"]);
    const releaseId = one.ok ? one.value.releaseId : other.ok ? other.value.releaseId : "";
    const batch = () => releaseBatch({ ...call(teacher, { releaseId }), actor: SYSTEM });
    expect(must(await batch())).toEqual({ done: 200, total: 450, finished: false });
    const [halfway] = await getDb()
      .select({ n: count() })
      .from(decisions)
      .where(and(eq(decisions.cohortId, cohort.cohortId), eq(decisions.state, "releasing")));
    expect(halfway?.n).toBe(250);
    // What another process left is taken up by the sweep, beside a second one.
    await Promise.all([releaseAll(releaseId, day(11)), sweep(day(11))]);
    const [release] = await getDb()
      .select()
      .from(decisionReleases)
      .where(eq(decisionReleases.id, releaseId));
    expect(release).toMatchObject({ done: 450, total: 450 });
    expect(release?.finishedAt).not.toBeNull();
    const mails = await getDb()
      .select({ person: outbox.personId })
      .from(outbox)
      .where(eq(outbox.template, "application-declined"));
    const students = await getDb()
      .select({ id: applications.applicantId })
      .from(applications)
      .where(eq(applications.cohortId, cohort.cohortId));
    const reached = mails.filter(({ person }) => students.some(({ id }) => id === person));
    expect(reached).toHaveLength(450);
    expect(new Set(reached.map(({ person }) => person)).size).toBe(450);
    expect(new Set(await states(ids))).toEqual(new Set(["declined"]));
  });

  it("leaves alone who withdrew while it went out", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    must(await decide(teacher, cohort, ids, "admit"));
    const { releaseId } = must(await begin(teacher, cohort));
    await getDb()
      .update(applications)
      .set({ state: "withdrawn", withdrawnAt: day(11) })
      .where(eq(applications.id, ids[0] ?? ""));
    await releaseAll(releaseId, day(11));
    expect(await states(ids)).toEqual(["withdrawn", "admitted"]);
    expect(await told(students[0])).toEqual([]);
    expect(await placesOf(cohort)).toBe(1);
  });
});

describe("a place", () => {
  let made: Awaited<ReturnType<typeof makeWaiting>>;
  beforeAll(async () => {
    made = await makeWaiting();
  });

  it("that is given back goes to the first on the waitlist, who is told in the same step", async () => {
    const { cohort, students, ids } = made;
    expect(codeOf(await answer(students[1] as Actor, ids[0] ?? "", "decline"))).toBe("not_found");
    must(await answer(students[0] as Actor, ids[0] ?? "", "decline"));
    expect(await states(ids)).toEqual([
      "admitted",
      "admitted",
      "admitted",
      "waitlisted",
      "waitlisted",
    ]);
    expect((await told(students[2])).map(({ template }) => template)).toEqual([
      "application-waitlisted",
      "application-admitted",
    ]);
    expect((await told(students[2]))[1]?.props.confirmBy).toBe("15 Jan 2026, 00:00 UTC");
    expect(await placesOf(cohort)).toBe(2);
    expect(codeOf(await answer(students[0] as Actor, ids[0] ?? "", "confirm"))).toBe(
      "answered_already",
    );
  });

  it("is confirmed until its instant, lapses at it, and goes to the next", async () => {
    const { cohort, students, ids } = made;
    must(await answer(students[2] as Actor, ids[2] ?? "", "confirm", day(14, -1)));
    const [place] = await getDb()
      .select()
      .from(enrolments)
      .where(eq(enrolments.applicationId, ids[1] ?? ""));
    const lapse = (now: Date) =>
      lapsePlace({ ...call(students[0] as Actor, { enrolmentId: place?.id }, now), actor: SYSTEM });
    expect(codeOf(await lapse(day(13, -1)))).toBe("not_due");
    expect(codeOf(await answer(students[1] as Actor, ids[1] ?? "", "confirm", day(13)))).toBe(
      "too_late",
    );
    await sweep(day(13));
    expect((await states(ids))[3]).toBe("admitted");
    expect((await told(students[1])).at(-1)?.template).toBe("place-lapsed");
    expect(must(await lapse(day(13)))).toEqual({ state: "lapsed", lapsed: false });
    expect(await placesOf(cohort)).toBe(2);
  });

  it("declined by two at once, while a third lapses: each free place is given once, in order", async () => {
    const { cohort, students, ids } = await makeWaiting({ places: 3, waiting: 4 });
    await Promise.all([
      answer(students[0] as Actor, ids[0] ?? "", "decline", day(12)),
      answer(students[1] as Actor, ids[1] ?? "", "decline", day(12)),
      answer(students[0] as Actor, ids[0] ?? "", "decline", day(12)),
    ]);
    expect((await states(ids)).slice(3)).toEqual([
      "admitted",
      "admitted",
      "waitlisted",
      "waitlisted",
    ]);
    expect(await placesOf(cohort)).toBe(3);
  });

  it("is not promoted to whom a teacher is about to decline, nor after the cohort has begun", async () => {
    const { teacher, cohort, students, ids } = await makeWaiting({ places: 2, waiting: 2 });
    must(await decide(teacher, cohort, [ids[2] ?? ""], "decline"));
    const declining = answer(students[0] as Actor, ids[0] ?? "", "decline", day(12));
    const [, dropped] = await Promise.all([
      declining,
      dropDecision(call(teacher, { applicationId: ids[2] })),
    ]);
    expect(codeOf(dropped)).toBe("ok");
    const after = (await states(ids)).slice(2);
    expect(after.filter((state) => state === "admitted")).toHaveLength(1);
    expect(await placesOf(cohort)).toBe(2);
    must(await answer(students[1] as Actor, ids[1] ?? "", "confirm", day(12)));
    expect(codeOf(await answer(students[1] as Actor, ids[1] ?? "", "decline", day(21)))).toBe(
      "has_begun",
    );
  });

  it("is to be confirmed by the beginning at the latest, also where that was moved after the decision", async () => {
    const { teacher, cohort, students, ids } = await makeReview({ reviewers: 0, applicants: 2 });
    must(await decide(teacher, cohort, [ids[0] ?? ""], "admit", { confirmBy: "2026-01-20T09:00" }));
    must(await decide(teacher, cohort, [ids[1] ?? ""], "admit", { confirmBy: "2026-01-15T09:00" }));
    await setCohort(cohort, { decisionsBy: day(12), startsAt: day(16) });
    const past = getDb()
      .update(decisions)
      .set({ confirmBy: day(16, 1) })
      .where(eq(decisions.cohortId, cohort.cohortId));
    expect(await past.catch(constraintName)).toBe("confirm_by_within");
    const preview = await getReleasePreview(teacher, cohort.slug, day(11));
    const previewed = preview?.decisions.map(({ confirmBy }) => confirmBy?.toISOString());
    const expected = [day(16).toISOString(), "2026-01-15T09:00:00.000Z"];
    expect([...(previewed ?? [])].sort()).toEqual([...expected].sort());
    const { releaseId } = must(await begin(teacher, cohort));
    await setCohort(cohort, { startsAt: day(15) });
    await releaseAll(releaseId, day(11));
    const mails = await Promise.all(students.map(async (student) => (await told(student))[0]));
    expect(mails.map((mail) => mail?.props.confirmBy)).toEqual([
      "16 Jan 2026, 00:00 UTC",
      "15 Jan 2026, 09:00 UTC",
    ]);
    const beyond = getDb()
      .update(enrolments)
      .set({ confirmBy: day(15, 1) })
      .where(eq(enrolments.cohortId, cohort.cohortId));
    expect(await beyond.catch(constraintName)).toBe("confirm_by_within");
  });

  it("that is about to lapse is reminded of once, 24 hours before, while it waits to be answered", async () => {
    const { cohort, students, ids } = await makeWaiting({ places: 2, waiting: 0 });
    await setCohort(cohort, { timeZone: "Asia/Tokyo" });
    must(await answer(students[1] as Actor, ids[1] ?? "", "confirm", day(12, -1)));
    const reminders = async (student: Actor | undefined) =>
      (await told(student)).filter(({ template }) => template === "place-to-confirm");
    const [place] = await getDb()
      .select()
      .from(enrolments)
      .where(eq(enrolments.applicationId, ids[0] ?? ""));
    const remind = (now: Date) =>
      remindPlace({
        ...call(students[0] as Actor, { enrolmentId: place?.id }, now),
        actor: SYSTEM,
      });
    expect(codeOf(await remind(day(12, -1)))).toBe("not_due");
    await sweep(day(12, -1));
    expect(await reminders(students[0])).toEqual([]);
    await Promise.all([sweep(day(12)), sweep(day(12)), remind(day(12))]);
    await sweep(day(12, 1));
    expect(must(await remind(day(12, 1)))).toEqual({ reminded: false });
    expect((await reminders(students[0])).map(({ props }) => props)).toEqual([
      {
        name: students[0]?.displayName,
        cohort: "Making things",
        by: "14 Jan 2026, 09:00 Asia/Tokyo",
        utc: "14 Jan 2026, 00:00 UTC",
        path: `/applications/${ids[0]}`,
      },
    ]);
    expect(await reminders(students[1])).toEqual([]);
    const late = getDb()
      .update(enrolments)
      .set({ remindedAt: day(13) })
      .where(eq(enrolments.id, place?.id ?? ""));
    expect(await late.catch(constraintName)).toBe("enrolments_reminded");
  });

  it("of less than 48 hours and one of a cancelled cohort are not reminded of", async () => {
    const made = await makeReview({ reviewers: 0, applicants: 3 });
    const { teacher, cohort, students, ids } = made;
    const by = ["2026-01-13T23:59", "2026-01-14T00:00", "2026-01-15T00:00"];
    for (const [at, confirmBy] of by.entries())
      must(await decide(teacher, cohort, [ids[at] ?? ""], "admit", { confirmBy }));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    await sweep(day(13, -60_001));
    const templates = async () =>
      (await Promise.all(students.map(told))).map((mails) =>
        mails.slice(1).map(({ template }) => template),
      );
    expect(await templates()).toEqual([[], ["place-to-confirm"], []]);
    const cancelled = { cancelledAt: day(12), cancelledBy: teacher.id, cancelReason: "Ill." };
    await setCohort(cohort, { state: "cancelled", ...cancelled });
    await sweep(day(13, 1));
    expect((await templates())[2]).toEqual([]);
  });
});
