import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";

/** Everybody who is one person with them (T18): the ids joined in the book, themselves included. */
export async function listSamePersons(db: Queryable, personId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    WITH RECURSIVE same(id) AS (
      SELECT ${personId}::uuid
      UNION SELECT CASE WHEN s.person_id = same.id THEN s.other_id ELSE s.person_id END
      FROM same JOIN same_persons s ON same.id IN (s.person_id, s.other_id)
    ) SELECT id FROM same`);
  return rows.map((row) => row.id);
}

/** Whether two ids are one person. */
export async function areOnePerson(db: Queryable, one: string, other: string): Promise<boolean> {
  return one === other || (await listSamePersons(db, one)).includes(other);
}
