import { and, asc, count, desc, eq, gt, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lots, persons, referrals, tokens } from "#db/schema/index";
import type { ReferralState } from "#db/schema/scouting";
import type { Actor } from "~/auth/actor";
import { getPersonByHandle, type PublicPerson } from "~/features/people/queries.server";
import { formatDate } from "~/lib/dates";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { tokenHashOf } from "~/lib/secret-link.server";

/** How far a referral has come: whether an application in its time, a place, an investment followed. */
type Way = { applied: boolean; admitted: boolean; invested: boolean };

const inTime = sql`a.applicant_id = ${referrals.talentId} and a.submitted_at >= ${referrals.sentAt} and a.submitted_at < ${referrals.applyBy}`;
/** The referral had been confirmed: it still is, or it lapsed afterwards. */
const wasConfirmed = sql<boolean>`(${referrals.state} = 'confirmed' or (${referrals.state} = 'lapsed' and ${referrals.talentId} is not null))`;
const way = {
  applied: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a where ${inTime})`,
  admitted: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a join enrolments e on e.application_id = a.id where ${inTime})`,
  invested: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a join enrolments e on e.application_id = a.id
    join offers o on o.enrolment_id = e.id where ${inTime} and o.state = 'settled' and o.created_at < ${referrals.investBy})`,
};

export type MyReferral = {
  id: string;
  talentName: string;
  talentEmail: string;
  cohort: string | null;
  sentOn: string;
  word: string;
  tone: "plain" | "gain" | "accent";
  /** Something may still become of it. */
  open: boolean;
};

function stateOf(
  referral: { state: ReferralState; applyBy: Date; investBy: Date } & Way,
  now: Date,
): Pick<MyReferral, "word" | "tone" | "open"> {
  const { state, applied, admitted, invested, applyBy, investBy } = referral;
  if (state === "declined") return { word: "not confirmed", tone: "plain", open: false };
  if (invested) return { word: "invested", tone: "gain", open: false };
  const over = state === "lapsed" || now >= (applied ? investBy : applyBy);
  if (over) return { word: "time is over", tone: "plain", open: false };
  if (state === "sent")
    return { word: `waits until ${formatDate(applyBy)}`, tone: "plain", open: true };
  if (admitted) return { word: "admitted", tone: "accent", open: true };
  if (applied) return { word: "applied", tone: "accent", open: true };
  return { word: `confirmed; to apply by ${formatDate(applyBy)}`, tone: "accent", open: true };
}

/** Whom the asker has referred, the latest first, and how far each has come. */
export async function listMyReferrals(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<MyReferral[]> {
  const rows = await db
    .select({ referral: referrals, cohort: cohorts.title, ...way })
    .from(referrals)
    .leftJoin(cohorts, eq(cohorts.id, referrals.cohortId))
    .where(eq(referrals.scoutId, actor.id))
    .orderBy(desc(referrals.sentAt), asc(referrals.id))
    .limit(300);
  return rows.map(({ referral, cohort, ...facts }) => ({
    id: referral.id,
    talentName: referral.talentName,
    talentEmail: referral.talentEmail,
    cohort,
    sentOn: formatDate(referral.sentAt),
    ...stateOf({ ...referral, ...facts }, now),
  }));
}

const shown = {
  id: referrals.id,
  scoutName: persons.displayName,
  scoutHandle: persons.handle,
  reasons: referrals.reasons,
  cohort: cohorts.title,
  cohortSlug: cohorts.slug,
};
const withScout = (db: Queryable) =>
  db
    .select(shown)
    .from(referrals)
    .innerJoin(persons, eq(persons.id, referrals.scoutId))
    .leftJoin(cohorts, eq(cohorts.id, referrals.cohortId));

export type ReferralShown = {
  id: string;
  scoutName: string;
  scoutHandle: string;
  reasons: string;
  cohort: string | null;
  cohortSlug: string | null;
};

/** The referrals to the asker's confirmed address that wait for an answer, the oldest first. */
export async function listReferralsTo(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<ReferralShown[]> {
  if (!actor.emailVerified) return [];
  return withScout(db)
    .where(
      and(
        eq(
          referrals.talentEmail,
          sql`(select p.email from persons p where p.id = ${actor.id}::uuid)`,
        ),
        eq(referrals.state, "sent"),
        ne(referrals.scoutId, actor.id),
        gt(referrals.investBy, now),
      ),
    )
    .orderBy(asc(referrals.sentAt), asc(referrals.id));
}

/** What whoever holds a mailed link may see: who referred them and why. Null once it is answered, over or unknown. */
export async function findReferralByToken(
  token: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<ReferralShown | null> {
  const [row] = await withScout(db).where(
    and(
      eq(referrals.tokenHash, tokenHashOf(token)),
      eq(referrals.state, "sent"),
      gt(referrals.applyBy, now),
    ),
  );
  return row ?? null;
}

/** Cohorts that somebody can be referred to now: those whose window has not closed. */
export async function listCohortsToReferTo(now: Date, db: Queryable = getDb()) {
  return db
    .select({ id: cohorts.id, title: cohorts.title })
    .from(cohorts)
    .where(and(eq(cohorts.state, "published"), gt(cohorts.closesAt, now)))
    .orderBy(asc(cohorts.closesAt), asc(cohorts.title))
    .limit(100);
}

export type Stake = {
  handle: string;
  displayName: string;
  percent: string;
  acquiredOn: string;
  lockedUntil: string | null;
  held: boolean;
  received: string;
};

export type ScoutPage = {
  person: Pick<PublicPerson, "handle" | "displayName">;
  counts: { sent: number; confirmed: number; applied: number; admitted: number; invested: number };
  misses: number;
  stakes: Stake[];
  received: string;
};

/**
 * A scout's public page: how many of their referrals came how far, hits and misses, and the finder's stakes with what each
 * brought, without ratios (T24). People are named only where an investment is public. Null for an unknown handle.
 */
export async function getScoutPage(
  handle: string | undefined,
  now: Date,
  db: Queryable = getDb(),
): Promise<ScoutPage | null> {
  const person = handle ? await getPersonByHandle(handle, db) : null;
  if (!person) return null;
  const rows = await db
    .select({ referral: referrals, confirmed: wasConfirmed, ...way })
    .from(referrals)
    .where(eq(referrals.scoutId, person.id));
  const misses = rows.filter(
    ({ referral, ...facts }) =>
      stateOf({ ...referral, ...facts }, now).tone === "plain" &&
      (referral.state !== "sent" || now >= referral.applyBy),
  );
  const counted = (of: "confirmed" | keyof Way) => rows.filter((row) => row[of]).length;
  const stakes = await listStakes(person.id, db);
  return {
    person: { handle: person.handle, displayName: person.displayName },
    counts: {
      sent: rows.length,
      confirmed: counted("confirmed"),
      applied: counted("applied"),
      admitted: counted("admitted"),
      invested: counted("invested"),
    },
    misses: misses.length,
    stakes: stakes.map(({ receivedCents, ...stake }) => ({
      ...stake,
      received: formatCents(receivedCents),
    })),
    received: formatCents(stakes.reduce((sum, stake) => sum + stake.receivedCents, 0n)),
  };
}

/** The scout whom most talents have confirmed, with how many were referred, confirmed and invested in. Null while there is none. */
export async function findBusiestScout(db: Queryable = getDb()) {
  const confirmed = count(sql`case when ${wasConfirmed} then 1 end`);
  const [busiest] = await db
    .select({
      id: persons.id,
      handle: persons.handle,
      displayName: persons.displayName,
      sent: count(),
      confirmed,
    })
    .from(referrals)
    .innerJoin(persons, eq(persons.id, referrals.scoutId))
    .groupBy(persons.id)
    .orderBy(desc(confirmed), asc(persons.handle))
    .limit(1);
  if (!busiest || busiest.confirmed === 0) return null;
  const [hits] = await db
    .select({ invested: count(sql`case when ${way.invested} then 1 end`) })
    .from(referrals)
    .where(eq(referrals.scoutId, busiest.id));
  const { id: _, ...scout } = busiest;
  return { ...scout, invested: hits?.invested ?? 0 };
}

/** A person's finder's stakes, the latest first. */
async function listStakes(holderId: string, db: Queryable) {
  const rows = await db
    .select({
      lot: lots,
      handle: persons.handle,
      displayName: persons.displayName,
      received: sql<string>`coalesce((select sum(y.cents) from lot_payments y where y.lot_id = ${lots.id}), 0)`,
    })
    .from(lots)
    .innerJoin(tokens, eq(tokens.id, lots.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(and(eq(lots.holderId, holderId), eq(lots.finder, true)))
    .orderBy(desc(lots.acquiredAt), asc(lots.id));
  return rows.map(({ lot, handle, displayName, received }) => ({
    handle,
    displayName,
    percent: formatPercentOfToken(lot.sharesBought),
    acquiredOn: formatDate(lot.acquiredAt),
    lockedUntil: lot.lockedUntil ? formatDate(lot.lockedUntil) : null,
    held: lot.sharesLeft > 0n,
    receivedCents: BigInt(received),
  }));
}
