import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { withLogin } from "../setup/by-hand";
import { childEnv } from "../setup/child-env";
import { useDatabase } from "../setup/database";
import { day, must } from "../setup/deals";
import { begin, decide, makeMany, states } from "../setup/deciding";
import { logSettings } from "../setup/log-place";

const database = useDatabase();
const root = fileURLToPath(new URL("../..", import.meta.url));
const program = fileURLToPath(new URL("../setup/release-child.ts", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** A process of its own that takes a release out. */
function start(mode: "one" | "all", releaseId: string): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", program, mode, releaseId, day(11).toISOString()],
    {
      cwd: root,
      env: childEnv({
        NODE_ENV: "test",
        TSX_TSCONFIG_PATH: `${root}/tsconfig.json`,
        ...logSettings(),
      }),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  children.push(child);
  return child;
}

const closed = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("close", resolve));

async function kill(child: ChildProcess): Promise<void> {
  const gone = closed(child);
  child.kill("SIGKILL");
  await gone;
}

/** As one snapshot shows them: how many have a state, a message and an event, and how many people have a message. */
async function shown(cohortId: string) {
  const [row] = await getDb().execute<Record<"states" | "mails" | "people" | "events", number>>(sql`
    select (select count(*)::int from applications where cohort_id = ${cohortId} and state = 'declined') as states,
      count(o.id)::int as mails, count(distinct o.person_id)::int as people,
      (select count(*)::int from application_events e join applications a on a.id = e.application_id where a.cohort_id = ${cohortId} and e.kind = 'declined') as events
    from outbox o join applications a on a.applicant_id = o.person_id
    where a.cohort_id = ${cohortId} and o.template = 'application-declined'`);
  return row;
}
const all = (n: number) => ({ states: n, mails: n, people: n, events: n });

/** Backends of the application that wait for a row. */
const countWaiting = () =>
  withLogin(database.ownerUrl, async (owner) => {
    const rows = await owner`select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update decisions%' and pid <> pg_backend_pid()`;
    return rows.length;
  });

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

it("a release whose process is killed between two batches and in the middle of one is finished by another; each is told once, with their state", async () => {
  const { teacher, cohort, ids } = await makeMany(450);
  must(await decide(teacher, cohort, ids, "decline"));
  const { releaseId } = must(await begin(teacher, cohort));
  expect(await shown(cohort.cohortId)).toEqual(all(0));

  const first = start("one", releaseId);
  await new Promise((resolve) => first.stdout?.once("data", resolve));
  await kill(first);
  expect(await shown(cohort.cohortId)).toEqual(all(200));

  await withLogin(database.ownerUrl, (owner) =>
    owner.begin(async (held) => {
      // The batch has written states, events and messages when it comes to these rows, and dies waiting for them.
      await held`select 1 from decisions where release_id = ${releaseId} and state = 'releasing' for update`;
      const second = start("one", releaseId);
      await until(async () => (await countWaiting()) > 0);
      await kill(second);
      expect(await shown(cohort.cohortId)).toEqual(all(200));
    }),
  );
  // Its backend finds nobody there, and takes back what it had done.
  await until(async () => (await countWaiting()) === 0);
  expect(await shown(cohort.cohortId)).toEqual(all(200));

  const ended = [start("all", releaseId), start("all", releaseId)].map(closed);
  let going = true;
  const exits = Promise.all(ended).finally(() => {
    going = false;
  });
  while (going) {
    const now = await shown(cohort.cohortId);
    expect(now).toEqual(all(now?.states ?? -1));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await exits).toEqual([0, 0]);
  expect(await shown(cohort.cohortId)).toEqual(all(450));
  expect(new Set(await states(ids))).toEqual(new Set(["declined"]));
  const [release] = await getDb().execute<{ done: number; finished: boolean }>(
    sql`select done, finished_at is not null as finished from decision_releases where id = ${releaseId}`,
  );
  expect(release).toEqual({ done: 450, finished: true });
});
