import { describe, expect, it } from "vitest";
import { useDatabase } from "#tests/setup/database";
import { apply, decideNow, makeActor, makeCohort, makeTeacher } from "#tests/setup/deals";
import { showPage } from "#tests/setup/page";
import { World } from "#tests/setup/world";
import * as saying from "../../app/routes/refer_.$id/route";
import * as reviewing from "../../app/routes/teach.applications.$id/route";
import * as cancelling from "../../app/routes/teach.cohorts.$slug_.cancel/route";
import * as asking from "../../app/routes/teach.cohorts.$slug_.questions/route";
import * as settingUp from "../../app/routes/teach.cohorts.$slug_.setup/route";

useDatabase();

const TYPED = "A quarter of an hour of typing.";

// The cohorts of these tests are over by the clock by which pages are shown.
describe("a form that comes too late is answered with all that was typed", () => {
  it("where a cohort is set up: its description, its questions, its cancelling", async () => {
    const teacher = await makeTeacher(0n);
    const { slug, questionIds } = await makeCohort(teacher);
    const at = `/teach/cohorts/${slug}`;
    const path = "/teach/cohorts/:slug";
    const cancel = { path: `${path}/cancel`, at: `${at}/cancel`, file: cancelling };
    const over = await showPage(teacher, cancel);
    expect(over.html).toContain("can no longer be cancelled");
    expect(over.html).not.toContain("<textarea");
    expect(await showPage(await makeActor(), cancel)).toMatchObject({ status: 404 });
    const setUp = { path: `${path}/setup`, at: `${at}/setup`, file: settingUp };
    expect((await showPage(teacher, setUp)).html).not.toContain("<textarea");
    const question = `${at}/questions?edit=${questionIds[0]}`;
    for (const [page, sent] of [
      [cancel, { reason: TYPED }],
      [setUp, { intent: "edit", pitch: TYPED }],
      [
        { path: `${path}/questions`, at: question, file: asking },
        { intent: "edit", questionId: questionIds[0] ?? "", prompt: TYPED },
      ],
    ] as const) {
      const { status, html } = await showPage(teacher, page, sent);
      expect([400, 409]).toContain(status);
      expect(html).toContain(TYPED);
    }
  });

  it("where an application is decided that was decided meanwhile", async () => {
    const teacher = await makeTeacher(0n);
    const cohort = await makeCohort(teacher);
    const applicationId = await apply(await makeActor(), cohort);
    await decideNow(teacher, cohort.cohortId, { [applicationId]: "decline" });
    const page = {
      ...{ path: "/teach/applications/:id", at: `/teach/applications/${applicationId}` },
      file: reviewing,
    };
    expect((await showPage(teacher, page)).html).not.toContain('name="feedback"');
    const sent = { intent: "decide", cohortId: cohort.cohortId, kind: "admit", feedback: TYPED };
    const { status, html } = await showPage(teacher, page, sent);
    expect(status).toBe(409);
    expect(html).toContain(TYPED);
  });

  it("where a scout says what they expect after the time for it", async () => {
    const world = await World.make();
    const [scout, talent] = [await world.person("scout"), await world.person("student")];
    const { displayName: name, handle, email } = talent;
    const id = await world.refer(scout, { name, handle, email }, "She builds looms.");
    const page = { path: "/refer/:id", at: `/refer/${id}`, file: saying };
    expect((await showPage(scout, page)).html).not.toContain("<textarea");
    const sent = { claim: TYPED, chancePercent: "70", dueOn: "2027-06-01" };
    const { status, html } = await showPage(scout, page, sent);
    expect(status).toBe(409);
    expect(html).toContain(TYPED);
  });
});
