import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applicationEvents, applications, cohorts, decisions } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { findInstant } from "~/features/cohorts/time-zones.server";
import { formatInstant } from "~/lib/dates";
import type { z } from "~/lib/zod";
import { listBarred } from "./barred.server";
import { isDecidable } from "./rules";
import { decideInput } from "./schema";
import { unknownVariables } from "./templates";

type Input = z.output<typeof decideInput>;
type Cohort = typeof cohorts.$inferSelect;

/**
 * A teacher decides about applications of a cohort. Nothing is sent: each decision is pending, and can be changed or taken back,
 * until it is released (T30). Deciding again replaces what is pending; an empty message stands for the cohort's text of that kind.
 * Refusals: `not_found` (also for who must not review one of them), `not_decidable`, `being_released`; on its field `unknown_variable`,
 * `revise_by_needed`, `defer_to_needed`, `past`, `confirm_after_beginning` (a place is to be confirmed by the cohort's first instant).
 */
export const decideApplications = defineCommand({
  name: "decide-applications",
  action: "application.decide",
  input: decideInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const cohort = await holdCohort(tx, input.cohortId);
    if (!cohort) return context.refuse({ code: "not_found" });
    const held = await holdApplications(tx, context, cohort);
    if (held.some(({ state }) => !isDecidable(state, input.kind)))
      context.refuse({ code: "not_decidable" });
    const more = await termsOf(tx, context, cohort);
    const ids = held.map(({ id }) => id);
    const open = await tx
      .select({ state: decisions.state })
      .from(decisions)
      .where(and(inArray(decisions.applicationId, ids), eq(decisions.state, "releasing")));
    if (open.length > 0) context.refuse({ code: "being_released" });
    const set = {
      kind: input.kind,
      message: input.message,
      feedback: input.feedback,
      ...more,
      madeBy: person.id,
      updatedAt: now,
      waitlistRank: null,
    };
    await tx
      .insert(decisions)
      .values(
        ids.map((applicationId) => ({ applicationId, cohortId: cohort.id, madeAt: now, ...set })),
      )
      .onConflictDoUpdate({
        target: decisions.applicationId,
        targetWhere: sql`state in ('pending', 'releasing')`,
        set,
      });
    await tx.insert(applicationEvents).values(
      ids.map((applicationId) => ({
        applicationId,
        at: now,
        actorId: person.id,
        kind: "decided",
        audience: "staff" as const,
        data: { kind: input.kind },
      })),
    );
    return { decided: ids.length };
  },
});

async function holdCohort(tx: Tx, cohortId: string): Promise<Cohort | null> {
  const [cohort] = await tx.select().from(cohorts).where(eq(cohorts.id, cohortId)).for("share");
  return cohort ?? null;
}

/** The applications, locked in the order of their ids, each of which the actor may decide. */
async function holdApplications(tx: Tx, context: Context<Input>, cohort: Cohort) {
  const wanted = [...new Set(context.input.applicationIds)];
  const held = await tx
    .select()
    .from(applications)
    .where(and(inArray(applications.id, wanted), eq(applications.cohortId, cohort.id)))
    .orderBy(asc(applications.id))
    .for("update");
  const staff = await staffOf(tx, cohort.id);
  context.authorise(staff);
  for (const one of held) context.authorise({ ...staff, applicant: one.applicantId });
  const barred = await listBarred(tx, {
    personId: context.person.id,
    cohortId: cohort.id,
    teacherIds: staff.teacher,
  });
  const strange = held.length < wanted.length || held.some(({ submittedAt }) => !submittedAt);
  if (strange || held.some(({ applicantId }) => barred.includes(applicantId)))
    context.refuse({ code: "not_found" });
  return held;
}

/** What a kind of decision needs beside its message. */
async function termsOf(tx: Tx, context: Context<Input>, cohort: Cohort) {
  const { input, now } = context;
  for (const field of ["message", "feedback"] as const) {
    const [unknown] = unknownVariables(input[field], input.kind);
    if (unknown !== undefined)
      context.refuse({ code: "unknown_variable", field, facts: { variable: unknown } });
  }
  const instantOf = (field: "confirmBy" | "reviseBy"): Date | null => {
    if (!input[field]) return null;
    const instant = findInstant(input[field], cohort.timeZone);
    if (!instant || instant <= now) return context.refuse({ code: "past", field });
    return instant;
  };
  const confirmBy = input.kind === "admit" ? instantOf("confirmBy") : null;
  if (confirmBy && confirmBy > cohort.startsAt) {
    const begins = formatInstant(cohort.startsAt, cohort.timeZone);
    context.refuse({ code: "confirm_after_beginning", field: "confirmBy", facts: { begins } });
  }
  const reviseBy = input.kind === "revise" ? instantOf("reviseBy") : null;
  if (input.kind === "revise" && !reviseBy)
    context.refuse({ code: "revise_by_needed", field: "reviseBy" });
  const deferTo = input.kind === "defer" ? await findNext(tx, input.deferTo, cohort.id) : null;
  if (input.kind === "defer" && !deferTo)
    context.refuse({ code: "defer_to_needed", field: "deferTo" });
  return { confirmBy, reviseBy, deferTo };
}

/** Another public cohort, by its slug. */
async function findNext(tx: Tx, slug: string, cohortId: string): Promise<string | null> {
  const [next] = await tx
    .select({ id: cohorts.id })
    .from(cohorts)
    .where(and(eq(cohorts.slug, slug), eq(cohorts.state, "published")));
  return next && next.id !== cohortId ? next.id : null;
}
