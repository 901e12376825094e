import { and, eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { cohorts, outbox } from "#db/schema/index";
import { cohortForm, day, key, must } from "#tests/setup/deals";
import type { Actor } from "~/auth/actor";
import type { Call } from "~/auth/command.server";
import { listQuestions } from "~/features/cohorts/queries.server";
import { startCohort } from "~/features/cohorts/start-cohort.server";

/** Somebody asks for something, once. */
export const call = (actor: Actor, input: unknown, now = day(0)): Call => ({
  ...{ actor, input, idempotencyKey: key(), now },
});
/** A draft of a cohort, from a template or an earlier one. */
export const begin = async (teacher: Actor, from = "-studio", changes = {}) =>
  must(await startCohort(call(teacher, { ...cohortForm, from, ...changes })));
/** The questions that a cohort asks now. */
export const inForce = async (cohortId: string) => {
  const [cohort] = await getDb().select().from(cohorts).where(eq(cohorts.id, cohortId));
  return listQuestions({ cohortId, version: cohort?.formVersion ?? 0 });
};
/** What waits to be mailed to somebody by that template. */
export const mailsOf = async (personId: string, template: string) =>
  getDb()
    .select()
    .from(outbox)
    .where(and(eq(outbox.personId, personId), eq(outbox.template, template as never)));
