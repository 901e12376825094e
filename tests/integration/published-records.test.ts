import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getDb } from "#db/client.server";
import { publishedRecords } from "#db/schema/index";
import { getBundleExport } from "~/features/records/bundle.server";
import { csvText } from "~/features/records/exports.server";
import {
  auditRecords,
  getLinedRecord,
  getRecord,
  getWholeBook,
  listRecords,
  refreshRecords,
} from "~/features/records/get-record.server";
import { type Compute, keepRecords } from "~/features/records/published-records.server";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer, type Step } from "~/ledger/log/sequencer.server";
import { getRecordAsOf } from "~/ledger/record.server";
import { addDays, utcDay } from "~/lib/dates";
import { clearSingleton } from "~/lib/singleton.server";
import { useDatabase } from "../setup/database";
import { changeEnv } from "../setup/log-place";
import { World } from "../setup/world";

useDatabase();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "belay-log-"));
  changeEnv({ LOG_STATE_DIR: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sign = (onStep?: (step: Step) => void) =>
  new Sequencer({
    place: getLogPlace,
    now: () => new Date("2030-01-01T00:00:00.000Z"),
    ...(onStep ? { onStep } : {}),
  }).drain();

/** As another process would begin: with nothing in memory. */
function forget(): void {
  for (const name of ["published-records", "public-folds"]) clearSingleton(name);
}

async function makeRecord() {
  const world = await World.make();
  const student = await world.person("student");
  const teacher = await world.investor("20,000");
  await world.invested(teacher, student, { amount: "10,000", percent: "1" });
  world.pass({ days: 300 });
  await world.deposit(student, world.operators, "10,000");
  const today = utcDay(world.now);
  const pay = async (proceeds: string) => {
    const { gainId } = await world.declare(student, {
      ...{ company: "Rope Ltd", basis: "0", costs: "0", proceeds },
      closingDate: addDays(today, -1),
    });
    await world.pay(student, gainId);
    return gainId;
  };
  const read = async (day = today) => {
    const found = await getRecord(getDb(), teacher.handle, day);
    if (!found) throw new Error("no record");
    return found;
  };
  return { world, student, teacher, today, pay, read };
}

async function summaryInBundle(handle: string, day: string): Promise<unknown> {
  const found = await getBundleExport(handle, new Date(`${day}T12:00:00.000Z`));
  if (found === null || found === "not yet") throw new Error(`no bundle: ${found}`);
  let text = "";
  for await (const piece of found.text) text += piece;
  return JSON.parse(text).summary;
}

const keep = async <T>(id: string, day: string, compute: Compute<T>) =>
  (await keepRecords(getDb(), [id], day, compute)).records.get(id);

describe("a public record", () => {
  it("stands for the newest signed tree, and for nothing that is in no signed tree yet", async () => {
    const { teacher, today, pay, read } = await makeRecord();
    await sign();
    const before = await read();
    expect(before.asOf?.size).toBeGreaterThan(0);
    expect(before.summary.gross).toMatchObject({ paidInCents: "1000000", unconfirmedCents: "0" });
    await pay("50,000");
    expect(await read()).toEqual(before);
    expect(csvText(await getLinedRecord(getDb(), teacher, today))).not.toContain("distribution");
    // Sequenced and not yet signed is not yet public either.
    await expect(
      sign((step) => {
        if (step === "appended") throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await read()).toEqual(before);
    await sign();
    const after = await read();
    expect(after.asOf?.size).toBeGreaterThan(before.asOf?.size ?? 0);
    expect(after.summary.gross.unconfirmedCents).toBe("50000");
    expect(await summaryInBundle(teacher.handle, today)).toEqual(after.summary);
    expect(await getRecordAsOf(getDb(), teacher.id, today)).toEqual(after.summary);
    const lined = await getLinedRecord(getDb(), teacher, today);
    expect(csvText(lined)).toContain(",distribution,");
    for (const { entry } of lined.flows) {
      const [leaf] = await getDb().execute<{ index: string }>(
        sql`SELECT index::text FROM log_leaves WHERE entry_id = ${entry}`,
      );
      expect(lined.leaves.get(entry)).toBe(Number(leaf?.index));
    }
  });

  it("is computed anew when a signed entry changes it or the day does, and not otherwise", async () => {
    const { world, teacher, student, today, pay } = await makeRecord();
    await sign();
    const compute = vi.fn((_book: unknown, day: string) => ({ day }));
    const read = (day = today) => keep(teacher.id, day, compute);
    await read();
    await read();
    forget();
    await read();
    expect(compute).toHaveBeenCalledTimes(1);
    const other = await world.investor("20,000");
    await world.deposit(teacher, world.operators, "5");
    await world.invested(other, await world.person("student"), { amount: "2,000", percent: "1" });
    await sign();
    await read();
    expect(compute).toHaveBeenCalledTimes(1);
    expect(await read(addDays(today, 1))).toEqual({ day: addDays(today, 1) });
    expect(compute).toHaveBeenCalledTimes(2);
    const gainId = await pay("10,000");
    await read(addDays(today, 1));
    expect(compute).toHaveBeenCalledTimes(2);
    await sign();
    await read(addDays(today, 1));
    expect(compute).toHaveBeenCalledTimes(3);
    await world.grade(world.operator, gainId, "tax_transcript", "Seen.");
    await sign();
    await read(addDays(today, 1));
    expect(compute).toHaveBeenCalledTimes(4);
    compute.mockImplementationOnce(() => {
      throw new Error("no");
    });
    await expect(read(addDays(today, 2))).rejects.toThrow("no");
    await read(addDays(today, 2));
    expect(compute).toHaveBeenCalledTimes(6);
    expect(student.handle).not.toBe("");
  });

  it("is the same whether it is told bit by bit, at once, or read from what another process kept", async () => {
    const { teacher, pay, read } = await makeRecord();
    await sign();
    await read();
    for (const proceeds of ["10,000", "20,000", "30,000"]) {
      await pay(proceeds);
      await sign();
      await Promise.all([read(), read(), read()]);
    }
    const bitByBit = await read();
    forget();
    expect(await read()).toEqual(bitByBit);
    forget();
    await getDb()
      .update(publishedRecords)
      .set({ state: "of another version" })
      .where(eq(publishedRecords.personId, teacher.id));
    expect(await read()).toEqual(bitByBit);
    expect(bitByBit.summary.gross.unconfirmedCents).toBe("60000");
  });

  it("is not replaced by one of an older tree", async () => {
    const { teacher, today, pay, read } = await makeRecord();
    await sign();
    const row = async () => {
      const [found] = await getDb()
        .select()
        .from(publishedRecords)
        .where(eq(publishedRecords.personId, teacher.id));
      return found;
    };
    await read();
    const old = await row();
    await pay("10,000");
    await sign();
    await read();
    const newer = await row();
    expect(newer?.treeSize).toBeGreaterThan(old?.treeSize ?? 0);
    forget();
    // A slow process that still works on the older tree.
    await getDb().update(publishedRecords).set({ state: "being replaced" });
    const compute = vi.fn(() => "old");
    await getDb().update(publishedRecords).set({ treeSize: 1_000_000 });
    await keep(teacher.id, today, compute);
    expect(compute).toHaveBeenCalledTimes(1);
    expect((await row())?.treeSize).toBe(1_000_000);
    await getDb().update(publishedRecords).set({ treeSize: 1 });
  });

  it("is there before anybody asks, once its tree is signed and the turn has come", async () => {
    const { world, teacher, today, pay } = await makeRecord();
    await sign();
    const stateOf = async () => {
      const [row] = await getDb()
        .select()
        .from(publishedRecords)
        .where(eq(publishedRecords.personId, teacher.id));
      return row?.state ?? null;
    };
    const since = await refreshRecords(getDb(), { since: 0, day: today });
    const first = await stateOf();
    expect(first).not.toBeNull();
    expect(await refreshRecords(getDb(), { since, day: today })).toBe(since);
    await pay("10,000");
    await sign();
    await refreshRecords(getDb(), { since, day: today });
    expect(await stateOf()).not.toBe(first);
    const tomorrow = addDays(today, 1);
    for (;;) {
      await refreshRecords(getDb(), { since: 1e9, day: tomorrow });
      const [old] = await getDb().execute<{ n: number }>(
        sql`SELECT count(*)::int AS n FROM published_records WHERE day < ${tomorrow}`,
      );
      if (old?.n === 0) break;
    }
    forget();
    const compute = vi.fn(() => "anew");
    await keep(teacher.id, tomorrow, compute);
    expect(compute).not.toHaveBeenCalled();
    expect(world.now).toBeInstanceOf(Date);
  });

  it("is found by the auditor where somebody changed what is kept", async () => {
    const { teacher, read } = await makeRecord();
    await sign();
    await read();
    expect(await auditRecords(getDb())).toBeNull();
    await getDb().execute(sql`
      UPDATE published_records SET record = jsonb_set(record, '{summary,gross,dpi}', '"9.0000"') WHERE person_id = ${teacher.id}::uuid`);
    expect(await auditRecords(getDb())).toBe(teacher.handle);
    await getDb().execute(sql`
      UPDATE published_records SET record = jsonb_set(record, '{summary,gross,dpi}', '"0.0000"') WHERE person_id = ${teacher.id}::uuid`);
    expect(await auditRecords(getDb())).toBeNull();
  });

  it("is part of the whole book, in which each teacher's positions stand by themselves", async () => {
    const { teacher, today } = await makeRecord();
    await sign();
    const all = await listRecords(getDb(), today);
    const own = all.records.find(({ personId }) => personId === teacher.id)?.record;
    expect(own?.summary.investments).toBe(1);
    const whole = await getWholeBook(getDb(), today);
    const lines = all.records.flatMap(({ record }) => record.investments);
    expect(whole.investments.map(({ lotId }) => lotId).sort()).toEqual(
      lines.map(({ lotId }) => lotId).sort(),
    );
    expect(whole.medianTvpi).not.toBeNull();
  });
});
