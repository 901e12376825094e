import { beforeAll, describe, expect, test } from "vitest";
import { getDb, rawClient } from "#db/client.server";
import { searchCohorts } from "~/features/cohorts/search-cohorts.server";
import { editProfile } from "~/features/people/edit-profile.server";
import { searchPeople } from "~/features/people/search-people.server";
import { signUp } from "~/features/people/sign-up.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

let world: World;
let jose: Someone;
let teacher: Someone;
const handles = async (typed: string) =>
  (await searchPeople(typed)).people.map((person) => person.handle);

beforeAll(async () => {
  world = await World.make();
  jose = await world.person("jose", { name: "José-Luis O'Neill" });
  world.must(
    await editProfile(
      world.call(jose, {
        headline: "Builds cellos",
        work: "A secret workshop",
        workVisibility: "teachers",
        explorationPlan: "An unheard plan",
      }),
    ),
  );
  teacher = await world.person("anna", { name: "Anna Ångström" });
  await world.openCohort(teacher, {
    title: "Harmony of metals",
    skill: "Welding",
    pitch: "Twelve weeks at the forge.",
    capacity: "5",
    opensAt: "2026-01-01T09:00",
    closesAt: "2026-02-01T09:00",
    startsAt: "2026-03-01T09:00",
    endsAt: "2026-05-01T18:00",
    questions: ["Why?", "What next?"],
    amount: "20,000",
    percent: "1",
  });
});

describe("people are found", () => {
  test.each(["José", "jose", "JOSE luis", "neill", "o'nei", "luis jo", "cello"])(
    "by %s",
    async (typed) => expect(await handles(typed)).toEqual([jose.handle]),
  );

  test("by their handle, signs and all", async () =>
    expect(await handles(jose.handle)).toEqual([jose.handle]));

  test("with what they are here", async () => {
    const { people, more } = await searchPeople("angstrom");
    expect(people).toEqual([
      {
        handle: teacher.handle,
        displayName: "Anna Ångström",
        headline: "",
        teaches: true,
        hasToken: false,
      },
    ]);
    expect(more).toBe(false);
  });

  test.each([
    "workshop",
    "unheard",
    "ose",
    "jose cellar",
    "%",
    "_",
    "",
    "' or 1=1 --",
    "jose & !jose",
  ])("but not by %j", async (typed) => {
    // What people keep, the middle of words, signs, and words that are not all theirs.
    expect(await handles(typed)).toEqual(typed === "jose & !jose" ? [jose.handle] : []);
  });

  test("and not before their address is confirmed", async () => {
    world.must(
      await signUp(
        world.call(null, {
          displayName: "Zacharias Unconfirmed",
          handle: world.handle("zacharias"),
          email: "zacharias@example.test",
          password: "three small words",
          legalName: "Zacharias Unconfirmed",
          dateOfBirth: "1990-01-01",
          country: "US",
        }),
      ),
    );
    expect(await handles("zacharias")).toEqual([]);
  });

  test("at most so many, and that there are more", async () => {
    for (let nth = 0; nth < 3; nth++) await world.person("many", { name: `Many ${nth}` });
    const { people, more } = await searchPeople("many", 2);
    expect(people.map((person) => person.displayName)).toEqual(["Many 0", "Many 1"]);
    expect(more).toBe(true);
  });
});

describe("cohorts are found", () => {
  test.each(["harmony", "welding", "forge", "metals harm", "Angström"])("by %s", async (typed) => {
    const found = await searchCohorts(typed);
    expect(found.cohorts.map((cohort) => cohort.title)).toEqual(["Harmony of metals"]);
    expect(found.cohorts[0]?.teacherHandle).toBe(teacher.handle);
  });

  test.each(["armony", "harmony wood", "%", ""])("but not by %j", async (typed) =>
    expect((await searchCohorts(typed)).cohorts).toEqual([]),
  );
});

test("many people are searched by an index, not one by one", async () => {
  await getDb().transaction(async (tx) => {
    const sql = rawClient(tx);
    await sql`set local enable_seqscan = off`;
    const plan = await sql`explain select id from persons where email_verified_at is not null
      and search_words(display_name || ' ' || handle) @@ to_tsquery('pg_catalog.simple', 'jo:*')`;
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("persons_search");
  });
});
