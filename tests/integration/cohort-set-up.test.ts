import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import {
  applicationAnswers,
  applications,
  cohorts,
  questionVersions,
  rubricCriteria,
} from "#db/schema/index";
import { CRITERION, QUESTION } from "#tests/setup/cohort-commands";
import { begin, call, inForce, mailsOf } from "#tests/setup/cohort-making";
import { useDatabase } from "#tests/setup/database";
import {
  answersTo,
  apply,
  codeOf,
  cohortForm,
  day,
  makeActor,
  makeCohort,
  must,
  scoresOf,
} from "#tests/setup/deals";
import { submitApplication } from "~/features/applications/submit-application.server";
import {
  addQuestion,
  dropQuestionChanges,
  editQuestion,
  moveQuestion,
  removeQuestion,
} from "~/features/cohorts/edit-questions.server";
import {
  addCriterion,
  editCriterion,
  moveCriterion,
  removeCriterion,
} from "~/features/cohorts/edit-rubric.server";
import { publishCohort } from "~/features/cohorts/publish-cohort.server";
import { putQuestionsInForce } from "~/features/cohorts/put-questions-in-force.server";
import {
  getCohortBySlug,
  getOwnCohort,
  listCohorts,
  listCohortsOfTeacher,
  listQuestions,
} from "~/features/cohorts/queries.server";
import { getWorkedOn } from "~/features/cohorts/question-versions.server";
import { startCohort } from "~/features/cohorts/start-cohort.server";
import { scoreApplication } from "~/features/reviews/score-application.server";

useDatabase();

describe("a draft", () => {
  it("begins from a template, is nobody else's to see, and becomes public with its questions", async () => {
    const teacher = await makeActor();
    const { cohortId, slug } = await begin(teacher);
    expect(await getCohortBySlug(slug)).toBeNull();
    expect(await getOwnCohort(await makeActor(), slug)).toBeNull();
    expect(await listCohortsOfTeacher(teacher.id)).toEqual([]);
    const lists = await listCohorts(day(2));
    expect(Object.values(lists).flat()).toEqual([]);
    const own = await getOwnCohort(teacher, slug);
    expect(own).toMatchObject({ state: "draft", formVersion: 0, questions: [] });
    const stranger = await makeActor();
    const answers = { cohortId, answers: {} };
    expect(codeOf(await submitApplication(call(stranger, answers, day(2))))).toBe("not_found");
    must(await publishCohort(call(teacher, { cohortId })));
    expect((await getCohortBySlug(slug))?.questions.length).toBeGreaterThan(2);
    expect(codeOf(await publishCohort(call(teacher, { cohortId })))).toBe("not_now");
  });

  it("copies an earlier cohort of one's own, wordings and weights too; nobody copies another's", async () => {
    const teacher = await makeActor();
    const first = await begin(teacher, "-research");
    const copy = await begin(teacher, first.slug, { title: "Again" });
    const bare = async (cohortId: string) =>
      (await listQuestions({ cohortId, version: 1 })).map(({ id: _, ...question }) => question);
    expect(await bare(copy.cohortId)).toEqual(await bare(first.cohortId));
    const weights = async (cohortId: string) =>
      (
        await getDb().select().from(rubricCriteria).where(eq(rubricCriteria.cohortId, cohortId))
      ).map(({ title, weight, anchors }) => ({ title, weight, anchors }));
    expect(await weights(copy.cohortId)).toEqual(await weights(first.cohortId));
    const input = { ...cohortForm, from: first.slug };
    expect(codeOf(await startCohort(call(await makeActor(), input)))).toBe("unknown_source");
    expect(codeOf(await startCohort(call(teacher, { ...input, from: "-none" })))).toBe(
      "unknown_source",
    );
  });

  it("is not published once its window is over, nor twice at once", async () => {
    const teacher = await makeActor();
    const { cohortId } = await begin(teacher);
    expect(codeOf(await publishCohort(call(teacher, { cohortId }, day(10))))).toBe(
      "closes_in_the_past",
    );
    const both = await Promise.all([1, 2].map(() => publishCohort(call(teacher, { cohortId }))));
    expect(both.map(codeOf).sort()).toEqual(["not_now", "ok"]);
  });
});

