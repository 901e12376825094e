import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import {
  applicationAnswers,
  applicationDrafts,
  applicationFiles,
  applications,
  cohorts,
  lateCodes,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import {
  admit,
  answersTo,
  apply,
  type Cohort,
  codeOf,
  day,
  key,
  makeActor,
  makeCohort,
  must,
} from "#tests/setup/deals";
import { score } from "#tests/setup/reviewing";
import type { Actor } from "~/auth/actor";
import { startSession } from "~/auth/session.server";
import {
  answerApplicationForm,
  loadApplicationForm,
} from "~/features/applications/application-route.server";
import { listTimeline } from "~/features/applications/events.server";
import { findFileFor } from "~/features/applications/files.server";
import { keepFile, typeOfContent } from "~/features/applications/keep-file.server";
import { MOST_FILES } from "~/features/applications/limits";
import { listAnswers } from "~/features/applications/queries.server";
import { saveDraft } from "~/features/applications/save-draft.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { useLateCode as spendLateCode } from "~/features/applications/use-late-code.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { addWork, editWork, moveWork, removeWork } from "~/features/applications/works.server";
import { listShownWorks, listWorks } from "~/features/applications/works-queries.server";
import { lateCodeHash } from "~/features/cohorts/late-code.server";
import { type NewQuestion, writeQuestions } from "~/features/cohorts/write-form.server";
import { getReviewPage } from "~/features/reviews/review-page.server";
import { fileRow } from "~/lib/file-row.server";

useDatabase();

const call = (actor: Actor, input: unknown, now = day(2)) => ({
  ...{ actor, input, idempotencyKey: key(), now },
});
const draft = (actor: Actor, cohort: Cohort, changes: unknown[], now = day(2)) =>
  saveDraft(call(actor, { cohortId: cohort.cohortId, changes }, now));
const submit = (actor: Actor, cohort: Cohort, answers: Record<string, string> = {}, now = day(2)) =>
  submitApplication(call(actor, { cohortId: cohort.cohortId, answers }, now));

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const asked = (kind: NewQuestion["kind"], more: Partial<NewQuestion> = {}): NewQuestion => ({
  ...{ kind, prompt: `A ${kind}?`, help: "", required: true, maxWords: null, options: [] },
  ...more,
});

/** A cohort that asks these questions instead of its first ones. */
async function makeAsking(teacher: Actor, questions: NewQuestion[]): Promise<Cohort> {
  const cohort = await makeCohort(teacher);
  const { cohortId } = cohort;
  const questionIds = await inTransaction(async (tx) => {
    const ids = await writeQuestions(tx, { cohortId, version: 2 }, questions);
    await tx.update(cohorts).set({ formVersion: 2 }).where(eq(cohorts.id, cohortId));
    return ids;
  });
  return { ...cohort, questionIds };
}

async function makeBoth() {
  const teacher = await makeActor();
  const student = await makeActor();
  return { teacher, student, cohort: await makeCohort(teacher) };
}

describe("drafts", () => {
  it("are saved one answer at a time, and another tab's text is never written over unseen", async () => {
    const { student, cohort } = await makeBoth();
    const [first, second] = cohort.questionIds;
    const one = must(await draft(student, cohort, [{ questionId: first, answer: "A", seen: 0 }]));
    expect(one).toMatchObject({ state: "draft", saved: [{ revision: 1 }], conflicts: [] });
    const other = must(
      await draft(student, cohort, [
        { questionId: first, answer: "B", seen: 0 },
        { questionId: second, answer: "2", seen: 0 },
      ]),
    );
    expect(other).toMatchObject({
      saved: [{ questionId: second, revision: 1 }],
      conflicts: [{ questionId: first, answer: "A", revision: 1 }],
    });
    const same = must(await draft(student, cohort, [{ questionId: first, answer: "A", seen: 0 }]));
    expect(same.conflicts).toEqual([]);
    const chosen = must(
      await draft(student, cohort, [{ questionId: first, answer: "B", seen: 1 }]),
    );
    expect(chosen).toMatchObject({ saved: [{ questionId: first, revision: 2 }], conflicts: [] });
  });

  it("of two saves at once that saw the same, one holds and the other learns of it", async () => {
    const { student, cohort } = await makeBoth();
    const [first] = cohort.questionIds;
    must(await draft(student, cohort, [{ questionId: first, answer: "start", seen: 0 }]));
    const both = await Promise.all(
      ["left", "right"].map((answer) =>
        draft(student, cohort, [{ questionId: first, answer, seen: 1 }]),
      ),
    );
    const lost = both.map(must).filter(({ conflicts }) => conflicts.length > 0);
    expect(lost).toHaveLength(1);
    const [row] = await getDb()
      .select()
      .from(applicationDrafts)
      .where(eq(applicationDrafts.questionId, first ?? ""));
    expect(lost[0]?.conflicts).toMatchObject([{ answer: row?.answer, revision: 2 }]);
  });

  it("keep what is no answer yet, and what was submitted stays until it is submitted anew", async () => {
    const teacher = await makeActor();
    const student = await makeActor();
    const cohort = await makeAsking(teacher, [asked("number"), asked("long", { maxWords: 2 })]);
    const [number = "", long = ""] = cohort.questionIds;
    const typed = [
      { questionId: number, answer: "a dozen" },
      { questionId: long, answer: "one two three" },
    ];
    const { applicationId } = must(await draft(student, cohort, typed));
    expect(await submit(student, cohort)).toMatchObject({
      error: {
        code: "unanswered",
        fields: {
          [`answer-${number}`]: [expect.stringMatching(/^Enter a number/)],
          [`answer-${long}`]: ["This has 3 words: shorten it to at most 2."],
        },
      },
    });
    must(await submit(student, cohort, { [number]: "1,200", [long]: "one two" }));
    must(await draft(student, cohort, typed, day(3)));
    const [application] = await getDb()
      .select()
      .from(applications)
      .where(eq(applications.id, applicationId));
    if (!application) throw new Error("no application");
    expect((await listAnswers(application)).map(({ answer }) => answer)).toEqual([
      "1200",
      "one two",
    ]);
  });
});

describe("the deadline", () => {
  it("that passes while a save waits for its row refuses it, and nothing of it is kept", async () => {
    const { student, cohort } = await makeBoth();
    const id = await apply(student, cohort);
    const [first = ""] = cohort.questionIds;
    const late = { questionId: first, answer: "Too late" };
    let letGo = () => {};
    const open = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let held = () => {};
    const holding = new Promise<void>((resolve) => {
      held = resolve;
    });
    const holder = inTransaction(async (tx) => {
      await tx.select().from(applications).where(eq(applications.id, id)).for("update");
      held();
      await open;
    });
    await holding;
    const before = day(10, -300);
    const waiting = Promise.all([
      draft(student, cohort, [late], before),
      submit(student, cohort, { [first]: "Too late" }, before),
      draft(student, cohort, [{ questionId: first, answer: "In time" }], day(10, -60_000)),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 450));
    letGo();
    await holder;
    expect((await waiting).map(codeOf)).toEqual(["window_closed", "window_closed", "ok"]);
    const rows = await getDb().select().from(applicationDrafts);
    const own = rows.filter(({ questionId }) => questionId === first);
    expect(own.map(({ answer }) => answer)).toEqual(["In time"]);
  });

  it("sends who comes later elsewhere, but shows a form that came too late with all that was typed", async () => {
    const { student, cohort } = await makeBoth();
    const [first = ""] = cohort.questionIds;
    const cookie = (await startSession(student.id)).split(";")[0] ?? "";
    const ask = (more: Record<string, string> = {}) =>
      new Request(`http://localhost/cohorts/${cohort.slug}/apply`, {
        headers: { cookie, ...more },
      });
    const answer = await loadApplicationForm(ask(), cohort.slug).catch((thrown) => thrown);
    expect(answer).toMatchObject({ status: 302 });
    expect((answer as Response).headers.get("location")).toBe(`/cohorts/${cohort.slug}`);
    const body = new FormData();
    body.set(`answer-${first}`, "An hour of typing");
    body.set("intent", "submit");
    const sent = new Request(ask().url, { method: "POST", headers: { cookie }, body });
    const refusal = await answerApplicationForm(sent, cohort.slug);
    expect(refusal).toMatchObject({
      data: { problem: { values: { [`answer-${first}`]: "An hour of typing" } } },
    });
    const headers = { "content-type": sent.headers.get("content-type") ?? "" };
    const page = await loadApplicationForm(ask(headers), cohort.slug);
    expect(page.questions.map(({ id }) => id)).toEqual(cohort.questionIds);
  });

  it("is put off by a late code for who uses it, once an application, as often as it says", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const { cohortId } = cohort;
    const code = {
      validUntil: day(12),
      maxUses: 1,
      label: "Ann",
      madeBy: teacher.id,
      madeAt: day(9),
    };
    await getDb()
      .insert(lateCodes)
      .values({ cohortId, codeHash: lateCodeHash("ABCD-1234"), ...code });
    const use = (actor: Actor, typed: string, now = day(11), to = cohortId) =>
      spendLateCode(call(actor, { cohortId: to, code: typed }, now));
    expect(codeOf(await submit(student, cohort, answersTo(cohort), day(11)))).toBe("window_closed");
    expect(codeOf(await use(student, "ABCD-9999"))).toBe("unknown_code");
    expect(codeOf(await use(student, "abcd 1234", day(12)))).toBe("code_over");
    expect(codeOf(await use(teacher, "abcd 1234"))).toBe("not_found");
    const other = await makeCohort(teacher);
    expect(codeOf(await use(student, "abcd 1234", day(11), other.cohortId))).toBe("unknown_code");
    const { applicationId } = must(await use(student, "abcd 1234"));
    must(await use(student, "ABCD1234"));
    expect(codeOf(await use(await makeActor(), "ABCD1234"))).toBe("code_used_up");
    expect(codeOf(await submit(student, cohort, answersTo(cohort), day(12, -5_000)))).toBe("ok");
    expect(codeOf(await submit(student, cohort, answersTo(cohort), day(12)))).toBe("window_closed");
    const kinds = (await listTimeline(applicationId, "applicant")).map(({ kind }) => kind);
    expect(kinds).toEqual(["begun", "late_code_used", "submitted"]);
    for (const [typed, validUntil] of [
      ["SHORTER", day(11, 3_600_000)],
      ["LONGER", day(13)],
    ] as const)
      await getDb()
        .insert(lateCodes)
        .values({ cohortId, codeHash: lateCodeHash(typed), ...code, validUntil });
    expect(codeOf(await use(student, "SHORTER"))).toBe("code_no_later");
    must(await use(student, "LONGER"));
    expect(codeOf(await submit(student, cohort, answersTo(cohort), day(13, -5_000)))).toBe("ok");
  });

  it("of two people at once with a code for one, one gets in", async () => {
    const { teacher, cohort } = await makeBoth();
    const { cohortId } = cohort;
    const code = {
      validUntil: day(12),
      maxUses: 1,
      label: "One",
      madeBy: teacher.id,
      madeAt: day(9),
    };
    await getDb()
      .insert(lateCodes)
      .values({ cohortId, codeHash: lateCodeHash("RACE1"), ...code });
    const both = await Promise.all([makeActor(), makeActor()]);
    const codes = await Promise.all(
      both.map(async (one) =>
        codeOf(await spendLateCode(call(one, { cohortId, code: "race1" }, day(11)))),
      ),
    );
    expect(codes.sort()).toEqual(["code_used_up", "ok"]);
  });
});

