import { asc, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lots, persons, profiles, tokens } from "#db/schema/index";
import { searchQuery } from "~/lib/search-words";

export type FoundPerson = {
  handle: string;
  displayName: string;
  headline: string;
  /** Has opened a cohort or invested, so that there is a record to read. */
  teaches: boolean;
  hasToken: boolean;
};

/**
 * People whose name, handle or headline begins each word of what was typed, by name; at most `limit`, and whether there are
 * more. What they keep from readers is never searched; people whose address is not confirmed are not found.
 */
export async function searchPeople(
  typed: string,
  limit = 20,
  db: Queryable = getDb(),
): Promise<{ people: FoundPerson[]; more: boolean }> {
  const query = searchQuery(typed);
  if (query === null) return { people: [], more: false };
  const asked = sql`to_tsquery('pg_catalog.simple', ${query})`;
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
      sql`${persons.emailVerifiedAt} is not null and ${persons.id} in (
        select p.id from persons p where p.email_verified_at is not null
          and search_words(p.display_name || ' ' || p.handle) @@ ${asked}
        union
        select w.person_id from profiles w where search_words(w.headline) @@ ${asked})`,
    )
    .orderBy(asc(persons.displayName), asc(persons.handle))
    .limit(limit + 1);
  return { people: found.slice(0, limit), more: found.length > limit };
}