describe("the questions", () => {
  it("are added, worded, moved and removed in a version that nobody sees until it is in force", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const { cohortId, questionIds } = cohort;
    const [first = "", second = ""] = questionIds;
    const student = await makeActor();
    await apply(student, cohort);
    const add = (question: object) => addQuestion(call(teacher, { cohortId, question }));
    const { questionId } = must(await add(QUESTION));
    must(await moveQuestion(call(teacher, { cohortId, questionId, to: "0" })));
    must(await removeQuestion(call(teacher, { cohortId, questionId: second })));
    expect((await inForce(cohortId)).map(({ id }) => id)).toEqual(questionIds);
    const edited = await getWorkedOn({ id: cohortId, formVersion: 1 });
    expect(edited.questions.map(({ id }) => id)).toEqual([questionId, first]);
    const forced = must(await putQuestionsInForce(call(teacher, { cohortId }, day(3))));
    expect(forced).toEqual({ formVersion: 2, told: 1 });
    expect((await inForce(cohortId)).map(({ id }) => id)).toEqual([questionId, first]);
    expect(await mailsOf(student.id, "questions-changed")).toHaveLength(1);
    expect(codeOf(await putQuestionsInForce(call(teacher, { cohortId }, day(3))))).toBe(
      "nothing_changed",
    );
    const old = await getDb()
      .update(questionVersions)
      .set({ prompt: "Another?" })
      .where(and(eq(questionVersions.cohortId, cohortId), eq(questionVersions.version, 1)))
      .then(() => "changed", constraintName);
    expect(old).toBe("question_versions_fixed");
  });

  it("keep their kind, are at least two, and change no more once applications are closed", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const { cohortId } = cohort;
    const [questionId = "", other = ""] = cohort.questionIds;
    const asked = { cohortId, questionId };
    const link = { ...QUESTION, kind: "link" };
    expect(codeOf(await editQuestion(call(teacher, { ...asked, question: link })))).toBe(
      "another_kind",
    );
    must(await removeQuestion(call(teacher, asked)));
    expect(codeOf(await removeQuestion(call(teacher, { cohortId, questionId: other })))).toBe(
      "last_question",
    );
    expect(codeOf(await putQuestionsInForce(call(teacher, { cohortId })))).toBe(
      "too_few_questions",
    );
    must(await dropQuestionChanges(call(teacher, { cohortId })));
    expect(codeOf(await dropQuestionChanges(call(teacher, { cohortId })))).toBe("nothing_changed");
    const again = { ...asked, question: QUESTION };
    expect(codeOf(await editQuestion(call(teacher, again, day(10, -1))))).toBe("ok");
    expect(codeOf(await editQuestion(call(teacher, again, day(10))))).toBe("not_now");
    const theirs = await makeCohort(await makeActor());
    const mixed = { cohortId, questionId: theirs.questionIds[0], question: QUESTION };
    expect(codeOf(await editQuestion(call(teacher, mixed)))).toBe("not_found");
  });

  it.each([
    ["a choice without choices", { kind: "one" }, "options"],
    ["one choice alone", { kind: "many", options: "A" }, "options"],
    ["the same choice twice", { kind: "one", options: "A\nA" }, "options"],
    ["no kind", { kind: "essay" }, "kind"],
    ["a limit of no words", { kind: "long", maxWords: "0" }, "maxWords"],
    ["a blank", { kind: "long", prompt: " " }, "prompt"],
  ])("refuse %s, beside its field", async (_, changes, field) => {
    const teacher = await makeActor();
    const { cohortId } = await makeCohort(teacher);
    const question = { ...QUESTION, maxWords: "", ...changes };
    expect(await addQuestion(call(teacher, { cohortId, question }))).toMatchObject({
      error: { code: "invalid_input", fields: { [`question.${field}`]: [expect.any(String)] } },
    });
  });

  it("are refused by the database where they are not whole", async () => {
    const teacher = await makeActor();
    const { cohortId } = await begin(teacher, "-blank");
    const db = getDb();
    const force = () =>
      db
        .update(cohorts)
        .set({ formVersion: 1 })
        .where(eq(cohorts.id, cohortId))
        .then(() => "in force", constraintName);
    await db
      .update(questionVersions)
      .set({ options: ["A", "B"] })
      .where(eq(questionVersions.cohortId, cohortId));
    expect(await force()).toBe("cohorts_form_whole");
    await db
      .update(questionVersions)
      .set({ options: [], position: 3 })
      .where(eq(questionVersions.cohortId, cohortId));
    expect(await force()).toBe("cohorts_form_whole");
  });

  it("two teachers who add one at once add two, each in its own place", async () => {
    const teacher = await makeActor();
    const { cohortId } = await makeCohort(teacher);
    const added = await Promise.all(
      Array.from({ length: 4 }, (_, nth) =>
        addQuestion(call(teacher, { cohortId, question: { ...QUESTION, prompt: `Q${nth}?` } })),
      ),
    );
    expect(added.map(codeOf)).toEqual(["ok", "ok", "ok", "ok"]);
    const { questions } = await getWorkedOn({ id: cohortId, formVersion: 1 });
    expect(new Set(questions.map(({ prompt }) => prompt)).size).toBe(6);
  });

  it("submitted against other questions at that very moment, an application is whole by one of both versions", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const { cohortId } = cohort;
    must(await addQuestion(call(teacher, { cohortId, question: QUESTION })));
    const student = await makeActor();
    const [forced, sent] = await Promise.all([
      putQuestionsInForce(call(teacher, { cohortId }, day(2))),
      submitApplication(call(student, { cohortId, answers: answersTo(cohort) }, day(2))),
    ]);
    expect(codeOf(forced)).toBe("ok");
    expect(["ok", "unanswered"]).toContain(codeOf(sent));
  });

  it("leave what was submitted as it was; the database wants every answer that must be", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const student = await makeActor();
    const applicationId = await apply(student, cohort);
    const emptied = getDb().transaction(async (tx) => {
      await tx
        .update(applicationAnswers)
        .set({ answer: " " })
        .where(eq(applicationAnswers.applicationId, applicationId));
      await tx
        .update(applications)
        .set({ updatedAt: day(3) })
        .where(eq(applications.id, applicationId));
    });
    expect(await emptied.then(() => "emptied", constraintName)).toBe("applications_complete");
  });
});

