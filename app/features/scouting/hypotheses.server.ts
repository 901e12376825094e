import { and, asc, count, desc, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, enrolments, persons, referralHypotheses, referrals } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { teaches } from "~/features/cohorts/teachers.server";
import { formatDate, utcDay } from "~/lib/dates";
import { isId } from "~/lib/ids";
import { areClose } from "./conflicts.server";
import { type Outcome, outcomeOf } from "./outcome";
import { wasConfirmed } from "./queries.server";
import { scorersOf, wasConfirmedBy } from "./score-hypothesis.server";

type Row = typeof referralHypotheses.$inferSelect;

/** What a scout expected of somebody, as it is shown to whom it concerns. */
export type HypothesisShown = {
  id: string;
  claim: string;
  chance: string;
  saidOn: string;
  dueOn: string;
  outcome: Outcome;
  evidence: string | null;
};

function present(row: Row, now: Date): HypothesisShown {
  return {
    id: row.id,
    claim: row.claim,
    chance: `${row.chancePercent}%`,
    saidOn: formatDate(row.statedAt),
    dueOn: formatDate(row.dueOn),
    outcome: outcomeOf(row, utcDay(now)),
    evidence: row.evidence,
  };
}

/** What a scout said of one referral, in the order in which they said it. */
export async function listHypothesesOf(
  referralId: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<HypothesisShown[]> {
  const rows = await db
    .select()
    .from(referralHypotheses)
    .where(eq(referralHypotheses.referralId, referralId))
    .orderBy(asc(referralHypotheses.statedAt), asc(referralHypotheses.id));
  return rows.map((row) => present(row, now));
}

const isDue = (now: Date): SQL => sql`${referralHypotheses.dueOn} <= ${utcDay(now)}`;

/** Whether a confirmed referral by somebody else is of the actor, or of somebody whom they teach. */
const concerns = (actor: Actor): SQL | undefined =>
  and(
    wasConfirmed,
    ne(referrals.scoutId, actor.id),
    or(
      eq(referrals.talentId, actor.id),
      sql`exists (select 1 from ${enrolments} join ${cohorts} on ${cohorts.id} = ${enrolments.cohortId}
        where ${enrolments.personId} = ${referrals.talentId} and ${enrolments.state} = 'confirmed' and ${teaches(actor.id)})`,
    ),
  );

export type ToScore = HypothesisShown & {
  scoutName: string;
  scoutHandle: string;
  talentName: string;
  /** The asker is the one whom it is about. */
  own: boolean;
};

/**
 * What scouts expected that the asker may score, what is due first: all that is said of the asker themselves, and what is due of those
 * whom they teach; of everybody for an operator. At most 200.
 */
export async function listToScore(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<ToScore[]> {
  const mine = eq(referrals.talentId, actor.id);
  const others = and(wasConfirmed, ne(referrals.scoutId, actor.id), isDue(now));
  const rows = await withNames(db)
    .where(or(and(concerns(actor), or(mine, isDue(now))), actor.operator ? others : undefined))
    .orderBy(
      sql`${referralHypotheses.outcome} is not null`,
      asc(referralHypotheses.dueOn),
      asc(referralHypotheses.id),
    )
    .limit(200);
  return rows.map((row) => ({
    ...present(row.hypothesis, now),
    ...{ scoutName: row.scoutName, scoutHandle: row.scoutHandle, talentName: row.talentName },
    own: row.referral.talentId === actor.id,
  }));
}

const withNames = (db: Queryable) =>
  db
    .select({
      hypothesis: referralHypotheses,
      referral: referrals,
      scoutName: persons.displayName,
      scoutHandle: persons.handle,
      talentName: sql<string>`coalesce((select p.display_name from persons p where p.id = ${referrals.talentId}), '')`,
    })
    .from(referralHypotheses)
    .innerJoin(referrals, eq(referrals.id, referralHypotheses.referralId))
    .innerJoin(persons, eq(persons.id, referrals.scoutId));

/** One hypothesis for who may score it; null for everybody else, and for one that there is not. */
export async function findToScore(
  actor: Actor,
  id: string | undefined,
  now: Date,
  db: Queryable = getDb(),
): Promise<(ToScore & { mayScore: boolean }) | null> {
  if (!isId(id)) return null;
  const [row] = await withNames(db).where(eq(referralHypotheses.id, id));
  if (!row || !wasConfirmedBy(row.referral)) return null;
  if (denial(actor, "hypothesis.score", await scorersOf(db, row.referral))) return null;
  const shown = present(row.hypothesis, now);
  const close = await areClose(db, actor.id, row.referral.scoutId);
  return {
    ...shown,
    ...{ scoutName: row.scoutName, scoutHandle: row.scoutHandle, talentName: row.talentName },
    own: row.referral.talentId === actor.id,
    mayScore: shown.outcome === "due" && !close,
  };
}

/** How many hypotheses are due that the asker may score; operators are not asked for others'. */
export async function countToScore(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<number> {
  const [row] = await db
    .select({ due: count() })
    .from(referralHypotheses)
    .innerJoin(referrals, eq(referrals.id, referralHypotheses.referralId))
    .where(and(isDue(now), isNull(referralHypotheses.outcome), concerns(actor)));
  return row?.due ?? 0;
}

/** What a scout ever said of those who confirmed them, the latest due first, and of how many others they said something. */
export async function listSaidBy(scoutId: string, db: Queryable = getDb()) {
  return db
    .select({
      hypothesis: referralHypotheses,
      confirmed: wasConfirmed,
      referralId: referrals.id,
    })
    .from(referralHypotheses)
    .innerJoin(referrals, eq(referrals.id, referralHypotheses.referralId))
    .where(eq(referrals.scoutId, scoutId))
    .orderBy(desc(referralHypotheses.dueOn), asc(referralHypotheses.id));
}
