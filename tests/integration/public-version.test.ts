import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { closeDb, getDb, inTransaction, type Tx } from "#db/client.server";
import { getPublicState, getPublicVersion } from "~/features/site/public-version.server";
import { OPEN_PAGES } from "~/lib/open-page.server";
import { clearSingleton } from "~/lib/singleton.server";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { changeEnv, publishLog } from "../setup/log-place";
import { World } from "../setup/world";

useDatabase({ audit: false });

let world: World;
let teacher: Someone;
let student: Someone;
let slug: string;

beforeAll(async () => {
  world = await World.make();
  teacher = await world.investor("100,000");
  student = await world.person("student");
  await world.invested(teacher, student, { amount: "20,000", percent: "1" });
  slug = (await world.cohort(teacher)).slug;
  await publishLog(world.now);
});

const rename = (db: Pick<Tx, "execute">) =>
  db.execute(sql`UPDATE profiles SET headline = headline || '.' WHERE person_id = ${student.id}`);

/** Whether an act changes what public pages stand on. */
async function changes(act: () => Promise<unknown>): Promise<boolean> {
  const before = await getPublicState();
  expect(await getPublicState()).toBe(before);
  await act();
  return (await getPublicState()) !== before;
}

describe("what public pages stand on", () => {
  it("changes with each write that they may show, posted, signed or neither", async () => {
    expect(await changes(() => rename(getDb()))).toBe(true);
    expect(await changes(() => world.deposit(student, world.operators, "100"))).toBe(true);
    expect(await changes(() => publishLog(world.now))).toBe(true);
    expect(await changes(() => getDb().execute(sql`DELETE FROM rate_limits`))).toBe(false);
    expect(await changes(() => publishLog(world.now))).toBe(false);
  });

  it("is another for every entry, however many wait and however the log goes on", async () => {
    const seen = new Set([await getPublicState()]);
    for (let n = 0; n < 4; n++) {
      await world.deposit(student, world.operators, "1");
      seen.add(await getPublicState());
      if (n % 2 === 0) continue;
      await publishLog(world.now);
      seen.add(await getPublicState());
    }
    expect(seen.size).toBe(7);
  });

  it("tells what is committed, and only that: writers side by side wait for nobody", async () => {
    const before = await getPublicState();
    const seen = await inTransaction(async (one) => {
      await rename(one);
      await inTransaction((other) =>
        other.execute(sql`UPDATE persons SET display_name = display_name WHERE id = ${teacher.id}`),
      );
      return getPublicState();
    });
    expect(seen).not.toBe(before);
    expect(await getPublicState()).not.toBe(seen);
    const undone = inTransaction(async (tx) => {
      await rename(tx);
      throw new Error("undone");
    }).catch(() => {});
    expect(await changes(() => undone)).toBe(false);
    const half = () =>
      inTransaction(async (tx) => {
        await tx
          .transaction(async (within) => {
            await rename(within);
            throw new Error("undone");
          })
          .catch(() => {});
        await rename(tx);
      });
    expect(await changes(half)).toBe(true);
  });

  it("never tells somebody what was read before their time", async () => {
    for (let n = 0; n < 20; n++) {
      const early = getPublicState();
      await rename(getDb());
      const late = getPublicState();
      const shared = getPublicState();
      expect(await late).toBe(await shared);
      expect(await getPublicState()).toBe(await late);
      await early;
    }
  });

  it("is the same to every process", async () => {
    const told = await getPublicVersion(world.now);
    clearSingleton("public-version");
    expect(await getPublicVersion(world.now)).toBe(told);
  });
});

describe("the version of public pages", () => {
  it("is another after a minute, and within one as soon as a deadline has passed", async () => {
    const closes = new Date("2027-03-01T12:00:30.500Z");
    await getDb().execute(
      sql`UPDATE cohorts SET closes_at = ${closes.toISOString()}, decisions_by = '2027-04-01', starts_at = '2027-05-01', ends_at = '2027-06-01'
        WHERE slug = ${slug}`,
    );
    const at = (ms: number) => getPublicVersion(new Date(closes.getTime() + ms));
    const told = [await at(-30_500), await at(-1), await at(0), await at(1), await at(29_499)];
    expect(told[1]).toBe(told[0]);
    expect(new Set(told.slice(1, 4)).size).toBe(3);
    expect(told[4]).toBe(told[3]);
    expect(await at(29_500)).not.toBe(told[4]);
  });
});

type Loader = (args: object) => Promise<unknown>;

/** How often each table was read, by its name, by the only connection there is. */
async function readsOf(): Promise<Map<string, number>> {
  await getDb().execute(sql`SELECT pg_stat_force_next_flush()`);
  const rows = await getDb().execute<{ name: string; n: number }>(
    sql`SELECT relname AS name, (seq_scan + coalesce(idx_scan, 0))::int AS n FROM pg_stat_user_tables WHERE schemaname = 'public'`,
  );
  return new Map(rows.map(({ name, n }) => [name, n]));
}

describe("tables that tell nobody of what is written to them", () => {
  it("are written by the posting functions and the log alone, or read by no open page", async () => {
    const rows = await getDb().execute<{ name: string }>(sql`
      SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND has_table_privilege('belay_app', c.oid, 'INSERT')
        AND NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'public_change') ORDER BY c.relname`);
    const silent = rows.map(({ name }) => name);
    expect(silent).toContain("sessions");
    await closeDb();
    changeEnv({ DATABASE_POOL: 1 });
    const before = await readsOf();
    const params: Record<string, string> = { index: "0" };
    const context = { cspNonce: "n", requestId: "r", clientAddress: "127.0.0.1" };
    for (const page of [...OPEN_PAGES, "root"]) {
      const file = page === "root" ? "~/root" : `~/routes/${page}/route`;
      const { loader } = (await import(file.replace("~", "../../app"))) as { loader: Loader };
      for (const handle of [teacher.handle, student.handle]) {
        const request = new Request(`http://x.test/?a=${handle}&of=dpi`);
        await loader({ request, params: { ...params, handle, slug }, context });
      }
    }
    const after = await readsOf();
    const read = silent.filter((name) => (after.get(name) ?? 0) > (before.get(name) ?? 0));
    expect(after.get("profiles")).toBeGreaterThan(before.get("profiles") ?? 0);
    // What a process keeps of records for others, made of the signed tree; and the counters themselves.
    expect(read).toEqual(["public_changes", "published_records"]);
  });
});
