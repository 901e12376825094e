import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { cohortTeachers, feedback, mutedTopics, outbox, updates } from "#db/schema/index";
import { sendMail } from "#emails/send.server";
import { getEnv } from "~/env.server";
import { commentOnUpdate } from "~/features/learning/comment-on-update.server";
import { getTeacherFigures, listTeachersBehind } from "~/features/learning/figures.server";
import { giveFeedback } from "~/features/learning/give-feedback.server";
import { postAnnouncement } from "~/features/learning/post-announcement.server";
import {
  presentSpacePage,
  presentStudent,
  presentUpdate,
} from "~/features/learning/present.server";
import { findSpace, listFeedback, listNotes } from "~/features/learning/queries.server";
import { rateFeedback } from "~/features/learning/rate-feedback.server";
import { recordHours } from "~/features/learning/record-hours.server";
import { replyToFeedback } from "~/features/learning/reply-to-feedback.server";
import { mondayOf, weekAt } from "~/features/learning/rules";
import { showWork } from "~/features/learning/show-work.server";
import { listSpacesOf } from "~/features/learning/waiting.server";
import { writeNote } from "~/features/learning/write-note.server";
import { writeUpdate } from "~/features/learning/write-update.server";
import { chooseMail } from "~/features/notices/choose-mail.server";
import { stopPath } from "~/features/notices/stop-link.server";
import { stopMail } from "~/features/notices/stop-mail.server";
import { addDays } from "~/lib/dates";
import { setSingleton } from "~/lib/singleton.server";
import type { MadeCohort, Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { ResendServer } from "../setup/resend-server";
import { World } from "../setup/world";

useDatabase();

let world: World;
let teacher: Someone;
let student: Someone;
let peer: Someone;
/** Teaches, and learns in, other cohorts than this one. */
let otherTeacher: Someone;
let otherStudent: Someone;
let cohort: MadeCohort;

async function admit(to: MadeCohort, by: Someone, who: Someone): Promise<void> {
  await world.decide(by, await world.apply(who, to, ["Because.", "A bridge."]));
}

beforeAll(async () => {
  world = await World.make();
  [teacher, otherTeacher] = [await world.person("teacher"), await world.person("teacher")];
  [student, peer, otherStudent] = [
    await world.person("student"),
    await world.person("peer"),
    await world.person("student"),
  ];
  cohort = await world.cohort(teacher);
  const other = await world.cohort(otherTeacher);
  await admit(cohort, teacher, student);
  await admit(cohort, teacher, peer);
  await admit(other, otherTeacher, otherStudent);
});
beforeEach(() => world.pass({ days: 7 }));

const thisWeek = () => weekAt(world.now, "UTC");
const update = (more: object = {}) => ({
  cohortId: cohort.cohortId,
  week: thisWeek(),
  did: "Measured.",
  intent: "publish",
  ...more,
});
const publish = async (who = student): Promise<string> =>
  world.must(await writeUpdate(world.call(who, update()))).updateId;
const giveOn = async (updateId: string, more: object = {}): Promise<string> =>
  world.must(
    await giveFeedback(world.call(teacher, { on: "update", id: updateId, body: "Why?", ...more })),
  ).feedbackId;
const stateOf = async (id: string) =>
  (await getDb().select().from(feedback).where(eq(feedback.id, id)))[0]?.state;
const mailTo = (who: Someone, template: string) =>
  getDb()
    .select()
    .from(outbox)
    .where(and(eq(outbox.personId, who.id), eq(outbox.template, template)));
const spaceOf = async (who: Someone) => {
  const space = await findSpace(who, cohort.slug);
  if (!space) throw new Error("not in the space");
  return space;
};

describe("a week", () => {
  it("has one update, however often and from wherever it is sent at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        writeUpdate(world.call(student, update({ intent: n % 2 ? "save" : "publish" }))),
      ),
    );
    const ids = answers.flatMap((answer) => (answer.ok ? [answer.value.updateId] : []));
    expect(new Set(ids).size).toBe(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer.error.code).toBe("already_published");
    const rows = await getDb().select().from(updates).where(eq(updates.personId, student.id));
    expect(rows.filter((row) => row.week === thisWeek())).toHaveLength(1);
  });

  it("keeps a draft to its author, tells nobody, and asks for what was done before it is published", async () => {
    const before = (await mailTo(teacher, "work-waits")).length;
    const draft = world.must(
      await writeUpdate(world.call(student, update({ did: "", learnt: "Much.", intent: "save" }))),
    );
    expect(draft.state).toBe("draft");
    expect(await mailTo(teacher, "work-waits")).toHaveLength(before);
    expect(await presentUpdate(student, await spaceOf(student), draft.updateId)).toBeNull();
    expect(await presentUpdate(teacher, await spaceOf(teacher), draft.updateId)).toBeNull();
    const on = { on: "update", id: draft.updateId, body: "x" };
    expect(await giveFeedback(world.call(teacher, on))).toMatchObject({
      error: { code: "not_found" },
    });
    const empty = await writeUpdate(world.call(student, update({ did: "" })));
    expect(empty).toMatchObject({ error: { code: "invalid_input" } });
    const seen = await presentStudent(student, await spaceOf(student), student.handle);
    expect(seen?.drafts).toHaveLength(1);
    const other = await presentStudent(peer, await spaceOf(peer), student.handle);
    expect(other?.drafts).toEqual([]);
    await publish();
    expect(await mailTo(teacher, "work-waits")).toHaveLength(before + 1);
  });

  it("keeps when it was first shown, whatever changes later", async () => {
    const id = await publish();
    const shown = world.now;
    world.pass({ days: 1 });
    world.must(
      await writeUpdate(world.call(student, update({ did: "Again.", week: mondayOf(thisWeek()) }))),
    );
    const [row] = await getDb().select().from(updates).where(eq(updates.id, id));
    expect(row).toMatchObject({ publishedAt: shown, did: "Again.", savedAt: world.now });
  });

  it.each([
    [() => addDays(thisWeek(), 7), "week_ahead"],
    [() => addDays(thisWeek(), 1), "not_a_week"],
    [() => "2025-06-02", "week_before_place"],
  ])("is refused otherwise (%#)", async (week, code) => {
    const answer = await writeUpdate(world.call(student, update({ week: week() })));
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });
});

