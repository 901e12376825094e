import { eq, sql } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listBarred } from "./barred.server";
import { moveInput } from "./schema";

type Waiting = { id: string; applicant_id: string; rank: number };

/**
 * A teacher moves an application to another place of the waitlist, among those that they may decide about: people with whom they are
 * conflicted keep their places. Nobody is told: who waits sees their place. Refusals: `not_found`.
 */
export const moveOnWaitlist = defineCommand({
  name: "move-on-waitlist",
  action: "application.decide",
  input: moveInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [cohort] = await tx
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(eq(cohorts.id, input.cohortId))
      .for("update");
    if (!cohort) return context.refuse({ code: "not_found" });
    const staff = await staffOf(tx, cohort.id);
    context.authorise(staff);
    const who = { personId: person.id, cohortId: cohort.id, teacherIds: staff.teacher };
    const barred = await listBarred(tx, who);
    const rows = await holdWaiting(tx, cohort.id);
    const seen = rows.filter((row) => !barred.includes(row.applicant_id));
    const from = seen.findIndex(({ id }) => id === input.applicationId);
    const one = seen[from];
    if (!one) return context.refuse({ code: "not_found" });
    const order = seen.filter((row) => row !== one);
    const to = Math.min(input.to, order.length);
    order.splice(to, 0, one);
    await putRanks(tx, order, seen);
    if (to !== from)
      await recordEvent(tx, {
        ...{ applicationId: one.id, at: now, actorId: person.id },
        ...{
          kind: "waitlist_moved",
          audience: "staff" as const,
          data: { from: from + 1, to: to + 1 },
        },
      });
    return { applicationId: one.id, place: to + 1 };
  },
});

async function holdWaiting(tx: Tx, cohortId: string): Promise<Waiting[]> {
  const rows = await tx.execute<Waiting>(sql`
    select id, applicant_id, waitlist_rank as rank from applications
    where cohort_id = ${cohortId} and state = 'waitlisted' order by waitlist_rank for update`);
  return [...rows];
}

/** Gives the ranks that these hold to the same ones in another order. */
async function putRanks(tx: Tx, order: readonly Waiting[], ranked: readonly Waiting[]) {
  const moved = order.flatMap((one, at) => {
    const rank = ranked[at]?.rank ?? one.rank;
    return rank === one.rank ? [] : [{ id: one.id, rank }];
  });
  if (moved.length === 0) return;
  await tx.execute(sql`
    update applications a set waitlist_rank = n.rank
    from unnest(${sql.param(moved.map(({ id }) => id))}::uuid[], ${sql.param(moved.map(({ rank }) => rank))}::int[]) n(id, rank)
    where a.id = n.id`);
}

export type OnWaitlist = { id: string; name: string; place: number };

/**
 * The waitlist of a cohort in order, without those about whom the asker must not decide; `place` counts all. The first 500. Null for who
 * may not decide in it: ask with the cohort's staff.
 */
export async function listWaitlist(
  actor: Actor,
  cohort: { id: string; staff: { teacher: readonly string[] } },
  db: Queryable = getDb(),
): Promise<OnWaitlist[]> {
  const who = { personId: actor.id, cohortId: cohort.id, teacherIds: cohort.staff.teacher };
  const barred = await listBarred(db, who);
  const rows = await db.execute<OnWaitlist & { applicant_id: string }>(sql`
    select * from (
      select a.id, a.applicant_id, p.display_name as name, (row_number() over (order by a.waitlist_rank))::int as place
      from applications a join persons p on p.id = a.applicant_id where a.cohort_id = ${cohort.id} and a.state = 'waitlisted') w
    where w.applicant_id <> all(${sql.param(barred)}::uuid[]) order by w.place limit 500`);
  return [...rows].map(({ id, name, place }) => ({ id, name, place }));
}
