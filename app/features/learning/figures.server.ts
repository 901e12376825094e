import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import {
  cohorts,
  enrolments,
  feedback,
  persons,
  taughtSessions,
  updates,
  works,
} from "#db/schema/index";
import { listTeachersOf, teaches } from "~/features/cohorts/teachers.server";
import { listFunded } from "~/ledger/positions.server";
import { isMember } from "./membership.server";
import { formatSpan, hoursOf, mean, median, oneDecimal } from "./rules";

/** A teacher's figures beside the money (T27), as texts; null is "not yet". */
export type TeacherFigures = {
  hours: string;
  feedback: number;
  /** The middle of the times from showing to this teacher's feedback, where theirs was the first; `of` so many. */
  answerTime: { median: string; of: number } | null;
  /** Shown in their cohorts, and without any feedback until now. */
  unanswered: number;
  helpfulness: { mean: string; of: number } | null;
  /** Feedback a student: those in whom the teacher invested beside those in whom not. Only students with a place count. */
  funded: { students: number; each: string | null };
  unfunded: { students: number; each: string | null };
  held: { now: number; of: number };
};

/**
 * What a teacher did beside the money, funded and unfunded students counted alike; null for somebody who teaches no
 * cohort. Funded: they bought shares of that student's token, ever; held: they still have some.
 */
export async function getTeacherFigures(
  teacherId: string,
  db: Queryable = getDb(),
): Promise<TeacherFigures | null> {
  const taught = await db.select({ id: cohorts.id }).from(cohorts).where(teaches(teacherId));
  if (taught.length === 0) return null;
  const ids = taught.map((cohort) => cohort.id);
  const [given, minutes, unanswered, students, tokens] = await Promise.all([
    listGiven(db, teacherId),
    sumMinutes(db, teacherId),
    countUnanswered(db, ids),
    listStudents(db, ids, teacherId),
    listFunded(db, teacherId),
  ]);
  const fundedHandles = new Set(tokens.map(({ handle }) => handle));
  const times = given.flatMap((row) => (row.first ? [row.givenAt - row.shownAt] : []));
  const middle = median(times);
  const ratings = given.flatMap((row) => row.helpfulness ?? []);
  const average = mean(ratings);
  const count = (funded: boolean) => {
    const group = students.filter((student) => fundedHandles.has(student.handle) === funded);
    const each = mean(
      group.map((student) => given.filter((row) => row.studentId === student.id).length),
    );
    return { students: group.length, each: each === null ? null : oneDecimal(each) };
  };
  return {
    hours: hoursOf(minutes),
    feedback: given.length,
    answerTime: middle === null ? null : { median: formatSpan(middle), of: times.length },
    unanswered,
    helpfulness: average === null ? null : { mean: oneDecimal(average), of: ratings.length },
    funded: count(true),
    unfunded: count(false),
    held: { now: tokens.filter(({ held }) => held).length, of: tokens.length },
  };
}

/** How much feedback each of these people gave, and how helpful students found it on average (null: no one has said). */
export async function listFeedbackGiven(
  teacherIds: readonly string[],
  db: Queryable = getDb(),
): Promise<Map<string, { given: number; helpfulness: string | null }>> {
  const rows = await db
    .select({
      id: feedback.authorId,
      given: sql<number>`count(*)::int`,
      helpfulness: sql<number | null>`avg(${feedback.helpfulness})::float8`,
    })
    .from(feedback)
    .where(inArray(feedback.authorId, [...teacherIds]))
    .groupBy(feedback.authorId);
  return new Map(
    rows.map(({ id, given, helpfulness }) => [
      id,
      { given, helpfulness: helpfulness === null ? null : oneDecimal(helpfulness) },
    ]),
  );
}

