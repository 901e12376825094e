import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, savedCohorts } from "#db/schema/index";
import { type Context, defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { isPublic } from "./teachers.server";

const MOST_SAVED = 200;
const input = z.object({ slug: z.string().max(80) });

/**
 * Keeps a public cohort in a person's view, and its deadlines in their calendar; saving twice is saving once.
 * Refusals: `not_found`, `too_many_saved`.
 */
export const saveCohort = defineCommand({
  name: "save-cohort",
  action: "cohort.save",
  input,
  async run(tx, context) {
    const cohortId = await requirePublic(tx, context);
    const { person, now } = context;
    const saved = await tx.$count(savedCohorts, eq(savedCohorts.personId, person.id));
    if (saved >= MOST_SAVED) context.refuse({ code: "too_many_saved" });
    await tx
      .insert(savedCohorts)
      .values({ personId: person.id, cohortId, savedAt: now })
      .onConflictDoNothing();
    return { cohortId };
  },
});

/** Takes a cohort out of a person's view; one that is not saved stays so. Refusals: `not_found`. */
export const unsaveCohort = defineCommand({
  name: "unsave-cohort",
  action: "cohort.save",
  input,
  async run(tx, context) {
    const cohortId = await requirePublic(tx, context);
    await tx
      .delete(savedCohorts)
      .where(
        and(eq(savedCohorts.personId, context.person.id), eq(savedCohorts.cohortId, cohortId)),
      );
    return { cohortId };
  },
});

async function requirePublic(tx: Tx, context: Context<z.output<typeof input>>): Promise<string> {
  context.authorise({ person: context.person.id });
  const [cohort] = await tx
    .select({ id: cohorts.id })
    .from(cohorts)
    .where(and(eq(cohorts.slug, context.input.slug), isPublic));
  return cohort?.id ?? context.refuse({ code: "not_found" });
}
