import { and, eq, isNull, sql } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { enqueue } from "#db/jobs.server";
import { cohorts, decisionReleases } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listBarred } from "./barred.server";
import { BEST_FIRST, isPending, isStanding, type Pending, summarise } from "./pending.server";
import { countTaken } from "./places.server";
import { confirmByOf } from "./rules";
import { beginReleaseInput } from "./schema";

type Cohort = typeof cohorts.$inferSelect;

/**
 * Releases all that a teacher decided, has previewed and may see: from here on it goes out, by itself, in batches, and is not
 * taken back. Deadlines, places on the waitlist and who it goes to are fixed now. Refusals: `not_found`, `nothing_pending`,
 * `release_running`, `changed_since` (the preview was of something else), `cohort_full`, `deadline_past`.
 */
export const beginRelease = defineCommand({
  name: "begin-release",
  action: "application.decide",
  input: beginReleaseInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [cohort] = await tx
      .select()
      .from(cohorts)
      .where(eq(cohorts.id, input.cohortId))
      .for("update");
    if (!cohort) return context.refuse({ code: "not_found" });
    const staff = await staffOf(tx, cohort.id);
    context.authorise(staff);
    const running = await tx
      .select({ id: decisionReleases.id })
      .from(decisionReleases)
      .where(and(eq(decisionReleases.cohortId, cohort.id), isNull(decisionReleases.finishedAt)));
    if (running.length > 0) context.refuse({ code: "release_running" });
    const who = { personId: person.id, cohortId: cohort.id, teacherIds: staff.teacher };
    const conflicted = await listBarred(tx, who);
    await dropStale(tx, cohort.id, now);
    const pending = await summarise(tx, cohort.id, conflicted);
    if (pending.total === 0) context.refuse({ code: "nothing_pending" });
    if (input.seen !== undefined && input.seen !== pending.seen)
      context.refuse({ code: "changed_since" });
    await refuseOver(tx, context, cohort, pending);
    const [release] = await tx
      .insert(decisionReleases)
      .values({ cohortId: cohort.id, begunBy: person.id, begunAt: now, total: pending.total })
      .returning({ id: decisionReleases.id });
    if (!release) throw new Error("a release vanished");
    await fix(tx, { cohort, conflicted, releaseId: release.id, now });
    await enqueue(tx, "release-decisions", { releaseId: release.id });
    await context.audit({ type: "cohort", id: cohort.id }, { released: pending.total });
    return { releaseId: release.id, total: pending.total };
  },
});

/** Decisions about people who have withdrawn meanwhile are nothing any more. */
async function dropStale(tx: Tx, cohortId: string, now: Date): Promise<void> {
  await tx.execute(sql`
    update decisions d set state = 'dropped', updated_at = ${now.toISOString()} from applications a
    where d.cohort_id = ${cohortId} and d.state = 'pending' and a.id = d.application_id and not (${isStanding})`);
}

async function refuseOver(tx: Tx, context: Context<unknown>, cohort: Cohort, pending: Pending) {
  if (pending.earliest && pending.earliest <= context.now)
    context.refuse({ code: "deadline_past" });
  if (pending.admits > 0 && (await countTaken(cohort.id, tx)) + pending.admits > cohort.capacity)
    context.refuse({ code: "cohort_full", facts: { capacity: String(cohort.capacity) } });
}

/** What goes out: its deadlines and ranks, and that it is on its way. */
async function fix(
  tx: Tx,
  of: { cohort: Cohort; conflicted: readonly string[]; releaseId: string; now: Date },
): Promise<void> {
  const { cohort, now } = of;
  const confirmBy = confirmByOf(cohort, now)?.toISOString() ?? null;
  const begun = now >= cohort.startsAt;
  await tx.execute(sql`
    with going as (
      select d.id, d.kind, row_number() over (partition by d.kind order by ${BEST_FIRST}) as nth
      from decisions d join applications a on a.id = d.application_id left join application_standings s on s.application_id = a.id
      where ${isPending(cohort.id, of.conflicted)}
    ), last as (select coalesce(max(waitlist_rank), 0) as rank from applications where cohort_id = ${cohort.id})
    update decisions d set state = 'releasing', release_id = ${of.releaseId}, updated_at = ${now.toISOString()},
      confirm_by = case when d.kind <> 'admit' then null when d.confirm_by is null or ${begun} then ${confirmBy}::timestamptz
        else least(d.confirm_by, ${cohort.startsAt.toISOString()}::timestamptz) end,
      waitlist_rank = case when d.kind = 'waitlist' then last.rank + going.nth end
    from going, last where d.id = going.id`);
}

/** The release of a cohort that is under way, or the last one; null before the first. */
export async function findRelease(cohortId: string, db: Queryable = getDb()) {
  const [row] = await db
    .select()
    .from(decisionReleases)
    .where(eq(decisionReleases.cohortId, cohortId))
    .orderBy(sql`${decisionReleases.begunAt} desc`, sql`${decisionReleases.id} desc`)
    .limit(1);
  return row ?? null;
}

/** Releases that are not finished: for the worker, which takes them up again. */
export async function listUnfinished(limit: number, db: Queryable = getDb()): Promise<string[]> {
  const rows = await db
    .select({ id: decisionReleases.id })
    .from(decisionReleases)
    .where(isNull(decisionReleases.finishedAt))
    .orderBy(decisionReleases.begunAt)
    .limit(limit);
  return rows.map(({ id }) => id);
}
