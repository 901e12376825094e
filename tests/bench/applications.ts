import { sql } from "drizzle-orm";
import postgres from "postgres";
import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { releaseAll } from "~/features/decisions/release-decisions.server";
import { assignReviewers } from "~/features/reviews/assign-reviewers.server";
import { normaliseScores } from "~/features/reviews/normalise-scores.server";
import { scoreApplication } from "~/features/reviews/score-application.server";
import { loadReview } from "~/routes/teach.applications.$id/review.server";
import { loadList } from "~/routes/teach.cohorts.$slug/list.server";
import { loadRelease } from "~/routes/teach.cohorts.$slug_.release/release.server";
import { day, key, must, scoresOf } from "../setup/deals";
import { makeApplications } from "../setup/many-applications";
import { makeReviewed } from "../setup/many-reviews";
import { makeReview } from "../setup/reviewing";
import { withBenchDatabase } from "./database";
import { afterwards, type Bench, type Comparison } from "./harness";

const SIZES = { few: 200, some: 2_000, many: 20_000 };
const REVIEWERS = 40;
/** Each reviewer has declared so many conflicts. */
const CONFLICTS = 10;
/** How often a page is asked for in a round, and how many rounds there are, the first of which warms up. */
const [ASKED, ROUNDS] = [50, 8];
const AT_ONCE = 500;

type World = Awaited<ReturnType<typeof makeReview>> & { size: number };
type Compare = (comparison: Comparison) => Promise<void>;
type Once = (world: World, n: number) => Promise<unknown>;

const LEVEL = { text: "at most 1.3 times the time", met: (ratio: number) => ratio <= 1.3 };
const WATCHED = { text: "a figure to watch", met: () => true };
const LINEAR = {
  text: "linear: at most 1.3 times the time for each application",
  met: (ratio: number) => ratio <= 1.3,
};

const tell = (text: string): void => void process.stderr.write(`  ${text}\n`);
const since = (started: bigint): number => Number(process.hrtime.bigint() - started) / 1e6;

/** A cohort with its reviewers and so many submitted applications, no two of whose parts say the same. */
async function makeWorld(size: number): Promise<World> {
  const made = await makeReview({ reviewers: REVIEWERS, applicants: 0 });
  const ids = await makeApplications(made.cohort, size);
  await getDb().execute(sql`
    insert into conflict_declarations (reviewer_id, applicant_id, reason, declared_by, declared_at)
    select r.id, a.applicant_id, 'We share an office.', r.id, ${day(1).toISOString()}
    from unnest(${sql.param(made.reviewers.map(({ id }) => id))}::uuid[]) with ordinality r(id, n)
    join lateral (select applicant_id from applications where cohort_id = ${made.cohort.cohortId} order by id offset r.n * 3 limit ${CONFLICTS}) a on true`);
  return { ...made, ids, size };
}

/** The same beside each other, round by round; of each round the median and the 99th percentile. */
async function alternate(
  compare: Compare,
  name: string,
  worlds: [World, World],
  once: Once,
  level: typeof LEVEL = LEVEL,
) {
  const figures = { p50: [[], []] as [number[], number[]], p99: [[], []] as [number[], number[]] };
  for (let round = 0; round < ROUNDS; round++)
    for (const [which, world] of worlds.entries()) {
      const times: number[] = [];
      for (let n = 0; n < ASKED; n++) {
        const started = process.hrtime.bigint();
        await once(world, round * ASKED + n);
        times.push(since(started));
      }
      times.sort((a, b) => a - b);
      for (const [part, at] of [
        ["p50", 0.5],
        ["p99", 0.99],
      ] as const)
        figures[part][which as 0 | 1].push(times[Math.floor(times.length * at)] ?? Number.NaN);
    }
  for (const [part, target] of [
    ["p50", level],
    ["p99", WATCHED],
  ] as const) {
    const [theirs, ours] = figures[part];
    const title = `${name}, ${SIZES.many} applications to ${SIZES.few}, ${part} in milliseconds`;
    await compare(afterwards(title, target, { ours, theirs }));
  }
}

/** One of many, the same for the same number, far from the one before. */
const drawn = <T>(all: readonly T[], n: number): T => {
  const one = all[(n * 7_919) % all.length];
  if (one === undefined) throw new Error("nothing to draw from");
  return one;
};

const pageOf = (world: World, actor: Actor, query: Record<string, string>) => async () => {
  const cohort = await getOwnCohort(actor, world.cohort.slug);
  if (!cohort) throw new Error("no cohort");
  const { applications } = await loadList(actor, cohort, new URLSearchParams(query));
  if (applications.length === 0) throw new Error(`an empty list: ${JSON.stringify(query)}`);
};

