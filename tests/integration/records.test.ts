import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { EVERYBODY } from "~/features/records/find-query";
import { findTeachers } from "~/features/records/find-teachers.server";
import { getRecord } from "~/features/records/get-record.server";
import { getPersonPage, getPublicSummary } from "~/features/records/queries.server";
import { getSoFar } from "~/features/records/so-far.server";
import { getTeacherPage } from "~/features/records/teacher-page.server";
import { getBalance } from "~/ledger/read.server";
import { addDays, formatInstant, utcDay } from "~/lib/dates";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { World } from "../setup/world";

useDatabase();

const PARTS = ["66,666.67", "66,666.67", "66,666.66"];
const sale = (closingDate: string, proceeds: string) => ({
  company: "Rope Ltd",
  closingDate,
  proceeds,
  basis: "0",
  costs: "0",
});
const grossOf = async (handle: string, now: Date) =>
  (await getRecord(getDb(), handle, utcDay(now)))?.summary.gross;

describe("the essay's example, through every command", () => {
  test("the record says DPI 0.0000 and $30,000.00 unconfirmed before an operator confirms, 0.4500 after", async () => {
    const world = await World.make();
    const alice = await world.person("alice", { name: "Alice Climber" });
    const teachers: Someone[] = [];
    for (const amount of PARTS) {
      const teacher = await world.investor("66,666.67");
      await world.invested(teacher, alice, { amount, percent: "1" });
      teachers.push(teacher);
    }
    expect(await getBalance(getDb(), "cash", alice.id)).toBe(20_000_000n);
    await world.withdraw(alice, world.operators, "200,000");
    world.pass({ days: 200 });
    const closingDate = addDays(utcDay(world.now), -5);
    const { gainId, toPayCents } = await world.declare(alice, sale(closingDate, "3,000,000"));
    expect(toPayCents).toBe("9000000");
    await world.deposit(alice, world.operators, "90,000");
    await world.pay(alice, gainId);
    // Of the $3,000,000.00 outside she keeps $2,910,000.00; here nothing is left.
    expect(await getBalance(getDb(), "cash", alice.id)).toBe(0n);
    for (const teacher of teachers) {
      expect(await getBalance(getDb(), "cash", teacher.id)).toBeGreaterThanOrEqual(3_000_000n);
      expect(await grossOf(teacher.handle, world.now)).toMatchObject({
        dpi: "0.0000",
        tvpi: "1.0000",
        rvpi: "1.0000",
        unconfirmedCents: "3000000",
        earlyCents: "0",
      });
    }
    await world.grade(world.operator, gainId, "counterparty", "The buyer confirmed it in writing.");
    for (const [index, teacher] of teachers.entries()) {
      const gross = await grossOf(teacher.handle, world.now);
      expect(gross).toMatchObject({
        dpi: "0.4500",
        tvpi: "1.4500",
        unconfirmedCents: "0",
        distributionsCents: "3000000",
      });
      expect(gross?.paidInCents).toBe(index === 2 ? "6666666" : "6666667");
    }

    const page = await getTeacherPage(teachers[0]?.handle, world.now);
    expect(page?.investments).toMatchObject([
      {
        student: "Alice Climber",
        cash: [{ standing: "counted", value: { exact: "$30,000.00" }, grades: ["counterparty"] }],
        value: { exact: "$66,666.66" },
        multiple: { text: "1.45×", exact: "1.4500" },
      },
    ]);
    const record = await getRecord(getDb(), teachers[0]?.handle ?? "", utcDay(world.now));
    expect(record?.rope.at(-1)).toMatchObject({
      day: utcDay(world.now),
      paidInCents: "6666667",
      cashBackCents: "3000000",
      valueCents: "6666666",
    });
    expect(page?.cohorts).toEqual([]);
    expect(page?.past).toMatchObject([
      { applications: 1, admitted: 1, places: 1, invested: 1, paid: 1 },
    ]);

    expect(page?.ownToken).toBeNull();
    const own = (await getTeacherPage(alice.handle, world.now))?.ownToken;
    expect(own).toEqual({ shares: "300000", holders: 3 });

    const person = await getPersonPage(alice.handle, world.now);
    expect(person?.token).toMatchObject({ raisedCents: "20000000", distributedCents: "9000000" });
    expect(person?.kept).toMatchObject({ declared: 1, declaredInTime: 1, owed: 1, paidInTime: 1 });
    expect(person?.token?.holders.map((holder) => holder.shares)).toEqual([
      "100000",
      "100000",
      "100000",
    ]);
    expect(person?.gains).toMatchObject([
      { grade: "counterparty", state: "paid", paidCents: "9000000", toPayCents: "9000000" },
    ]);
    expect(JSON.stringify(person)).not.toContain("Rope Ltd");

    const { lines } = await findTeachers(EVERYBODY, world.now);
    expect(lines.map((line) => line.handle)).toEqual(
      expect.arrayContaining(teachers.map((teacher) => teacher.handle)),
    );
    expect(lines.find((line) => line.handle === teachers[0]?.handle)).toMatchObject({
      investments: 1,
      dpi: "0.4500",
    });
    expect(lines.map((line) => line.handle)).not.toContain(alice.handle);
    expect(await getPublicSummary()).toMatchObject({
      teachers: 3,
      students: 1,
      investments: 3,
      paidInCents: "20000000",
      distributedCents: "9000000",
      confirmedCents: "9000000",
    });
  });
});

