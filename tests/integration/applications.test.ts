import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { applications, enrolments, outbox } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import {
  answersTo,
  apply,
  type Cohort,
  codeOf,
  day,
  key,
  makeActor,
  makeCohort,
  must,
  scoresOf,
} from "#tests/setup/deals";
import type { Actor } from "~/auth/actor";
import { listTimeline } from "~/features/applications/events.server";
import { getApplicationToReview, getOwnApplication } from "~/features/applications/queries.server";
import { answerField } from "~/features/applications/rules";
import { saveDraft } from "~/features/applications/save-draft.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { releaseAll } from "~/features/decisions/release-decisions.server";
import { findOwnReview } from "~/features/reviews/queries.server";
import { scoreApplication } from "~/features/reviews/score-application.server";

useDatabase();

/** What a transaction may take before it holds its row, and be in time. */
const SLACK_MS = 5_000;
type Answers = Record<string, string>;
const save = (actor: Actor, cohort: Cohort, answers: Answers, now = day(2)) =>
  saveDraft({
    actor,
    input: {
      cohortId: cohort.cohortId,
      changes: Object.entries(answers).map(([questionId, answer]) => ({ questionId, answer })),
    },
    idempotencyKey: key(),
    now,
  });
const submit = (actor: Actor, cohort: Cohort, answers: Answers, now = day(2)) =>
  submitApplication({
    actor,
    input: { cohortId: cohort.cohortId, answers },
    idempotencyKey: key(),
    now,
  });
const withdraw = (actor: Actor, applicationId: string, now = day(3)) =>
  withdrawApplication({ actor, input: { applicationId }, idempotencyKey: key(), now });
/** Decides, and releases the decision at once. */
async function decide(actor: Actor, applicationId: string, kind: string) {
  const [row] = await getDb().select().from(applications).where(eq(applications.id, applicationId));
  const cohortId = row?.cohortId ?? "";
  const call = { actor, now: day(11) };
  const input = { cohortId, applicationIds: [applicationId], kind, message: "Word." };
  const decided = await decideApplications({ ...call, input, idempotencyKey: key() });
  if (decided.ok) {
    const begun = await beginRelease({ ...call, input: { cohortId }, idempotencyKey: key() });
    if (!begun.ok) return begun;
    await releaseAll(begun.value.releaseId, day(11));
  }
  return decided;
}
const score = (actor: Actor, cohort: Cohort, applicationId: string, points: string, note = "") =>
  scoreApplication({
    actor,
    input: { applicationId, scores: scoresOf(cohort, points), note },
    idempotencyKey: key(),
    now: day(11),
  });

async function makeBoth(changes = {}) {
  const teacher = await makeActor();
  return { teacher, student: await makeActor(), cohort: await makeCohort(teacher, changes) };
}

describe("applying", () => {
  it("goes from draft to submitted, is edited until the deadline, and asks for every answer", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const [first = "", second = ""] = cohort.questionIds;
    const draft = must(await save(student, cohort, { [first]: "One" }));
    expect(draft.state).toBe("draft");
    expect(await submit(student, cohort, {})).toMatchObject({
      error: { code: "unanswered", fields: { [answerField(second)]: ["Answer this question."] } },
    });
    const sent = must(await submit(student, cohort, { [second]: "Two" }));
    expect(sent).toEqual({ applicationId: draft.applicationId, state: "submitted" });
    must(await save(student, cohort, { [first]: "Not sent" }, day(3)));
    must(await submit(student, cohort, { [first]: "One, better" }, day(10, -SLACK_MS)));
    expect(codeOf(await submit(student, cohort, { [first]: " " }))).toBe("unanswered");
    for (const write of [save, submit])
      expect(codeOf(await write(student, cohort, { [first]: "Late" }, day(10)))).toBe(
        "window_closed",
      );
    const found = await getOwnApplication(student, draft.applicationId);
    expect(found?.answers.map((row) => row.answer)).toEqual(["One, better", "Two"]);
    expect(await getOwnApplication(teacher, draft.applicationId)).toBeNull();
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, student.id));
    expect(mails.map(({ template, props }) => [template, props.copy])).toEqual([
      ["application-submitted", "What have you made?\nOne\n\nWhat will you make?\nTwo"],
      ["application-changed", "What have you made?\nOne, better\n\nWhat will you make?\nTwo"],
    ]);
    expect((await listTimeline(draft.applicationId, "applicant")).map((one) => one.kind)).toEqual([
      "begun",
      "submitted",
      "changed",
    ]);
  });

  it("keeps within the window, refuses the teacher and other cohorts' questions; any age may", async () => {
    const { teacher, cohort } = await makeBoth();
    const young = await makeActor({ dateOfBirth: "2014-01-01" });
    expect(codeOf(await submit(young, cohort, answersTo(cohort), day(1, -1)))).toBe("not_open_yet");
    expect(codeOf(await submit(young, cohort, answersTo(cohort), day(10)))).toBe("window_closed");
    expect(codeOf(await submit(teacher, cohort, answersTo(cohort)))).toBe("not_found");
    const other = await makeCohort(await makeActor());
    expect(codeOf(await submit(young, cohort, answersTo(other)))).toBe("unknown_question");
    expect(
      codeOf(await submit({ ...young, emailVerified: false }, cohort, answersTo(cohort))),
    ).toBe("verify_email");
    expect(codeOf(await submit(young, cohort, answersTo(cohort), day(10, -SLACK_MS)))).toBe("ok");
  });

  it("is taken back and taken up again, until it is decided", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const id = await apply(student, cohort);
    expect(codeOf(await withdraw(teacher, id))).toBe("not_found");
    must(await withdraw(student, id));
    expect(codeOf(await withdraw(student, id))).toBe("already_withdrawn");
    expect(codeOf(await decide(teacher, id, "admit"))).toBe("not_decidable");
    expect(must(await save(student, cohort, {})).state).toBe("draft");
    expect(codeOf(await decide(teacher, id, "admit"))).toBe("not_found");
    must(await submit(student, cohort, {}));
    must(await decide(teacher, id, "decline"));
    expect(codeOf(await withdraw(student, id))).toBe("already_decided");
    expect(codeOf(await save(student, cohort, answersTo(cohort)))).toBe("already_decided");
  });

  it("twice at once is one application, under one key and under two", async () => {
    const { student, cohort } = await makeBoth();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => submit(student, cohort, answersTo(cohort))),
    );
    expect(new Set(results.map((result) => must(result).applicationId)).size).toBe(1);
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, student.id));
    expect(mails).toHaveLength(1);
  });
});

