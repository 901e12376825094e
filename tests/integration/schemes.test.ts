import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { tokens } from "#db/schema/index";
import { SYSTEM } from "~/auth/actor";
import { askReversal, confirmReversal } from "~/features/conduct/reverse-entry.server";
import { declareTie } from "~/features/people/ties.server";
import { getRecordOf } from "~/features/records/get-record.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { stateWriteDown } from "~/features/tokens/write-down.server";
import { getLogId } from "~/ledger/read.server";
import { addDays, utcDay } from "~/lib/dates";
import type { Someone } from "~/server/demo/steps";
import type { BareToken } from "../setup/book";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import { resold } from "../setup/sales";
import { latestEntry, makeBareOperator } from "../setup/settled";
import { World } from "../setup/world";

/** The schemes by which a record might be inflated, each played through the product's own commands. */
const database = useDatabase();
checkRecordsAtTheEnd(database);

const ONE_PERCENT = { amount: "10,000", percent: "1" };
const DEAR = { amount: "40,000", percent: "1" };

/** A person's public record now. */
async function readRecord(world: World, person: Someone) {
  return (await getRecordOf(getDb(), person, utcDay(world.now))).summary;
}
const tvpi = async (world: World, person: Someone) => (await readRecord(world, person)).gross.tvpi;

async function tokenOf(student: Someone): Promise<BareToken> {
  const [row] = await getDb().select().from(tokens).where(eq(tokens.ownerId, student.id));
  if (!row) throw new Error("no token");
  return { id: row.id, ownerId: student.id, logId: await getLogId(getDb(), "token", row.id) };
}

/** A teacher with 1% of a student, bought for $10,000. */
async function invested(world: World, teacher?: Someone) {
  const investor = teacher ?? (await world.investor("1,000,000"));
  const student = await world.person("student");
  await world.invested(investor, student, ONE_PERCENT);
  return { investor, student };
}

/** The student sells a company yesterday, with so much gain, and pays; the gain's evidence is as told. */
async function exits(
  world: World,
  student: Someone,
  dollars: string,
  grade: "self_reported" | "tax_transcript",
): Promise<void> {
  await world.deposit(student, world.operators, dollars);
  const sale = { company: "Rope Ltd", basis: "0", costs: "0", proceeds: dollars };
  const closingDate = addDays(utcDay(world.now), -1);
  const { gainId } = await world.declare(student, { ...sale, closingDate });
  await world.pay(student, gainId);
  if (grade === "tax_transcript") await world.grade(world.operator, gainId, grade, "Seen it.");
}

/** Two operators reverse the latest investment. */
async function reverseInvestment(world: World): Promise<void> {
  const [first, second] = [await makeBareOperator(), await makeBareOperator()];
  const papers = { reason: "fraud", orderNumber: "AZ 7/26", note: "The papers were forged." };
  const entryId = await latestEntry("investment");
  const asked = must(await askReversal(world.call(first, { entryId, ...papers })));
  must(await confirmReversal(world.call(second, asked)));
}

