import { and, asc, eq, gt, inArray, lte, notExists, or, type SQLWrapper, sql } from "drizzle-orm";
import { getDb, inTransaction } from "#db/client.server";
import { enqueue, type Jobs, type Queue } from "#db/jobs.server";
import { enrolments, lots, offers, outbox, partings, resales } from "#db/schema/index";
import { listUnfinished } from "~/features/decisions/begin-release.server";
import { listToRemind } from "~/features/decisions/remind-place.server";
import { listMissed } from "~/features/gains/miss-years.server";
import { listUntold } from "~/features/scouting/tell-due-hypotheses.server";
import { utcDay } from "~/lib/dates";
import { getLogger } from "~/lib/logger.server";
import { singleton } from "~/lib/singleton.server";
import { handlers } from "./jobs/index";

const AT_ONCE = 100;
/** How long a message may wait for its job before the sweep makes it another. */
const MAIL_PATIENCE_MS = 60_000;

type Due = { [Q in Queue]: { queue: Q; data: Jobs[Q]; subject: string } }[Queue];

/** Whether a job of the sweep's own for that subject is being tried again or waits: then it is left alone. */
const jobFor = (queue: Queue, subject: unknown) =>
  sql`(SELECT 1 FROM pgboss.job j WHERE j.name = ${queue} AND j.singleton_key = 'due:' || ${subject}::text AND j.state < 'completed')`;

const waits = (queue: Queue, id: SQLWrapper) => notExists(jobFor(queue, id));

async function dueOffers(now: Date): Promise<Due[]> {
  const db = getDb();
  const settling = await db
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(eq(offers.state, "signed"), lte(offers.settlesAt, now), waits("settle-offer", offers.id)),
    )
    .orderBy(asc(offers.settlesAt))
    .limit(AT_ONCE);
  const lapsing = await db
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(
        or(
          and(eq(offers.state, "open"), lte(offers.expiresAt, now)),
          and(eq(offers.state, "funding"), lte(offers.fundsBy, now)),
        ),
        waits("lapse-offer", offers.id),
      ),
    )
    .orderBy(asc(offers.expiresAt))
    .limit(AT_ONCE);
  return [
    ...settling.map(
      ({ id }): Due => ({ queue: "settle-offer", data: { offerId: id }, subject: id }),
    ),
    ...lapsing.map(({ id }): Due => ({ queue: "lapse-offer", data: { offerId: id }, subject: id })),
  ];
}

async function dueSales(now: Date): Promise<Due[]> {
  const db = getDb();
  const ending = await db
    .select({ id: lots.id })
    .from(lots)
    .where(and(gt(lots.sharesLeft, 0n), lte(lots.sunset, utcDay(now)), waits("end-lot", lots.id)))
    .orderBy(asc(lots.sunset))
    .limit(AT_ONCE);
  const advancing = await db
    .select({ id: resales.id })
    .from(resales)
    .where(
      and(
        inArray(resales.state, ["funding", "owner", "holders", "approval"]),
        lte(resales.until, now),
        waits("advance-resale", resales.id),
      ),
    )
    .orderBy(asc(resales.until))
    .limit(AT_ONCE);
  const parting = await db
    .select({ id: partings.id })
    .from(partings)
    .where(
      and(
        eq(partings.state, "offered"),
        lte(partings.disputeUntil, now),
        waits("settle-parting", partings.id),
      ),
    )
    .orderBy(asc(partings.disputeUntil))
    .limit(AT_ONCE);
  return [
    ...ending.map(({ id }): Due => ({ queue: "end-lot", data: { lotId: id }, subject: id })),
    ...advancing.map(
      ({ id }): Due => ({ queue: "advance-resale", data: { resaleId: id }, subject: id }),
    ),
    ...parting.map(
      ({ id }): Due => ({ queue: "settle-parting", data: { partingId: id }, subject: id }),
    ),
  ];
}

