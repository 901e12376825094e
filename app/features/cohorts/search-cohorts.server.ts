import { and, desc, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, persons } from "#db/schema/index";
import { beginning } from "~/features/people/search-people.server";
import { searchWords } from "~/lib/search-words";
import type { CohortWithTeacher } from "./queries.server";
import { isPublic } from "./teachers.server";

/** The ids of cohorts whose title, skill or pitch has a word that begins so; found by an index. */
export const cohortsSaid = (word: string): SQL => sql`
  select c.id from cohorts c where search_words(c.title || ' ' || c.skill || ' ' || c.pitch) @@ ${beginning(word)}`;

/** Whether the cohort of the outer query has a word that begins so in its title, skill or pitch, or in the name of one of its teachers. */
export const saysWord = (word: string): SQL =>
  sql`(${cohorts.id} in (${cohortsSaid(word)}) or ${cohorts.id} in (
    with named as materialized (select p.id from persons p
      where p.email_verified_at is not null and search_words(p.display_name || ' ' || p.handle) @@ ${beginning(word)})
    select c.id from cohorts c where c.teacher_id in (select id from named)
    union all select ct.cohort_id from cohort_teachers ct
    where ct.person_id in (select id from named) and ct.state = 'accepted' and ct.role <> 'reviewer'))`;

/**
 * Cohorts whose title, skill or pitch, or a teacher's name, begins each word of what was typed; those that close last
 * first; at most `limit`, and whether there are more.
 */
export async function searchCohorts(
  typed: string,
  limit = 20,
  db: Queryable = getDb(),
): Promise<{ cohorts: CohortWithTeacher[]; more: boolean }> {
  const words = searchWords(typed);
  if (words.length === 0) return { cohorts: [], more: false };
  const found = await db
    .select({
      cohort: cohorts,
      teacherName: persons.displayName,
      teacherHandle: persons.handle,
    })
    .from(cohorts)
    .innerJoin(persons, sql`${persons.id} = ${cohorts.teacherId}`)
    .where(and(isPublic, ...words.map(saysWord)))
    .orderBy(desc(cohorts.closesAt), desc(cohorts.id))
    .limit(limit + 1);
  return {
    cohorts: found.slice(0, limit).map(({ cohort, ...teacher }) => ({ ...cohort, ...teacher })),
    more: found.length > limit,
  };
}

/** What public cohorts teach, each once however it is written. */
export async function listSkills(db: Queryable = getDb()): Promise<string[]> {
  const rows = await db
    .select({ skill: sql<string>`min(${cohorts.skill})` })
    .from(cohorts)
    .where(isPublic)
    .groupBy(sql`lower(${cohorts.skill})`)
    .orderBy(sql`lower(${cohorts.skill})`);
  return rows.map(({ skill }) => skill);
}
