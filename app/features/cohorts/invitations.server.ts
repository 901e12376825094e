import { and, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, cohortTeachers, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { tokenHashOf } from "~/lib/secret-link.server";

/**
 * The unanswered invitation behind a mailed token, for a signed-in reader; `forReader` says whether it went to the
 * reader's own address. Null for an unknown token and once it is answered.
 */
export async function findInvitation(actor: Actor, token: string, db: Queryable = getDb()) {
  const [row] = await db
    .select({
      email: cohortTeachers.email,
      role: cohortTeachers.role,
      partBps: cohortTeachers.partBps,
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