/** All feedback that a teacher gave: when, on what shown when, whether it was the first there. Times in milliseconds. */
async function listGiven(db: Queryable, teacherId: string) {
  const rows = await db
    .select({
      studentId: feedback.studentId,
      helpfulness: feedback.helpfulness,
      givenAt: feedback.givenAt,
      publishedAt: updates.publishedAt,
      postedAt: works.postedAt,
      first: sql<boolean>`not exists (select 1 from feedback e where (e.update_id = ${feedback.updateId} or e.work_id = ${feedback.workId}) and (e.given_at, e.id) < (${feedback.givenAt}, ${feedback.id}))`,
    })
    .from(feedback)
    .leftJoin(updates, eq(updates.id, feedback.updateId))
    .leftJoin(works, eq(works.id, feedback.workId))
    .where(eq(feedback.authorId, teacherId));
  return rows.map(({ publishedAt, postedAt, givenAt, ...row }) => ({
    ...row,
    givenAt: givenAt.getTime(),
    shownAt: (publishedAt ?? postedAt ?? givenAt).getTime(),
  }));
}

async function sumMinutes(db: Queryable, teacherId: string): Promise<number> {
  const [row] = await db
    .select({ minutes: sql<number>`coalesce(sum(${taughtSessions.minutes}), 0)::int` })
    .from(taughtSessions)
    .where(eq(taughtSessions.teacherId, teacherId));
  return row?.minutes ?? 0;
}

async function countUnanswered(db: Queryable, cohortIds: readonly string[]): Promise<number> {
  const waitingUpdates = await db.$count(
    updates,
    and(
      inArray(updates.cohortId, [...cohortIds]),
      isNotNull(updates.publishedAt),
      sql`not exists (select 1 from feedback f where f.update_id = updates.id)`,
    ),
  );
  const waitingWorks = await db.$count(
    works,
    and(
      inArray(works.cohortId, [...cohortIds]),
      sql`not exists (select 1 from feedback f where f.work_id = works.id)`,
    ),
  );
  return waitingUpdates + waitingWorks;
}

/** Everybody with a place in one of these cohorts, once, but for the teacher. */
async function listStudents(db: Queryable, cohortIds: readonly string[], teacherId: string) {
  return db
    .selectDistinct({ id: persons.id, handle: persons.handle })
    .from(enrolments)
    .innerJoin(persons, eq(persons.id, enrolments.personId))
    .where(
      and(
        isMember,
        inArray(enrolments.cohortId, [...cohortIds]),
        sql`${persons.id} <> ${teacherId}::uuid`,
      ),
    );
}

/** The teachers whose time stands behind a student: those of the cohorts in which they have a place, by name. */
export async function listTeachersBehind(
  studentId: string,
  db: Queryable = getDb(),
): Promise<{ name: string; handle: string; hours: string; feedback: number }[]> {
  const places = await db
    .select({ cohortId: enrolments.cohortId })
    .from(enrolments)
    .where(and(isMember, eq(enrolments.personId, studentId)))
    .orderBy(asc(enrolments.enrolledAt));
  const cohortIds = places.map((place) => place.cohortId);
  if (cohortIds.length === 0) return [];
  const teachers = new Map(
    (await Promise.all(cohortIds.map((id) => listTeachersOf(id, db))))
      .flat()
      .map((teacher) => [teacher.id, teacher]),
  );
  const [hours, given] = await Promise.all([
    db
      .select({
        teacherId: taughtSessions.teacherId,
        minutes: sql<number>`sum(${taughtSessions.minutes})::int`,
      })
      .from(taughtSessions)
      .where(inArray(taughtSessions.cohortId, cohortIds))
      .groupBy(taughtSessions.teacherId),
    db
      .select({ teacherId: feedback.authorId, given: sql<number>`count(*)::int` })
      .from(feedback)
      .where(eq(feedback.studentId, studentId))
      .groupBy(feedback.authorId),
  ]);
  return [...teachers.values()]
    .map(({ id, displayName, handle }) => ({
      name: displayName,
      handle,
      hours: hoursOf(hours.find((row) => row.teacherId === id)?.minutes ?? 0),
      feedback: given.find((row) => row.teacherId === id)?.given ?? 0,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
