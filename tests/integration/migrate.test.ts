import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { expect, it } from "vitest";
import { sqlState } from "#db/client.server";
import { installJobs } from "#db/jobs.server";
import { migrate, migrationsComplete } from "#db/migrate.server";
import { databaseUrl } from "../setup/template";

const admin = process.env.TEST_OWNER_URL ?? "";

/** A new, empty database and what to do with it; dropped afterwards. */
async function withEmptyDatabase(work: (ownerUrl: string) => Promise<void>): Promise<void> {
  const name = `migrate_${process.pid}_${randomBytes(4).toString("hex")}`;
  const sql = postgres(admin, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`CREATE DATABASE ${name}`);
    await work(databaseUrl(admin, name));
  } finally {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await sql.end();
  }
}

it("lets several processes start at once: one migrates, the others wait and find nothing to do", async () => {
  await withEmptyDatabase(async (ownerUrl) => {
    const role = `belay_race_${randomBytes(4).toString("hex")}`;
    const starts = Array.from({ length: 5 }, () =>
      migrate({ ownerUrl, role, install: () => installJobs(ownerUrl) }),
    );
    expect(await Promise.all(starts)).toEqual(Array(5).fill({ roleReady: true }));
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    try {
      expect(await migrationsComplete(sql)).toBe(true);
      const [run] =
        await sql`SELECT count(*)::int AS n, count(DISTINCT hash)::int AS hashes FROM drizzle.__drizzle_migrations`;
      expect(run?.n).toBe(run?.hashes);
    } finally {
      await sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await sql.end();
    }
  });
});

it("goes on without a role of its own where the owner may not make one, and says which SQL makes it", async () => {
  await withEmptyDatabase(async (ownerUrl) => {
    const owner = `belay_plain_${randomBytes(4).toString("hex")}`;
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    try {
      await sql.unsafe(
        `CREATE ROLE ${owner} LOGIN PASSWORD 'plain'; ALTER SCHEMA public OWNER TO ${owner}; GRANT CREATE ON DATABASE ${new URL(ownerUrl).pathname.slice(1)} TO ${owner}`,
      );
      const plain = new URL(ownerUrl);
      plain.username = owner;
      plain.password = "plain";
      const said: string[] = [];
      const role = `${owner}_app`;
      const made = await migrate({ ownerUrl: plain.href, role, log: (line) => said.push(line) });
      expect(made).toEqual({ roleReady: false });
      expect(said.join("\n")).toContain(`CREATE ROLE "${role}" LOGIN`);
      // The triggers alone guard the book now.
      const asOwner = postgres(plain.href, { max: 1, onnotice: () => {} });
      try {
        await expect(asOwner`DELETE FROM journal_entries`).resolves.toHaveLength(0);
        const refused = await asOwner`TRUNCATE postings`.then(
          () => undefined,
          (error: unknown) => sqlState(error),
        );
        expect(refused).toBe("23000");
      } finally {
        await asOwner.end();
      }
    } finally {
      await sql.unsafe(`DROP OWNED BY ${owner} CASCADE; DROP ROLE ${owner}`);
      await sql.end();
    }
  });
});
