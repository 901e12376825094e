import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { applicationFiles, cohortTeachers, decisions, outbox, ties } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { codeOf, day, key, makeActor, must } from "#tests/setup/deals";
import { makeReview, score } from "#tests/setup/reviewing";
import { World } from "#tests/setup/world";
import type { Actor } from "~/auth/actor";
import { submitApplication } from "~/features/applications/submit-application.server";
import { importReviewers, judgeReviewers } from "~/features/cohorts/import-reviewers.server";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { fundPart } from "~/features/offers/fund-part.server";
import { writeOwnArchive } from "~/features/people/own-archive.server";
import { LEFT_OUT, OWN_TABLES } from "~/features/people/own-tables";
import { declareConflict } from "~/features/reviews/declare-conflict.server";
import { type Export, exportApplications } from "~/features/reviews/export.server";
import { blindName } from "~/features/reviews/rules";
import { fileRow } from "~/lib/file-row.server";

useDatabase();

const call = (actor: Actor, input: unknown, now = day(12)) => ({
  ...{ actor, input, idempotencyKey: key(), now },
});

/** What a file holds, as a spreadsheet reads it; null where it is refused. */
async function rowsOf(actor: Actor, slug: string, what: Export) {
  const cohort = await getCohortBySlug(slug);
  const pieces = cohort && (await exportApplications(actor, cohort, what));
  if (!pieces) return null;
  let text = "";
  for await (const piece of pieces) text += piece;
  return parse(text, { bom: true, columns: true }) as Record<string, string>[];
}
const relate = (one: Actor, other: Actor) =>
  getDb()
    .insert(ties)
    .values({
      ...{ personId: one.id, otherId: other.id, kind: "relative" as const },
      ...{ declaredBy: one.id, declaredAt: day(1) },
    });

