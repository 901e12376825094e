import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { dateProblem, slugOfTitle } from "./rules";
import { type OpenCohort, openCohortInput } from "./schema";
import { DEFAULT_RUBRIC, LONG_QUESTION } from "./templates";
import { writeCriteria, writeQuestions } from "./write-form.server";

const MOST_SLUGS = 200;

/**
 * A teacher opens a cohort at once: its schedule in a named time zone, its questions in order, its standard terms, and one
 * criterion to score by. The slug comes from the title and is unique. Anyone with a verified address may; money needs a verified investor (T18), a
 * cohort does not. Answers the cohort's id, slug and the ids of its questions and criteria in order.
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
    const questionIds = await writeQuestions(
      tx,
      { cohortId: cohort.id, version: 1 },
      input.questions.map((prompt) => ({ ...LONG_QUESTION, prompt })),
    );
    const criterionIds = await writeCriteria(tx, cohort.id, DEFAULT_RUBRIC);
    await tx
      .update(cohorts)
      .set({ state: "published", publishedAt: now, formVersion: 1 })
      .where(eq(cohorts.id, cohort.id));
    await context.audit({ type: "cohort", id: cohort.id }, { slug: cohort.slug });
    return { cohortId: cohort.id, slug: cohort.slug, questionIds, criterionIds };
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
