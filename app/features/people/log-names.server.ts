import { and, eq, inArray } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { logIds, persons } from "#db/schema/index";

/** People as everybody may see them, by their ids in the public log. */
export type LogPerson = { id: string; handle: string; name: string };

/** Handles and names of people by their ids in the public log; who is not there is left out. */
export async function listByLogIds(
  ids: readonly string[],
  db: Queryable = getDb(),
): Promise<LogPerson[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: logIds.logId, handle: persons.handle, name: persons.displayName })
    .from(logIds)
    .innerJoin(persons, eq(persons.id, logIds.subjectId))
    .where(and(eq(logIds.kind, "person"), inArray(logIds.logId, [...new Set(ids)])));
}
