import { and, asc, count, desc, eq, gt, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, persons, referralHypotheses, referrals } from "#db/schema/index";
import type { ReferralState } from "#db/schema/scouting";
import type { Actor } from "~/auth/actor";
import { type Deadline, deadlineOf, formatDate } from "~/lib/dates";
import { isId } from "~/lib/ids";
import { formatBps } from "~/lib/money";
import { tokenHashOf } from "~/lib/secret-link.server";
import { sayBy } from "./state-hypothesis.server";

/** How far a referral has come: whether an application in its time, a place, an investment followed. */
export type Way = { applied: boolean; admitted: boolean; invested: boolean };

const inTime = sql`a.applicant_id = ${referrals.talentId} and a.submitted_at >= ${referrals.sentAt} and a.submitted_at < ${referrals.applyBy}`;
/** The referral had been confirmed: it still is, or it lapsed afterwards. */
export const wasConfirmed = sql<boolean>`(${referrals.state} = 'confirmed' or (${referrals.state} = 'lapsed' and ${referrals.talentId} is not null))`;
/** The facts of a referral's way, selected beside it. */
export const way = {
  applied: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a where ${inTime})`,
  admitted: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a join enrolments e on e.application_id = a.id where ${inTime})`,
  invested: sql<boolean>`${wasConfirmed} and exists (select 1 from applications a join enrolments e on e.application_id = a.id
    join offers o on o.enrolment_id = e.id where ${inTime} and o.state = 'settled' and o.created_at < ${referrals.investBy})`,
};

export type MyReferral = {
  id: string;
  talentName: string;
  /** Null where they came by a link: the scout was never given it. */
  talentEmail: string | null;
  cohort: string | null;
  sentOn: string;
  word: string;
  tone: "plain" | "gain" | "accent";
  /** Something may still become of it. */
  open: boolean;
  /** How much the scout has said that they expect of the person. */
  said: number;
};

/** How far a referral has come, in a word, and how it is coloured. */
export function stateOf(
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
  const rows = await mine(actor, db).orderBy(desc(referrals.sentAt), asc(referrals.id)).limit(300);
  return rows.map((row) => presentMine(row, now));
}

const said = sql<number>`(select count(*)::int from ${referralHypotheses} where ${referralHypotheses.referralId} = ${referrals.id})`;
const mine = (actor: Actor, db: Queryable) =>
  db
    .select({
      ...{ referral: referrals, cohort: cohorts.title, stakeBps: cohorts.finderStakeBps },
      said,
      ...way,
    })
    .from(referrals)
    .leftJoin(cohorts, eq(cohorts.id, referrals.cohortId))
    .where(eq(referrals.scoutId, actor.id))
    .$dynamic();

function presentMine(
  row: {
    referral: typeof referrals.$inferSelect;
    cohort: string | null;
    stakeBps: number | null;
    said: number;
  } & Way,
  now: Date,
): MyReferral {
  const { referral, cohort, stakeBps: _, said: count, ...facts } = row;
  return {
    id: referral.id,
    talentName: referral.talentName,
    talentEmail: referral.linkId ? null : referral.talentEmail,
    cohort,
    sentOn: formatDate(referral.sentAt),
    said: count,
    ...stateOf({ ...referral, ...facts }, now),
  };
}

export type MyReferralWhole = MyReferral & {
  reasons: string;
  byLink: boolean;
  /** The finder's stake that the cohort states for which it was sent, such as `5%`; null for any cohort. */
  stake: string | null;
  applyBy: Deadline;
  investBy: Deadline;
  /** Until when the scout may say what they expect; null once that time, or the referral, is over. */
  sayBy: Deadline | null;
};

/** One of the asker's own referrals, with its deadlines; null for others' and for one that there is not. */
export async function findMyReferral(
  actor: Actor,
  id: string | undefined,
  now: Date,
  db: Queryable = getDb(),
): Promise<MyReferralWhole | null> {
  if (!isId(id)) return null;
  const [row] = await mine(actor, db).where(
    and(eq(referrals.scoutId, actor.id), eq(referrals.id, id)),
  );
  if (!row) return null;
  const { referral } = row;
  const until = sayBy(referral.sentAt);
  const mayStill = now < until && (referral.state === "sent" || referral.state === "confirmed");
  return {
    ...presentMine(row, now),
    reasons: referral.reasons,
    byLink: referral.linkId !== null,
    stake: row.stakeBps === null ? null : formatBps(row.stakeBps),
    applyBy: deadlineOf(referral.applyBy, "UTC", now),
    investBy: deadlineOf(referral.investBy, "UTC", now),
    sayBy: mayStill ? deadlineOf(until, "UTC", now) : null,
  };
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

/** Whether the person of that handle has ever referred anybody. */
export async function hasReferred(
  handle: string | undefined,
  db: Queryable = getDb(),
): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(referrals)
    .innerJoin(persons, eq(persons.id, referrals.scoutId))
    .where(eq(persons.handle, handle ?? ""))
    .limit(1);
  return rows.length > 0;
}

/** Cohorts that somebody can be referred to now: those whose window has not closed; each with its finder's stake in words. */
export async function listCohortsToReferTo(now: Date, db: Queryable = getDb()) {
  const rows = await db
    .select({ id: cohorts.id, title: cohorts.title, bps: cohorts.finderStakeBps })
    .from(cohorts)
    .where(and(eq(cohorts.state, "published"), gt(cohorts.closesAt, now)))
    .orderBy(asc(cohorts.closesAt), asc(cohorts.title))
    .limit(100);
  return rows.map(({ id, title, bps }) => ({
    id,
    title: `${title} (${bps > 0 ? `finder’s stake ${bps / 100}%` : "no finder’s stake"})`,
  }));
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
