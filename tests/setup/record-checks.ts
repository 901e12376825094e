import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, expect } from "vitest";
import { getDb } from "#db/client.server";
import { getLinedRecord } from "~/features/records/get-record.server";
import { type Body, encodeBody, listBodies, listBodiesOf } from "~/ledger/bodies.server";
import { journalText } from "~/ledger/journal";
import { listSamePersons } from "~/ledger/positions.server";
import { getLogIds } from "~/ledger/read.server";
import { rebuildProjections } from "~/ledger/rebuild.server";
import { listRecordLots, recordOfLots } from "~/ledger/record.server";
import { recordInputOf } from "~/ledger/record-book";
import { computeRecord } from "~/ledger/returns";
import { addDays } from "~/lib/dates";
import { askHledger, hasHledger, hledgerIrr } from "./hledger";
import { TestLog, textOf } from "./log-world";
import type { TestDatabase } from "./open-database";
import { expectFiguresOpen } from "./record-lines";
import { judge } from "./verify-world";

/** Everybody who ever held shares of somebody's token. */
async function listHolders(): Promise<{ id: string; handle: string }[]> {
  return getDb().execute<{ id: string; handle: string }>(sql`
    SELECT id, handle FROM persons WHERE id IN (SELECT person_id FROM person_totals) ORDER BY handle`);
}

/**
 * What the server says of every record from its projections must be what anybody computes from the public bodies. Answers
 * how many records there were.
 */
export async function expectFoldsAgree(valuationDate: string): Promise<number> {
  const db = getDb();
  const holders = await listHolders();
  for (const person of holders) {
    const ids = await listSamePersons(db, person.id);
    const names = await db.execute<{ log_id: string }>(
      sql`SELECT log_id FROM log_ids WHERE kind = 'person' AND subject_id = ANY (${`{${ids.join(",")}}`}::uuid[])`,
    );
    const bodies = await listBodiesOf(db, ids);
    const folded = recordInputOf(
      bodies,
      names.map((row) => row.log_id),
      valuationDate,
    );
    const ours = recordOfLots(await listRecordLots(db, person.id), valuationDate);
    expect(computeRecord(folded), person.handle).toEqual(ours);
  }
  return holders.length;
}

/** Every entry has a body of ASCII canonical JSON; private ones name nobody. Answers the kinds that there were. */
export async function expectBodies(): Promise<string[]> {
  const rows = await getDb().execute<{ id: string }>(
    sql`SELECT e.id::text FROM journal_entries e ORDER BY e.id`,
  );
  const kinds = new Set<string>();
  for (let from = 0; from < rows.length; from += 1_000) {
    const ids = rows.slice(from, from + 1_000).map((row) => BigInt(row.id));
    for (const body of await listBodies(getDb(), ids)) {
      kinds.add(body.kind);
      expect(encodeBody(body)).toMatch(/^[\x20-\x7e]+$/);
    }
  }
  return [...kinds].sort();
}

/** Whom posting counts for each entry is whom its body names, where the log shows it. */
export async function expectPeople(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const rows = await owner<{ id: string; people: string[] }[]>`
      SELECT e.id::text, ARRAY(SELECT one::text FROM ledger_people_of(e.id) AS one ORDER BY 1) AS people FROM journal_entries e ORDER BY e.id`;
    for (let from = 0; from < rows.length; from += 1_000) {
      const batch = rows.slice(from, from + 1_000);
      const bodies = await listBodies(
        getDb(),
        batch.map((row) => BigInt(row.id)),
      );
      expect(batch.map((row) => row.people)).toEqual(bodies.map((body) => body.people));
    }
  } finally {
    await owner.end();
  }
}

type Known = { id: string; handle: string; logId: string };

