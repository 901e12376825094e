import { inspect } from "node:util";
import { and, asc, eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import {
  applicationStandings,
  applicationWorks,
  cohorts,
  outbox,
  persons,
  portfolioWorks,
  reviewAssignments,
  reviewerScales,
  reviews,
  ties,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, day, key, must, scoresOf } from "#tests/setup/deals";
import { begin, decide } from "#tests/setup/deciding";
import { addReviewer, listAs, makeReview, save, score } from "#tests/setup/reviewing";
import type { Actor } from "~/auth/actor";
import { countWaiting } from "~/features/applications/queries.server";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { releaseAll } from "~/features/decisions/release-decisions.server";
import { abstainReview } from "~/features/reviews/abstain-review.server";
import { assignReviewers } from "~/features/reviews/assign-reviewers.server";
import { declareConflict, endConflict } from "~/features/reviews/declare-conflict.server";
import {
  commentOnApplication,
  compareApplications,
  tagApplication,
} from "~/features/reviews/discuss-application.server";
import {
  findNeighbours,
  listApplications,
  scopeOf,
} from "~/features/reviews/list-applications.server";
import { normaliseScores } from "~/features/reviews/normalise-scores.server";
import { getProgress } from "~/features/reviews/progress.server";
import { redactApplication, undoRedaction } from "~/features/reviews/redact-application.server";
import { remindReviewers } from "~/features/reviews/remind-reviewers.server";
import { getReviewPage } from "~/features/reviews/review-page.server";
import { act } from "~/routes/teach.applications.$id/act.server";

useDatabase();

type Command<R> = (call: {
  actor: Actor;
  input: unknown;
  idempotencyKey: string;
  now: Date;
}) => Promise<R>;
const ask = <R>(command: Command<R>, actor: Actor, input: unknown, now = day(12)): Promise<R> =>
  command({ actor, input, idempotencyKey: key(), now });
const textOf = (value: unknown) => inspect(value, { depth: 20, maxStringLength: null });
const standingsOf = (cohortId: string) =>
  getDb()
    .select()
    .from(applicationStandings)
    .where(eq(applicationStandings.cohortId, cohortId))
    .orderBy(asc(applicationStandings.applicationId));
const relate = (one: Actor, other: Actor) =>
  getDb()
    .insert(ties)
    .values({
      personId: one.id,
      otherId: other.id,
      kind: "relative",
      declaredBy: one.id,
      declaredAt: day(1),
    });
const assignAll = (teacher: Actor, cohortId: string) =>
  ask(assignReviewers, teacher, { cohortId }).then(must);
/** What an action answered that refused; fails where it did not. */
function problemOf(answer: unknown): { problem: unknown } {
  expect(answer).toMatchObject({ init: { status: 409 }, data: { problem: {} } });
  return (answer as { data: { problem: unknown } }).data;
}
const wholeCohort = async (slug: string) => {
  const cohort = await getCohortBySlug(slug);
  if (!cohort) throw new Error("no cohort");
  return cohort;
};

describe("one's own score first", () => {
  it("shows others' scores, comments, tags and trail after one's own, and to nobody else", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const [anna, ben] = reviewers as [Actor, Actor];
    const id = ids[0] ?? "";
    must(await score(anna, cohort, id, "4", "Mine alone."));
    must(await ask(commentOnApplication, anna, { applicationId: id, body: "Look at the loom." }));
    must(await ask(tagApplication, anna, { applicationId: id, tag: "loom" }));
    for (const one of [ben, teacher]) {
      const page = await getReviewPage(one, id);
      expect(page).toMatchObject({ others: null, mean: null, comments: [], tags: [], trail: [] });
      expect((await listAs(one, cohort.slug))?.[0]).toMatchObject({ standing: null, tags: [] });
      expect(await listAs(one, cohort.slug, { sort: "score" })).toEqual([]);
      expect(await listAs(one, cohort.slug, { tag: "loom" })).toEqual([]);
      expect(codeOf(await ask(commentOnApplication, one, { applicationId: id, body: "Hm." }))).toBe(
        "score_first",
      );
    }
    must(await score(ben, cohort, id, "2"));
    const page = await getReviewPage(ben, id);
    expect(page?.others).toMatchObject([{ name: anna.displayName, totalMilli: 4000 }]);
    expect(textOf(page)).not.toContain("Mine alone.");
    expect(page?.mean).toMatchObject({ reviews: 2, rawMilli: 3000 });
    expect(page?.comments.map(({ body }) => body)).toEqual(["Look at the loom."]);
    expect(page?.tags).toEqual(["loom"]);
    expect(page?.trail.map(({ kind }) => kind)).toEqual([
      "review_submitted",
      "tagged",
      "review_submitted",
      "submitted",
      "begun",
    ]);
  });

  it("a teacher without a review to write sees the mean once all are in, and scores no more", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const id = ids[0] ?? "";
    must(await score(reviewers[0] as Actor, cohort, id, "4"));
    expect((await getReviewPage(teacher, id))?.sees).toBe(false);
    must(await score(reviewers[1] as Actor, cohort, id, "5"));
    expect((await getReviewPage(teacher, id))?.sees).toBe(true);
    expect(codeOf(await score(teacher, cohort, id, "1"))).toBe("reviewed_enough");
    const third = await addReviewer(cohort, teacher);
    expect((await getReviewPage(third, id))?.sees).toBe(false);
    must(await score(third, cohort, id, "3"));
  });

  it("what is saved counts for nothing until it is handed in, and a later change follows", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const [anna, id] = [reviewers[0] as Actor, ids[0] ?? ""];
    must(await save(anna, id, {}));
    expect(await standingsOf(cohort.cohortId)).toEqual([]);
    expect(codeOf(await save(anna, id, { [key()]: "3" }))).toBe("unknown_criterion");
    must(await save(anna, id, scoresOf(cohort, "3")));
    const page = await getReviewPage(anna, id);
    expect(page?.own).toMatchObject({ state: "draft", totalMilli: null, note: "A note." });
    expect(page?.sees).toBe(false);
    must(await score(anna, cohort, id, "3"));
    must(await save(anna, id, scoresOf(cohort, "5")));
    expect((await getReviewPage(anna, id))?.mean).toMatchObject({ reviews: 1, rawMilli: 5000 });
    const [scale] = await getDb()
      .select()
      .from(reviewerScales)
      .where(eq(reviewerScales.reviewerId, anna.id));
    expect(scale).toMatchObject({ reviews: 1, sumMilli: 5000, sumSquares: 25_000_000 });
    const trail = (await getReviewPage(anna, id))?.trail.map(({ data }) => data.changed);
    expect(trail?.[0]).toBe("Overall: 3 to 5");
  });

  it("abstaining takes the score back, shows the others', and is final", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const [anna, ben] = reviewers as [Actor, Actor];
    const id = ids[0] ?? "";
    must(await score(anna, cohort, id, "5"));
    must(await score(ben, cohort, id, "1"));
    must(await ask(abstainReview, anna, { applicationId: id, reason: "I know the shop." }));
    expect(await getReviewPage(ben, id)).toMatchObject({
      mean: { reviews: 1, rawMilli: 1000 },
      others: [{ state: "abstained", reason: "I know the shop.", totalMilli: null }],
    });
    expect(codeOf(await score(anna, cohort, id, "5"))).toBe("abstained");
    expect((await getReviewPage(anna, id))?.sees).toBe(true);
  });

  it("two reviewers at once: both count, and means and scales are what they gave", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 4, applicants: 5 });
    await Promise.all(
      reviewers.flatMap((one, at) =>
        ids.map((id, n) => score(one, cohort, id, String(1 + ((at + n) % 5)))),
      ),
    );
    const standings = await standingsOf(cohort.cohortId);
    expect(standings.map(({ reviews: n }) => n)).toEqual([4, 4, 4, 4, 4]);
    for (const { applicationId, rawMilli } of standings) {
      const given = await getDb()
        .select()
        .from(reviews)
        .where(eq(reviews.applicationId, applicationId));
      const sum = given.reduce((all, one) => all + (one.totalMilli ?? 0), 0);
      expect(rawMilli).toBe(Math.floor(sum / 4 + 0.5));
    }
    expect(await normaliseScores(cohort.cohortId, day(13))).toEqual({ applications: 5 });
    const after = await standingsOf(cohort.cohortId);
    expect(after.every(({ normalisedAt }) => normalisedAt?.getTime() === day(13).getTime())).toBe(
      true,
    );
    expect(after.map(({ rawMilli }) => rawMilli)).toEqual(standings.map((one) => one.rawMilli));
    expect(after.every(({ normalMilli }) => normalMilli !== null)).toBe(true);
  });
});

