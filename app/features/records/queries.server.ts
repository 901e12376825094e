import { and, asc, countDistinct, desc, eq, exists, gt, or, sql, sum } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lots, persons, personTotals, referrals, tokens } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { listCohortsOfTeacher } from "~/features/cohorts/queries.server";
import { teaches } from "~/features/cohorts/teachers.server";
import { listPublicGains } from "~/features/gains/queries.server";
import { listTeachersBehind } from "~/features/learning/figures.server";
import { getPersonByHandle, getProfileFor } from "~/features/people/queries.server";
import { getBookTotals, listTokenLots } from "~/ledger/positions.server";
import { getLogId } from "~/ledger/read.server";
import { signedCents } from "~/ledger/returns";
import { formatInstant, utcDay } from "~/lib/dates";
import { renderMarkdown } from "~/lib/markdown.server";
import { VISIBILITY_WORDS, type Visibility } from "~/lib/visibility";
import { backersOf, keptObligations } from "./backing";
import { drawHolders, drawOutcomes } from "./charts.server";
import { getRecord, getRecordOf, getWholeBook } from "./get-record.server";

/** How many records the landing page names. */
const RECORDS_SHOWN = 3;

/**
 * A person's public page as that reader (null: a visitor) may see it: their profile, the token with whose money stands behind
 * it, the gains and how obligations were kept, and the record beside it. Null for an unknown handle.
 */
export async function getPersonPage(
  handle: string | undefined,
  now: Date,
  reader: Actor | null = null,
) {
  const db = getDb();
  const person = handle ? await getPersonByHandle(handle, db) : null;
  if (!person) return null;
  const [profile, token, record, run, behind] = await Promise.all([
    getProfileFor(reader, person.id, db),
    findToken(person.id),
    getRecord(db, person.handle, utcDay(now)),
    listCohortsOfTeacher(person.id, db),
    listTeachersBehind(person.id, db),
  ]);
  const gains = token ? await listPublicGains(person.id, now) : [];
  const summary = record?.summary;
  return {
    person: { displayName: person.displayName, handle: person.handle },
    own: reader?.id === person.id,
    since: utcDay(person.createdAt),
    headline: profile.headline,
    work: shownPart(profile.work, profile.workVisibility),
    exploration: shownPart(profile.explorationPlan, profile.planVisibility),
    links: profile.links.filter((link) => /^https?:\/\//i.test(link.url)),
    teaches: run.length > 0 || (summary?.positions.length ?? 0) > 0,
    record:
      summary && summary.investments > 0
        ? {
            dpi: summary.gross.dpi,
            paidInCents: summary.gross.paidInCents,
            investments: summary.investments,
            students: summary.students,
          }
        : null,
    cohorts: run.map(({ slug, title }) => ({ slug, title })),
    // Those whose time was given; a place alone is nobody else's to know.
    teachersBehind: behind.filter(({ hours, feedback }) => Number(hours) > 0 || feedback > 0),
    token,
    holdersChart: token ? drawHolders(person.displayName, token.holders) : "",
    gains,
    kept: keptObligations(gains),
  };
}

/** In which roles the person of that handle has a public record: one who has taught or invested, one who has referred. */
export async function findRolesShown(
  handle: string | undefined,
): Promise<{ teaches: boolean; scouts: boolean }> {
  const db = getDb();
  const person = handle ? await getPersonByHandle(handle, db) : null;
  if (!person) return { teaches: false, scouts: false };
  const invested = exists(
    db
      .select({ id: lots.id })
      .from(lots)
      .where(and(eq(lots.holderId, person.id), eq(lots.finder, false))),
  );
  const taught = exists(db.select({ id: cohorts.id }).from(cohorts).where(teaches(person.id)));
  const referred = exists(
    db.select({ id: referrals.id }).from(referrals).where(eq(referrals.scoutId, person.id)),
  );
  const [roles] = await db
    .select({ teaches: sql<boolean>`${or(invested, taught)}`, scouts: sql<boolean>`${referred}` })
    .from(sql`(select 1) as one`);
  return { teaches: roles?.teaches === true, scouts: roles?.scouts === true };
}

/** A part of a profile as HTML; `keptFor` says who reads it where this reader may not. */
function shownPart(text: string | null, visibility: Visibility) {
  return {
    html: text ? renderMarkdown(text) : "",
    keptFor: text === null ? VISIBILITY_WORDS[visibility].kept : null,
  };
}

/** A token as everybody may see it: who holds what of it, what they paid and got back, largest first. Numbers as text. */
async function findToken(ownerId: string) {
  const db = getDb();
  const [token] = await db
    .select({ id: tokens.id, mintedAt: tokens.mintedAt })
    .from(tokens)
    .where(eq(tokens.ownerId, ownerId));
  if (!token) return null;
  const all = await listTokenLots(db, token.id);
  const distributed = all
    .flatMap((lot) => lot.flows)
    .filter(({ kind }) => kind.startsWith("distribution"))
    .reduce((sum, flow) => sum + signedCents(flow), 0n);
  const raised = all.filter(({ resold }) => !resold);
  return {
    publicId: await getLogId(db, "token", token.id),
    mintedAt: token.mintedAt.toISOString(),
    raisedCents: String(raised.reduce((sum, lot) => sum + lot.paidCents, 0n)),
    distributedCents: String(distributed),
    holders: backersOf(all),
  };
}

/** What the platform has done so far. Cents as text. */
export async function getPublicSummary(db: Queryable = getDb()) {
  const [totals, teachers] = await Promise.all([
    getBookTotals(db),
    db
      .select({ n: countDistinct(lots.holderId) })
      .from(lots)
      .where(eq(lots.finder, false)),
  ]);
  return {
    teachers: Number(teachers[0]?.n ?? 0),
    students: totals.students,
    investments: totals.investments,
    paidInCents: String(totals.paidInCents),
    distributedCents: String(totals.distributedCents),
    confirmedCents: String(totals.confirmedCents),
  };
}

/** What every investment so far became, as a chart, how many of those counted in it returned no confirmed cash, and the records with most of them. */
export async function getOutcomesSoFar(now: Date, db: Queryable = getDb()) {
  const today = utcDay(now);
  const { investments, apart, ...whole } = await getWholeBook(db, today);
  if (investments.length === 0) return { chart: null, records: [], withoutCash: 0, counted: 0 };
  const source = `the ledger, as of ${formatInstant(now, "UTC")}; all investments of all teachers${apart > 0 ? ` but ${apart} in tokens of relatives` : ""}, holdings at their carried value`;
  const most = await db
    .select({
      id: persons.id,
      handle: persons.handle,
      displayName: persons.displayName,
      lots: sum(personTotals.lots),
    })
    .from(personTotals)
    .innerJoin(persons, eq(persons.id, personTotals.personId))
    .where(eq(personTotals.apart, false))
    .groupBy(persons.id)
    .having(gt(sum(personTotals.lots), "0"))
    .orderBy(desc(sum(personTotals.lots)), asc(persons.handle))
    .limit(RECORDS_SHOWN);
  const records = await Promise.all(
    most.map(async (person) => {
      const { gross, investments: count } = (await getRecordOf(db, person, today)).summary;
      const { handle, displayName } = person;
      const { paidInCents, dpi } = gross;
      return { handle, displayName, investments: count, paidInCents, dpi };
    }),
  );
  return {
    chart: drawOutcomes({ ...whole, investments, source }),
    withoutCash: investments.filter((line) => line.confirmedCents === "0").length,
    counted: investments.length,
    records,
  };
}
