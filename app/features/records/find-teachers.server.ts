import { and, asc, eq, exists, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lots, persons, profiles } from "#db/schema/index";
import { listTeaching } from "~/features/cohorts/queries.server";
import { cohortsSaid, listSkills } from "~/features/cohorts/search-cohorts.server";
import { teaches } from "~/features/cohorts/teachers.server";
import { listFeedbackGiven } from "~/features/learning/figures.server";
import { peopleSaid, workSaid } from "~/features/people/search-people.server";
import { daysBetween, formatDate, utcDay } from "~/lib/dates";
import { formatIrrBasis } from "~/lib/money";
import { searchWords } from "~/lib/search-words";
import { drawStrip } from "./charts.server";
import { PAGE_LENGTH, type Sort, type TeacherQuery } from "./find-query";
import { type ComputedRecord, listRecordsOf } from "./get-record.server";
import { getRanks } from "./ranks.server";
import { shortStanding } from "./short-standing";
import { shownIrr } from "./shown-irr.server";
import { type Standing, UNRANKED } from "./standings";

type Candidate = { id: string; handle: string; displayName: string; headline: string };
type Listed = Candidate & {
  record: ComputedRecord;
  days: number;
  standing: Standing;
  feedback: { given: number; helpfulness: string | null };
};

/** One line of the list of teachers. Ratios as text, null where there is none yet; `strip` is a drawing. */
export type TeacherLine = {
  handle: string;
  displayName: string;
  headline: string;
  skills: string[];
  open: { slug: string; title: string; closes: string }[];
  investments: number;
  dpi: string | null;
  tvpi: string | null;
  median: string | null;
  irr: string;
  /** `over 4.9 years, 12 investments`. */
  basis: string;
  feedback: { given: number; helpfulness: string | null };
  strip: string;
  /** Investments that brought and hold less than what was paid. */
  below: number;
  rank: ReturnType<typeof shortStanding>;
};

export type FoundTeachers = {
  lines: TeacherLine[];
  /** How many are found, of how many there are, how many of the found have a rank; on which page of how many. */
  count: number;
  all: number;
  ranked: number;
  page: number;
  pages: number;
  /** What there is to choose from. */
  skills: string[];
};

/**
 * Teachers (whoever has invested in a student or runs a cohort) as asked for: by the beginnings of words of name, handle, headline,
 * public work and what their cohorts teach; narrowed; in that order, who has none of what it goes by last, then by name. A page
 * beyond the last is the last.
 */
export async function findTeachers(query: TeacherQuery, now: Date): Promise<FoundTeachers> {
  const db = getDb();
  const day = utcDay(now);
  const [candidates, all, skills, ranks] = await Promise.all([
    listCandidates(db, query, now),
    countTeachers(db),
    listSkills(db),
    getRanks(db, day),
  ]);
  const ids = candidates.map(({ id }) => id);
  const [feedback, records] = await Promise.all([
    listFeedbackGiven(ids, db),
    listRecordsOf(db, ids, day),
  ]);
  const listed = candidates.map((person): Listed => {
    const record = records.get(person.id) as ComputedRecord;
    const { firstInvested, valuationDate } = record.summary;
    return {
      ...person,
      record,
      days: firstInvested ? daysBetween(firstInvested, valuationDate) : 0,
      standing: ranks.get(person.id) ?? UNRANKED,
      feedback: feedback.get(person.id) ?? { given: 0, helpfulness: null },
    };
  });
  const found = listed
    .filter(
      ({ days, record }) =>
        days >= query.years * DAYS_A_YEAR && record.summary.investments >= query.size,
    )
    .sort(inOrderOf(query.sort));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_LENGTH));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH);
  return {
    lines: await toLines(db, shown, now),
    count: found.length,
    all,
    ranked: found.filter(({ standing }) => standing.kind === "ranked").length,
    page,
    pages,
    skills,
  };
}

const DAYS_A_YEAR = 365;

const invested = (db: Queryable) =>
  exists(
    db
      .select({ id: lots.id })
      .from(lots)
      .where(and(eq(lots.holderId, persons.id), eq(lots.finder, false))),
  );
const runsCohort = (db: Queryable, such?: SQL) =>
  exists(
    db
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(and(teaches(persons.id), such)),
  );
