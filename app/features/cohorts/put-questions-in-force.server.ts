import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, persons } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import { type Context, defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { MIN_QUESTIONS } from "./limits";
import { type Cohort, listQuestions } from "./queries.server";
import { areAlike, findEdited } from "./question-versions.server";

/**
 * The questions that were edited take the place of those in force, for everybody who applies from now on; whoever has a
 * draft or has applied is told, and what they sent stays valid. Holds the cohort's row.
 * Refusals: `not_found`, `not_now`, `nothing_changed`, `too_few_questions`.
 */
export const putQuestionsInForce = defineCommand({
  name: "put-questions-in-force",
  action: "cohort.manage",
  input: z.object({ cohortId: z.uuid() }),
  async run(tx, context) {
    const cohort = await holdCohort(tx, context, context.input.cohortId, "edit_questions");
    if (cohort.state === "draft") context.refuse({ code: "not_now" });
    const version = await takeEffect(tx, context, cohort);
    const told = await tellApplicants(tx, cohort, context.now);
    await context.audit({ type: "cohort", id: cohort.id }, { formVersion: version, told });
    return { formVersion: version, told };
  },
});

/** Makes the edited version the one in force, within the caller's transaction that holds the cohort. Answers its number. */
export async function takeEffect<I>(
  tx: Tx,
  context: Context<I>,
  cohort: Pick<Cohort, "id" | "formVersion">,
): Promise<number> {
  const edited = await findEdited(tx, cohort);
  const inForce = await listQuestions({ cohortId: cohort.id, version: cohort.formVersion }, tx);
  if (!edited || areAlike(edited, inForce)) return context.refuse({ code: "nothing_changed" });
  if (edited.length < MIN_QUESTIONS) context.refuse({ code: "too_few_questions" });
  const formVersion = cohort.formVersion + 1;
  await tx
    .update(cohorts)
    .set({ formVersion, changedAt: context.now })
    .where(eq(cohorts.id, cohort.id));
  return formVersion;
}

async function tellApplicants(tx: Tx, cohort: Cohort, now: Date): Promise<number> {
  const rows = await tx
    .select({
      state: applications.state,
      personId: persons.id,
      email: persons.email,
      name: persons.displayName,
    })
    .from(applications)
    .innerJoin(persons, eq(persons.id, applications.applicantId))
    .where(
      and(
        eq(applications.cohortId, cohort.id),
        inArray(applications.state, ["draft", "submitted"]),
      ),
    );
  await enqueueMails(
    tx,
    "questions-changed",
    rows.map(({ state, personId, email, name }) => ({
      to: { personId, email },
      props: {
        name,
        cohort: cohort.title,
        submitted: state === "submitted" ? "yes" : "no",
        path: `/cohorts/${cohort.slug}/apply`,
      },
    })),
    now,
  );
  return rows.length;
}