describe("the rubric", () => {
  it("is changed until the first score, and stays from then on, in the database too", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const { cohortId } = cohort;
    const [only = ""] = cohort.criterionIds;
    const say = (criterionId: string) => ({ cohortId, criterionId, criterion: CRITERION });
    expect(codeOf(await removeCriterion(call(teacher, { cohortId, criterionId: only })))).toBe(
      "last_criterion",
    );
    const { criterionId } = must(
      await addCriterion(call(teacher, { cohortId, criterion: CRITERION })),
    );
    must(await moveCriterion(call(teacher, { cohortId, criterionId, to: "0" })));
    must(await editCriterion(call(teacher, say(only))));
    const applicationId = await apply(await makeActor(), cohort);
    const half = { applicationId, scores: scoresOf(cohort, "4"), note: "" };
    expect(await scoreApplication(call(teacher, half, day(11)))).toMatchObject({
      error: { code: "unscored", fields: { [`score-${criterionId}`]: [expect.any(String)] } },
    });
    const whole = { ...half, scores: { [only]: "5", [criterionId]: "2" } };
    expect(must(await scoreApplication(call(teacher, whole, day(11)))).totalMilli).toBe(3500);
    for (const command of [editCriterion, removeCriterion])
      expect(codeOf(await command(call(teacher, say(only), day(11))))).toBe("scored_already");
    const forged = getDb()
      .update(rubricCriteria)
      .set({ weight: 9 })
      .where(eq(rubricCriteria.id, only));
    expect(await forged.then(() => "changed", constraintName)).toBe("rubric_criteria_fixed");
  });

  it("a score and a change at once: whichever is first, what was scored is what stands", async () => {
    const teacher = await makeActor();
    const cohort = await makeCohort(teacher);
    const [only = ""] = cohort.criterionIds;
    const applicationId = await apply(await makeActor(), cohort);
    const [scored, changed] = await Promise.all([
      scoreApplication(
        call(teacher, { applicationId, scores: scoresOf(cohort, "4"), note: "" }, day(11)),
      ),
      editCriterion(
        call(
          teacher,
          { cohortId: cohort.cohortId, criterionId: only, criterion: CRITERION },
          day(11),
        ),
      ),
    ]);
    expect(codeOf(scored)).toBe("ok");
    expect(["ok", "scored_already"]).toContain(codeOf(changed));
  });
});
