import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, decisionReleases, decisions } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listBarred } from "./barred.server";
import { confirmByOf } from "./rules";
import { dropInput, stopInput } from "./schema";

/**
 * A teacher takes back a decision that is not out yet, also while a release runs that has not come to it. Refusals: `not_found`
 * (also once it is out).
 */
export const dropDecision = defineCommand({
  name: "drop-decision",
  action: "application.decide",
  input: dropInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdOpen(tx, input.applicationId);
    if (!held) return context.refuse({ code: "not_found" });
    const { decision, applicantId } = held;
    const staff = await staffOf(tx, decision.cohortId);
    context.authorise({ ...staff, applicant: applicantId });
    const who = { personId: person.id, cohortId: decision.cohortId, teacherIds: staff.teacher };
    if ((await listBarred(tx, who)).includes(applicantId)) context.refuse({ code: "not_found" });
    await tx
      .update(decisions)
      .set({ state: "dropped", releaseId: null, updatedAt: now })
      .where(eq(decisions.id, decision.id));
    if (decision.releaseId) await leaveRelease(tx, decision.releaseId, 1, now);
    await recordEvent(tx, {
      applicationId: input.applicationId,
      at: now,
      actorId: person.id,
      kind: "decision_dropped",
      audience: "staff",
      data: { kind: decision.kind },
    });
    return { applicationId: input.applicationId };
  },
});

/** The open decision about an application, after its cohort: a batch that goes out holds that too, so it is out or it is not. */
async function holdOpen(tx: Tx, applicationId: string) {
  const [application] = await tx
    .select({ cohortId: applications.cohortId })
    .from(applications)
    .where(eq(applications.id, applicationId));
  if (!application) return null;
  await tx
    .select({ id: cohorts.id })
    .from(cohorts)
    .where(eq(cohorts.id, application.cohortId))
    .for("update");
  const [row] = await tx
    .select({ decision: decisions, applicantId: applications.applicantId })
    .from(decisions)
    .innerJoin(applications, eq(applications.id, decisions.applicationId))
    .where(
      and(
        eq(decisions.applicationId, applicationId),
        inArray(decisions.state, ["pending", "releasing"]),
      ),
    )
    .for("update", { of: decisions });
  return row ?? null;
}

/** So many decisions leave a release; it is finished where nothing is left of it. */
async function leaveRelease(tx: Tx, releaseId: string, count: number, now: Date): Promise<void> {
  await tx
    .update(decisionReleases)
    .set({
      total: sql`${decisionReleases.total} - ${count}`,
      finishedAt: sql`case when ${decisionReleases.done} = ${decisionReleases.total} - ${count} then ${now.toISOString()}::timestamptz end`,
    })
    .where(eq(decisionReleases.id, releaseId));
}

/**
 * A teacher stops a release that runs: what is out stays out, what is not is pending again, as it was decided. Refusals: `not_found`,
 * `nothing_runs`.
 */
export const stopRelease = defineCommand({
  name: "stop-release",
  action: "application.decide",
  input: stopInput,
  async run(tx, context) {
    const { input, now } = context;
    const [cohort] = await tx
      .select()
      .from(cohorts)
      .where(eq(cohorts.id, input.cohortId))
      .for("update");
    if (!cohort) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, cohort.id));
    const [release] = await tx
      .select()
      .from(decisionReleases)
      .where(and(eq(decisionReleases.cohortId, cohort.id), isNull(decisionReleases.finishedAt)));
    if (!release) return context.refuse({ code: "nothing_runs" });
    const given = confirmByOf(cohort, release.begunAt)?.toISOString() ?? null;
    const stopped = await tx.execute(sql`
      update decisions set state = 'pending', release_id = null, waitlist_rank = null, updated_at = ${now.toISOString()},
        confirm_by = nullif(confirm_by, ${given}::timestamptz)
      where release_id = ${release.id} and state = 'releasing' returning id`);
    await leaveRelease(tx, release.id, stopped.length, now);
    await context.audit({ type: "cohort", id: cohort.id }, { stopped: stopped.length });
    return { stopped: stopped.length, out: release.done };
  },
});