/** The whole book in a log; people whom a test made without an opening are opened first. */
async function logOfBook(persons: readonly Known[]): Promise<TestLog> {
  const rows = await getDb().execute<{ id: string }>(
    sql`SELECT e.id::text FROM journal_entries e ORDER BY e.id`,
  );
  const bodies: Body[] = [];
  for (let from = 0; from < rows.length; from += 1_000) {
    const ids = rows.slice(from, from + 1_000).map((row) => BigInt(row.id));
    bodies.push(...(await listBodies(getDb(), ids)));
  }
  const opened = new Set(
    bodies.filter(({ kind }) => kind === "person_opened").map(({ about }) => about),
  );
  const at = "2000-01-01T00:00:00.000Z";
  const missing = persons
    .filter(({ logId }) => !opened.has(logId))
    .map(({ handle, logId: about }) => {
      const kind = "person_opened" as const;
      const written = { about, data: { handle }, effectiveAt: at, id: randomUUID(), kind };
      return { ...written, people: [about], postings: [], recordedAt: at };
    });
  return new TestLog().fill({ bodies: [...missing, ...bodies] });
}

/**
 * Every person's bundle must be true to the verifier, in a log that holds the whole book; valued on the day given. Answers
 * how many there were.
 */
export async function expectBundlesVerify(valuationDate: string): Promise<number> {
  const db = getDb();
  const persons = await db.execute<Known>(sql`
    SELECT p.id, p.handle, i.log_id AS "logId" FROM persons p
    JOIN log_ids i ON i.kind = 'person' AND i.subject_id = p.id WHERE p.handle IS NOT NULL ORDER BY p.handle`);
  const log = await logOfBook(persons);
  for (const { id, handle, logId } of persons) {
    const names = await getLogIds(db, "person", await listSamePersons(db, id));
    const others = [...names.values()].filter((one) => one !== logId);
    const told = await judge(await textOf(log.partsOf(logId, valuationDate, others)));
    expect(told.lies, handle).toEqual([]);
    expect(told.verdict, handle).toBe("true");
  }
  return persons.length;
}

/** It looks for rates up to a million percent a year. */
const HLEDGERS_LARGEST_RATE = 9_998;

/**
 * hledger must accept every record's journal, and find our gross and net IRR to 0.01 percentage point wherever we say
 * there is one. Answers how many rates were compared; 0 where hledger is absent.
 */
export async function expectHledgerAgrees(valuationDate: string): Promise<number> {
  if (!hasHledger) return 0;
  let compared = 0;
  for (const person of await listHolders()) {
    const record = await getLinedRecord(getDb(), person, valuationDate);
    const journal = journalText(record);
    askHledger(journal, ["check"]);
    const { lots, flows: cash } = record;
    const summary = computeRecord({ valuationDate, lots, cash });
    const first = summary.firstInvested;
    if (first === null) continue;
    for (const [side, pnl] of [
      ["gross", "income"],
      ["net", "income|expenses"],
    ] as const) {
      const { rate } = summary[side].irr;
      if (rate === null || Number(rate) > HLEDGERS_LARGEST_RATE) continue;
      const theirs = hledgerIrr(journal, { first, valuationDate, pnl });
      if (theirs === null) continue;
      const apart = Math.abs(Number(theirs) - Number(rate) * 100);
      expect(apart, `${person.handle}, ${side}: ${theirs} and ${rate}`).toBeLessThanOrEqual(0.01);
      compared += 1;
    }
  }
  return compared;
}

/** Every projection must be what the entries make of it. */
export async function expectRebuilt(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    expect((await rebuildProjections(owner)).first).toBeNull();
  } finally {
    await owner.end();
  }
}

const CHECKS_MS = 400_000;

/**
 * When the file's tests are over, all records that they left behind are checked, valued on the last day of the book and
 * more than two years later: the projections against the public bodies, hledger, and the entries; and every figure of their
 * pages against its ledger lines.
 */
export function checkRecordsAtTheEnd(database: TestDatabase): void {
  afterAll(async () => {
    const [last] = await getDb().execute<{ day: string }>(
      sql`SELECT to_char(max(recorded_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM journal_entries`,
    );
    const today = last?.day ?? "2026-01-01";
    for (const day of [today, addDays(today, 800)]) {
      expect(await expectFoldsAgree(day)).toBeGreaterThan(0);
      await expectHledgerAgrees(day);
      await expectFiguresOpen(day);
    }
    expect(await expectBundlesVerify(addDays(today, 800))).toBeGreaterThan(0);
    await expectBodies();
    await expectPeople(database.ownerUrl);
    await expectRebuilt(database.ownerUrl);
  }, CHECKS_MS);
}