/** In the small cohort a reviewer has ten in all, so their page by score is shorter there: that one is watched. */
const LISTS: [
  name: string,
  who: (world: World) => Actor,
  query: Record<string, string>,
  target?: typeof LEVEL,
][] = [
  ["list", ({ teacher }) => teacher, {}],
  ["list by normalised score", ({ teacher }) => teacher, { sort: "score" }],
  [
    "list of what is not decided",
    ({ teacher }) => teacher,
    { decision: "none", state: "submitted" },
  ],
  [
    "a reviewer's list of what waits for them",
    ({ reviewers }) => drawn(reviewers, 1),
    { mine: "waiting" },
  ],
  [
    "a reviewer's list by score",
    ({ reviewers }) => drawn(reviewers, 1),
    { sort: "score" },
    WATCHED,
  ],
];

/** What a reviewer was given. */
async function listGiven({ cohort }: World): Promise<{ id: string; reviewer: string }[]> {
  const rows = await getDb().execute<{ id: string; reviewer: string }>(sql`
    select g.application_id as id, g.reviewer_id as reviewer from review_assignments g join applications a on a.id = g.application_id
    where a.cohort_id = ${cohort.cohortId} order by 1, 2`);
  return [...rows];
}

async function compareReading(compare: Compare, worlds: [World, World]) {
  for (const [name, who, query, target] of LISTS)
    await alternate(compare, name, worlds, (world) => pageOf(world, who(world), query)(), target);
  const given = new Map<World, { id: string; reviewer: string }[]>();
  for (const world of worlds) given.set(world, await listGiven(world));
  const one = (world: World, n: number) => drawn(given.get(world) ?? [], n);
  const asReviewer = (world: World, id: string): Actor => {
    const found = world.reviewers.find((reviewer) => reviewer.id === id);
    return found ?? world.teacher;
  };
  await alternate(compare, "next application", worlds, (world, n) => {
    const { id, reviewer } = one(world, n);
    return loadReview(asReviewer(world, reviewer), id, new URLSearchParams("mine=all"), day(12));
  });
  await alternate(compare, "a teacher's next application by score", worlds, (world, n) =>
    loadReview(world.teacher, drawn(world.ids, n), new URLSearchParams("sort=score"), day(12)),
  );
  await alternate(compare, "save a score", worlds, async (world, n) => {
    const { id, reviewer } = one(world, n);
    const input = {
      applicationId: id,
      scores: scoresOf(world.cohort, String(1 + (n % 5))),
      note: "",
    };
    const actor = asReviewer(world, reviewer);
    must(await scoreApplication({ actor, input, idempotencyKey: key(), now: day(12) }));
  });
}

/** Assigns all, run after run, and tells how long each took. */
async function assignAll({ teacher, cohort, size }: World): Promise<number> {
  const started = process.hrtime.bigint();
  let after: string | null = null;
  do {
    const run = process.hrtime.bigint();
    const input: { cohortId: string; after: string | null } = { cohortId: cohort.cohortId, after };
    const done = must(
      await assignReviewers({ actor: teacher, input, idempotencyKey: key(), now: day(11) }),
    );
    after = done.after;
    tell(
      `${size} applications: ${done.assigned} assigned in ${since(run).toFixed(0)} ms, ${done.short} short`,
    );
  } while (after !== null);
  return since(started);
}

/** Whose name is looked for: somebody far down the list. */
const nameIn = async ({ ids }: World): Promise<string> => {
  const [row] = await getDb().execute<{ name: string }>(sql`
    select p.display_name as name from applications a join persons p on p.id = a.applicant_id where a.id = ${drawn(ids, ids.length - 1)}`);
  return row?.name ?? "";
};

/** What is asked for while all is decided and nothing is out: the preview, which shows so many and counts all; the list by name and decision. */
async function comparePending(compare: Compare, worlds: [World, World]) {
  await alternate(
    compare,
    "a release's preview",
    worlds,
    async ({ teacher, cohort, size }) => {
      const { total } = await loadRelease(teacher, cohort.slug, new URLSearchParams(), day(13));
      if (total !== size) throw new Error("not all are pending");
    },
    WATCHED,
  );
  const names = new Map<World, string>();
  for (const world of worlds) names.set(world, await nameIn(world));
  await alternate(
    compare,
    "list of one name",
    worlds,
    (world) => pageOf(world, world.teacher, { q: names.get(world) ?? "" })(),
    LEVEL,
  );
  await alternate(compare, "list of who is to be declined", worlds, (world) =>
    pageOf(world, world.teacher, { decision: "decline" })(),
  );
  await alternate(
    compare,
    "list of who is to be waitlisted, the last of the list",
    worlds,
    (world) => pageOf(world, world.teacher, { decision: "waitlist" })(),
    WATCHED,
  );
}

