import { expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { compareRecords } from "~/features/records/compare.server";
import { getRecord } from "~/features/records/get-record.server";
import { utcDay } from "~/lib/dates";
import { formatMultiple } from "~/lib/money";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

test("records stand side by side as each stands alone; who has none is said to be unknown", async () => {
  const world = await World.make();
  const student = await world.person("student");
  const other = await world.person("other");
  const one = await world.investor("50,000");
  await world.invested(one, student, { amount: "10,000", percent: "1" });
  await world.invested(one, other, { amount: "10,000", percent: "1" });
  world.pass({ days: 800 });
  const two = await world.investor("50,000");
  await world.invested(two, student, { amount: "20,000", percent: "1" });
  const fresh = await world.person("fresh");
  await world.cohort(fresh);

  const asked = [two.handle, "nobody", one.handle, student.handle, fresh.handle];
  const compared = await compareRecords(asked, world.now);
  expect(compared.unknown).toEqual(["nobody", student.handle]);
  expect(compared.teachers.map(({ handle }) => handle)).toEqual([
    two.handle,
    one.handle,
    fresh.handle,
  ]);
  const alone = await Promise.all(
    [two, one].map(
      async ({ handle }) => (await getRecord(getDb(), handle, utcDay(world.now)))?.summary,
    ),
  );
  const row = (table: string, name: string) =>
    compared.tables
      .find(({ title }) => title === table)
      ?.rows.find((found) => found.name === name)
      ?.cells.map(({ text }) => text);
  expect(row("Numbers", "TVPI")).toEqual([
    formatMultiple(alone[0]?.gross.tvpi ?? null),
    formatMultiple(alone[1]?.gross.tvpi ?? null),
    "not yet",
  ]);
  expect(row("Numbers", "Paid in")).toEqual(["$20,000", "$20,000", "$0"]);
  expect(row("Numbers", "Students")).toEqual(["1", "2", "0"]);
  expect(row("Vintages", "2026")?.map((cell) => cell.split(" on ")[1])).toEqual([
    undefined,
    "$20,000",
    undefined,
  ]);
  expect(row("Beside the money", "Students still held")).toEqual(["1 of 1", "2 of 2", "not yet"]);
  expect(compared.tables[0]?.rows[0]?.cells.map(({ to }) => to)).toEqual([
    `/teachers/${two.handle}/lines?of=dpi`,
    `/teachers/${one.handle}/lines?of=dpi`,
    null,
  ]);
  expect(compared.charts?.curves.match(/<path/g)).toHaveLength(8);
  const vintage = compared.tables[1]?.rows.find(({ name }) => name === "2026");
  expect(vintage?.cells.map(({ to }) => to)).toEqual([
    null,
    `/teachers/${one.handle}/lines?of=dpi&vintage=2026`,
    null,
  ]);
  expect(compared.charts?.outcomes).not.toMatch(/NaN|style=|undefined/);
});

test("those who never invested have no charts, and nobody is nobody", async () => {
  const world = await World.make();
  const fresh = await world.person("fresh");
  await world.cohort(fresh);
  expect((await compareRecords([fresh.handle], world.now)).charts).toBeNull();
  expect(await compareRecords([], world.now)).toMatchObject({ teachers: [], unknown: [] });
});
