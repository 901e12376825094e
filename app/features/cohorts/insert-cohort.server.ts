import type { Tx } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import { slugOfTitle } from "./rules";

const MOST_SLUGS = 200;
type Columns = Omit<
  typeof cohorts.$inferInsert,
  "slug" | "teacherId" | "createdAt" | "changedAt" | "state"
>;

/** Writes a draft of a cohort under the first free slug that its title gives; null where too many have that title. */
export async function insertCohort(
  tx: Tx,
  columns: Columns,
  teacherId: string,
  now: Date,
): Promise<{ id: string; slug: string } | null> {
  for (let nth = 1; nth <= MOST_SLUGS; nth++) {
    const [cohort] = await tx
      .insert(cohorts)
      .values({
        ...{ ...columns, slug: slugOfTitle(columns.title, nth), teacherId },
        ...{ createdAt: now, changedAt: now },
      })
      .onConflictDoNothing({ target: cohorts.slug })
      .returning({ id: cohorts.id, slug: cohorts.slug });
    if (cohort) return cohort;
  }
  return null;
}
