import { and, asc, eq, exists, inArray, isNotNull, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { applications, cohorts, persons, profiles, tokens } from "#db/schema/index";
import type { ProfileLink } from "#db/schema/people";
import type { Actor } from "~/auth/actor";
import { findToken, type TokenPurpose } from "~/auth/tokens.server";
import { staffs, teaches } from "~/features/cohorts/teachers.server";
import { isShown, type Visibility } from "~/lib/visibility";

/** A person as everybody may see them. */
export type PublicPerson = { id: string; handle: string; displayName: string; createdAt: Date };
/** What a person shows of their work. */
export type Profile = {
  headline: string;
  work: string;
  workVisibility: Visibility;
  explorationPlan: string;
  planVisibility: Visibility;
  links: ProfileLink[];
};
const EMPTY_PROFILE: Profile = {
  headline: "",
  work: "",
  workVisibility: "public",
  explorationPlan: "",
  planVisibility: "public",
  links: [],
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

/** The names that people are shown by, by their handles. */
export async function getNames(
  handles: readonly string[],
  db: Queryable = getDb(),
): Promise<Map<string, string>> {
  const wanted = [...new Set(handles)];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ handle: persons.handle, displayName: persons.displayName })
    .from(persons)
    .where(inArray(persons.handle, wanted));
  return new Map(rows.map((row) => [row.handle, row.displayName]));
}

/** A person's own profile, whole, whoever may read its parts; empty texts where they have written nothing. */
export async function getProfile(personId: string, db: Queryable = getDb()): Promise<Profile> {
  const [profile] = await db
    .select({
      headline: profiles.headline,
      work: profiles.work,
      workVisibility: profiles.workVisibility,
      explorationPlan: profiles.explorationPlan,
      planVisibility: profiles.planVisibility,
      links: profiles.links,
    })
    .from(profiles)
    .where(eq(profiles.personId, personId));
  return profile ?? EMPTY_PROFILE;
}

/** A profile as somebody may read it: what is kept from them is null, with the choice that keeps it. */
export type ShownProfile = Omit<Profile, "work" | "explorationPlan"> & {
  work: string | null;
  explorationPlan: string | null;
};

/** What a reader (null: a visitor) may see of a person's profile, as its owner chose. */
export async function getProfileFor(
  reader: Actor | null,
  ownerId: string,
  db: Queryable = getDb(),
): Promise<ShownProfile> {
  const profile = await getProfile(ownerId, db);
  const owner = reader?.id === ownerId;
  const asks = [profile.workVisibility, profile.planVisibility].includes("teachers");
  const teachesOwner = asks && !owner && reader ? await isJudgedBy(ownerId, reader.id, db) : false;
  const towards = { owner, signedIn: reader !== null, teachesOwner };
  return {
    ...profile,
    work: isShown(profile.workVisibility, towards) ? profile.work : null,
    explorationPlan: isShown(profile.planVisibility, towards) ? profile.explorationPlan : null,
  };
}

/** Whether an application of the one stands before the other: sent, not withdrawn, to a cohort that the other teaches. */
async function isJudgedBy(applicantId: string, teacherId: string, db: Queryable): Promise<boolean> {
  const [found] = await db
    .select({ id: applications.id })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(
      and(
        eq(applications.applicantId, applicantId),
        inArray(applications.state, [
          "submitted",
          "admitted",
          "declined",
          "waitlisted",
          "revise",
          "deferred",
        ]),
        staffs(teacherId),
      ),
    )
    .limit(1);
  return found !== undefined;
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
  const taught = exists(db.select({ one: sql`1` }).from(cohorts).where(teaches(personId)));
  const hasToken = exists(
    db.select({ one: sql`1` }).from(tokens).where(eq(tokens.ownerId, personId)),
  );
  const [roles] = await db
    .select({ teaches: sql<boolean>`${taught}`, hasToken: sql<boolean>`${hasToken}` })
    .from(sql`(select 1) as one`);
  return { teaches: roles?.teaches === true, hasToken: roles?.hasToken === true };
}

/** Whether a mailed link still works. */
export async function isLinkGood(
  purpose: TokenPurpose,
  token: string,
  now: Date,
): Promise<boolean> {
  return (await findToken(getDb(), { token, purpose, now })) !== null;
}
