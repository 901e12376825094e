import { and, asc, count, eq, exists, isNotNull, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { applications, cohorts, offers, persons, profiles, tokens } from "#db/schema/index";
import type { ProfileLink } from "#db/schema/people";
import { findToken, type TokenPurpose } from "~/auth/tokens.server";

/** A person as everybody may see them. */
export type PublicPerson = { id: string; handle: string; displayName: string; createdAt: Date };
/** What a person shows of their work. */
export type Profile = {
  headline: string;
  work: string;
  explorationPlan: string;
  links: ProfileLink[];
};

/** The person of that handle; null for an unknown one and while their address is not confirmed. */
export async function getPersonByHandle(
  handle: string,
  db: Queryable = getDb(),
): Promise<PublicPerson | null> {
  const [person] = await db
    .select({
      id: persons.id,
      handle: persons.handle,
      displayName: persons.displayName,
      createdAt: persons.createdAt,
    })
    .from(persons)
    .where(and(eq(persons.handle, handle), isNotNull(persons.emailVerifiedAt)));
  return person ?? null;
}

/** What a person shows of their work; empty texts where they have written nothing. */
export async function getProfile(personId: string, db: Queryable = getDb()): Promise<Profile> {
  const [profile] = await db
    .select({
      headline: profiles.headline,
      work: profiles.work,
      explorationPlan: profiles.explorationPlan,
      links: profiles.links,
    })
    .from(profiles)
    .where(eq(profiles.personId, personId));
  return profile ?? { headline: "", work: "", explorationPlan: "", links: [] };
}

/** Everybody who may decide at the desk, by handle. */
export async function listOperators(
  db: Queryable = getDb(),
): Promise<{ id: string; handle: string; email: string; since: Date | null }[]> {
  return db
    .select({
      id: persons.id,
      handle: persons.handle,
      email: persons.email,
      since: persons.operatorSince,
    })
    .from(persons)
    .where(isNotNull(persons.operatorSince))
    .orderBy(asc(persons.handle));
}

/** What the person alone sees of their account. */
export async function getAccount(personId: string, db: Queryable = getDb()) {
  const [account] = await db
    .select({
      email: persons.email,
      emailVerifiedAt: persons.emailVerifiedAt,
      legalName: persons.legalName,
      dateOfBirth: persons.dateOfBirth,
      country: persons.country,
      createdAt: persons.createdAt,
    })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!account) throw new Error("a signed-in person has no account");
  return account;
}

/** Which parts of the site concern a person: those they have begun to use. */
export async function getRoles(
  personId: string,
  db: Queryable = getDb(),
): Promise<{ teaches: boolean; hasToken: boolean }> {
  const teaches = exists(
    db.select({ one: sql`1` }).from(cohorts).where(eq(cohorts.teacherId, personId)),
  );
  const hasToken = exists(
    db.select({ one: sql`1` }).from(tokens).where(eq(tokens.ownerId, personId)),
  );
  const [roles] = await db
    .select({ teaches: sql<boolean>`${teaches}`, hasToken: sql<boolean>`${hasToken}` })
    .from(sql`(select 1) as one`);
  return { teaches: roles?.teaches === true, hasToken: roles?.hasToken === true };
}

/** What waits for a person: offers to answer, applications not yet sent, gains not yet paid. */
export async function getWaiting(personId: string, now: Date, db: Queryable = getDb()) {
  const openOffers = await db
    .select({ id: offers.id, cohort: cohorts.title, expiresAt: offers.expiresAt })
    .from(offers)
    .innerJoin(cohorts, eq(cohorts.id, offers.cohortId))
    .where(and(eq(offers.studentId, personId), eq(offers.state, "open")))
    .orderBy(asc(offers.expiresAt));
  const drafts = await db
    .select({ slug: cohorts.slug, cohort: cohorts.title, closesAt: cohorts.closesAt })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(and(eq(applications.applicantId, personId), eq(applications.state, "draft")))
    .orderBy(asc(cohorts.closesAt));
  const [toReview] = await db
    .select({ applications: count() })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(and(eq(cohorts.teacherId, personId), eq(applications.state, "submitted")));
  return {
    openOffers: openOffers.filter((offer) => offer.expiresAt !== null && offer.expiresAt > now),
    drafts: drafts.filter((draft) => draft.closesAt > now),
    toReview: Number(toReview?.applications ?? 0),
  };
}

/** Whether a mailed link still works. */
export async function isLinkGood(
  purpose: TokenPurpose,
  token: string,
  now: Date,
): Promise<boolean> {
  return (await findToken(getDb(), { token, purpose, now })) !== null;
}