describe("taking back", () => {
  it("is told in the timeline, and so is taking up again", async () => {
    const { student, cohort } = await makeBoth();
    const applicationId = await apply(student, cohort);
    must(await withdrawApplication(call(student, { applicationId }, day(3))));
    expect(must(await draft(student, cohort, [], day(4))).state).toBe("draft");
    must(await submit(student, cohort, {}, day(5)));
    const kinds = (await listTimeline(applicationId, "applicant")).map(({ kind }) => kind);
    expect(kinds).toEqual(["begun", "submitted", "withdrawn", "taken_up", "submitted"]);
  });
});

describe("files", () => {
  const png = { name: "../me\u202egnp.png", bytes: new Uint8Array(PNG) };

  it("are told by what is in them, never by their name", async () => {
    expect(await typeOfContent(PNG)).toBe("image/png");
    expect(await typeOfContent(Buffer.from("%PDF-1.7\n"))).toBe("application/pdf");
    expect(await typeOfContent(Buffer.from("Plain words, ünd more.\n"))).toBe("text/plain");
    expect(await typeOfContent(Buffer.from([0x80, 0x02, 0x00, 0x01]))).toBeNull();
    expect(await typeOfContent(Buffer.from("MZ\u0090\u0000\u0003", "latin1"))).toBeNull();
    expect(await typeOfContent(Buffer.from('<?xml version="1.0"?><svg/>'))).toBeNull();
  });

  it("are a hundred at most, also where two are handed in at once", async () => {
    const student = await makeActor();
    const owned = { ownerId: student.id, name: "a.txt", contentType: "text/plain" };
    const bytes = new Uint8Array(Buffer.from("a"));
    const row = fileRow({ ...owned, bytes, createdAt: day(2) });
    await getDb()
      .insert(applicationFiles)
      .values(Array.from({ length: MOST_FILES - 1 }, () => row));
    const keep = () =>
      inTransaction((tx) => keepFile(tx, { ownerId: student.id, file: png, now: day(2) }));
    const both = await Promise.all([keep(), keep()]);
    expect(both.map((kept) => (kept.ok ? "ok" : kept.error)).sort()).toEqual([
      "ok",
      "too_many_files",
    ]);
    const other = await makeActor();
    const theirs = await inTransaction((tx) =>
      keepFile(tx, { ownerId: other.id, file: png, now: day(2) }),
    );
    expect(theirs.ok).toBe(true);
  });

  it("answer a question, are replaced and removed, and go where nothing refers to them", async () => {
    const teacher = await makeActor();
    const student = await makeActor();
    const cohort = await makeAsking(teacher, [asked("file")]);
    const [question = ""] = cohort.questionIds;
    const files = () =>
      getDb().select().from(applicationFiles).where(eq(applicationFiles.ownerId, student.id));
    expect(codeOf(await submit(student, cohort))).toBe("unanswered");
    const kept = must(await draft(student, cohort, [{ questionId: question, file: png, seen: 0 }]));
    expect(kept.saved).toMatchObject([{ revision: 1, file: { name: "megnp.png" } }]);
    const bad = { name: "me.png", bytes: new Uint8Array(Buffer.from("MZ\u0000\u0001")) };
    expect(await draft(student, cohort, [{ questionId: question, file: bad }])).toMatchObject({
      error: { code: "file_type", field: `answer-${question}` },
    });
    const large = { name: "l.png", bytes: new Uint8Array(10 * 1024 * 1024 + 1) };
    expect(codeOf(await draft(student, cohort, [{ questionId: question, file: large }]))).toBe(
      "file_too_large",
    );
    must(await submit(student, cohort));
    must(await draft(student, cohort, [{ questionId: question, file: png }], day(3)));
    expect(await files()).toHaveLength(2);
    must(await draft(student, cohort, [{ questionId: question, file: null }], day(3)));
    expect(await files()).toHaveLength(1);
    const [answer] = await getDb()
      .select()
      .from(applicationAnswers)
      .where(eq(applicationAnswers.questionId, question));
    expect((await files()).map(({ id }) => id)).toEqual([answer?.fileId]);
    must(await draft(student, cohort, [{ questionId: question, file: png }], day(3)));
    must(await submit(student, cohort, {}, day(4)));
    const [left, ...others] = await files();
    expect([left?.id === answer?.fileId, others]).toEqual([false, []]);
  });

  it("are hidden with their names, as links are, in a blind pass until one's own score", async () => {
    const teacher = await makeActor();
    const student = await makeActor();
    const cohort = await makeAsking(teacher, [asked("file"), asked("link")]);
    const [fileId = "", linkId = ""] = cohort.questionIds;
    await getDb().update(cohorts).set({ blindFirst: true }).where(eq(cohorts.id, cohort.cohortId));
    const { saved } = must(
      await draft(student, cohort, [
        { questionId: fileId, file: png, seen: 0 },
        { questionId: linkId, answer: "https://example.org/lena", seen: 0 },
      ]),
    );
    const { applicationId } = must(await submit(student, cohort));
    const id = saved[0]?.file?.id;
    const answers = async () => (await getReviewPage(teacher, applicationId))?.answers ?? [];
    expect((await answers()).map(({ file, kind }) => [file, kind])).toEqual([
      [null, "short"],
      [null, "short"],
    ]);
    expect(JSON.stringify(await answers())).not.toMatch(/example\.org|\.png/);
    expect(await findFileFor(teacher, id)).toBeNull();
    must(await score(teacher, cohort, applicationId, "4"));
    expect((await answers())[0]?.file?.id).toBe(id);
    expect((await answers())[1]).toMatchObject({
      kind: "link",
      answer: "https://example.org/lena",
    });
    expect(await findFileFor(teacher, id)).not.toBeNull();
  });

  it("are handed to their owner and, once submitted, to who reads them without a conflict", async () => {
    const teacher = await makeActor();
    const student = await makeActor();
    const cohort = await makeAsking(teacher, [asked("file")]);
    const [questionId = ""] = cohort.questionIds;
    const { saved } = must(await draft(student, cohort, [{ questionId, file: png }]));
    const id = saved[0]?.file?.id;
    const may = async (actor: Actor) => (await findFileFor(actor, id)) !== null;
    expect([await may(student), await may(teacher), await may(await makeActor())]).toEqual([
      ...[true, false, false],
    ]);
    const { applicationId } = must(await submit(student, cohort));
    expect([await may(teacher), await may(await makeActor())]).toEqual([true, false]);
    const earlier = await makeCohort(teacher);
    await admit(teacher, student, earlier);
    expect(await may(teacher)).toBe(false);
    must(await withdrawApplication(call(student, { applicationId }, day(3))));
    expect([await may(student), await may(teacher)]).toEqual([true, false]);
    expect(await findFileFor(student, "1")).toBeNull();
  });

  it("are at most a hundred for one person, those that come at once too", async () => {
    const student = await makeActor();
    const cohort = await makeAsking(await makeActor(), [asked("file"), asked("file")]);
    const content = Buffer.from("x");
    const many = Array.from({ length: 99 }, () => ({ ownerId: student.id, fileName: "x" }));
    const kept = await getDb()
      .insert(applicationFiles)
      .values(
        many.map((one) => ({
          ...{ ...one, contentType: "text/plain", sizeBytes: 1, content, createdAt: day(1) },
          sha256: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        })),
      )
      .returning();
    expect(kept).toHaveLength(99);
    const codes = await Promise.all(
      cohort.questionIds.map(async (questionId) =>
        codeOf(
          await saveDraft(
            call(student, { cohortId: cohort.cohortId, changes: [{ questionId, file: png }] }),
          ),
        ),
      ),
    );
    // The first that is kept takes away the 99 that nothing refers to; before that, the hundredth was counted.
    expect(codes).toEqual(["ok", "ok"]);
    const left = await getDb()
      .select()
      .from(applicationFiles)
      .where(and(eq(applicationFiles.ownerId, student.id)));
    expect(left).toHaveLength(2);
  });
});

