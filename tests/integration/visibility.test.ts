import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "~/auth/actor";
import { saveDraft } from "~/features/applications/save-draft.server";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { editProfile } from "~/features/people/edit-profile.server";
import { getProfile, getProfileFor } from "~/features/people/queries.server";
import { getPersonPage } from "~/features/records/queries.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

let world: World;
let owner: Someone;
let stranger: Someone;
let judge: Someone;
let other: Someone;
const asActor = (person: Someone): Actor => world.call(person, {}).actor as Actor;

const save = async (input: Record<string, string>) =>
  world.must(await editProfile(world.call(owner, { work: "Bridges", ...input })));
const seen = async (reader: Someone | null) =>
  getProfileFor(reader && asActor(reader), owner.id).then(({ work, explorationPlan }) => ({
    work,
    explorationPlan,
  }));

beforeAll(async () => {
  world = await World.make();
  owner = await world.person("owner");
  stranger = await world.person("stranger");
  judge = await world.person("judge");
  other = await world.person("other");
  await world.cohort(other);
  const cohort = await world.cohort(judge);
  await world.apply(owner, cohort, ["Because.", "A bridge."]);
});

describe("who reads the parts of a profile", () => {
  test("everybody, unless its owner chose otherwise", async () => {
    await save({ explorationPlan: "Tunnels" });
    for (const reader of [null, stranger, judge, owner])
      expect(await seen(reader)).toEqual({ work: "Bridges", explorationPlan: "Tunnels" });
  });

  test("whoever has signed in", async () => {
    await save({ workVisibility: "signed_in", explorationPlan: "Tunnels" });
    expect(await seen(null)).toEqual({ work: null, explorationPlan: "Tunnels" });
    expect(await seen(stranger)).toEqual({ work: "Bridges", explorationPlan: "Tunnels" });
  });

  test("teachers of the cohorts applied to, and no other teacher", async () => {
    await save({
      workVisibility: "teachers",
      explorationPlan: "Tunnels",
      planVisibility: "teachers",
    });
    const nothing = { work: null, explorationPlan: null };
    const all = { work: "Bridges", explorationPlan: "Tunnels" };
    expect(await seen(null)).toEqual(nothing);
    expect(await seen(stranger)).toEqual(nothing);
    expect(await seen(other)).toEqual(nothing);
    expect(await seen(judge)).toEqual(all);
    expect(await seen(owner)).toEqual(all);
  });

  test("a draft opens nothing, and a withdrawn application closes it again", async () => {
    await save({ workVisibility: "teachers" });
    const late = await world.person("late");
    const cohort = await world.cohort(late);
    const changes = [{ questionId: cohort.questionIds[0], answer: "Perhaps." }];
    world.must(await saveDraft(world.call(owner, { cohortId: cohort.cohortId, changes })));
    expect((await seen(late)).work).toBeNull();
    const applicationId = await world.apply(owner, cohort, ["Yes.", "Yes."]);
    expect((await seen(late)).work).toBe("Bridges");
    world.must(await withdrawApplication(world.call(owner, { applicationId })));
    expect((await seen(late)).work).toBeNull();
  });

  test("a form that says nothing of it changes nothing of it", async () => {
    await save({ workVisibility: "teachers", planVisibility: "signed_in" });
    await save({ work: "More bridges" });
    expect(await getProfile(owner.id)).toMatchObject({
      work: "More bridges",
      workVisibility: "teachers",
      planVisibility: "signed_in",
    });
  });

  test("a choice that there is not is refused", async () => {
    const answer = await editProfile(world.call(owner, { workVisibility: "friends" }));
    expect(answer).toMatchObject({ ok: false, error: { code: "invalid_input" } });
  });

  test("the public page says for whom, and holds nothing of the text", async () => {
    await save({ work: "Hidden bridges", workVisibility: "teachers" });
    const page = await getPersonPage(owner.handle, world.now, null);
    expect(page?.work).toEqual({ html: "", keptFor: expect.stringContaining("teachers") });
    expect(JSON.stringify(page)).not.toContain("Hidden bridges");
    const own = await getPersonPage(owner.handle, world.now, asActor(owner));
    expect(own?.work.html).toContain("Hidden bridges");
    expect(own?.own).toBe(true);
  });
});