describe("who is conflicted", () => {
  it("sees nothing of that person: list, page, counts, neighbours; and is assigned and scores nothing", async () => {
    const { teacher, cohort, reviewers, students, ids } = await makeReview({
      reviewers: 2,
      applicants: 3,
    });
    const anna = reviewers[0] as Actor;
    const [near, other] = [ids[1] ?? "", ids[2] ?? ""];
    await relate(anna, students[1] as Actor);
    must(await ask(declareConflict, anna, { applicationId: other, reason: "My neighbour." }));
    expect((await listAs(anna, cohort.slug))?.map(({ id }) => id)).toEqual([ids[0]]);
    for (const id of [near, other]) {
      expect(await getReviewPage(anna, id)).toBeNull();
      expect(codeOf(await score(anna, cohort, id, "5"))).toBe("conflicted");
    }
    const whole = await wholeCohort(cohort.slug);
    expect((await getProgress(anna, whole))?.waiting.n).toBe(1);
    expect((await countWaiting(anna, [cohort.cohortId])).get(cohort.cohortId)).toBe(1);
    expect((await countWaiting(teacher, [cohort.cohortId])).get(cohort.cohortId)).toBe(3);
    await assignAll(teacher, cohort.cohortId);
    const given = await getDb()
      .select()
      .from(reviewAssignments)
      .where(eq(reviewAssignments.reviewerId, anna.id));
    expect(given.map(({ applicationId }) => applicationId)).toEqual([ids[0]]);
    const forced = getDb()
      .insert(reviewAssignments)
      .values({
        applicationId: near,
        cohortId: cohort.cohortId,
        reviewerId: anna.id,
        assignedBy: anna.id,
        assignedAt: day(1),
      });
    expect(constraintName(await forced.catch((error: unknown) => error))).toBe(
      "review_assignments_conflict",
    );
  });

  it("a lead ends a declaration that was a mistake, never their own", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const anna = reviewers[0] as Actor;
    const id = ids[0] ?? "";
    must(await ask(declareConflict, anna, { applicationId: id, reason: "Mistaken." }));
    must(await ask(declareConflict, teacher, { applicationId: id, reason: "My cousin." }));
    const rows = await getDb().query.conflictDeclarations.findMany();
    const of = (reviewer: Actor) => rows.find(({ reviewerId }) => reviewerId === reviewer.id)?.id;
    const end = (who: Actor, declarationId: string | undefined) =>
      ask(endConflict, who, { declarationId, cohortId: cohort.cohortId });
    expect(codeOf(await end(anna, of(anna)))).toBe("not_found");
    expect(codeOf(await end(teacher, of(teacher)))).toBe("own_conflict");
    must(await end(teacher, of(anna)));
    must(await score(anna, cohort, id, "3"));
  });
});

