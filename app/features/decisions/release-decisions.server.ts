import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import type { DecisionKind } from "#db/schema/decisions";
import { applicationEvents, cohorts, decisionReleases, enrolments } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import { SYSTEM } from "~/auth/actor";
import { defineCommand } from "~/auth/command.server";
import { carryOver } from "~/features/applications/carry-over.server";
import { formatInstant } from "~/lib/dates";
import { DECIDABLE_STATES, messageWithFeedback, STATE_AFTER } from "./rules";
import { releaseInput } from "./schema";
import { listTexts, type Texts, textOf, titlesOf } from "./text-of.server";

const AT_ONCE = 200;

type Cohort = typeof cohorts.$inferSelect;
type Sent = Exclude<DecisionKind, "hold">;
type Going = {
  id: string;
  application_id: string;
  kind: Sent;
  message: string;
  feedback: string;
  confirm_by: string | null;
  revise_by: string | null;
  waitlist_rank: number | null;
  defer_to: string | null;
  made_by: string;
  teacher: string;
  applicant_id: string;
  state: string;
  email: string;
  name: string;
};
/** A decision with the texts that its applicant reads. */
type Told = Going & { said: string; confirmBy: Date | null };

/**
 * The platform takes the next 200 decisions of a release out: each application's state, place, message in the outbox and event in one
 * transaction, so that nobody has a state without its message, and after a kill what is not done goes on. Of two at once each
 * takes others. Who has withdrawn since hears nothing. Refusals: `not_found`.
 */
export const releaseBatch = defineCommand({
  name: "release-batch",
  action: "decision.release",
  input: releaseInput,
  async run(tx, context) {
    context.authorise({});
    const { input, now } = context;
    const held = await holdRelease(tx, input.releaseId);
    if (!held) return context.refuse({ code: "not_found" });
    const { release, cohort } = held;
    const { done, total } = release;
    if (release.finishedAt) return { done, total, finished: true };
    const going = await listGoing(tx, release.id);
    const texts = await listTexts(tx, cohort.id);
    const told = await tell(tx, going, cohort, texts);
    await changeStates(tx, told, now);
    await givePlaces(tx, cohort, told, now);
    const deferred = told.flatMap(({ application_id: applicationId, defer_to: cohortId }) =>
      cohortId === null ? [] : [{ applicationId, cohortId }],
    );
    await carryOver(tx, deferred, now);
    await sendAll(tx, cohort, told, now);
    await tx.execute(sql`
      update decisions set state = 'released', released_at = ${now.toISOString()}, updated_at = ${now.toISOString()}
      where id = any(${sql.param(going.map(({ id }) => id))}::uuid[])`);
    const finished = done + going.length >= total;
    await tx
      .update(decisionReleases)
      .set({ done: done + going.length, finishedAt: finished ? now : null })
      .where(eq(decisionReleases.id, release.id));
    return { done: done + going.length, total, finished };
  },
});

async function holdRelease(tx: Tx, releaseId: string) {
  const [found] = await tx
    .select({ cohortId: decisionReleases.cohortId })
    .from(decisionReleases)
    .where(eq(decisionReleases.id, releaseId));
  if (!found) return null;
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(eq(cohorts.id, found.cohortId))
    .for("update");
  const [release] = await tx
    .select()
    .from(decisionReleases)
    .where(eq(decisionReleases.id, releaseId))
    .for("update");
  return cohort && release ? { cohort, release } : null;
}

/** The next ones, their applications locked in the order of their ids. */
async function listGoing(tx: Tx, releaseId: string): Promise<Going[]> {
  const rows = await tx.execute<Going>(sql`
    with going as materialized (select * from decisions where release_id = ${releaseId} and state = 'releasing' order by id limit ${AT_ONCE})
    select d.id, d.application_id, d.kind, d.message, d.feedback, d.confirm_by, d.revise_by, d.waitlist_rank, d.defer_to, d.made_by,
      t.display_name as teacher, a.applicant_id, a.state, p.email, p.display_name as name
    from going d join applications a on a.id = d.application_id join persons p on p.id = a.applicant_id join persons t on t.id = d.made_by
    order by a.id for update of a`);
  return [...rows];
}