describe("works", () => {
  const add = async (person: Actor, title: string, more = {}) =>
    must(await addWork(call(person, { title, ...more }))).workId;
  const titles = async (person: Actor) => (await listWorks(person.id)).map(({ title }) => title);

  it("are collected once, kept in order, and shown where their owner says", async () => {
    const { teacher, student, cohort } = await makeBoth();
    const file = { name: "plan.png", bytes: new Uint8Array(PNG) };
    const [one, two] = [await add(student, "One", { file }), await add(student, "Two")];
    must(await moveWork(call(student, { workId: two, way: "up" })));
    must(await moveWork(call(student, { workId: two, way: "up" })));
    expect(await titles(student)).toEqual(["Two", "One"]);
    const show = (works: string[]) =>
      saveDraft(call(student, { cohortId: cohort.cohortId, changes: [], works }));
    expect(codeOf(await show([await add(teacher, "Not theirs")]))).toBe("unknown_work");
    const { applicationId } = must(await show([one]));
    must(await submit(student, cohort, answersTo(cohort)));
    must(await show([one, two]));
    expect((await listShownWorks(applicationId)).map(({ title }) => title)).toEqual(["One"]);
    const kept = (await listShownWorks(applicationId))[0]?.file?.id;
    expect(await findFileFor(teacher, kept)).not.toBeNull();
    must(await removeWork(call(student, { workId: one })));
    expect(await listShownWorks(applicationId)).toEqual([]);
    expect(await findFileFor(student, kept)).toBeNull();
    const sent = (works: string[]) =>
      submitApplication(call(student, { cohortId: cohort.cohortId, answers: {}, works }, day(3)));
    expect(codeOf(await sent([one]))).toBe("unknown_work");
    must(await sent([two]));
    expect((await listShownWorks(applicationId)).map(({ title }) => title)).toEqual(["Two"]);
  });

  it("are changed with their file, which stays unless it is replaced or taken away", async () => {
    const student = await makeActor();
    const file = { name: "plan.png", bytes: new Uint8Array(PNG) };
    const workId = await add(student, "One", { file, url: "example.org/one" });
    const edit = async (more = {}) => {
      must(await editWork(call(student, { workId, title: "One", ...more })));
      return (await listWorks(student.id))[0];
    };
    expect((await edit())?.file?.name).toBe("plan.png");
    expect(await edit({ dropFile: "yes", url: "example.org" })).toMatchObject({
      ...{ file: null, url: "https://example.org" },
    });
    expect(codeOf(await editWork(call(student, { workId, title: "", url: "no" })))).toBe(
      "invalid_input",
    );
  });
});
