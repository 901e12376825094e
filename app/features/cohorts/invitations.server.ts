import { and, asc, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { formatDate } from "~/lib/dates";
import { tokenHashOf } from "~/lib/secret-link.server";
import { staffOf } from "./teachers.server";

export type Invitation = { id: string; email: string; invitedOn: string };

/** A cohort's invitations that wait for an answer, for whoever opened it; nothing for others. */
export async function listOpenInvitations(
  actor: Actor,
  cohort: { id: string },
  db: Queryable = getDb(),
): Promise<Invitation[]> {
  if (denial(actor, "cohort.staff", await staffOf(db, cohort.id))) return [];
  const rows = await db
    .select()
    .from(cohortTeachers)
    .where(and(eq(cohortTeachers.cohortId, cohort.id), eq(cohortTeachers.state, "invited")))
    .orderBy(asc(cohortTeachers.invitedAt), asc(cohortTeachers.id));
  return rows.map(({ id, email, invitedAt }) => ({ id, email, invitedOn: formatDate(invitedAt) }));
}

/**
 * The unanswered invitation behind a mailed token, for a signed-in reader; `forReader` says whether it went to the
 * reader's own address. Null for an unknown token and once it is answered.
 */
export async function findInvitation(actor: Actor, token: string, db: Queryable = getDb()) {
  const [row] = await db
    .select({
      email: cohortTeachers.email,
      title: cohorts.title,
      slug: cohorts.slug,
      inviter: persons.displayName,
    })
    .from(cohortTeachers)
    .innerJoin(cohorts, eq(cohorts.id, cohortTeachers.cohortId))
    .innerJoin(persons, eq(persons.id, cohortTeachers.invitedBy))
    .where(
      and(eq(cohortTeachers.tokenHash, tokenHashOf(token)), eq(cohortTeachers.state, "invited")),
    );
  if (!row) return null;
  const [reader] = await db
    .select({ email: persons.email })
    .from(persons)
    .where(eq(persons.id, actor.id));
  const { email, ...shown } = row;
  return { ...shown, forReader: reader?.email === email, emailVerified: actor.emailVerified };
}
