import { and, asc, desc, eq, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { lots, persons, referrals, tokens } from "#db/schema/index";
import { getPersonByHandle, type PublicPerson } from "~/features/people/queries.server";
import { formatDate, utcDay } from "~/lib/dates";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { type Calibration, calibrationOf, type Scored } from "./calibration";
import { listSaidBy } from "./hypotheses.server";
import { type Outcome, outcomeOf } from "./outcome";
import { stateOf, type Way, wasConfirmed, way } from "./queries.server";

const REFERRALS_SHOWN = 100;
const SAID_SHOWN = 100;

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
  /** Every referral, the latest first; people are named where an investment in them is public. */
  referrals: ReferralTold[];
  said: SaidByScout;
};

type Named = { handle: string; displayName: string };
export type ReferralTold = {
  id: string;
  sentOn: string;
  talent: Named | null;
  word: string;
  tone: "plain" | "gain" | "accent";
};
export type Told = {
  id: string;
  /** Null where the public record does not name the person: then what was said of them is theirs to show. */
  about: (Named & { claim: string; evidence: string | null }) | null;
  chance: string;
  saidOn: string;
  dueOn: string;
  outcome: Outcome;
};
/** What a scout expected of people who confirmed them, and how well it fitted. */
export type SaidByScout = {
  counts: Record<Outcome, number> & { all: number; unconfirmed: number };
  calibration: Calibration;
  /** The latest due first, at most `SAID_SHOWN`. */
  shown: Told[];
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
    .select({
      referral: referrals,
      confirmed: wasConfirmed,
      ...way,
      talent: { handle: persons.handle, displayName: persons.displayName },
    })
    .from(referrals)
    .leftJoin(persons, eq(persons.id, referrals.talentId))
    .where(eq(referrals.scoutId, person.id))
    .orderBy(desc(referrals.sentAt), asc(referrals.id));
  const misses = rows.filter(
    ({ referral, ...facts }) =>
      stateOf({ ...referral, ...facts }, now).tone === "plain" &&
      (referral.state !== "sent" || now >= referral.applyBy),
  );
  const counted = (of: "confirmed" | keyof Way) => rows.filter((row) => row[of]).length;
  const stakes = await listStakes(person.id, utcDay(now), db);
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
    referrals: rows
      .slice(0, REFERRALS_SHOWN)
      .map((row) => ({ ...told(row, now), talent: row.invested ? row.talent : null })),
    said: await getSaid(
      person.id,
      new Map(rows.map((row) => [row.referral.id, row.invested ? row.talent : null])),
      now,
      db,
    ),
  };
}

const told = (
  { referral, ...facts }: { referral: typeof referrals.$inferSelect } & Way,
  now: Date,
) => {
  const { word, tone } = stateOf({ ...referral, ...facts }, now);
  return { id: referral.id, sentOn: formatDate(referral.sentAt), word, tone };
};

async function getSaid(
  scoutId: string,
  named: ReadonlyMap<string, Named | null>,
  now: Date,
  db: Queryable,
): Promise<SaidByScout> {
  const today = utcDay(now);
  const rows = await listSaidBy(scoutId, db);
  const counts = { waits: 0, due: 0, true: 0, false: 0, void: 0, all: 0, unconfirmed: 0 };
  const scored: Scored[] = [];
  const shown: Told[] = [];
  for (const { hypothesis, confirmed, referralId } of rows) {
    if (!confirmed) {
      counts.unconfirmed += 1;
      continue;
    }
    const outcome = outcomeOf(hypothesis, today);
    counts.all += 1;
    counts[outcome] += 1;
    const { chancePercent, claim, evidence } = hypothesis;
    if (outcome === "true" || outcome === "false") scored.push({ chancePercent, outcome });
    const who = named.get(referralId) ?? null;
    shown.push({
      id: hypothesis.id,
      about: who && { ...who, claim, evidence },
      chance: `${chancePercent}%`,
      saidOn: formatDate(hypothesis.statedAt),
      dueOn: formatDate(hypothesis.dueOn),
      outcome,
    });
  }
  return { counts, calibration: calibrationOf(scored), shown: shown.slice(0, SAID_SHOWN) };
}

/** A person's finder's stakes, the latest first. */
async function listStakes(holderId: string, today: string, db: Queryable) {
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
    lockedUntil: lot.lockedUntil && lot.lockedUntil > today ? formatDate(lot.lockedUntil) : null,
    held: lot.sharesLeft > 0n,
    receivedCents: BigInt(received),
  }));
}