describe("a cohort's files", () => {
  it("hold neither rows nor counts of people whom the reader must not review, admitted ones too", async () => {
    const { teacher, cohort, reviewers, students, ids } = await makeReview({
      ...{ reviewers: 2, applicants: 3 },
    });
    const [anna, ben] = reviewers as [Actor, Actor];
    await relate(anna, students[0] as Actor);
    must(await declareConflict(call(anna, { applicationId: ids[1], reason: "We were rivals." })));
    for (const id of ids) must(await score(ben, cohort, id, "4"));
    await getDb().execute(sql`update applications set state = 'admitted', decided_at = ${day(12).toISOString()},
      decided_by = ${teacher.id} where id = ${ids[0]}`);
    for (const what of ["applications", "scores"] as const) {
      const seen = await rowsOf(anna, cohort.slug, what);
      expect(seen?.map(({ application }) => application)).toEqual(
        what === "scores" ? [] : [ids[2]],
      );
    }
    expect(await rowsOf(ben, cohort.slug, "scores")).toHaveLength(3 * cohort.criterionIds.length);
    expect(await rowsOf(anna, cohort.slug, "decisions")).toBeNull();
    expect(await rowsOf(await makeActor(), cohort.slug, "applications")).toBeNull();
    await relate(teacher, students[2] as Actor);
    for (const id of [ids[1], ids[2]])
      await getDb()
        .insert(decisions)
        .values({
          ...{ applicationId: id ?? "", cohortId: cohort.cohortId, kind: "decline" as const },
          ...{ message: "+1", madeBy: teacher.id, madeAt: day(12), updatedAt: day(12) },
        });
    const told = await rowsOf(teacher, cohort.slug, "decisions");
    expect(told?.find(({ application }) => application === ids[1])).toMatchObject({
      ...{ state: "submitted", told: "", decision: "decline", decision_state: "pending" },
      ...{ decided_by: teacher.displayName, message: "'+1", released_at: "" },
    });
    expect(told?.map(({ application }) => application).sort()).toEqual([ids[0], ids[1]].sort());
  });

  it("hold others' scores and means after one's own alone, and never a private note", async () => {
    const { cohort, reviewers, ids } = await makeReview({ reviewers: 2, applicants: 1 });
    const [anna, ben] = reviewers as [Actor, Actor];
    must(await score(anna, cohort, ids[0] ?? "", "4", "Mine alone."));
    expect(await rowsOf(ben, cohort.slug, "scores")).toEqual([]);
    expect((await rowsOf(ben, cohort.slug, "applications"))?.[0]).toMatchObject({
      ...{ reviews: "", mean: "", your_total: "" },
    });
    must(await score(ben, cohort, ids[0] ?? "", "2"));
    const scores = await rowsOf(ben, cohort.slug, "scores");
    expect(new Set(scores?.map(({ score: given }) => given))).toEqual(new Set(["2", "4"]));
    expect(JSON.stringify(scores)).not.toContain("Mine alone.");
    expect((await rowsOf(ben, cohort.slug, "applications"))?.[0]).toMatchObject({
      ...{ reviews: "2", mean: "3.00", your_total: "2.00" },
    });
  });

  it("in a blind pass tell nobody's name, link or redacted word before one's own score", async () => {
    const { cohort, reviewers, students, ids } = await makeReview({ reviewers: 1, applicants: 1 });
    const [anna, student] = [reviewers[0] as Actor, students[0] as Actor];
    await getDb().execute(sql`update cohorts set blind_first = true where id = ${cohort.cohortId}`);
    const answers = Object.fromEntries(
      cohort.questionIds.map((id) => [id, `See https://ann.example, says ${student.displayName}`]),
    );
    must(await submitApplication(call(student, { cohortId: cohort.cohortId, answers }, day(3))));
    const seen = JSON.stringify(await rowsOf(anna, cohort.slug, "applications"));
    expect(seen).toContain(blindName(ids[0] ?? ""));
    for (const known of ["ann.example", student.displayName, student.handle])
      expect(seen).not.toContain(known);
    must(await score(anna, cohort, ids[0] ?? "", "3"));
    expect(JSON.stringify(await rowsOf(anna, cohort.slug, "applications"))).toContain(
      "ann.example",
    );
  });

  it("have no cell that a spreadsheet runs, and keep texts whole", async () => {
    const { teacher, cohort, students } = await makeReview({ reviewers: 0, applicants: 1 });
    const texts = ['=HYPERLINK("http://x","y")', 'Two\nlines, "quoted"; and more'];
    const answers = Object.fromEntries(cohort.questionIds.map((id, at) => [id, texts[at] ?? ""]));
    must(
      await submitApplication(
        call(students[0] as Actor, { cohortId: cohort.cohortId, answers }, day(3)),
      ),
    );
    const [row] = (await rowsOf(teacher, cohort.slug, "applications")) ?? [];
    expect(row?.["What have you made?"]).toBe(`'${texts[0]}`);
    expect(row?.["What will you make?"]).toBe(texts[1]);
  });
});

describe("reviewers by a file", () => {
  it("are all asked in one go, or none; each line says why", async () => {
    const { teacher, cohort, reviewers } = await makeReview({ reviewers: 1, applicants: 0 });
    const { cohortId } = cohort;
    const asked = () => getDb().$count(cohortTeachers, sql`cohort_id = ${cohortId}`);
    const known = `${reviewers[0]?.handle}@reviewers.test`;
    const wrong = `email\nnew@belay.test\n${known}\n`;
    expect(codeOf(await importReviewers(call(teacher, { cohortId, text: wrong }, day(2))))).toBe(
      "lines_wrong",
    );
    expect(await asked()).toBe(1);
    expect((await judgeReviewers(cohortId, wrong)).lines.map(({ problem }) => problem)).toEqual([
      null,
      "This address has been asked already.",
    ]);
    const many = Array.from({ length: 40 }, (_, at) => `r${at}-${cohort.slug}@belay.test`);
    const text = many.join("\n");
    must(await importReviewers(call(teacher, { cohortId, text }, day(2))));
    expect(await asked()).toBe(41);
    const mails = await getDb().select().from(outbox);
    const to = mails.map(({ toEmail }) => toEmail);
    expect(many.every((email) => to.includes(email))).toBe(true);
    const room = Array.from({ length: 60 }, (_, at) => `s${at}@belay.test`).join("\n");
    expect((await judgeReviewers(cohortId, room)).problem).toContain("at most a hundred");
    const reviewer = reviewers[0] as Actor;
    expect(codeOf(await importReviewers(call(reviewer, { cohortId, text }, day(2))))).toBe(
      "not_found",
    );
  });
});

