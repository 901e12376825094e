import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getLinesPage, LINES_A_PAGE } from "~/features/records/lines-page.server";
import { getTeacherPage } from "~/features/records/teacher-page.server";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { clearSingleton } from "~/lib/singleton.server";
import { changeEnv } from "../setup/log-place";
import { withBenchDatabase } from "./database";
import type { Bench } from "./harness";
import { compareLoads } from "./load";
import { day, makeTeacher, POSITIONS, payment, postAll, type Teacher } from "./paying";

const MANY_LINES = 100_000;
const FEW_LINES = 1_000;
/** How often the page is asked for in one run. */
const PAGES = 20;

/** Milliseconds a page of a teacher's record, everything that its route asks for. */
async function pageMs(handle: string, now: Date): Promise<number> {
  const started = process.hrtime.bigint();
  for (let n = 0; n < PAGES; n += 1) {
    const page = await getTeacherPage(handle, now);
    if (page?.count !== POSITIONS) throw new Error("that is not the record");
  }
  return Number(process.hrtime.bigint() - started) / 1e6 / PAGES;
}

/** Milliseconds a page of the lines under a record's cash takes, the last full one. */
async function linesMs(handle: string, now: Date): Promise<number> {
  const first = await getLinesPage(handle, new URLSearchParams({ of: "cash" }), now);
  const search = new URLSearchParams({ of: "cash", page: String((first?.pages.last ?? 1) - 1) });
  const started = process.hrtime.bigint();
  for (let n = 0; n < PAGES; n += 1) {
    const page = await getLinesPage(handle, search, now);
    if (page?.lists[0]?.lines.length !== LINES_A_PAGE) throw new Error("those are not the lines");
  }
  return Number(process.hrtime.bigint() - started) / 1e6 / PAGES;
}

/** What the first page of a figure's lines takes, before they are kept. */
async function tellFirstLines({ handle }: Teacher, now: Date): Promise<void> {
  clearSingleton("figure-lines");
  const started = process.hrtime.bigint();
  await getLinesPage(handle, new URLSearchParams({ of: "cash" }), now);
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  process.stderr.write(`  the first page of a figure's lines: ${ms.toFixed(0)} ms\n`);
}

/** A record's page with a long history beside one with a short, both of 300 positions. */
export const recordBench: Bench = {
  about:
    "the page of a teacher with 100,000 ledger lines against one with 1,000, in milliseconds; the page under 50 connections",
  run: (compare) =>
    withBenchDatabase(async () => {
      process.stderr.write(`  making ${MANY_LINES + FEW_LINES} ledger lines\n`);
      const many = await makeTeacher(MANY_LINES);
      const few = await makeTeacher(FEW_LINES);
      const now = day(800);
      process.stderr.write("  signing them\n");
      changeEnv({ LOG_STATE_DIR: mkdtempSync(join(tmpdir(), "belay-bench-log-")) });
      await new Sequencer({ place: getLogPlace, now: () => now }).drain();
      await compare({
        name: "record page, 100,000 lines to 1,000",
        ours: () => pageMs(many.handle, now),
        theirs: () => pageMs(few.handle, now),
        target: { text: "at most 1.3 times the time", met: (ratio) => ratio <= 1.3 },
      });
      await compare({
        name: "record page in a process that has just begun, 100,000 lines to 1,000",
        ours: () => firstPageMs(many.handle, now),
        theirs: () => firstPageMs(few.handle, now),
        target: { text: "at most 1.3 times the time", met: (ratio) => ratio <= 1.3 },
      });
      for (const teacher of [few, many]) await tellFirstLines(teacher, now);
      await compare({
        name: "a page of the lines of a figure, 100,000 lines to 1,000",
        ours: () => linesMs(many.handle, now),
        theirs: () => linesMs(few.handle, now),
        target: { text: "a figure to watch", met: () => true },
      });
      await compareLoads(many.handle, compare);
      for (const teacher of [few, many]) await tellAfterAnEntry(teacher, now);
    }),
};

/** Milliseconds the page takes a process that has nothing in memory. */
async function firstPageMs(handle: string, now: Date): Promise<number> {
  let nanoseconds = 0n;
  for (let n = 0; n < PAGES; n += 1) {
    for (const name of ["published-records", "public-folds"]) clearSingleton(name);
    const started = process.hrtime.bigint();
    await getTeacherPage(handle, now);
    nanoseconds += process.hrtime.bigint() - started;
  }
  return Number(nanoseconds) / 1e6 / PAGES;
}

/** What is done beside the posting path when a new tree has changed a record: by a process that knows its lines, and by one that does not. */
async function tellAfterAnEntry(teacher: Teacher, now: Date): Promise<void> {
  for (const knows of [false, true]) {
    const [paying] = teacher.paying;
    if (paying) await postAll([payment(teacher, paying, 399)]);
    await new Sequencer({ place: getLogPlace, now: () => now }).drain();
    if (!knows) for (const name of ["published-records", "public-folds"]) clearSingleton(name);
    const started = process.hrtime.bigint();
    await getTeacherPage(teacher.handle, now);
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    const who = knows ? "by a process that knew its lines" : "by one that had none";
    process.stderr.write(`  computed anew after an entry, ${who}: ${ms.toFixed(0)} ms\n`);
  }
}