describe("the list", () => {
  it("comes in pages without a gap, forwards and back, in every order", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 7 });
    const anna = reviewers[0] as Actor;
    for (const [at, id] of ids.entries()) must(await score(anna, cohort, id, String(1 + (at % 3))));
    const scope = await scopeOf(anna, await wholeCohort(cohort.slug));
    if (!scope) throw new Error("no scope");
    for (const sort of [undefined, "score", "raw"] as const) {
      const whole = await listApplications(scope, { sort }, { limit: 100 });
      expect(whole.map(({ id }) => id).sort()).toEqual([...ids].sort());
      const walked: string[] = [];
      for (let after = whole[0]?.place; after; ) {
        walked.push(after.id);
        const near = await findNeighbours(scope, { sort }, after);
        expect(near.before?.id).toBe(walked.at(-2));
        after = near.after?.place;
      }
      expect(walked).toEqual(whole.map(({ id }) => id));
    }
    const best = await listApplications(scope, { sort: "raw" }, { limit: 2 });
    expect(best.map(({ standing }) => standing?.rawMilli)).toEqual([3000, 3000]);
  });

  it("is for who works on the cohort, without drafts", async () => {
    const { cohort, students, reviewers } = await makeReview({ reviewers: 1, applicants: 1 });
    expect(await listAs(students[0] as Actor, cohort.slug)).toBeNull();
    expect(await listAs(reviewers[0] as Actor, cohort.slug)).toHaveLength(1);
    expect(await listAs(reviewers[0] as Actor, cohort.slug, { mine: "waiting" })).toEqual([]);
    expect(await listAs(reviewers[0] as Actor, cohort.slug, { state: "admitted" })).toEqual([]);
  });
});

