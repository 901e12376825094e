import { and, asc, desc, eq, gte, like, lt } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { auditEvents, persons } from "#db/schema/index";
import { endOfDayInstant, startOfDayInstant } from "~/lib/dates";
import type { AuditFilter } from "./schema";

const PAGE = 50;

/**
 * Audit events that the filter asks for, newest first; `before` asks for the next page. For operators alone: the caller
 * has asked.
 */
export async function listAuditEvents(filter: AuditFilter) {
  const { who, action, kind, subject, from, to, before } = filter;
  const rows = await getDb()
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      subjectType: auditEvents.subjectType,
      subjectId: auditEvents.subjectId,
      data: auditEvents.data,
      actor: persons.displayName,
    })
    .from(auditEvents)
    .leftJoin(persons, eq(persons.id, auditEvents.actorId))
    .where(
      and(
        who ? eq(persons.handle, who) : undefined,
        action ? eq(auditEvents.action, action) : undefined,
        kind ? eq(auditEvents.subjectType, kind) : undefined,
        subject ? like(auditEvents.subjectId, `${subject}%`) : undefined,
        from ? gte(auditEvents.at, startOfDayInstant(from)) : undefined,
        to ? lt(auditEvents.at, endOfDayInstant(to)) : undefined,
        before ? lt(auditEvents.id, BigInt(before)) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(PAGE + 1);
  const events = rows.slice(0, PAGE);
  return { events, before: rows.length > PAGE ? String(events.at(-1)?.id) : null };
}

/** The acts and the kinds of subject that there are events of, for the filter to choose from. */
export async function listAuditChoices(): Promise<{ actions: string[]; kinds: string[] }> {
  const db = getDb();
  const [actions, kinds] = await Promise.all([
    db
      .selectDistinct({ name: auditEvents.action })
      .from(auditEvents)
      .orderBy(asc(auditEvents.action)),
    db
      .selectDistinct({ name: auditEvents.subjectType })
      .from(auditEvents)
      .orderBy(asc(auditEvents.subjectType)),
  ]);
  return { actions: actions.map((row) => row.name), kinds: kinds.map((row) => row.name) };
}
