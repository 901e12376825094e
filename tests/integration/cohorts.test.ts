import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, cohortForm, day, key, makeActor, makeCohort, must } from "#tests/setup/deals";
import type { Actor } from "~/auth/actor";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import {
  getCohortBySlug,
  getOwnCohort,
  listCohorts,
  listCohortsOfTeacher,
} from "~/features/cohorts/queries.server";

useDatabase();

const open = (actor: Actor, changes: Record<string, unknown>, now = day(0)) =>
  openCohort({ actor, input: { ...cohortForm, ...changes }, idempotencyKey: key(), now });

describe("opening a cohort", () => {
  it("keeps its window as instants of its own time zone, its terms in cents and shares", async () => {
    const teacher = await makeActor();
    const opened = must(
      await open(teacher, {
        timeZone: "Europe/Vienna",
        opensAt: "2026-03-20T09:00",
        closesAt: "2026-03-30T09:00",
        startsAt: "2026-04-01T09:00",
        percent: "0.95",
        amount: "$66,666.67",
        payoutCap: "3",
        sunset: "20",
      }),
    );
    const cohort = await getCohortBySlug(opened.slug);
    expect(cohort).toMatchObject({
      teacherHandle: teacher.handle,
      amountCents: 6_666_667n,
      shares: 95_000n,
      payoutCapMultiple: 3,
      sunsetYears: 20,
      enrolled: 0,
    });
    expect(cohort?.opensAt.toISOString()).toBe("2026-03-20T08:00:00.000Z");
    expect(cohort?.closesAt.toISOString()).toBe("2026-03-30T07:00:00.000Z");
    expect(cohort?.questions.map((question) => question.id)).toEqual(opened.questionIds);
  });

  it.each([
    ["a zone that is none", { timeZone: "Europe/Nowhere" }, "timeZone"],
    ["an offset for a zone", { timeZone: "+01:00" }, "timeZone"],
    [
      "a time that the zone skips",
      { timeZone: "Europe/Vienna", closesAt: "2026-03-29T02:30", startsAt: "2026-04-01T09:00" },
      "closesAt",
    ],
    ["a time that is none", { opensAt: "tomorrow" }, "opensAt"],
    ["a day that is none", { startsAt: "2026-02-30T09:00" }, "startsAt"],
    ["one question", { questions: ["Only one?"] }, "questions"],
    ["the same question twice", { questions: ["One?", "One?"] }, "questions"],
    ["no place", { capacity: "0" }, "capacity"],
    ["more than 10%", { percent: "10.00001", amount: "20,000" }, "percent"],
    ["a part of a share", { percent: "0.000001" }, "percent"],
    ["a price under the floor", { amount: "999.99" }, "amount"],
    ["another cap", { payoutCap: "4" }, "payoutCap"],
  ])("refuses %s, beside its field", async (_, changes, field) => {
    const result = await open(await makeActor(), changes);
    expect(result).toMatchObject({ ok: false, error: { code: "invalid_input" } });
    expect(Object.keys((!result.ok && result.error.fields) || {})).toEqual([field]);
  });

  it.each([
    ["closes_before_it_opens", { closesAt: "2026-01-01T12:00" }, "closesAt"],
    ["starts_before_closing", { startsAt: "2026-01-10T09:00" }, "startsAt"],
    ["ends_before_it_starts", { endsAt: "2026-01-21T09:00" }, "endsAt"],
    ["too_far", { endsAt: "2031-01-01T18:00" }, "endsAt"],
  ])("refuses what cannot be: %s", async (code, changes, field) => {
    expect(await open(await makeActor(), changes)).toMatchObject({ error: { code, field } });
  });

  it("refuses a window that is over", async () => {
    expect(codeOf(await open(await makeActor(), {}, day(10)))).toBe("closes_in_the_past");
  });

  it("gives each its own slug, at once too; the same form twice is one cohort", async () => {
    const teacher = await makeActor();
    const title = "Ünïque — Things!";
    const made = await Promise.all(Array.from({ length: 5 }, () => open(teacher, { title })));
    expect(made.map((result) => must(result).slug).sort()).toEqual([
      "unique-things",
      "unique-things-2",
      "unique-things-3",
      "unique-things-4",
      "unique-things-5",
    ]);
    const call = { actor: teacher, input: cohortForm, idempotencyKey: key(), now: day(0) };
    const [first, second] = await Promise.all([openCohort(call), openCohort(call)]);
    expect(first).toEqual(second);
    expect(await listCohortsOfTeacher(teacher.id)).toHaveLength(6);
  });

  it("asks for a verified address", async () => {
    const actor = { ...(await makeActor()), emailVerified: false };
    expect(codeOf(await open(actor, {}))).toBe("verify_email");
    expect(
      codeOf(
        await openCohort({ actor: null, input: cohortForm, idempotencyKey: key(), now: day(0) }),
      ),
    ).toBe("sign_in");
  });
});

describe("finding cohorts", () => {
  it("sorts them by where their window stands; the closing instant is already closed", async () => {
    const { cohortId } = await makeCohort(await makeActor(), { title: "Windows" });
    const where = async (now: Date) => {
      const lists = Object.entries(await listCohorts(now));
      return lists
        .filter(([, rows]) => rows.some((row) => row.id === cohortId))
        .map(([name]) => name);
    };
    expect(await where(day(1, -1))).toEqual(["upcoming"]);
    expect(await where(day(1))).toEqual(["open"]);
    expect(await where(day(10, -1))).toEqual(["open"]);
    expect(await where(day(10))).toEqual(["past"]);
  });

  it("shows the managing side to its teacher alone", async () => {
    const teacher = await makeActor();
    const { slug } = await makeCohort(teacher);
    expect((await getOwnCohort(teacher, slug))?.slug).toBe(slug);
    expect(await getOwnCohort(await makeActor(), slug)).toBeNull();
    expect(await getOwnCohort(teacher, "no-such-cohort")).toBeNull();
    expect((await getDb().select().from(cohorts).where(eq(cohorts.slug, slug))).length).toBe(1);
  });
});