describe("a record is not inflated by", () => {
  it("a friend's self-reported gain that pays the teacher's own money back", async () => {
    const world = await World.make();
    const { investor, student } = await invested(world);
    world.pass({ days: 200 });
    const before = await readRecord(world, investor);
    expect(before.gross).toMatchObject({ dpi: "0.0000", tvpi: "1.0000" });
    await exits(world, student, "9,000,000", "self_reported");
    const after = await readRecord(world, investor);
    expect(after.gross).toMatchObject({
      dpi: "0.0000",
      tvpi: "1.0000",
      irr: before.gross.irr,
      unconfirmedCents: "9000000",
    });
    expect([after.medianTvpi, after.bestShare]).toEqual([before.medianTvpi, before.bestShare]);
    // The very same payment counts once a transcript has been seen.
    await exits(world, student, "100,000", "tax_transcript");
    expect((await readRecord(world, investor)).gross.dpi).toBe("0.1000");
  });

  it("one share sold to a friend at a fancy price: nobody's shares are carried higher", async () => {
    const world = await World.make();
    const { investor, student } = await invested(world);
    const other = await world.investor("100,000");
    await world.invested(other, student, ONE_PERCENT);
    world.pass({ days: 500 });
    const friend = await world.investor("500,000");
    must(await declareTie(world.call(investor, { other: friend.handle, kind: "relative" })));
    const before = await tvpi(world, other);
    const wish = { percent: "0.00001", price: "9,000" };
    await resold(await tokenOf(student), student, investor, friend, wish, world.now);
    world.pass({ days: 8 });
    expect(await tvpi(world, other)).toBe(before);
    // To the seller it is confirmed cash up to what the share was carried at: ten cents.
    expect((await readRecord(world, investor)).gross).toMatchObject({
      dpi: "0.0000",
      tvpi: "1.0000",
      proceedsCents: "10",
      unconfirmedCents: "899990",
    });
  });

  it("two teachers who mark each other up: the second price counts for nobody who set the first", async () => {
    const world = await World.make();
    const { investor: ann, student: hers } = await invested(world);
    const { investor: bea, student: beas } = await invested(world);
    await world.invested(bea, hers, DEAR);
    expect(await tvpi(world, ann)).toBe("4.0000");
    const before = await tvpi(world, bea);
    await world.invested(ann, beas, DEAR);
    expect(await tvpi(world, bea)).toBe(before);
    // From somebody whom she never paid, the same price counts.
    const cid = await world.investor("100,000");
    await world.invested(cid, beas, DEAR);
    expect(Number(await tvpi(world, bea))).toBeGreaterThan(Number(before));
  });

  it("a circle of four who mark each other up: the price that closes it counts for nobody", async () => {
    const world = await World.make();
    const circle = [];
    for (let i = 0; i < 4; i++) circle.push(await invested(world));
    const [ann, bea, cid, dan] = circle;
    if (!ann || !bea || !cid || !dan) throw new Error("no circle");
    await world.invested(bea.investor, ann.student, DEAR);
    await world.invested(cid.investor, bea.student, DEAR);
    await world.invested(dan.investor, cid.student, DEAR);
    const before = await tvpi(world, dan.investor);
    await world.invested(ann.investor, dan.student, DEAR);
    expect(await tvpi(world, dan.investor)).toBe(before);
    const stranger = await world.investor("100,000");
    await world.invested(stranger, dan.student, DEAR);
    expect(Number(await tvpi(world, dan.investor))).toBeGreaterThan(Number(before));
  });

  it("buying the day before an exit: what it brings stands apart", async () => {
    const world = await World.make();
    const { investor: early, student } = await invested(world);
    world.pass({ days: 200 });
    const late = await world.investor("100,000");
    await world.invested(late, student, ONE_PERCENT);
    world.pass({ days: 1 });
    const before = await readRecord(world, late);
    await exits(world, student, "5,000,000", "tax_transcript");
    expect((await readRecord(world, late)).gross).toMatchObject({
      ...before.gross,
      earlyCents: "5000000",
    });
    expect((await readRecord(world, early)).gross).toMatchObject({ dpi: "5.0000" });
  });

  it("a relative's token: it is listed, and in no figure", async () => {
    const world = await World.make();
    const { investor } = await invested(world);
    const before = await readRecord(world, investor);
    const niece = await world.person("student");
    must(await declareTie(world.call(investor, { other: niece.handle, kind: "relative" })));
    await world.invested(investor, niece, ONE_PERCENT);
    world.pass({ days: 200 });
    await exits(world, niece, "9,000,000", "tax_transcript");
    const { positions, ...after } = await readRecord(world, investor);
    expect(after).toMatchObject({
      investments: before.investments,
      students: before.students,
      medianTvpi: before.medianTvpi,
      bestShare: before.bestShare,
    });
    expect(after.gross).toMatchObject({ ...before.gross, irr: expect.anything() });
    expect(positions.map((one) => [one.apart, one.gross.dpi])).toEqual([
      [false, "0.0000"],
      [true, "9.0000"],
    ]);
  });

  it("parting at cost before an exit: the parted holder gets what the shares would have got", async () => {
    const world = await World.make();
    const { investor, student } = await invested(world);
    world.pass({ days: 200 });
    const offer = { holder: investor.handle, price: "10,000" };
    const { partingId } = must(await offerParting(world.call(student, offer)));
    world.pass({ days: 14 });
    must(await settleParting(world.call(SYSTEM, { partingId })));
    expect((await readRecord(world, investor)).gross).toMatchObject({ dpi: "1.0000" });
    world.pass({ days: 30 });
    await exits(world, student, "9,000,000", "tax_transcript");
    // 1% of nine million, less the price that was paid; all in all as if there had been no parting.
    expect((await readRecord(world, investor)).gross).toMatchObject({
      dpi: "9.0000",
      distributionsCents: "8000000",
      proceedsCents: "1000000",
    });
  });

  it("tiny stakes that do well beside a large one that failed: the median is weighted by what was paid", async () => {
    const world = await World.make();
    const { investor, student: loser } = await invested(world);
    const winners = [];
    for (let i = 0; i < 3; i++) {
      const student = await world.person("student");
      await world.invested(investor, student, { amount: "10", percent: "0.01" });
      winners.push(student);
    }
    world.pass({ days: 200 });
    const before = await readRecord(world, investor);
    for (const student of winners) await exits(world, student, "5,000,000", "tax_transcript");
    must(await stateWriteDown(world.call(loser, { statement: "I gave it up." })));
    const { medianTvpi, positions, bestShare } = await readRecord(world, investor);
    expect(positions.filter((one) => Number(one.gross.tvpi) > 40)).toHaveLength(3);
    expect([before.medianTvpi, medianTvpi]).toEqual(["1.0000", "0.0000"]);
    expect(Number(bestShare)).toBeLessThan(0.5);
  });

  it("reversing losers: they stay, with what was paid and what came back", async () => {
    const world = await World.make();
    const { investor, student: winner } = await invested(world);
    world.pass({ days: 185 });
    await exits(world, winner, "3,000,000", "tax_transcript");
    const { student: loser } = await invested(world, investor);
    await world.withdraw(loser, world.operators, "9,000");
    must(await stateWriteDown(world.call(loser, { statement: "I gave it up." })));
    const before = await readRecord(world, investor);
    expect(before).toMatchObject({ investments: 2, medianTvpi: "0.0000" });
    await reverseInvestment(world);
    const after = await readRecord(world, investor);
    expect(after).toMatchObject({ investments: 2, students: 2, medianTvpi: "0.1000" });
    expect(after.gross).toMatchObject({
      paidInCents: before.gross.paidInCents,
      distributionsCents: before.gross.distributionsCents,
      proceedsCents: "100000",
    });
  });
});