describe("the filter by name", () => {
  it("finds by beginnings of words of name and handle, without accents, and nobody by signs or by what is in a word", async () => {
    const { cohort, reviewers, students, ids } = await makeReview({ reviewers: 1, applicants: 2 });
    const [noemi, other] = students as [Actor, Actor];
    const call = async (who: Actor, displayName: string) => {
      const named = getDb().update(persons).set({ displayName }).where(eq(persons.id, who.id));
      const [row] = await named.returning({ handle: persons.handle });
      return row?.handle ?? "";
    };
    const handle = await call(noemi, "Noémi Ó Briain");
    await call(other, "Ada 100% Vo");
    const found = async (q: string) =>
      (await listAs(reviewers[0] as Actor, cohort.slug, { q }))?.map(({ id }) => id);
    for (const q of ["noemi", "BRI", "bria Noé", "ó briain", handle])
      expect(await found(q), q).toEqual([ids[0]]);
    expect(await found("100%")).toEqual([ids[1]]);
    for (const q of ["oemi", "%", "_", "noemi ada"]) expect(await found(q), q).toEqual([]);
  });
});

describe("what waits for a reviewer", () => {
  it("is what they were given and have neither scored nor left, however it was done, and by score what they have seen", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 3 });
    await assignAll(teacher, cohort.cohortId);
    const anna = reviewers[0] as Actor;
    const waiting = async () =>
      (await listAs(anna, cohort.slug, { mine: "waiting" }))?.map(({ id }) => id) ?? [];
    const given = await waiting();
    expect(given.length).toBeGreaterThanOrEqual(2);
    const [first = "", second = ""] = given;
    must(await save(anna, first, scoresOf(cohort, "3")));
    expect(await waiting()).toEqual(given);
    must(await score(anna, cohort, first, "4"));
    expect(await waiting()).toEqual(given.slice(1));
    must(await ask(abstainReview, anna, { applicationId: second, reason: "I know them." }));
    expect(await waiting()).toEqual(given.slice(2));
    const done = await listAs(anna, cohort.slug, { mine: "done" });
    expect(done?.map(({ id }) => id)).toEqual([first, second]);
    const byScore = await listAs(anna, cohort.slug, { sort: "score" });
    expect(byScore?.map(({ id }) => id)).toEqual([first]);
    expect(ids).toContain(first);
  });

  it("is never an application of another cohort", async () => {
    const { teacher, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const other = await makeReview({ reviewers: 0, applicants: 0 });
    const forced = getDb()
      .insert(reviewAssignments)
      .values({
        ...{ applicationId: ids[0] ?? "", cohortId: other.cohort.cohortId },
        ...{ reviewerId: reviewers[0]?.id ?? "", assignedBy: teacher.id, assignedAt: day(1) },
      });
    expect(constraintName(await forced.catch((error: unknown) => error))).toBe(
      "review_assignments_cohort",
    );
  });
});

