import { beforeAll, describe, expect, test } from "vitest";
import { editProfile } from "~/features/people/edit-profile.server";
import { EVERYBODY, PAGE_LENGTH, type TeacherQuery } from "~/features/records/find-query";
import { findTeachers } from "~/features/records/find-teachers.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

let world: World;
let welder: Someone;
let singer: Someone;
let investor: Someone;
const find = (asked: Partial<TeacherQuery>) => findTeachers({ ...EVERYBODY, ...asked }, world.now);
const names = async (asked: Partial<TeacherQuery>) =>
  (await find(asked)).lines.map(({ displayName }) => displayName);

const cohort = (title: string, skill: string, opensAt: string, closesAt: string) => ({
  ...{ title, skill, pitch: "Twelve weeks at the forge.", capacity: "5", opensAt, closesAt },
  ...{
    startsAt: "2026-05-01T09:00",
    endsAt: "2026-07-01T18:00",
    questions: ["Why?", "What next?"],
  },
  ...{ amount: "20,000", percent: "1" },
});

beforeAll(async () => {
  world = await World.make();
  welder = await world.person("welder", { name: "Wanda Álvarez" });
  singer = await world.person("singer", { name: "Sam Singer" });
  investor = await world.investor("50,000");
  const student = await world.person("student", { name: "Stu Dent" });
  const profile = { headline: "Metal that holds", work: "A footbridge of rope." };
  world.must(
    await editProfile(
      world.call(welder, { ...profile, explorationPlan: "Ice.", workVisibility: "public" }),
    ),
  );
  world.must(
    await editProfile(
      world.call(singer, {
        headline: "",
        work: "A kept opera",
        workVisibility: "teachers",
        explorationPlan: "",
      }),
    ),
  );
  await world.openCohort(
    welder,
    cohort("Harmony of metals", "Welding", "2026-01-01T09:00", "2026-02-01T09:00"),
  );
  await world.openCohort(
    singer,
    cohort("Voices", "welding", "2026-03-01T09:00", "2026-04-01T09:00"),
  );
  await world.invested(investor, student, { amount: "10,000", percent: "1" });
});

describe("teachers are found", () => {
  test.each<[string, string[]]>([
    ["alvarez", ["Wanda Álvarez"]],
    ["metal", ["Wanda Álvarez"]],
    ["footbridge", ["Wanda Álvarez"]],
    ["weld", ["Sam Singer", "Wanda Álvarez"]],
    ["voices", ["Sam Singer"]],
    ["wanda harmony footb", ["Wanda Álvarez"]],
    ["wanda voices", []],
    ["opera", []],
    ["ice", []],
    ["stu dent", []],
    ["%", ["Sam Singer", "Wanda Álvarez"]],
  ])("by %j", async (q, found) => {
    const all = await names({ q, sort: "name" });
    // A question without a word narrows nothing.
    expect(q === "%" ? all.filter((name) => !name.startsWith("teacher")) : all).toEqual(found);
  });

  test("by what their cohorts teach, however it is written", async () => {
    expect(await names({ skill: "WELDING" })).toEqual(["Sam Singer", "Wanda Álvarez"]);
    expect(await names({ skill: "Weld" })).toEqual([]);
    const skills = (await find({})).skills.map((skill) => skill.toLowerCase());
    expect(skills).toEqual([...new Set(skills)].sort());
    expect(skills).toContain("welding");
  });

  test("by a cohort that takes applications now", async () => {
    const { lines } = await find({ open: true, skill: "welding" });
    expect(lines.map(({ handle }) => handle)).toEqual([welder.handle]);
    expect(lines[0]?.open).toMatchObject([{ title: "Harmony of metals", closes: "1 Feb 2026" }]);
  });

  test("by how many investments, and for how long", async () => {
    expect((await find({ size: 1 })).lines.map(({ handle }) => handle)).toEqual([investor.handle]);
    expect(await names({ size: 10 })).toEqual([]);
    expect(await names({ years: 1 })).toEqual([]);
    const later = new Date(world.now.getTime() + 366 * 86_400_000);
    const { lines, count, all } = await findTeachers({ ...EVERYBODY, years: 1 }, later);
    expect(lines.map(({ handle }) => handle)).toEqual([investor.handle]);
    expect(count).toBe(1);
    expect(all).toBeGreaterThan(2);
  });
});

test("in each order, who has none of it stands last, by name", async () => {
  const first = async (sort: TeacherQuery["sort"]) => (await find({ sort })).lines[0]?.handle;
  expect(await first("median")).toBe(investor.handle);
  expect(await first("name")).toBe(singer.handle);
  const unranked = await find({ sort: "rank" });
  expect(unranked.ranked).toBe(0);
  expect(unranked.lines.map(({ handle }) => handle)).toEqual(
    (await find({ sort: "name" })).lines.map(({ handle }) => handle),
  );
  expect(unranked.lines.find(({ handle }) => handle === investor.handle)).toMatchObject({
    rank: { short: "Not ranked" },
    investments: 1,
    median: "1.0000",
  });
});

test("many stand on pages; a page beyond the last is the last", async () => {
  for (let nth = 0; nth < PAGE_LENGTH; nth++)
    await world.openCohort(
      await world.person("many", { name: `Many ${String(nth).padStart(2, "0")}` }),
      cohort(`Many ${nth}`, "Counting", "2026-01-01T09:00", "2026-02-01T09:00"),
    );
  const one = await find({ skill: "counting", sort: "name" });
  expect(one).toMatchObject({ count: PAGE_LENGTH, pages: 1, page: 1 });
  const all = await find({ sort: "name" });
  const [two, beyond] = [
    await find({ sort: "name", page: 2 }),
    await find({ sort: "name", page: 9 }),
  ];
  expect(all.lines).toHaveLength(PAGE_LENGTH);
  expect(two.lines).toHaveLength(all.count - PAGE_LENGTH);
  expect(beyond).toEqual(two);
  expect(new Set([...all.lines, ...two.lines].map(({ handle }) => handle)).size).toBe(all.count);
});
