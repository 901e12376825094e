import { and, asc, eq } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { applicationEvents, persons } from "#db/schema/index";

export type NewEvent = {
  applicationId: string;
  at: Date;
  /** Null: the platform itself. */
  actorId: string | null;
  kind: string;
  /** `applicant`: the applicant reads it too; `staff`: they never do. */
  audience: "applicant" | "staff";
  data?: Record<string, string | number | boolean | null>;
};

/** Writes what happened to an application, or to several, in the caller's transaction. Events never change. */
export async function recordEvent(tx: Tx, ...events: NewEvent[]): Promise<void> {
  if (events.length > 0) await tx.insert(applicationEvents).values(events);
}

/**
 * What happened to an application, in order: for `applicant` what they may know, for `staff` all of it. Whoever calls it has asked
 * whether the reader may. `actor` is a name; null is the platform.
 */
export async function listTimeline(
  applicationId: string,
  reader: "applicant" | "staff",
  db: Queryable = getDb(),
) {
  return db
    .select({
      id: applicationEvents.id,
      at: applicationEvents.at,
      kind: applicationEvents.kind,
      audience: applicationEvents.audience,
      actorId: applicationEvents.actorId,
      actor: persons.displayName,
      data: applicationEvents.data,
    })
    .from(applicationEvents)
    .leftJoin(persons, eq(persons.id, applicationEvents.actorId))
    .where(
      and(
        eq(applicationEvents.applicationId, applicationId),
        reader === "applicant" ? eq(applicationEvents.audience, "applicant") : undefined,
      ),
    )
    .orderBy(asc(applicationEvents.id))
    .limit(1_000);
}