const isTeacher = (db: Queryable) =>
  and(isNotNull(persons.emailVerifiedAt), or(invested(db), runsCohort(db)));

const countTeachers = (db: Queryable): Promise<number> => db.$count(persons, isTeacher(db));

const MOST_NAMED = 200;

/** Handles and names to choose a teacher from, by name; at most 200. */
export async function listTeacherNames(
  db: Queryable = getDb(),
): Promise<{ handle: string; name: string }[]> {
  return db
    .select({ handle: persons.handle, name: persons.displayName })
    .from(persons)
    .where(isTeacher(db))
    .orderBy(asc(persons.displayName), asc(persons.handle))
    .limit(MOST_NAMED);
}

/** Teachers who have these words, teach that skill (empty: any) or take applications now, in no order, without their records. */
export async function listCandidates(
  db: Queryable,
  { q, skill, open }: Pick<TeacherQuery, "q" | "skill" | "open">,
  now: Date,
): Promise<Candidate[]> {
  const at = now.toISOString();
  return db
    .select({
      id: persons.id,
      handle: persons.handle,
      displayName: persons.displayName,
      headline: sql<string>`coalesce(${profiles.headline}, '')`,
    })
    .from(persons)
    .leftJoin(profiles, eq(profiles.personId, persons.id))
    .where(
      and(
        isTeacher(db),
        ...searchWords(q).map((word) =>
          or(
            sql`${persons.id} in (${peopleSaid(word)} union ${workSaid(word)})`,
            runsCohort(db, sql`${cohorts.id} in (${cohortsSaid(word)})`),
          ),
        ),
        skill === "" ? undefined : runsCohort(db, sql`lower(${cohorts.skill}) = lower(${skill})`),
        open
          ? runsCohort(
              db,
              sql`${cohorts.state} = 'published' and ${cohorts.opensAt} <= ${at} and ${cohorts.closesAt} > ${at}`,
            )
          : undefined,
      ),
    );
}

const byName = (a: Listed, b: Listed) =>
  a.displayName.localeCompare(b.displayName, "en") || (a.handle < b.handle ? -1 : 1);

/** More of it first; null and 0 last. */
const weight: Record<Exclude<Sort, "name">, (one: Listed) => number> = {
  rank: ({ standing }) => (standing.kind === "ranked" ? -standing.rank : Number.NEGATIVE_INFINITY),
  median: ({ record }) => Number(record.summary.medianTvpi ?? Number.NEGATIVE_INFINITY),
  feedback: ({ feedback }) => feedback.given,
};

function inOrderOf(sort: Sort): (a: Listed, b: Listed) => number {
  if (sort === "name") return byName;
  const of = weight[sort];
  return (a, b) => (of(a) === of(b) ? byName(a, b) : of(a) > of(b) ? -1 : 1);
}

async function toLines(db: Queryable, shown: readonly Listed[], now: Date): Promise<TeacherLine[]> {
  const taught = await listTeaching(
    shown.map(({ id }) => id),
    db,
  );
  return shown.map(({ id, handle, displayName, headline, record, days, standing, feedback }) => {
    const { summary, investments } = record;
    const own = taught.filter(({ teacherId }) => teacherId === id);
    const counted = investments.filter(({ apart }) => !apart);
    return {
      ...{ handle, displayName, headline, feedback },
      rank: shortStanding(standing),
      skills: [...new Map(own.map(({ skill }) => [skill.toLowerCase(), skill])).values()],
      open: own
        .filter(({ opensAt, closesAt }) => opensAt <= now && closesAt > now)
        .map(({ slug, title, closesAt }) => ({ slug, title, closes: formatDate(closesAt) })),
      investments: summary.investments,
      dpi: summary.gross.dpi,
      tvpi: summary.gross.tvpi,
      median: summary.medianTvpi,
      irr: summary.investments === 0 ? "not yet" : shownIrr(summary, days).gross,
      basis: formatIrrBasis(days, summary.investments),
      strip: drawStrip(
        counted.map(({ multiple }) => multiple),
        summary.medianTvpi,
      ),
      below: counted.filter(({ multiple }) => Number(multiple ?? 0) < 1).length,
    };
  });
}