/** Lets an application show a work that says who made it. */
async function showWork(student: Actor, applicationId: string, url: string): Promise<void> {
  const [work] = await getDb()
    .insert(portfolioWorks)
    .values({
      ...{ personId: student.id, position: 1, title: `A braid by ${student.displayName}`, url },
      ...{ createdAt: day(1), updatedAt: day(1) },
    })
    .returning({ id: portfolioWorks.id });
  if (!work) throw new Error("no work");
  await getDb().insert(applicationWorks).values({ applicationId, workId: work.id });
}

describe("a blind first pass", () => {
  it("hides name, handle, profile, links and what is redacted, until one's own score", async () => {
    const { teacher, cohort, reviewers, students, ids } = await makeReview({
      reviewers: 2,
      applicants: 1,
    });
    await getDb().update(cohorts).set({ blindFirst: true }).where(eq(cohorts.id, cohort.cohortId));
    const [anna, ben] = reviewers as [Actor, Actor];
    const [student, id] = [students[0] as Actor, ids[0] ?? ""];
    const redaction = must(
      await ask(redactApplication, anna, { applicationId: id, phrase: "an ANSWER" }),
    );
    expect(
      codeOf(await ask(redactApplication, ben, { applicationId: id, phrase: "An answer" })),
    ).toBe("hidden_already");
    await showWork(student, id, "https://braids.test/mine");
    const hidden = await getReviewPage(ben, id);
    expect(hidden).toMatchObject({ hidden: true, applicant: null, profile: null });
    expect(hidden?.works).toMatchObject([{ title: "A braid by █████", url: "", file: null }]);
    expect(hidden?.answers[0]?.answer).toBe("█████.");
    expect(hidden).toMatchObject({ redactions: [], redactedByOthers: 1 });
    expect((await getReviewPage(anna, id))?.redactions).toMatchObject([{ phrase: "an ANSWER" }]);
    const shown = { ...hidden, application: null, cohort: null };
    expect(textOf(shown)).not.toContain(student.displayName);
    expect(textOf(shown)).not.toContain(student.handle);
    expect(textOf(await listAs(ben, cohort.slug))).not.toContain(student.displayName);
    expect(await listAs(ben, cohort.slug, { q: student.displayName })).toEqual([]);
    must(await score(ben, cohort, id, "4"));
    expect(await getReviewPage(ben, id)).toMatchObject({
      hidden: false,
      name: student.displayName,
      works: [{ url: "https://braids.test/mine" }],
    });
    expect((await getReviewPage(anna, id))?.hidden).toBe(true);
    must(await ask(undoRedaction, anna, redaction));
    expect((await getReviewPage(anna, id))?.answers[0]?.answer).toBe("An answer.");
    expect((await getReviewPage(teacher, id))?.hidden).toBe(true);
  });

  it("shows nobody's tag before one's own score, and takes none of theirs off", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const [anna, ben] = reviewers as [Actor, Actor];
    const id = ids[0] ?? "";
    must(await ask(tagApplication, anna, { applicationId: id, tag: "loom" }));
    must(await ask(tagApplication, ben, { applicationId: id, tag: "loom" }));
    expect((await getReviewPage(ben, id))?.tags).toEqual([]);
    must(await score(ben, cohort, id, "4"));
    expect((await getReviewPage(ben, id))?.tags).toEqual(["loom"]);
  });

  it("keeps from reviewers what is decided and not out", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const [anna, ben] = reviewers as [Actor, Actor];
    const id = ids[0] ?? "";
    for (const one of [anna, ben]) must(await score(one, cohort, id, "4"));
    must(await decide(teacher, cohort, ids, "decline"));
    const kinds = async (who: Actor) =>
      (await getReviewPage(who, id))?.trail.map(({ kind }) => kind) ?? [];
    expect(await kinds(teacher)).toContain("decided");
    expect(await kinds(anna)).not.toContain("decided");
  });

  it("of one's own in a second window is not undone by what the first one saves", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const [ben, applicationId] = [reviewers[0] as Actor, ids[0] ?? ""];
    const [criterion] = Object.keys(scoresOf(cohort, "4"));
    const keep = (values: Record<string, string>) =>
      act(
        ben,
        applicationId,
        { values: { intent: "save", auto: "yes", ...values }, idempotencyKey: key() } as never,
        { now: day(12), search: "", at: () => "" },
      );
    await keep({ note: "From one." });
    await keep({ [`score-${criterion}`]: "4" });
    const own = (await getReviewPage(ben, applicationId))?.own;
    expect(own).toMatchObject({ note: "From one.", scores: { [criterion ?? ""]: 4 } });
  });

  it("pressed in a window that did not see what another saved is refused beside what stands, and kept when pressed again", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const [ben, applicationId] = [reviewers[0] as Actor, ids[0] ?? ""];
    const [criterion = ""] = Object.keys(scoresOf(cohort, "4"));
    const press = (values: Record<string, string>) =>
      act(ben, applicationId, { values, idempotencyKey: key() } as never, {
        now: day(12),
        search: "",
        at: () => "",
      });
    const whole = (score: string, note: string, seen: string, more = {}) =>
      press({ intent: "score", [`score-${criterion}`]: score, note, seen, mine: "0", ...more });
    const own = async () => (await getReviewPage(ben, applicationId))?.own;
    await whole("4", "First.", "0");
    const newer = { state: "submitted", revision: 1, note: "First.", totalMilli: 4000 };
    expect(await own()).toMatchObject(newer);
    const { problem } = problemOf(await whole("2", "Old.", "0"));
    expect(problem).toEqual({
      message: expect.stringContaining("another window"),
      fields: {
        [`score-${criterion}`]: ["Saved in another window since: 4"],
        note: ["Saved in another window since: “First.”"],
      },
      values: expect.objectContaining({ [`score-${criterion}`]: "2", note: "Old.", seen: "1" }),
    });
    problemOf(await whole("2", "Old.", "0", { intent: "save" }));
    expect(await own()).toMatchObject(newer);
    // The same again overwrites nothing; pressed again it has been seen; its own saves on their way are no other window's.
    await whole("4", "First.", "0");
    await whole("2", "Old.", "2");
    expect(await own()).toMatchObject({ revision: 3, note: "Old.", totalMilli: 2000 });
    await press({ intent: "save", auto: "yes", [`score-${criterion}`]: "3" });
    problemOf(await whole("5", "Old.", "3"));
    await whole("5", "Old.", "3", { mine: "1" });
    expect(await own()).toMatchObject({ revision: 5, totalMilli: 5000 });
  });

  it("goes on while an application is being revised, for it may be scored again after", async () => {
    const { teacher, cohort, reviewers, students, ids } = await makeReview({
      reviewers: 1,
      applicants: 1,
    });
    await getDb().update(cohorts).set({ blindFirst: true }).where(eq(cohorts.id, cohort.cohortId));
    const [ben, student] = [reviewers[0] as Actor, students[0] as Actor];
    must(await decide(teacher, cohort, ids, "revise", { reviseBy: "2026-01-15T18:00" }));
    await releaseAll(must(await begin(teacher, cohort)).releaseId, day(11));
    expect(await getReviewPage(ben, ids[0] ?? "")).toMatchObject({ hidden: true, profile: null });
    expect(textOf(await listAs(ben, cohort.slug))).not.toContain(student.displayName);
    expect(await listAs(ben, cohort.slug, { q: student.displayName })).toEqual([]);
  });
});