/** Releases that a process left half done, places that nobody confirmed in time, and those that are about to lapse. */
async function dueDecisions(now: Date): Promise<Due[]> {
  const releases = await listUnfinished(AT_ONCE);
  const lapsing = await getDb()
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.state, "offered"),
        lte(enrolments.confirmBy, now),
        waits("lapse-place", enrolments.id),
      ),
    )
    .orderBy(asc(enrolments.confirmBy))
    .limit(AT_ONCE);
  const toRemind = await listToRemind(now, AT_ONCE);
  return [
    ...releases.map(
      (id): Due => ({ queue: "release-decisions", data: { releaseId: id }, subject: id }),
    ),
    ...lapsing.map(
      ({ id }): Due => ({ queue: "lapse-place", data: { enrolmentId: id }, subject: id }),
    ),
    ...toRemind.map(
      (id): Due => ({ queue: "remind-place", data: { enrolmentId: id }, subject: id }),
    ),
  ];
}

/** Years become missed at the turn of a day: looked for once a day and process, and until none is found. */
async function dueYears(now: Date): Promise<Due[]> {
  const looked = singleton<{ day: string }>("missed-years", () => ({ day: "" }));
  if (looked.day === utcDay(now)) return [];
  const missed = await listMissed(now, AT_ONCE);
  if (missed.length < AT_ONCE) looked.day = utcDay(now);
  return missed.map((id): Due => ({ queue: "miss-years", data: { tokenId: id }, subject: id }));
}

/** What a scout expected comes due at the turn of a day: looked for once a day and process, and until none is left. */
async function dueHypotheses(now: Date): Promise<Due[]> {
  const looked = singleton<{ day: string }>("due-hypotheses", () => ({ day: "" }));
  if (looked.day === utcDay(now)) return [];
  const untold = await listUntold(now, AT_ONCE);
  if (untold.length < AT_ONCE) looked.day = utcDay(now);
  return untold.map(
    (id): Due => ({
      queue: "tell-due-hypotheses",
      data: { referralId: id },
      subject: id,
    }),
  );
}

async function findDue(now: Date): Promise<Due[]> {
  return [
    ...(await dueOffers(now)),
    ...(await dueSales(now)),
    ...(await dueYears(now)),
    ...(await dueDecisions(now)),
    ...(await dueHypotheses(now)),
  ];
}

/** Runs what is due; what fails becomes a job, which is tried again with backoff. */
async function runDue(due: Due, now: Date): Promise<void> {
  try {
    await (handlers[due.queue] as (data: Due["data"], now: Date) => Promise<unknown>)(
      due.data,
      now,
    );
  } catch (error) {
    getLogger().warn({ queue: due.queue, err: error }, "what was due could not be done yet");
    await inTransaction((tx) =>
      enqueue(tx, due.queue, due.data, { singletonKey: `due:${due.subject}` }),
    );
  }
}

/** Gives jobs to messages that have none: theirs failed for good, or was lost. */
async function enqueueStrandedMail(now: Date): Promise<void> {
  const stranded = await getDb()
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, "waiting"),
        lte(outbox.createdAt, new Date(now.getTime() - MAIL_PATIENCE_MS)),
        sql`NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = 'send-mail' AND j.state < 'completed' AND j.data->>'outboxId' = ${outbox.id}::text)`,
      ),
    )
    .orderBy(asc(outbox.createdAt))
    .limit(AT_ONCE);
  for (const { id } of stranded)
    await inTransaction((tx) => enqueue(tx, "send-mail", { outboxId: id }));
}

/**
 * Does what is due at `now` and has not been done by a job: settles, lapses, ends, and finds mail that waits without a
 * job. Safe beside other sweeps and jobs: each act decides under its own locks. Stops between two acts once `stopped`.
 */
export async function sweep(now: Date, stopped: () => boolean = () => false): Promise<void> {
  const seen = new Set<string>();
  for (let found = true; found; ) {
    const fresh = (await findDue(now)).filter((due) => !seen.has(due.queue + due.subject));
    for (const due of fresh) {
      if (stopped()) return;
      seen.add(due.queue + due.subject);
      await runDue(due, now);
    }
    found = fresh.length > 0;
  }
  await enqueueStrandedMail(now);
}
