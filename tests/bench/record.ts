import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDb } from "#db/client.server";
import { gains } from "#db/schema/index";
import { getTeacherPage } from "~/features/records/teacher-page.server";
import * as entries from "~/ledger/entries";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { MOST_ENTRIES, postMany } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { clearSingleton } from "~/lib/singleton.server";
import {
  actAt,
  type BareOffer,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  mustPost,
  START,
  settling,
  signing,
} from "../setup/book";
import { changeEnv } from "../setup/log-place";
import { withBenchDatabase } from "./database";
import type { Bench } from "./harness";

const POSITIONS = 300;
const MANY_LINES = 100_000;
const FEW_LINES = 1_000;
/** How often the page is asked for in one run. */
const PAGES = 20;
const DAY_MS = 86_400_000;
const PAID_CENTS = 100_000n;
const day = (n: number): Date => new Date(START.getTime() + n * DAY_MS);

type Paying = { offer: BareOffer; lotId: string; gainId: string };
type Teacher = { handle: string; paying: Paying[]; id: string; logId: string };

async function postAll(list: entries.EntryInput[]): Promise<void> {
  for (let from = 0; from < list.length; from += MOST_ENTRIES)
    for (const result of await postMany(list.slice(from, from + MOST_ENTRIES)))
      if (!result.ok) throw new Error(`refused: ${result.error}`);
}

/** A teacher who bought shares of 300 tokens, each of whose owners has declared a gain that is paid bit by bit. */
async function makeTeacher(lines: number): Promise<Teacher> {
  const id = await makeBarePerson();
  await giveCash(id, PAID_CENTS * BigInt(POSITIONS));
  const logId = await getLogId(getDb(), "person", id);
  const teacher: Teacher = { handle: "", paying: [], id, logId };
  for (let n = 0; n < POSITIONS; n += 1) teacher.paying.push(await invest(teacher, lines));
  const { handle } =
    (await getDb().query.persons.findFirst({ where: (p, { eq }) => eq(p.id, id) })) ?? {};
  teacher.handle = handle ?? "";
  const list: entries.EntryInput[] = [];
  for (let line = POSITIONS; line < lines; line += 1) {
    const paying = teacher.paying[line % POSITIONS];
    if (paying) list.push(payment(teacher, paying, Math.floor(line / POSITIONS)));
  }
  await postAll(list);
  return teacher;
}

async function invest(teacher: Teacher, lines: number): Promise<Paying> {
  const token = await makeToken();
  await giveCash(token.ownerId, BigInt(lines));
  const offer = await makeBareOffer(token, [
    { investorId: teacher.id, amountCents: PAID_CENTS, shares: PAID_CENTS },
  ]);
  for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
  await mustPost(signing(offer, actAt()));
  const settled = settling(offer, actAt());
  await mustPost(settled);
  const [lot] = settled.data.lots as { lot: string }[];
  const lotId = lot?.lot ?? "";
  const gainId = await declare(teacher, offer, lotId, BigInt(lines));
  return { offer, lotId, gainId };
}

async function declare(
  teacher: Teacher,
  { token }: BareOffer,
  lotId: string,
  cents: bigint,
): Promise<string> {
  const sums = { proceedsCents: cents * 100n, basisCents: 0n, costsCents: 0n, lossCents: 0n };
  const distributableCents = cents * 100n;
  const [gain] = await getDb()
    .insert(gains)
    .values({
      ...sums,
      tokenId: token.id,
      company: "Rope Ltd",
      closingDate: "2026-01-01",
      distributableCents,
      grade: "counterparty",
      declaredAt: day(1),
      dueAt: day(31),
    })
    .returning({ id: gains.id });
  const id = gain?.id ?? "";
  const parts = [{ lotId, holderId: teacher.id, holderLogId: teacher.logId, cents }];
  await mustPost(
    entries.gainDeclared(actAt(day(1)), {
      ...{ ...sums, id, distributableCents, parts, grade: "counterparty" },
      ...{ tokenId: token.id, tokenLogId: token.logId, ownerId: token.ownerId },
      recordInstant: day(1),
    }),
  );
  return id;
}

function payment(teacher: Teacher, { offer, lotId, gainId }: Paying, onDay: number) {
  const { token } = offer;
  return entries.gainDistributed(actAt(day(1 + onDay)), {
    ...{ id: gainId, tokenId: token.id, tokenLogId: token.logId, ownerId: token.ownerId },
    parts: [{ lotId, holderId: teacher.id, holderLogId: teacher.logId, cents: 1n }],
  });
}

/** Milliseconds a page of a teacher's record, everything that its route asks for. */
async function pageMs(handle: string, now: Date): Promise<number> {
  const started = process.hrtime.bigint();
  for (let n = 0; n < PAGES; n += 1) {
    const page = await getTeacherPage(handle, now);
    if (page?.count !== POSITIONS) throw new Error("that is not the record");
  }
  return Number(process.hrtime.bigint() - started) / 1e6 / PAGES;
}

/** A record's page with a long history beside one with a short, both of 300 positions. */
export const recordBench: Bench = {
  about: "the page of a teacher with 100,000 ledger lines against one with 1,000, in milliseconds",
  run: (compare) =>
    withBenchDatabase(async () => {
      process.stderr.write(`  making ${MANY_LINES + FEW_LINES} ledger lines\n`);
      const many = await makeTeacher(MANY_LINES);
      const few = await makeTeacher(FEW_LINES);
      const now = day(400);
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