describe("feedback", () => {
  it("goes from another go by a revision to answered, and is rated by the student alone", async () => {
    const updateId = await publish();
    const id = await giveOn(updateId, { ask: "revise" });
    expect(await stateOf(id)).toBe("revise");
    expect((await listSpacesOf(student.id, world.now)).at(0)).toMatchObject({
      role: "student",
      waiting: 1,
    });
    await publish();
    expect(await stateOf(id)).toBe("answered");
    const again = { feedbackId: id, body: "Once more, with numbers.", ask: "revise" };
    world.must(await replyToFeedback(world.call(teacher, again)));
    expect(await stateOf(id)).toBe("revise");
    const body = "Here they are.";
    world.must(await replyToFeedback(world.call(student, { feedbackId: id, body, ask: "revise" })));
    expect(await stateOf(id)).toBe("answered");
    for (const who of [teacher, peer])
      expect(
        await rateFeedback(world.call(who, { feedbackId: id, helpfulness: "5" })),
      ).toMatchObject({ error: { code: "not_found" } });
    for (const helpfulness of ["0", "6", "4.5"])
      expect(
        await rateFeedback(world.call(student, { feedbackId: id, helpfulness })),
      ).toMatchObject({ error: { code: "invalid_input" } });
    world.must(await rateFeedback(world.call(student, { feedbackId: id, helpfulness: "4" })));
    expect((await listSpacesOf(student.id, world.now)).at(0)).toMatchObject({ waiting: 0 });
  });

  it("is the student's and the teachers' to read; peers see the update and its comments", async () => {
    const updateId = await publish();
    await giveOn(updateId);
    world.must(await commentOnUpdate(world.call(peer, { updateId, body: "Mine too." })));
    const forPeer = await presentUpdate(peer, await spaceOf(peer), updateId);
    expect(forPeer).toMatchObject({ feedback: null, mayGiveFeedback: false });
    expect(forPeer?.comments).toHaveLength(1);
    for (const who of [student, teacher])
      expect((await presentUpdate(who, await spaceOf(who), updateId))?.feedback).toHaveLength(1);
    expect(await listFeedback(peer, await spaceOf(peer), { updateId }, student.id)).toBeNull();
  });

  it("waits at the top for the teachers, the oldest first, until one of them has given it", async () => {
    const first = await publish(peer);
    world.pass({ days: 1 });
    const work = { cohortId: cohort.cohortId, title: "Nine sheets", url: "", description: "" };
    const { workId } = world.must(await showWork(world.call(peer, work)));
    const page = await presentSpacePage(teacher, await spaceOf(teacher), world.now);
    const mine = page.waiting.withoutFeedback.filter((line) => line.by === peer.displayName);
    expect(mine.map((line) => line.key)).toEqual([first, workId]);
    expect(mine[0]?.since).toBe("24 hours ago");
    await giveOn(first);
    const after = await presentSpacePage(teacher, await spaceOf(teacher), world.now);
    expect(after.waiting.withoutFeedback.map((line) => line.key)).not.toContain(first);
    const asked = { on: "work", id: workId, body: "More light.", ask: "revise" };
    const { feedbackId } = world.must(await giveFeedback(world.call(teacher, asked)));
    world.must(await showWork(world.call(peer, { ...work, workId })));
    expect(await stateOf(feedbackId)).toBe("answered");
  });
});

