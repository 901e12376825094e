import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts } from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import { listQuestions } from "~/features/cohorts/queries.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { recordEvent } from "./events.server";
import { editProblem } from "./rules";

export type Application = typeof applications.$inferSelect;
type Ask = Context<{ cohortId: string }>;

/**
 * Holds the asker's application to a cohort for writing, or begins one, in the caller's transaction, with the questions in
 * force. The deadline is judged once the row is held, by `now` and the time that the command has waited since: what had to wait
 * past the deadline came too late. Whoever holds the cohort to change it waits, or is
 * waited for; with `cohort: "held"` nothing at all about it changes meanwhile.
 * Refusals: `not_found`, `not_open_yet`, `window_closed`, `already_decided`, `cancelled`.
 */
export async function holdForWriting(tx: Tx, context: Ask, how: { cohort: "held" | "read" }) {
  const { input, now } = context;
  const reading = tx.select().from(cohorts).where(eq(cohorts.id, input.cohortId));
  const [cohort] = await reading.for(how.cohort === "held" ? "share" : "key share");
  if (!cohort || cohort.state === "draft") return context.refuse({ code: "not_found" });
  const { teacher, reviewer } = await staffOf(tx, cohort.id);
  context.authorise({ teacher, reviewer });
  const application = await holdOwn(tx, context, cohort.formVersion);
  const time = { ...cohort, lateUntil: application.lateUntil, reviseBy: application.reviseBy };
  const problem =
    editProblem(application.state, time, now) ??
    editProblem(application.state, time, context.nowHeld());
  if (problem) context.refuse({ code: problem });
  const questions = await listQuestions({ cohortId: cohort.id, version: cohort.formVersion }, tx);
  return { cohort, application, questions };
}

/** The asker's application, its row held; a new draft where there is none. */
export async function holdOwn(tx: Tx, context: Ask, formVersion: number): Promise<Application> {
  const { now, person } = context;
  const { cohortId } = context.input;
  const own = and(eq(applications.cohortId, cohortId), eq(applications.applicantId, person.id));
  const hold = async () => (await tx.select().from(applications).where(own).for("update"))[0];
  const known = await hold();
  if (known) return known;
  const [begun] = await tx
    .insert(applications)
    .values({ cohortId, applicantId: person.id, formVersion, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [applications.cohortId, applications.applicantId] })
    .returning();
  if (begun) {
    await recordEvent(tx, {
      ...{ applicationId: begun.id, at: now, actorId: person.id },
      ...{ kind: "begun", audience: "applicant" },
    });
    return begun;
  }
  const other = await hold();
  if (!other) throw new Error("an application vanished");
  return other;
}
