import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, expect } from "vitest";
import { getDb } from "#db/client.server";
import { encodeBody, listBodies, listBodiesOf } from "~/ledger/bodies.server";
import { journalText } from "~/ledger/journal";
import { listSamePersons } from "~/ledger/positions.server";
import { rebuildProjections } from "~/ledger/rebuild.server";
import { getLinedRecord, listRecordLots, recordOfLots } from "~/ledger/record.server";
import { recordInputOf } from "~/ledger/record-book";
import { computeRecord } from "~/ledger/returns";
import { addDays } from "~/lib/dates";
import { askHledger, hasHledger, hledgerIrr } from "./hledger";
import type { TestDatabase } from "./open-database";

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
    sql`SELECT id::text FROM journal_entries ORDER BY id`,
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
      const theirs = Number(hledgerIrr(journal, { first, valuationDate, pnl }));
      const apart = Math.abs(theirs - Number(rate) * 100);
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

/**
 * When the file's tests are over, all records that they left behind are checked, valued on the last day of the book and
 * more than two years later: the projections against the public bodies, hledger, and the entries.
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
    }
    await expectBodies();
    await expectRebuilt(database.ownerUrl);
  });
}
