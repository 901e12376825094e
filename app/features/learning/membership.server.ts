import { and, eq, ne, or, sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { cohorts, enrolments } from "#db/schema/index";
import { listTeacherIds, teaches } from "~/features/cohorts/teachers.server";

/** A cohort, who teaches it, and since when the asker has a place in it, if they have one. */
export type Membership = {
  cohort: typeof cohorts.$inferSelect;
  teacherIds: string[];
  enrolledAt: Date | null;
  /** Who plays which part towards the space, as far as the asker is concerned. */
  subject: { teacher: string[]; student: string[]; peer: string[] };
};

/** Whether the place of the outer query is a confirmed one: whoever has it is in the cohort. */
export const isMember = eq(enrolments.state, "confirmed");

/**
 * How somebody belongs to a cohort of that id or slug; null where there is none, nor a space: of a
 * draft, or once it is cancelled. Whoever asks must still be authorised.
 */
export async function findMembership(
  db: Queryable,
  which: { id: string } | { slug: string },
  personId: string,
): Promise<Membership | null> {
  const [cohort] = await db
    .select()
    .from(cohorts)
    .where("id" in which ? eq(cohorts.id, which.id) : eq(cohorts.slug, which.slug));
  if (cohort?.state !== "published") return null;
  const [place] = await db
    .select({ enrolledAt: enrolments.enrolledAt })
    .from(enrolments)
    .where(and(isMember, eq(enrolments.cohortId, cohort.id), eq(enrolments.personId, personId)));
  const teacherIds = await listTeacherIds(db, cohort.id);
  return {
    cohort,
    teacherIds,
    enrolledAt: place?.enrolledAt ?? null,
    subject: {
      teacher: teacherIds,
      student: place ? [personId] : [],
      peer: (await isPeer(db, cohort, personId)) ? [personId] : [],
    },
  };
}

/** Whether somebody teaches or learns in a sister of the cohort: they read its space and say something, no more. */
async function isPeer(
  db: Queryable,
  cohort: { id: string; spaceId: string },
  personId: string,
): Promise<boolean> {
  const [sister] = await db
    .select({ id: cohorts.id })
    .from(cohorts)
    .where(
      and(
        eq(cohorts.spaceId, cohort.spaceId),
        ne(cohorts.id, cohort.id),
        eq(cohorts.state, "published"),
        or(
          teaches(personId),
          sql`exists (select 1 from enrolments e where e.cohort_id = ${cohorts.id} and e.person_id = ${personId} and e.state = 'confirmed')`,
        ),
      ),
    )
    .limit(1);
  return sister !== undefined;
}

/** Holds a student's place until the transaction ends: what they write in the space, they write one after another. */
export async function holdPlace(tx: Tx, cohortId: string, personId: string): Promise<void> {
  await tx
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(and(eq(enrolments.cohortId, cohortId), eq(enrolments.personId, personId)))
    .for("update");
}

/** Everybody who has a place in a cohort. */
export async function listStudentIds(db: Queryable, cohortId: string): Promise<string[]> {
  const rows = await db
    .select({ id: enrolments.personId })
    .from(enrolments)
    .where(and(isMember, eq(enrolments.cohortId, cohortId)));
  return rows.map((row) => row.id);
}