async function tell(
  tx: Tx,
  going: readonly Going[],
  cohort: Cohort,
  texts: Texts,
): Promise<Told[]> {
  const titleOf = titlesOf(tx);
  const dated = (text: string | null) => (text === null ? null : new Date(text));
  const told: Told[] = [];
  for (const one of going) {
    if (!DECIDABLE_STATES.includes(one.state)) continue;
    const { message, feedback } = textOf(
      {
        ...one,
        confirmBy: dated(one.confirm_by),
        reviseBy: dated(one.revise_by),
        waitlistRank: one.waitlist_rank,
        nextCohort: await titleOf(one.defer_to),
      },
      cohort,
      texts,
    );
    told.push({
      ...one,
      said: messageWithFeedback(message, feedback),
      confirmBy: dated(one.confirm_by),
    });
  }
  return told;
}

async function changeStates(tx: Tx, told: readonly Told[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const column = (of: (one: Told) => unknown) => sql.param(told.map(of));
  const at = now.toISOString();
  await tx.execute(sql`
    update applications a set state = n.state, decided_at = ${at}, decided_by = n.by, decision_message = n.said, updated_at = ${at},
      waitlist_rank = n.rank, revise_by = n.revise::timestamptz
    from unnest(${column((one) => one.application_id)}::uuid[], ${column((one) => STATE_AFTER[one.kind])}::text[], ${column((one) => one.made_by)}::uuid[],
      ${column((one) => one.said)}::text[], ${column((one) => one.waitlist_rank)}::int[], ${column((one) => one.revise_by)}::text[]) n(id, state, by, said, rank, revise)
    where a.id = n.id`);
  await tx.insert(applicationEvents).values(
    told.map((one) => ({
      applicationId: one.application_id,
      at: now,
      actorId: one.made_by,
      kind: STATE_AFTER[one.kind],
      audience: "applicant" as const,
    })),
  );
}

async function givePlaces(tx: Tx, cohort: Cohort, told: readonly Told[], now: Date): Promise<void> {
  const admitted = told.filter(({ kind }) => kind === "admit");
  if (admitted.length === 0) return;
  await tx.insert(enrolments).values(
    admitted.map((one) => ({
      cohortId: cohort.id,
      personId: one.applicant_id,
      applicationId: one.application_id,
      enrolledAt: now,
      state: one.confirmBy && one.confirmBy > now ? ("offered" as const) : ("confirmed" as const),
      confirmBy: one.confirmBy && one.confirmBy > now ? one.confirmBy : null,
    })),
  );
}

const TEMPLATES = {
  admit: "application-admitted",
  waitlist: "application-waitlisted",
  decline: "application-declined",
  revise: "application-to-revise",
  defer: "application-deferred",
} as const satisfies Record<Sent, string>;

async function sendAll(tx: Tx, cohort: Cohort, told: readonly Told[], now: Date): Promise<void> {
  for (const [kind, template] of Object.entries(TEMPLATES)) {
    const mails = told
      .filter((one) => one.kind === kind)
      .map((one) => ({
        to: { personId: one.applicant_id, email: one.email },
        props: {
          name: one.name,
          teacher: one.teacher,
          cohort: cohort.title,
          message: one.said,
          confirmBy: one.confirmBy ? formatInstant(one.confirmBy, cohort.timeZone) : "",
          path: `/applications/${one.application_id}`,
        },
      }));
    if (mails.length > 0) await enqueueMails(tx, template, mails, now);
  }
}

/** Takes a release out batch by batch to its end, from wherever it stands; stops between two once `stopped`. */
export async function releaseAll(
  releaseId: string,
  now: Date,
  options: { stopped?: () => boolean; progress?: (done: number, total: number) => void } = {},
): Promise<void> {
  for (;;) {
    if (options.stopped?.()) return;
    // A batch is asked for anew each time: what it does is told by what is left.
    const result = await releaseBatch({
      actor: SYSTEM,
      input: { releaseId },
      idempotencyKey: crypto.randomUUID(),
      now,
    });
    if (!result.ok) throw new Error(`a release was refused: ${result.error.code}`);
    options.progress?.(result.value.done, result.value.total);
    if (result.value.finished) return;
  }
}