describe("reviewing", () => {
  it("is the teacher's alone; drafts are nobody's but the applicant's", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const stranger = await makeActor();
    const draft = must(await save(student, cohort, {})).applicationId;
    expect(await getApplicationToReview(teacher, draft)).toBeNull();
    expect(codeOf(await score(teacher, cohort, draft, "3"))).toBe("not_found");
    const id = await apply(student, cohort);
    const read = await getApplicationToReview(teacher, id);
    expect(read?.applicant).toEqual({
      id: student.id,
      displayName: student.displayName,
      handle: student.handle,
    });
    expect(await getApplicationToReview(stranger, id)).toBeNull();
    expect(await getApplicationToReview(teacher, "not-an-id")).toBeNull();
    for (const asker of [stranger, student]) {
      expect(codeOf(await score(asker, cohort, id, "5"))).toBe("not_found");
      expect(codeOf(await decide(asker, id, "admit"))).toBe("not_found");
    }
    must(await score(teacher, cohort, id, "4", "Good."));
    must(await score(teacher, cohort, id, "5", "Very good."));
    expect(await findOwnReview(id, teacher.id)).toEqual({
      state: "submitted",
      totalMilli: 5000,
      note: "Very good.",
      revision: 2,
      scores: { [cohort.criterionIds[0] ?? ""]: 5 },
    });
    expect(await score(teacher, cohort, id, "6")).toMatchObject({
      error: { fields: { [`scores.${cohort.criterionIds[0]}`]: ["Choose a score from 1 to 5."] } },
    });
  });

  it("admits within the capacity, and tells the applicant in the same step", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const id = await apply(student, cohort);
    must(await decide(teacher, id, "admit"));
    expect(codeOf(await decide(teacher, id, "decline"))).toBe("not_decidable");
    expect(codeOf(await score(teacher, cohort, id, "1"))).toBe("already_decided");
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, student.id));
    expect(mails.map((mail) => mail.template)).toEqual([
      "application-submitted",
      "application-admitted",
    ]);
    expect((await getOwnApplication(student, id))?.application.decisionMessage).toBe("Word.");
  });

  it("admitting and withdrawing at once: one of them holds", async () => {
    for (let round = 0; round < 6; round++) {
      const { teacher, student, cohort } = await makeBoth();
      const id = await apply(student, cohort);
      const [, withdrawn] = await Promise.all([
        decide(teacher, id, "admit"),
        withdraw(student, id),
      ]);
      const [row] = await getDb().select().from(applications).where(eq(applications.id, id));
      expect(row?.state).toBe(withdrawn.ok ? "withdrawn" : "admitted");
      const places = await getDb()
        .select()
        .from(enrolments)
        .where(eq(enrolments.applicationId, id));
      expect(places).toHaveLength(withdrawn.ok ? 0 : 1);
    }
  });
});
