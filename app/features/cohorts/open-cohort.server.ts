import type { Tx } from "#db/client.server";
import { cohortQuestions, cohorts } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { dateProblem, slugOfTitle } from "./rules";
import { type OpenCohort, openCohortInput } from "./schema";

const MOST_SLUGS = 200;

/**
 * A teacher opens a cohort: its window in a named time zone, its questions in order and its standard terms. The slug
 * comes from the title and is unique. Anyone with a verified address may; money needs a verified investor (T18), a
 * cohort does not. Answers the cohort's id, slug and the questions' ids in order.
 * Refusals: the codes of `dateProblem`, each on its field; `slug_taken` when a title was used too often.
 */
export const openCohort = defineCommand({
  name: "open-cohort",
  action: "cohort.open",
  input: openCohortInput,
  async run(tx, context) {
    context.authorise({});
    const { input, now, person } = context;
    const problem = dateProblem(input, now);
    if (problem) context.refuse(problem);
    const cohort = await insertCohort(tx, person.id, input, now);
    if (!cohort) return context.refuse({ code: "slug_taken", field: "title" });
    const questions = await tx
      .insert(cohortQuestions)
      .values(
        input.questions.map((prompt, position) => ({ cohortId: cohort.id, position, prompt })),
      )
      .returning({ id: cohortQuestions.id, position: cohortQuestions.position });
    questions.sort((a, b) => a.position - b.position);
    await context.audit({ type: "cohort", id: cohort.id }, { slug: cohort.slug });
    return {
      cohortId: cohort.id,
      slug: cohort.slug,
      questionIds: questions.map((question) => question.id),
    };
  },
});

async function insertCohort(tx: Tx, teacherId: string, input: OpenCohort, now: Date) {
  const { questions: _, ...columns } = input;
  for (let nth = 1; nth <= MOST_SLUGS; nth++) {
    const [cohort] = await tx
      .insert(cohorts)
      .values({ ...columns, slug: slugOfTitle(input.title, nth), teacherId, createdAt: now })
      .onConflictDoNothing({ target: cohorts.slug })
      .returning({ id: cohorts.id, slug: cohorts.slug });
    if (cohort) return cohort;
  }
  return null;
}
