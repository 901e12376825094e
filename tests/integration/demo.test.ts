import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { loadDemo } from "~/server/demo/load";
import { demoLogins } from "~/server/demo/logins";
import { expectTrueBook } from "../setup/database";
import { openTestDatabase } from "../setup/open-database";

const NOW = new Date("2026-11-23T08:00:00.000Z");
const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** Everything that a world is, but for its random ids: all entries with their postings, and who is in it. */
async function fingerprint(): Promise<string[]> {
  const rows = await getDb().execute<{ line: string }>(sql`
    SELECT concat_ws('|', e.kind, e.effective_at, e.recorded_at, e.about_type, regexp_replace(e.data::text, ${UUID}, '#', 'g'),
      (SELECT string_agg(concat_ws(',', f.purpose, t.purpose, fp.handle, tp.handle, p.amount, p.from_balance, p.to_balance), ';' ORDER BY p.position)
        FROM postings p JOIN accounts f ON f.id = p.from_id JOIN accounts t ON t.id = p.to_id
        LEFT JOIN persons fp ON fp.id = f.owner_id LEFT JOIN persons tp ON tp.id = t.owner_id WHERE p.entry_id = e.id)) AS line
    FROM journal_entries e ORDER BY e.id`);
  const people = await getDb().execute<{ line: string }>(sql`
    SELECT concat_ws('|', p.handle, p.email, p.legal_name, p.date_of_birth, p.created_at, f.headline) AS line FROM persons p JOIN profiles f ON f.person_id = p.id ORDER BY p.handle`);
  return [...rows, ...people].map((row) => row.line);
}

async function makeWorld(): Promise<{ print: string[]; counts: Record<string, number> }> {
  const database = await openTestDatabase();
  try {
    await loadDemo({ now: NOW });
    await expectTrueBook();
    const [counts] = await getDb().execute<Record<string, number>>(sql`
      SELECT (SELECT count(DISTINCT made_by) FROM offers)::int AS teachers, (SELECT count(DISTINCT applicant_id) FROM applications)::int AS students,
        (SELECT count(*) FROM lots)::int AS investments, (SELECT count(*) FROM gains WHERE distributable_cents > 0)::int AS gains,
        (SELECT count(DISTINCT grade) FROM gains)::int AS grades, (SELECT count(*) FROM offers WHERE state = 'open')::int AS waiting,
        (SELECT extract(year FROM age(${NOW.toISOString()}::timestamptz, min(acquired_at))) FROM lots)::int AS years`);
    for (const { email } of demoLogins()) {
      const [found] = await getDb().execute(sql`SELECT 1 FROM persons WHERE email = ${email}`);
      expect(found, email).toBeDefined();
    }
    return { print: await fingerprint(), counts: counts ?? {} };
  } finally {
    await database.close();
  }
}

/** Two whole worlds, one after the other, on a machine that has more to do. */
const WORLDS = { timeout: 480_000 };

it(
  "is made by the product's own commands, and the auditor passes on it; same seed and date, same world",
  WORLDS,
  async () => {
    const first = await makeWorld();
    expect(first.counts).toEqual({
      teachers: 5,
      students: 153,
      investments: 309,
      gains: 27,
      grades: 4,
      waiting: 1,
      years: 7,
    });
    const again = await makeWorld();
    expect(again.print).toEqual(first.print);
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