describe("assigning", () => {
  it("gives each as many as asked, evenly; a second run gives only what is lacking since", async () => {
    const { teacher, cohort, reviewers, ids } = await makeReview({ reviewers: 3, applicants: 6 });
    const first = await assignAll(teacher, cohort.cohortId);
    expect(first).toEqual({ assigned: 12, short: 0, after: null });
    const given = await getDb()
      .select({
        applicationId: reviewAssignments.applicationId,
        reviewerId: reviewAssignments.reviewerId,
      })
      .from(reviewAssignments)
      .where(inArray(reviewAssignments.applicationId, ids));
    const loads = [teacher, ...reviewers].map(
      ({ id }) => given.filter(({ reviewerId }) => reviewerId === id).length,
    );
    expect(loads).toEqual([3, 3, 3, 3]);
    expect((await assignAll(teacher, cohort.cohortId)).assigned).toBe(0);
    const one = given.find(({ reviewerId }) => reviewerId === reviewers[0]?.id);
    const input = { applicationId: one?.applicationId, reason: "Too close to my own work." };
    must(await ask(abstainReview, reviewers[0] as Actor, input));
    expect((await assignAll(teacher, cohort.cohortId)).assigned).toBe(1);
    const again = await getDb()
      .select()
      .from(reviewAssignments)
      .where(eq(reviewAssignments.applicationId, one?.applicationId ?? ""));
    expect(again).toHaveLength(3);
    expect(ids).toContain(one?.applicationId);
    expect(
      codeOf(await ask(assignReviewers, reviewers[0] as Actor, { cohortId: cohort.cohortId })),
    ).toBe("not_found");
  });

  it("two runs at once assign nobody twice", async () => {
    const { teacher, cohort } = await makeReview({ reviewers: 3, applicants: 4 });
    const runs = await Promise.all([
      assignAll(teacher, cohort.cohortId),
      assignAll(teacher, cohort.cohortId),
    ]);
    expect(runs.map(({ assigned }) => assigned).sort()).toEqual([0, 8]);
  });

  it("reminds each once a day of what is left, by mail", async () => {
    const { teacher, cohort, reviewers } = await makeReview({ reviewers: 1, applicants: 2 });
    const { cohortId } = cohort;
    expect(codeOf(await ask(remindReviewers, teacher, { cohortId }))).toBe("nobody_to_remind");
    await assignAll(teacher, cohortId);
    const own = await listAs(reviewers[0] as Actor, cohort.slug, { mine: "waiting" });
    must(await score(reviewers[0] as Actor, cohort, own?.[0]?.id ?? "", "3"));
    expect(must(await ask(remindReviewers, teacher, { cohortId }))).toEqual({ reminded: 2 });
    const [mail] = await getDb()
      .select()
      .from(outbox)
      .where(and(eq(outbox.personId, reviewers[0]?.id ?? ""), eq(outbox.template, "reviews-wait")));
    expect(mail?.props.count).toBe("1");
    expect(codeOf(await ask(remindReviewers, teacher, { cohortId }))).toBe("nobody_to_remind");
    must(await ask(remindReviewers, teacher, { cohortId }, day(13)));
  });
});

describe("comparing", () => {
  it("takes two that one has scored, and keeps the last word on them", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 1, applicants: 2 });
    const anna = reviewers[0] as Actor;
    const [one, other] = ids as [string, string];
    const compare = (betterId: string, worseId: string) =>
      ask(compareApplications, anna, { betterId, worseId });
    must(await score(anna, cohort, one, "3"));
    expect(codeOf(await compare(one, other))).toBe("score_first");
    must(await score(anna, cohort, other, "3"));
    must(await compare(one, other));
    must(await compare(other, one));
    expect((await getReviewPage(anna, one))?.comparisons).toMatchObject([
      { betterId: other, worseId: one },
    ]);
    expect(codeOf(await compare(one, one))).toBe("invalid_input");
  });
});
