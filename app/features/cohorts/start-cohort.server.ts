import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, rubricCriteria } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { insertCohort } from "./insert-cohort.server";
import { listQuestions } from "./queries.server";
import { dateProblem } from "./rules";
import { type StartCohort, startCohortInput } from "./schema";
import { staffs } from "./teachers.server";
import { findTemplate } from "./templates";
import {
  type NewCriterion,
  type NewQuestion,
  writeCriteria,
  writeQuestions,
} from "./write-form.server";

/**
 * A teacher begins a cohort as a draft that its teachers alone see, with the questions and the rubric of a template or of a
 * cohort that they work on. Answers its id and slug. Refusals: the codes of `dateProblem`, each on its field;
 * `unknown_source`; `slug_taken` when a title was used too often.
 */
export const startCohort = defineCommand({
  name: "start-cohort",
  action: "cohort.open",
  input: startCohortInput,
  async run(tx, context) {
    context.authorise({});
    const { input, now, person } = context;
    const source = await findSource(tx, context);
    if (!source) return context.refuse({ code: "unknown_source", field: "from" });
    const { from: _, ...details } = input;
    const problem = dateProblem(details, now);
    if (problem) context.refuse(problem);
    const cohort = await insertCohort(
      tx,
      { ...details, copiedFrom: source.copiedFrom ?? null },
      person.id,
      now,
    );
    if (!cohort) return context.refuse({ code: "slug_taken", field: "title" });
    await writeQuestions(tx, { cohortId: cohort.id, version: 1 }, source.questions);
    await writeCriteria(tx, cohort.id, source.criteria);
    await context.audit({ type: "cohort", id: cohort.id }, { slug: cohort.slug, from: input.from });
    return { cohortId: cohort.id, slug: cohort.slug };
  },
});

type Source = {
  questions: readonly NewQuestion[];
  criteria: readonly NewCriterion[];
  copiedFrom?: string;
};

/** What a draft begins with: a template by its name, or a cohort of one's own by its slug. */
async function findSource(tx: Tx, context: Context<StartCohort>): Promise<Source | null> {
  const { from } = context.input;
  const template = findTemplate(from);
  if (template) return template;
  const [cohort] = await tx
    .select()
    .from(cohorts)
    .where(and(eq(cohorts.slug, from), staffs(context.person.id)));
  if (!cohort) return null;
  const version = Math.max(1, cohort.formVersion);
  const questions = await listQuestions({ cohortId: cohort.id, version }, tx);
  const criteria = await tx
    .select()
    .from(rubricCriteria)
    .where(eq(rubricCriteria.cohortId, cohort.id))
    .orderBy(rubricCriteria.position);
  return {
    questions: questions.map(({ id: _, ...question }) => question),
    criteria: criteria.map(({ title, help, weight, anchors }) => ({
      ...{ title, help, weight, anchors },
    })),
    copiedFrom: cohort.id,
  };
}