/** Decides about all; answers the milliseconds. */
async function decideAboutAll({ teacher, cohort, ids }: World): Promise<number> {
  const call = { actor: teacher, now: day(13) };
  const started = process.hrtime.bigint();
  const few = Math.min(AT_ONCE, ids.length / 10);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const applicationIds = ids.slice(at, at + AT_ONCE);
    const input = { cohortId: cohort.cohortId, applicationIds, kind: "decline" };
    must(await decideApplications({ ...call, input, idempotencyKey: key() }));
  }
  const last = { cohortId: cohort.cohortId, applicationIds: ids.slice(-few), kind: "waitlist" };
  must(await decideApplications({ ...call, input: last, idempotencyKey: key() }));
  return since(started);
}

/** Releases what is decided about all, stops half-way and goes on; answers the milliseconds. */
async function releaseEverybody({ teacher, cohort, size }: World): Promise<number> {
  const call = { actor: teacher, now: day(13) };
  const started = process.hrtime.bigint();
  const input = { cohortId: cohort.cohortId };
  const { releaseId, total } = must(await beginRelease({ ...call, input, idempotencyKey: key() }));
  if (total !== size) throw new Error("not all are going out");
  let at = 0;
  const progress = (done: number) => {
    at = done;
    if (done % Math.ceil(size / 4) === 0)
      tell(`${done} of ${size} are out after ${since(started).toFixed(0)} ms`);
  };
  await releaseAll(releaseId, day(13), { progress, stopped: () => at >= size / 2 });
  await releaseAll(releaseId, day(13), { progress });
  const releasing = since(started);
  const [told] = await getDb().execute<{ n: number; people: number }>(sql`
    select count(*)::int as n, count(distinct o.person_id)::int as people from outbox o
    join applications a on a.applicant_id = o.person_id where a.cohort_id = ${cohort.cohortId}`);
  if (told?.n !== size || told.people !== size) throw new Error(`${told?.n} messages, not ${size}`);
  return releasing;
}

const linear = (compare: Compare, name: string, [some, many]: [number, number]) =>
  compare(
    afterwards(
      `${name}, ${SIZES.many} applications to ${SIZES.some}, milliseconds a thousand`,
      LINEAR,
      { ours: [many / (SIZES.many / 1_000)], theirs: [some / (SIZES.some / 1_000)] },
    ),
  );

/** A planner that has seen the tables, as a server's own housekeeping sees to. */
async function analyse(ownerUrl: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  await client.unsafe("vacuum (analyze)");
  await client.end();
}

/** A cohort of 20,000 applications and 40 reviewers beside one of 200 (what is asked for one by one) and one of 2,000 (what goes through all). */
export const applicationsBench: Bench = {
  about:
    "list, next application and a score saved with 20,000 applications against 200, 40 reviewers; assigning, normalising and releasing all, against 2,000",
  run: (compare) =>
    withBenchDatabase(async (ownerUrl) => {
      let started = process.hrtime.bigint();
      const few = await makeWorld(SIZES.few);
      const some = await makeWorld(SIZES.some);
      const many = await makeWorld(SIZES.many);
      tell(`22,200 applications made in ${since(started).toFixed(0)} ms`);
      await analyse(ownerUrl);
      await assignAll(few);
      await linear(compare, "assign all", [await assignAll(some), await assignAll(many)]);
      started = process.hrtime.bigint();
      for (const world of [few, some, many]) await makeReviewed(world.cohort);
      tell(`44,400 reviews made in ${since(started).toFixed(0)} ms`);
      await analyse(ownerUrl);
      const normalising = async ({ cohort }: World) => {
        const from = process.hrtime.bigint();
        await normaliseScores(cohort.cohortId, day(12));
        return since(from);
      };
      await normalising(few);
      await linear(compare, "normalise all", [await normalising(some), await normalising(many)]);
      await compareReading(compare, [few, many]);
      await decideAboutAll(few);
      await linear(compare, "decide about all", [
        await decideAboutAll(some),
        await decideAboutAll(many),
      ]);
      await comparePending(compare, [few, many]);
      await linear(compare, "release all", [
        await releaseEverybody(some),
        await releaseEverybody(many),
      ]);
    }),
};
