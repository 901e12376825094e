import { eq } from "drizzle-orm";
import { cohorts } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { insertCohort } from "./insert-cohort.server";
import { dateProblem } from "./rules";
import { openCohortInput } from "./schema";
import { DEFAULT_RUBRIC, LONG_QUESTION } from "./templates";
import { writeCriteria, writeQuestions } from "./write-form.server";

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
    const { questions: prompts, ...columns } = input;
    const cohort = await insertCohort(tx, columns, person.id, now);
    if (!cohort) return context.refuse({ code: "slug_taken", field: "title" });
    const questionIds = await writeQuestions(
      tx,
      { cohortId: cohort.id, version: 1 },
      prompts.map((prompt) => ({ ...LONG_QUESTION, prompt })),
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
