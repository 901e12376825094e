import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, decisionReleases } from "#db/schema/index";
import { SYSTEM } from "~/auth/actor";
import { defineCommand } from "~/auth/command.server";
import { carryOver } from "~/features/applications/carry-over.server";
import { DECIDABLE_STATES, messageWithFeedback, noLaterThan, type Sent } from "./rules";
import { releaseInput } from "./schema";
import { type Told, tellApplicants } from "./tell-applicants.server";
import { listTexts, type Texts, textOf, titlesOf } from "./text-of.server";

const AT_ONCE = 200;

type Cohort = typeof cohorts.$inferSelect;
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
    const standing = going.filter(({ state }) => DECIDABLE_STATES.includes(state));
    const told = await writeMessages(tx, standing, cohort, texts);
    await tellApplicants(tx, { cohort, told }, now);
    const deferred = standing.flatMap(({ application_id: applicationId, defer_to: cohortId }) =>
      cohortId === null ? [] : [{ applicationId, cohortId }],
    );
    await carryOver(tx, deferred, now);
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

/** Each decision with what its applicant reads. */
async function writeMessages(
  tx: Tx,
  going: readonly Going[],
  cohort: Cohort,
  texts: Texts,
): Promise<Told[]> {
  const titleOf = titlesOf(tx);
  const dated = (text: string | null) => (text === null ? null : new Date(text));
  const told: Told[] = [];
  for (const one of going) {
    const confirmBy = dated(one.confirm_by);
    const terms = {
      // The beginning may have been moved since the release was begun.
      confirmBy: confirmBy && noLaterThan(confirmBy, cohort.startsAt),
      reviseBy: dated(one.revise_by),
      waitlistRank: one.waitlist_rank,
    };
    const nextCohort = await titleOf(one.defer_to);
    const { message, feedback } = textOf({ ...one, ...terms, nextCohort }, cohort, texts);
    told.push({
      ...terms,
      ...{ kind: one.kind, name: one.name, email: one.email, teacher: one.teacher },
      applicationId: one.application_id,
      applicantId: one.applicant_id,
      decidedBy: one.made_by,
      said: messageWithFeedback(message, feedback),
    });
  }
  return told;
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
