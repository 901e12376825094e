import { and, asc, eq, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, enrolments, feedback, persons, updates, works } from "#db/schema/index";
import { teaches } from "~/features/cohorts/teachers.server";
import { formatFromNow } from "~/lib/dates";
import { isMember, type Membership } from "./membership.server";
import { isExpected, weekAt, weekProblem } from "./rules";
import { spacePath, updateInWords, workInWords } from "./words";

/** Something that waits: who it is from, what it is, where, and since when. */
export type Waiting = { key: string; by: string; about: string; path: string; since: Date };

const oldestFirst = (a: Waiting, b: Waiting): number =>
  a.since.getTime() - b.since.getTime() || (a.key < b.key ? -1 : 1);

/** Published updates and pieces of work on which no teacher has given feedback yet, the oldest first. */
export async function listWithoutFeedback(
  cohort: { id: string; slug: string },
  db: Queryable = getDb(),
): Promise<Waiting[]> {
  const shownUpdates = await db
    .select({
      key: updates.id,
      by: persons.displayName,
      week: updates.week,
      since: sql<Date>`${updates.publishedAt}`.mapWith(updates.publishedAt),
    })
    .from(updates)
    .innerJoin(persons, eq(persons.id, updates.personId))
    .where(
      and(
        eq(updates.cohortId, cohort.id),
        eq(updates.state, "published"),
        sql`not exists (select 1 from feedback f where f.update_id = ${updates.id})`,
      ),
    );
  const shownWorks = await db
    .select({ key: works.id, by: persons.displayName, title: works.title, since: works.postedAt })
    .from(works)
    .innerJoin(persons, eq(persons.id, works.personId))
    .where(
      and(
        eq(works.cohortId, cohort.id),
        sql`not exists (select 1 from feedback f where f.work_id = ${works.id})`,
      ),
    );
  return [
    ...shownUpdates.map(({ week, ...row }) => ({
      ...row,
      about: updateInWords(week),
      path: spacePath(cohort.slug, "updates", row.key),
    })),
    ...shownWorks.map(({ title, ...row }) => ({
      ...row,
      about: workInWords(title),
      path: spacePath(cohort.slug, "works", row.key),
    })),
  ].sort(oldestFirst);
}

/** Feedback to a student that they have not answered yet, the oldest first. */
export async function listToAnswer(
  cohort: { id: string; slug: string },
  studentId: string,
  db: Queryable = getDb(),
): Promise<(Waiting & { again: boolean })[]> {
  const rows = await db
    .select({
      key: feedback.id,
      by: persons.displayName,
      since: feedback.givenAt,
      state: feedback.state,
      updateId: feedback.updateId,
      workId: feedback.workId,
      week: updates.week,
      title: works.title,
    })
    .from(feedback)
    .innerJoin(persons, eq(persons.id, feedback.authorId))
    .leftJoin(updates, eq(updates.id, feedback.updateId))
    .leftJoin(works, eq(works.id, feedback.workId))
    .where(
      and(
        eq(feedback.cohortId, cohort.id),
        eq(feedback.studentId, studentId),
        ne(feedback.state, "answered"),
      ),
    )
    .orderBy(asc(feedback.givenAt), asc(feedback.id));
  return rows.map(({ key, by, since, state, updateId, workId, week, title }) => ({
    key,
    by,
    since,
    again: state === "revise",
    about: week ? updateInWords(week) : workInWords(title ?? ""),
    path: `${updateId ? spacePath(cohort.slug, "updates", updateId) : spacePath(cohort.slug, "works", workId ?? "")}#f-${key}`,
  }));
}

/**
 * This week, whether the student's update of it is expected and not yet published, and whether a draft of it is there;
 * null once the cohort is over.
 */
export async function findWeek(
  member: Pick<Membership, "cohort"> & { enrolledAt: Date },
  studentId: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<{ week: string; due: boolean; draft: boolean; published: boolean } | null> {
  const facts = { ...member.cohort, enrolledAt: member.enrolledAt };
  const week = weekAt(now, facts.timeZone);
  if (weekProblem(week, facts, now)) return null;
  const [mine] = await db
    .select({ state: updates.state })
    .from(updates)
    .where(
      and(eq(updates.cohortId, facts.id), eq(updates.personId, studentId), eq(updates.week, week)),
    );
  const published = mine?.state === "published";
  return {
    week,
    published,
    draft: mine?.state === "draft",
    due: !published && isExpected(week, facts, now),
  };
}

/** The spaces that somebody teaches or learns in, with what waits for them there; those in which something waits first. */
export async function listSpacesOf(personId: string, now: Date, db: Queryable = getDb()) {
  const taught = await db
    .select({ id: cohorts.id, slug: cohorts.slug, title: cohorts.title })
    .from(cohorts)
    .where(teaches(personId));
  const places = await db
    .select({ cohort: cohorts, enrolledAt: enrolments.enrolledAt })
    .from(enrolments)
    .innerJoin(cohorts, eq(cohorts.id, enrolments.cohortId))
    .where(and(isMember, eq(enrolments.personId, personId)));
  const asTeacher = await Promise.all(
    taught.map(async (cohort) => {
      const waiting = await listWithoutFeedback(cohort, db);
      return { ...described(cohort, waiting, now), role: "teacher" as const, updateDue: false };
    }),
  );
  const asStudent = await Promise.all(
    places.map(async ({ cohort, enrolledAt }) => {
      const waiting = await listToAnswer(cohort, personId, db);
      const week = await findWeek({ cohort, enrolledAt }, personId, now, db);
      const updateDue = week?.due ?? false;
      return { ...described(cohort, waiting, now), role: "student" as const, updateDue };
    }),
  );
  return [...asTeacher, ...asStudent].sort(
    (a, b) =>
      b.waiting + Number(b.updateDue) - (a.waiting + Number(a.updateDue)) ||
      (a.title < b.title ? -1 : 1),
  );
}

const described = (
  cohort: { slug: string; title: string },
  waiting: readonly Waiting[],
  now: Date,
) => ({
  slug: cohort.slug,
  title: cohort.title,
  waiting: waiting.length,
  oldest: waiting[0] ? formatFromNow(waiting[0].since, now) : null,
});
