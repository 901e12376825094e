import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { getBundleExport } from "~/features/records/bundle.server";
import { FIGURES } from "~/features/records/figures";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { loadDemo } from "~/server/demo/load";
import { demoLogins } from "~/server/demo/logins";
import { expectTrueBook } from "../setup/database";
import { hasHledger } from "../setup/hledger";
import { changeEnv, logSettings } from "../setup/log-place";
import { openTestDatabase } from "../setup/open-database";
import {
  expectBodies,
  expectBundlesVerify,
  expectFoldsAgree,
  expectHledgerAgrees,
  expectRebuilt,
} from "../setup/record-checks";
import { expectFiguresOpen } from "../setup/record-lines";
import { judge } from "../setup/verify-world";

const NOW = new Date("2026-11-23T08:00:00.000Z");
const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** Everything that a world is up to an instant, but for its random ids: all entries with their postings, and who is in it. */
async function fingerprint(until = NOW): Promise<string[]> {
  const rows = await getDb().execute<{ line: string }>(sql`
    SELECT concat_ws('|', e.kind, e.effective_at, e.recorded_at, e.about_type, regexp_replace(e.data::text, ${UUID}, '#', 'g'),
      (SELECT string_agg(concat_ws(',', f.purpose, t.purpose, fp.handle, tp.handle, p.amount, p.from_balance, p.to_balance), ';' ORDER BY p.position)
        FROM postings p JOIN accounts f ON f.id = p.from_id JOIN accounts t ON t.id = p.to_id
        LEFT JOIN persons fp ON fp.id = f.owner_id LEFT JOIN persons tp ON tp.id = t.owner_id WHERE p.entry_id = e.id)) AS line
    FROM journal_entries e WHERE e.recorded_at <= ${until.toISOString()}::timestamptz ORDER BY e.id`);
  const people = await getDb().execute<{ line: string }>(sql`
    SELECT concat_ws('|', p.handle, p.email, p.legal_name, p.date_of_birth, p.created_at, f.headline) AS line FROM persons p JOIN profiles f ON f.person_id = p.id
    WHERE p.created_at <= ${until.toISOString()}::timestamptz ORDER BY p.handle`);
  return [...rows, ...people].map((row) => row.line);
}

const DAY = "2026-11-23";
/** Up to here the world is made twice: five of its eight years, with all kinds of act but reversals and a deferral. */
const MIDWAY = new Date("2024-06-30T00:00:00.000Z");

/** Makes the world in a database of its own, and tells what it looks like there. */
async function inWorld<T>(look: (ownerUrl: string) => Promise<T>, until = NOW): Promise<T> {
  const database = await openTestDatabase();
  try {
    await loadDemo({ now: NOW, until });
    return await look(database.ownerUrl);
  } finally {
    await database.close();
  }
}

/** The whole world goes into the public log; what is served of a teacher is true to the verifier. */
async function expectItsLog(): Promise<void> {
  changeEnv(logSettings());
  const taken = await new Sequencer({ place: getLogPlace, now: () => NOW }).drain();
  expect(taken).toBeGreaterThan(1_500);
  await expectTrueBook();
  const found = await getBundleExport("maya", NOW);
  if (found === null || found === "not yet") throw new Error(`no bundle: ${found}`);
  let text = "";
  for await (const piece of found.text) text += piece;
  const vkeys = getLogPlace().keys.map(({ vkey }) => vkey);
  expect(await judge(text, { vkeys })).toMatchObject({ verdict: "true", lies: [] });
}

async function expectTheStory(): Promise<void> {
  const [counts] = await getDb().execute<Record<string, number>>(sql`
    SELECT (SELECT count(DISTINCT investor_id) FROM offer_parts)::int AS teachers,
      (SELECT count(DISTINCT applicant_id) FROM applications)::int AS students,
      (SELECT count(DISTINCT scout_id) FROM referrals)::int AS scouts,
      (SELECT count(*) FROM cohorts)::int AS cohorts,
      (SELECT count(*) FROM offer_parts p JOIN offers o ON o.id = p.offer_id WHERE o.state IN ('settled', 'left'))::int AS investments,
      (SELECT count(DISTINCT grade) FROM gains)::int AS grades,
      (SELECT count(*) FROM gains WHERE paid_at IS NULL AND due_at < ${NOW.toISOString()}::timestamptz)::int AS overdue,
      (SELECT count(*) FROM offers WHERE state = 'open')::int AS waiting,
      (SELECT extract(year FROM age(${NOW.toISOString()}::timestamptz, min(created_at))) FROM persons)::int AS years`);
  expect(counts).toMatchObject({ teachers: 5, scouts: 10, cohorts: 13, grades: 4, waiting: 1 });
  expect(counts?.students).toBeGreaterThan(145);
  expect(Math.abs(Number(counts?.investments) - 300)).toBeLessThan(15);
  expect(counts?.overdue).toBe(1);
  expect(counts?.years).toBeGreaterThanOrEqual(7);
  const sold = await getDb().execute<{ paid: string }>(sql`
    SELECT sum(p.cents)::text AS paid FROM lot_payments p GROUP BY p.lot_id ORDER BY sum(p.cents) DESC`);
  const paid = sold.map((row) => Number(row.paid));
  const all = paid.reduce((sum, cents) => sum + cents, 0);
  // A few lots bring nearly everything: that is what makes the outcomes a power law.
  expect(paid.slice(0, 10).reduce((sum, cents) => sum + cents, 0) / all).toBeGreaterThan(0.6);
  expect(await expectBodies()).toEqual(expect.arrayContaining(LATER_KINDS));
  for (const { email } of demoLogins()) {
    const [found] = await getDb().execute(sql`SELECT 1 FROM persons WHERE email = ${email}`);
    expect(found, email).toBeDefined();
  }
}

/** What happens in it besides deposits, offers, investments and gains. */
const LATER_KINDS = [
  "claim_repaid",
  "gain_deferred",
  "lot_ended",
  "mark",
  "nothing_declared",
  "parting",
  "resale",
  "resale_returned",
  "reversal",
];

/** A whole world and most of another, one after the other, on a machine that has more to do. */
const WORLDS = { timeout: 480_000 };

it(
  "is made by the product's own commands: the same twice, with a true book, and with records that others recompute",
  WORLDS,
  async () => {
    const first = await inWorld(async (ownerUrl) => {
      await expectTrueBook();
      await expectTheStory();
      expect(await expectFoldsAgree(DAY)).toBeGreaterThanOrEqual(10);
      expect(await expectBundlesVerify(DAY)).toBeGreaterThanOrEqual(150);
      await expectItsLog();
      // No investor of this world was given a finder's stake as well.
      expect([...(await expectFiguresOpen(DAY)).keys()].sort()).toEqual(
        FIGURES.filter((name) => name !== "stakes").sort(),
      );
      if (hasHledger) expect(await expectHledgerAgrees(DAY)).toBeGreaterThanOrEqual(8);
      await expectRebuilt(ownerUrl);
      return fingerprint(MIDWAY);
    });
    expect(await inWorld(() => fingerprint(MIDWAY), MIDWAY)).toEqual(first);
  },
);

it("is another world with another seed", WORLDS, async () => {
  const plan = async (seed: number) => {
    const database = await openTestDatabase();
    try {
      await loadDemo({ now: NOW, seed, until: new Date("2020-01-01T00:00:00.000Z") });
      return await fingerprint();
    } finally {
      await database.close();
    }
  };
  expect(await plan(7)).not.toEqual(await plan(8));
});