describe("what has come of it so far", () => {
  test("is kept while nothing public changes and the day lasts, and never past a write", async () => {
    const world = await World.make();
    const student = await world.person("student");
    const first = await world.investor("50,000.00");
    await world.invested(first, student, { amount: "10,000.00", percent: "1" });
    const before = await getSoFar(world.now);
    expect(before.asOf).toBe(formatInstant(world.now, "UTC"));
    expect(await getSoFar(new Date(world.now.getTime() + 3_600_000))).toBe(before);
    expect(await getSoFar(new Date(world.now.getTime() + 86_400_000))).not.toBe(before);
    const kept = await getSoFar(world.now);
    await getDb()
      .update(persons)
      .set({ displayName: "Another Name" })
      .where(eq(persons.id, first.id));
    expect(await getSoFar(world.now)).not.toBe(kept);

    const second = await world.investor("50,000.00");
    await world.invested(second, student, { amount: "10,000.00", percent: "1" });
    const after = await getSoFar(world.now);
    expect(after.investments).toBe(before.investments + 1);
    expect(BigInt(after.paidInCents)).toBe(BigInt(before.paidInCents) + 1_000_000n);
    expect(after.withoutCash).toBe(before.withoutCash + 1);
    expect(after.chart).toContain(`${after.withoutCash} of ${after.investments} investments`);
  });
});

describe("what a record leaves out", () => {
  test("cash of a gain that closed within 180 days of the investment stands apart, however well it is confirmed", async () => {
    const world = await World.make();
    const student = await world.person("student");
    const teacher = await world.investor("10,000");
    await world.invested(teacher, student, { amount: "10,000", percent: "1" });
    const settled = utcDay(world.now);
    world.pass({ days: 190 });
    await world.deposit(student, world.operators, "10,000");
    const early = await world.declare(student, sale(addDays(settled, 180), "100,000"));
    const late = await world.declare(student, sale(addDays(settled, 181), "200,000"));
    for (const { gainId } of [early, late]) {
      await world.pay(student, gainId);
      await world.grade(world.operator, gainId, "tax_transcript", "Seen.");
    }
    expect(await grossOf(teacher.handle, world.now)).toMatchObject({
      earlyCents: "100000",
      distributionsCents: "200000",
      dpi: "0.2000",
    });
    const page = await getTeacherPage(teacher.handle, world.now);
    expect(page?.investments[0]?.cash).toMatchObject([
      { standing: "counted", value: { exact: "$2,000.00" } },
      { standing: "early", value: { exact: "$1,000.00" } },
    ]);
  });

  test("a grade that is taken back takes the cash out of the ratios again", async () => {
    const world = await World.make();
    const student = await world.person("student");
    const teacher = await world.investor("10,000");
    await world.invested(teacher, student, { amount: "10,000", percent: "1" });
    world.pass({ days: 300 });
    const { gainId } = await world.declare(
      student,
      sale(addDays(utcDay(world.now), -1), "100,000"),
    );
    await world.pay(student, gainId);
    await world.grade(world.operator, gainId, "tax_transcript", "Seen.");
    expect(await grossOf(teacher.handle, world.now)).toMatchObject({ dpi: "0.1000" });
    const reason = "The transcript was of another sale.";
    world.must(
      await gradeGain(world.call(world.operator, { gainId, grade: "self_reported", reason })),
    );
    expect(await grossOf(teacher.handle, world.now)).toMatchObject({
      dpi: "0.0000",
      unconfirmedCents: "100000",
    });
    const page = await getTeacherPage(teacher.handle, world.now);
    expect(page?.investments[0]?.cash).toMatchObject([
      { standing: "counted", value: { exact: "$0.00" }, grades: [] },
      { standing: "unconfirmed", value: { exact: "$1,000.00" }, grades: ["self_reported"] },
    ]);
  });
});

describe("no record", () => {
  test("an unknown handle is null; a person who never invested has an empty record", async () => {
    const world = await World.make();
    const person = await world.person("nobody");
    expect(await getRecord(getDb(), "no-such-handle", utcDay(world.now))).toBeNull();
    expect(await getTeacherPage(undefined, world.now)).toBeNull();
    expect(await getPersonPage("no-such-handle", world.now)).toBeNull();
    const page = await getTeacherPage(person.handle, world.now);
    expect(page).toMatchObject({
      investments: [],
      record: null,
      cohorts: [],
      conduct: { reversed: 0, owed: null, kept: null },
    });
    expect((await getPersonPage(person.handle, world.now))?.token).toBeNull();
    const { lines } = await findTeachers(EVERYBODY, world.now);
    expect(lines.map((line) => line.handle)).not.toContain(person.handle);
  });

  test("a lot that ended by its cap is carried at nothing, and stays in the record", async () => {
    const world = await World.make();
    const student = await world.person("student");
    const teacher = await world.investor("10,000");
    await world.invested(teacher, student, { amount: "10,000", percent: "10", payoutCap: "3" });
    world.pass({ days: 300 });
    await world.deposit(student, world.operators, "100,000");
    const { gainId, toPayCents } = await world.declare(
      student,
      sale(addDays(utcDay(world.now), -1), "1,000,000"),
    );
    expect(toPayCents).toBe("3000000");
    await world.pay(student, gainId);
    await world.grade(world.operator, gainId, "counterparty", "Seen.");
    expect(await grossOf(teacher.handle, world.now)).toMatchObject({
      dpi: "3.0000",
      tvpi: "3.0000",
      valueCents: "0",
      paidInCents: "1000000",
    });
    const page = await getTeacherPage(teacher.handle, world.now);
    expect(page?.investments).toMatchObject([
      { endedCause: "cap", isSold: true, value: { exact: "$0.00" }, multiple: { exact: "3.0000" } },
    ]);
    expect((await getPersonPage(student.handle, world.now))?.token?.holders).toEqual([]);
  });
});
