import { and, asc, isNotNull, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lots, persons, profiles, tokens } from "#db/schema/index";
import { searchWords } from "~/lib/search-words";

export type FoundPerson = {
  handle: string;
  displayName: string;
  headline: string;
  /** Has opened a cohort or invested, so that there is a record to read. */
  teaches: boolean;
  hasToken: boolean;
};

/** What `search_words` are asked for one of `searchWords`: a word that begins so. */
export const beginning = (word: string): SQL =>
  sql`to_tsquery('pg_catalog.simple', ${`${word}:*`})`;

/** The ids of people whose name and handle answer a `searchQuery`; they are found by an index. */
export const peopleNamed = (query: string): SQL => sql`
  select p.id from persons p where p.email_verified_at is not null
    and search_words(p.display_name || ' ' || p.handle) @@ to_tsquery('pg_catalog.simple', ${query})`;

/** The ids of people whose name, handle or headline has a word that begins so; each is found by an index. */
export const peopleSaid = (word: string): SQL => sql`
  ${peopleNamed(`${word}:*`)}
  union
  select w.person_id from profiles w where search_words(w.headline) @@ ${beginning(word)}`;

/** The ids of people whose profile shows everybody work with a word that begins so. */
export const workSaid = (word: string): SQL => sql`
  select w.person_id from profiles w where w.work_visibility = 'public' and search_words(w.work) @@ ${beginning(word)}`;

/**
 * People whose name, handle or headline begins each word of what was typed, by name; at most `limit`, and whether there are
 * more. What they keep from readers is never searched; people whose address is not confirmed are not found.
 */
export async function searchPeople(
  typed: string,
  limit = 20,
  db: Queryable = getDb(),
): Promise<{ people: FoundPerson[]; more: boolean }> {
  const words = searchWords(typed);
  if (words.length === 0) return { people: [], more: false };
  const found = await db
    .select({
      handle: persons.handle,
      displayName: persons.displayName,
      headline: sql<string>`coalesce(${profiles.headline}, '')`,
      teaches: sql<boolean>`exists (select 1 from ${cohorts} where ${cohorts.teacherId} = ${persons.id})
        or exists (select 1 from ${lots} where ${lots.holderId} = ${persons.id} and not ${lots.finder})`,
      hasToken: sql<boolean>`exists (select 1 from ${tokens} where ${tokens.ownerId} = ${persons.id})`,
    })
    .from(persons)
    .leftJoin(profiles, sql`${profiles.personId} = ${persons.id}`)
    .where(
      and(
        isNotNull(persons.emailVerifiedAt),
        ...words.map((word) => sql`${persons.id} in (${peopleSaid(word)})`),
      ),
    )
    .orderBy(asc(persons.displayName), asc(persons.handle))
    .limit(limit + 1);
  return { people: found.slice(0, limit), more: found.length > limit };
}