describe("everything of one's own", () => {
  async function archiveOf(actor: Actor) {
    const pieces: Uint8Array[] = [];
    for await (const piece of writeOwnArchive(actor, day(30))) pieces.push(piece);
    const files = unzipSync(new Uint8Array(Buffer.concat(pieces)));
    const text = (name: string) =>
      JSON.parse(Buffer.from(files[name] ?? Buffer.from("[]")).toString("utf8")) as Record<
        string,
        unknown
      >[];
    return { files, text };
  }

  it("knows every table that names a person", async () => {
    const rows = await getDb().execute<{ name: string }>(sql`
      select distinct c.conrelid::regclass::text as name from pg_constraint c
      where c.contype = 'f' and c.confrelid = 'persons'::regclass order by 1`);
    const known = new Set([...Object.keys(OWN_TABLES), ...Object.keys(LEFT_OUT)]);
    expect([...rows].map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it("has an offer for its student once it is sent, and for who makes it before", async () => {
    const world = await World.make();
    const [lead, other] = [await world.investor("100,000"), await world.investor("50,000")];
    const student = await world.person("student");
    const cohort = await world.cohort(lead);
    await world.teachTogether(lead, other, cohort.cohortId);
    const applicationId = await world.apply(student, cohort, ["Yes.", "No."]);
    await world.decide(lead, applicationId);
    const offerId = await world.offer(lead, applicationId, {
      ...{ amount: "20,000", percent: "1" },
      parts: [{ handle: other.handle, amount: "10,000", percent: "0.5" }],
    });
    const has = async (person: Actor) => {
      const { text } = await archiveOf(person);
      return [text("offers.json").length, text("offer_parts.json").length];
    };
    expect(await has(student)).toEqual([0, 0]);
    expect(await has(lead)).toEqual([1, 1]);
    world.must(await fundPart(world.call(other, { offerId })));
    expect(await has(student)).toEqual([1, 2]);
  });

  it("is one's own alone, with files whole, and without secrets, notes of reviewers and what is pending", async () => {
    const { teacher, cohort, reviewers, students, ids } = await makeReview({
      ...{ reviewers: 1, applicants: 2 },
    });
    const [student, other] = students as [Actor, Actor];
    const bytes = new Uint8Array(Buffer.from("a text\n".repeat(1000)));
    await getDb()
      .insert(applicationFiles)
      .values(
        fileRow({
          ...{ ownerId: student.id, name: "über/uns.txt", contentType: "text/plain" },
          ...{ bytes, createdAt: day(2) },
        }),
      );
    must(await score(reviewers[0] as Actor, cohort, ids[0] ?? "", "2", "Not convincing."));
    await getDb()
      .insert(decisions)
      .values({
        ...{ applicationId: ids[0] ?? "", cohortId: cohort.cohortId, kind: "decline" as const },
        ...{ message: "Not this time.", madeBy: teacher.id, madeAt: day(12), updatedAt: day(12) },
      });
    const { files, text } = await archiveOf(student);
    expect(text("applications.json").map(({ id }) => id)).toEqual([ids[0]]);
    expect(text("application_answers.json")).toHaveLength(cohort.questionIds.length);
    expect(text("persons.json")[0]).toMatchObject({ id: student.id, handle: student.handle });
    const name = Object.keys(files).find((one) => one.startsWith("files/")) ?? "";
    expect(Buffer.from(files[name] ?? []).equals(Buffer.from(bytes))).toBe(true);
    const all = Object.entries(files)
      .map(([file, content]) => file + Buffer.from(content).toString("utf8"))
      .join("\n");
    for (const kept of [
      "password_hash",
      "totp_secret",
      "token_hash",
      "Not convincing.",
      "Not this time.",
      other.id,
    ])
      expect(all).not.toContain(kept);
    expect((await archiveOf(reviewers[0] as Actor)).text("reviews.json")).toHaveLength(1);
    expect((await archiveOf(teacher)).text("decisions.json")).toHaveLength(1);
  });
});
