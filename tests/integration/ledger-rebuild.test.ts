import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { PROJECTIONS, rebuildProjections } from "~/ledger/rebuild.server";
import { addDays, utcDay } from "~/lib/dates";
import { useDatabase } from "../setup/database";
import { hasHledger } from "../setup/hledger";
import { expectBodies, expectFoldsAgree, expectHledgerAgrees } from "../setup/record-checks";
import { World } from "../setup/world";

const database = useDatabase();

async function asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** A world with an investment by two, gains paid and graded, a lot that its cap ended, and a withdrawal. */
async function makeHistory(): Promise<string> {
  const world = await World.make();
  const student = await world.person("student");
  const teacher = await world.investor("50,000");
  await world.invested(teacher, student, { amount: "10,000", percent: "10", payoutCap: "3" });
  world.pass({ days: 300 });
  await world.deposit(student, world.operators, "100,000");
  const sale = { company: "Rope Ltd", proceeds: "1,000,000", basis: "0", costs: "0" };
  const closingDate = addDays(utcDay(world.now), -1);
  const { gainId } = await world.declare(student, { ...sale, closingDate });
  await world.pay(student, gainId);
  await world.grade(world.operator, gainId, "counterparty", "Seen.");
  await world.withdraw(teacher, world.operators, "1,000");
  await world.offered(teacher, await world.person("student"), { amount: "10,000", percent: "1" });
  return utcDay(world.now);
}

describe("the projections, made anew from the entries", () => {
  it("are what stands; each planted difference is found, named and mended; nothing else is left behind", async () => {
    const today = await makeHistory();
    expect(await expectFoldsAgree(today)).toBe(1);
    expect(await expectHledgerAgrees(today)).toBe(hasHledger ? 2 : 0);
    expect(await expectBodies()).toContain("withdrawal_paid");
    await asOwner(async (sql) => {
      const seen: [number, number][] = [];
      const report = await rebuildProjections(sql, { onProgress: (n, of) => seen.push([n, of]) });
      expect(report).toMatchObject({ differing: [], first: null });
      expect(report.entries).toBeGreaterThan(10);
      expect(seen.at(-1)).toEqual([report.entries, report.entries]);
      const damages: [(typeof PROJECTIONS)[number], string][] = [
        [
          "lots",
          "UPDATE lots SET cost_left_cents = cost_left_cents + 0, paid_cents = paid_cents + 1",
        ],
        ["record_flows", "DELETE FROM record_flows"],
        ["record_flows", "UPDATE record_flows SET confirmed = NOT confirmed"],
        ["person_totals", "UPDATE person_totals SET early_cents = early_cents - 1"],
        ["gain_parts", "UPDATE gain_parts SET paid_cents = paid_cents - 1"],
        ["lot_movements", "DELETE FROM lot_movements WHERE shares < 0"],
        [
          "accounts",
          "UPDATE accounts SET balance = balance + 1 WHERE purpose = 'cash' AND balance > 0",
        ],
        [
          "person_totals",
          "INSERT INTO person_totals SELECT person_id, gen_random_uuid(), 1, 1, 1, 1, 1, 1, 1, 1, 1, false, last_entry_id FROM person_totals",
        ],
      ];
      for (const [table, damage] of damages) {
        await sql.unsafe(damage);
        const found = await rebuildProjections(sql);
        expect(
          found.differing.map((one) => one.table),
          damage,
        ).toEqual([table]);
        expect(found.first?.table).toBe(table);
        expect(found.first?.stored).not.toBe(found.first?.rebuilt);
        const again = await rebuildProjections(sql);
        expect(again, "looking changes nothing").toEqual(found);
        await rebuildProjections(sql, { write: true });
        expect((await rebuildProjections(sql)).first, damage).toBeNull();
      }
      expect(await sql`SELECT 1 FROM pg_namespace WHERE nspname = 'ledger_rebuild'`).toHaveLength(
        0,
      );
    });
  });

  it("are all that the ledger keeps beside its entries: no table of it is forgotten", async () => {
    const rows = await getDb().execute<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        AND NOT has_table_privilege(c.oid, 'INSERT') ORDER BY 1`);
    const facts = [
      "entry_openings",
      "journal_entries",
      "log_ids",
      "log_queue",
      "mail_secret",
      "postings",
    ];
    // The auditor makes the public log anew from the entries.
    const log = ["checkpoints", "keys", "leaves", "links", "state", "tile_hashes", "trees"];
    const known = [...PROJECTIONS, ...facts, ...log.map((name) => `log_${name}`)];
    expect(rows.map((row) => row.name)).toEqual(known.sort());
  });
});
