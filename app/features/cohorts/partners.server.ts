import { and, asc, eq, inArray } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohortTeachers, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { formatDate } from "~/lib/dates";
import { staffOf } from "./teachers.server";

/** A part of each investment as people type and read it: `12.5`. */
export const percentOfBps = (bps: number): string => String(bps / 100);

/** Whom a cohort's leads have asked to work on it and who has not declined, in the order of asking; nothing for others. */
export async function listPartners(actor: Actor, cohort: { id: string }, db: Queryable = getDb()) {
  if (denial(actor, "cohort.staff", await staffOf(db, cohort.id))) return [];
  const rows = await db
    .select({ partner: cohortTeachers, name: persons.displayName, handle: persons.handle })
    .from(cohortTeachers)
    .leftJoin(persons, eq(persons.id, cohortTeachers.personId))
    .where(
      and(
        eq(cohortTeachers.cohortId, cohort.id),
        inArray(cohortTeachers.state, ["invited", "accepted"]),
      ),
    )
    .orderBy(asc(cohortTeachers.invitedAt), asc(cohortTeachers.id));
  return rows.map(({ partner, name, handle }) => ({
    id: partner.id,
    name: name ?? partner.email,
    handle,
    role: partner.role,
    part: percentOfBps(partner.partBps),
    invitedOn: formatDate(partner.invitedAt),
    accepted: partner.state === "accepted",
  }));
}

export type Partner = Awaited<ReturnType<typeof listPartners>>[number];
