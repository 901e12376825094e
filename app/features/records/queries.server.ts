import { and, asc, count, countDistinct, eq, exists, gt, isNotNull, lte, or } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { cohorts, lots, persons, profiles, tokens } from "#db/schema/index";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { listPublicGains } from "~/features/gains/queries.server";
import { getPersonByHandle, getProfile } from "~/features/people/queries.server";
import {
  getBookTotals,
  type HeldLot,
  listHeldLots,
  listTokenLots,
} from "~/ledger/positions.server";
import type { RecordSummary } from "~/ledger/returns";
import { daysBetween, formatDate, utcDay } from "~/lib/dates";
import { renderMarkdown } from "~/lib/markdown.server";
import { policy } from "~/policy";
import { drawHolders, drawRecord } from "./charts.server";
import { getRecord, recordOf } from "./get-record.server";
import { shownIrr } from "./shown-irr.server";

/** One line of the list of teachers. Ratios as text; `days` from the first investment to today. */
export type TeacherLine = {
  handle: string;
  displayName: string;
  headline: string;
  investments: number;
  students: number;
  days: number;
  gross: RecordSummary["gross"];
  irr: string;
};

const recordDays = (summary: RecordSummary) =>
  summary.firstInvested ? daysBetween(summary.firstInvested, summary.valuationDate) : 0;

/** Everybody who has invested in a student or runs a cohort, by name; unranked. */
export async function listTeachers(now: Date): Promise<TeacherLine[]> {
  const db = getDb();
  const invested = db
    .select({ id: lots.id })
    .from(lots)
    .where(and(eq(lots.holderId, persons.id), eq(lots.finder, false)));
  const teaches = db
    .select({ id: cohorts.id })
    .from(cohorts)
    .where(eq(cohorts.teacherId, persons.id));
  const people = await db
    .select({
      id: persons.id,
      handle: persons.handle,
      displayName: persons.displayName,
      headline: profiles.headline,
    })
    .from(persons)
    .leftJoin(profiles, eq(profiles.personId, persons.id))
    .where(and(isNotNull(persons.emailVerifiedAt), or(exists(invested), exists(teaches))))
    .orderBy(asc(persons.displayName), asc(persons.handle));
  const held = new Map<string, HeldLot[]>(people.map((person) => [person.id, []]));
  for (const lot of await listHeldLots(db, [...held.keys()])) held.get(lot.holderId)?.push(lot);
  return people.map(({ id, handle, displayName, headline }) => {
    const summary = recordOf(held.get(id) ?? [], utcDay(now));
    const { investments, students, gross } = summary;
    const days = recordDays(summary);
    const irr = shownIrr(summary, days).gross;
    return {
      handle,
      displayName,
      headline: headline ?? "",
      investments,
      students,
      days,
      gross,
      irr,
    };
  });
}

/** A teacher's public page: the record as of today, and the cohorts that they run or ran. Null for an unknown handle. */
export async function getTeacherPage(handle: string | undefined, now: Date) {
  const db = getDb();
  const record = handle ? await getRecord(db, handle, utcDay(now)) : null;
  if (!record) return null;
  const [profile, run] = await Promise.all([
    getProfile(record.person.id, db),
    listCohortsOfTeacher(record.person.id, db),
  ]);
  const { displayName } = record.person;
  const { investments } = record;
  const days = recordDays(record.summary);
  const source = `the ledger, as of ${formatDate(record.summary.valuationDate)}; confirmed cash alone, holdings carried at cost`;
  return {
    person: { displayName, handle: record.person.handle, headline: profile.headline },
    summary: record.summary,
    days,
    irr: shownIrr(record.summary, days),
    investments,
    charts: investments.length > 0 ? drawRecord({ ...record, source }) : null,
    cohorts: run.map(({ slug, title, startsOn, endsOn }) => ({ slug, title, startsOn, endsOn })),
  };
}

/** A person's public page: their profile, and the token with its holders and gains. Null for an unknown handle. */
export async function getPersonPage(handle: string | undefined, now: Date) {
  const db = getDb();
  const person = handle ? await getPersonByHandle(handle, db) : null;
  if (!person) return null;
  const [profile, token, record, run] = await Promise.all([
    getProfile(person.id, db),
    findToken(person.id),
    getRecord(db, person.handle, utcDay(now)),
    listCohortsOfTeacher(person.id, db),
  ]);
  return {
    person: { displayName: person.displayName, handle: person.handle },
    headline: profile.headline,
    workHtml: profile.work ? renderMarkdown(profile.work) : "",
    explorationHtml: profile.explorationPlan ? renderMarkdown(profile.explorationPlan) : "",
    links: profile.links.filter((link) => /^https?:\/\//i.test(link.url)),
    teaches: run.length > 0 || (record?.summary.positions.length ?? 0) > 0,
    token,
    holdersChart: token ? drawHolders(person.displayName, token.holders) : "",
    gains: token ? await listPublicGains(person.id, now) : [],
  };
}

/** A token as everybody may see it: who holds what of it, by shares, largest first. Shares as text. */
async function findToken(ownerId: string) {
  const db = getDb();
  const [token] = await db
    .select({ id: tokens.id, mintedAt: tokens.mintedAt })
    .from(tokens)
    .where(eq(tokens.ownerId, ownerId));
  if (!token) return null;
  const held = (await listTokenLots(db, token.id)).filter((lot) => lot.sharesLeft > 0n);
  const holders = new Map<string, { name: string; handle: string; shares: bigint }>();
  for (const lot of held) {
    const before = holders.get(lot.holderId)?.shares ?? 0n;
    holders.set(lot.holderId, {
      name: lot.holderName,
      handle: lot.holderHandle,
      shares: before + lot.sharesLeft,
    });
  }
  const out = [...holders.values()].reduce((sum, holder) => sum + holder.shares, 0n);
  return {
    id: token.id,
    mintedAt: token.mintedAt.toISOString(),
    ownerShares: String(policy.tokenShares.value - out),
    holders: [...holders.values()]
      .sort((a, b) =>
        a.shares === b.shares ? (a.name < b.name ? -1 : 1) : a.shares > b.shares ? -1 : 1,
      )
      .map((holder) => ({ ...holder, shares: String(holder.shares) })),
  };
}

/** What the platform has done so far, for the landing page. Cents as text. */
export async function getPublicSummary(now: Date) {
  const db = getDb();
  const [totals, teachers, open] = await Promise.all([
    getBookTotals(db),
    db
      .select({ n: countDistinct(lots.holderId) })
      .from(lots)
      .where(eq(lots.finder, false)),
    db
      .select({ n: count() })
      .from(cohorts)
      .where(and(lte(cohorts.opensAt, now), gt(cohorts.closesAt, now))),
  ]);
  return {
    teachers: Number(teachers[0]?.n ?? 0),
    students: totals.students,
    investments: totals.investments,
    openCohorts: Number(open[0]?.n ?? 0),
    paidInCents: String(totals.paidInCents),
    distributedCents: String(totals.distributedCents),
    confirmedCents: String(totals.confirmedCents),
  };
}