describe("who is not in the cohort", () => {
  it("finds no space: a teacher and a student of another cohort, and whoever was only invited", async () => {
    await getDb().insert(cohortTeachers).values({
      cohortId: cohort.cohortId,
      email: otherTeacher.email,
      tokenHash: crypto.randomUUID(),
      invitedBy: teacher.id,
      invitedAt: world.now,
    });
    for (const who of [otherTeacher, otherStudent])
      expect(await findSpace(who, cohort.slug)).toBeNull();
    expect(await findSpace(teacher, "no-such-cohort")).toBeNull();
  });

  it("does nothing in it", async () => {
    const updateId = await publish();
    const feedbackId = await giveOn(updateId);
    const { cohortId } = cohort;
    for (const who of [otherTeacher, otherStudent]) {
      const answers = [
        await writeUpdate(world.call(who, update())),
        await showWork(world.call(who, { cohortId, title: "x" })),
        await giveFeedback(world.call(who, { on: "update", id: updateId, body: "x" })),
        await replyToFeedback(world.call(who, { feedbackId, body: "x" })),
        await rateFeedback(world.call(who, { feedbackId, helpfulness: "1" })),
        await commentOnUpdate(world.call(who, { updateId, body: "x" })),
        await postAnnouncement(world.call(who, { cohortId, title: "x", body: "x" })),
        await writeNote(world.call(who, { cohortId, studentId: student.id, body: "x" })),
        await recordHours(
          world.call(who, { cohortId, heldOn: thisWeek(), hours: "1", topic: "x" }),
        ),
      ];
      for (const answer of answers)
        expect(answer).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
  });
});

describe("within the cohort", () => {
  it("students do not act as teachers, nor teachers as students", async () => {
    const updateId = await publish();
    const { cohortId } = cohort;
    const answers = [
      await giveFeedback(world.call(peer, { on: "update", id: updateId, body: "x" })),
      await postAnnouncement(world.call(peer, { cohortId, title: "x", body: "x" })),
      await recordHours(world.call(peer, { cohortId, heldOn: thisWeek(), hours: "1", topic: "x" })),
      await writeUpdate(world.call(teacher, update())),
      await showWork(world.call(teacher, { cohortId, title: "x" })),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  it("private notes are the teachers' alone: neither the student nor a peer reads or writes them", async () => {
    const note = { cohortId: cohort.cohortId, studentId: student.id, strengths: "Patience" };
    world.must(await writeNote(world.call(teacher, note)));
    expect(await listNotes(teacher, await spaceOf(teacher), student.id)).toHaveLength(1);
    for (const who of [student, peer]) {
      expect(await listNotes(who, await spaceOf(who), student.id)).toBeNull();
      expect((await presentStudent(who, await spaceOf(who), student.handle))?.notes).toBeNull();
      expect(await writeNote(world.call(who, note))).toMatchObject({
        error: { code: "not_found" },
      });
    }
    const stranger = { ...note, studentId: otherStudent.id };
    expect(await writeNote(world.call(teacher, stranger))).toMatchObject({
      error: { code: "not_found" },
    });
  });

  it("a co-teacher who accepted teaches, and a piece of work is changed by its maker alone", async () => {
    const helper = await world.person("helper");
    await getDb().insert(cohortTeachers).values({
      cohortId: cohort.cohortId,
      email: helper.email,
      personId: helper.id,
      state: "accepted",
      tokenHash: crypto.randomUUID(),
      invitedBy: teacher.id,
      invitedAt: world.now,
      answeredAt: world.now,
    });
    const updateId = await publish();
    world.must(
      await giveFeedback(world.call(helper, { on: "update", id: updateId, body: "Good." })),
    );
    const work = { cohortId: cohort.cohortId, title: "Mine" };
    const { workId } = world.must(await showWork(world.call(student, work)));
    const stolen = await showWork(world.call(peer, { ...work, workId, title: "Hers" }));
    expect(stolen).toMatchObject({ error: { code: "not_found" } });
  });

  it("hours are the teacher's own, of days that have come, and can be put right", async () => {
    const hours = {
      cohortId: cohort.cohortId,
      heldOn: world.now.toISOString().slice(0, 10),
      hours: "2.5",
      topic: "Lab",
    };
    const { sessionId } = world.must(await recordHours(world.call(teacher, hours)));
    const tomorrow = { ...hours, heldOn: addDays(hours.heldOn, 1) };
    expect(await recordHours(world.call(teacher, tomorrow))).toMatchObject({
      error: { code: "not_a_teaching_day", field: "heldOn" },
    });
    const before = await getTeacherFigures(teacher.id);
    world.must(await recordHours(world.call(teacher, { ...hours, sessionId, hours: "1.5" })));
    const after = await getTeacherFigures(teacher.id);
    expect(Number(before?.hours) - Number(after?.hours)).toBe(1);
  });
});

describe("the figures beside the money", () => {
  it("count funded and unfunded students alike, and only first feedback as an answer", async () => {
    const mentor = await world.investor("100,000");
    const [funded, unfunded] = [await world.person("student"), await world.person("student")];
    const own = await world.cohort(mentor);
    const application = await world.apply(funded, own, ["Because.", "A bridge."]);
    await world.decide(mentor, application);
    await admit(own, mentor, unfunded);
    expect(await getTeacherFigures(mentor.id)).toMatchObject({
      answerTime: null,
      helpfulness: null,
      funded: { students: 0, each: null },
      unfunded: { students: 2, each: "0" },
      held: { now: 0, of: 0 },
    });
    const offer = await world.offer(mentor, application, { amount: "20,000", percent: "1" });
    await world.sign(funded, offer);
    world.pass({ days: 7 });
    await world.settle(offer);
    const give = async (who: Someone, afterHours: number, helpfulness: string) => {
      const input = { ...update({ week: thisWeek() }), cohortId: own.cohortId };
      const { updateId } = world.must(await writeUpdate(world.call(who, input)));
      world.pass({ ms: afterHours * 3_600_000 });
      const on = { on: "update", id: updateId, body: "Why?" };
      const { feedbackId } = world.must(await giveFeedback(world.call(mentor, on)));
      world.must(await giveFeedback(world.call(mentor, { ...on, body: "And how?" })));
      world.must(await rateFeedback(world.call(who, { feedbackId, helpfulness })));
    };
    await give(funded, 4, "5");
    await give(unfunded, 10, "4");
    const waits = { ...update({ week: thisWeek() }), cohortId: own.cohortId };
    world.pass({ days: 7 });
    world.must(await writeUpdate(world.call(funded, { ...waits, week: thisWeek() })));
    expect(await getTeacherFigures(mentor.id)).toEqual({
      hours: "0",
      feedback: 4,
      answerTime: { median: "7 hours", of: 2 },
      unanswered: 1,
      helpfulness: { mean: "4.5", of: 2 },
      funded: { students: 1, each: "2" },
      unfunded: { students: 1, each: "2" },
      held: { now: 1, of: 1 },
    });
    expect(await listTeachersBehind(unfunded.id)).toEqual([
      { name: mentor.displayName, handle: mentor.handle, hours: "0", feedback: 2 },
    ]);
    expect(await getTeacherFigures(student.id)).toBeNull();
  });
});

describe("mail", () => {
  it("goes to everybody in the cohort but its author, each with a link that stops it", async () => {
    const told = { cohortId: cohort.cohortId, title: "Lab at nine", body: "Bring it." };
    world.must(await postAnnouncement(world.call(teacher, told)));
    for (const who of [student, peer]) {
      const [mail] = await mailTo(who, "announcement-posted");
      expect(mail?.props.stopPath).toBe(await stopPath(getDb(), who.id, "announcements"));
    }
    expect(await mailTo(teacher, "announcement-posted")).toHaveLength(0);
    expect(await mailTo(otherStudent, "announcement-posted")).toHaveLength(0);
  });

  it("carries the headers of one-click unsubscription; mail about money carries none", async () => {
    const server = new ResendServer();
    const before = getEnv();
    setSingleton("env", {
      ...before,
      production: true,
      appUrl: "https://belay.example",
      RESEND_API_KEY: "re_test",
      RESEND_BASE_URL: await server.start(),
      MAIL_FROM: "Belay <hello@belay.example>",
    });
    try {
      const [mail] = await mailTo(student, "announcement-posted");
      const [account] = await mailTo(student, "verify-email");
      expect(await sendMail(mail?.id ?? "", world.now)).toBe("sent");
      expect(await sendMail(account?.id ?? "", world.now)).toBe("sent");
      const address = `https://belay.example${mail?.props.stopPath}`;
      expect(server.requests[0]?.body).toMatchObject({
        headers: {
          "List-Unsubscribe": `<${address}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      });
      expect(server.requests[0]?.body.text).toContain(address);
      expect(server.requests[1]?.body).not.toHaveProperty("headers");
    } finally {
      setSingleton("env", before);
      await server.stop();
    }
  });

  it("stops by the link alone, for its person and topic alone, and comes back by choice", async () => {
    const token = async (who: Someone) =>
      (await stopPath(getDb(), who.id, "announcements")).split("token=")[1] ?? "";
    const good = await token(student);
    const [id, topic, signature] = good.split(".");
    for (const forged of [
      "",
      "x",
      `${peer.id}.${topic}.${signature}`,
      `${id}.feedback.${signature}`,
      `${id}.${topic}.`,
      `${good}.x`,
    ])
      expect(await stopMail(world.call(null, { token: forged }))).toMatchObject({
        error: { code: "not_found" },
      });
    world.must(await stopMail(world.call(null, { token: good })));
    world.must(await stopMail(world.call(null, { token: good })));
    expect(await getDb().select().from(mutedTopics)).toHaveLength(1);
    const before = (await mailTo(student, "announcement-posted")).length;
    const told = { cohortId: cohort.cohortId, title: "Again", body: "Bring it." };
    world.must(await postAnnouncement(world.call(teacher, told)));
    expect(await mailTo(student, "announcement-posted")).toHaveLength(before);
    expect(await mailTo(peer, "announcement-posted")).toHaveLength(2);
    const all = { announcements: "yes", updates: "yes", feedback: "yes", hypotheses: "yes" };
    expect(world.must(await chooseMail(world.call(student, all))).muted).toEqual(["comments"]);
    world.must(await postAnnouncement(world.call(teacher, { ...told, title: "Third" })));
    expect(await mailTo(student, "announcement-posted")).toHaveLength(before + 1);
  });
});

it("asks for no update once the cohort is over, and still shows what was written", async () => {
  const [written] = await getDb().select().from(updates).where(eq(updates.state, "published"));
  world.pass({ days: 400 });
  const page = await presentSpacePage(student, await spaceOf(student), world.now);
  expect(page.waiting.week).toBeNull();
  expect(await presentUpdate(peer, await spaceOf(peer), written?.id)).not.toBeNull();
  const late = await writeUpdate(world.call(student, update()));
  expect(late).toMatchObject({ error: { code: "week_after_end" } });
});
