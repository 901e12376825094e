import { and, asc, count, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import {
  applicationAnswers,
  applications,
  cohorts,
  enrolments,
  persons,
  profiles,
  questionVersions,
  reviews,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { staffOf } from "~/features/cohorts/teachers.server";
import { isId } from "~/lib/ids";
import type { Application } from "./write-application.server";

/** The asker's application to a cohort, if there is one. */
export async function findOwnApplication(
  actor: Actor,
  cohortId: string,
  db: Queryable = getDb(),
): Promise<Application | null> {
  const [row] = await db
    .select()
    .from(applications)
    .where(and(eq(applications.cohortId, cohortId), eq(applications.applicantId, actor.id)));
  return row ?? null;
}

/** The asker's applications with their cohorts, latest first. */
export async function listOwnApplications(actor: Actor, db: Queryable = getDb()) {
  return db
    .select({
      id: applications.id,
      state: applications.state,
      updatedAt: applications.updatedAt,
      submittedAt: applications.submittedAt,
      decidedAt: applications.decidedAt,
      cohortTitle: cohorts.title,
      cohortSlug: cohorts.slug,
      closesAt: cohorts.closesAt,
      timeZone: cohorts.timeZone,
    })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(eq(applications.applicantId, actor.id))
    .orderBy(desc(applications.updatedAt))
    .limit(200);
}

/** Each question of the version that an application was written under, with the answer given (empty where there is none), in order. */
export async function listAnswers(
  application: { id: string; cohortId: string; formVersion: number },
  db: Queryable = getDb(),
) {
  return db
    .select({
      questionId: questionVersions.questionId,
      prompt: questionVersions.prompt,
      answer: sql<string>`coalesce(${applicationAnswers.answer}, '')`,
    })
    .from(questionVersions)
    .leftJoin(
      applicationAnswers,
      and(
        eq(applicationAnswers.questionId, questionVersions.questionId),
        eq(applicationAnswers.applicationId, application.id),
      ),
    )
    .where(
      and(
        eq(questionVersions.cohortId, application.cohortId),
        eq(questionVersions.version, application.formVersion),
      ),
    )
    .orderBy(asc(questionVersions.position));
}

const withCohort = (db: Queryable) =>
  db
    .select({ application: applications, cohort: cohorts })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId));

/** The asker's own application with its cohort and answers; null where it is not theirs. */
export async function getOwnApplication(actor: Actor, id: string, db: Queryable = getDb()) {
  if (!isId(id)) return null;
  const [row] = await withCohort(db).where(eq(applications.id, id));
  if (!row || denial(actor, "application.read", { applicant: row.application.applicantId }))
    return null;
  const [teacher] = await db
    .select({ displayName: persons.displayName, handle: persons.handle })
    .from(persons)
    .where(eq(persons.id, row.cohort.teacherId));
  return { ...row, teacher: teacher ?? null, answers: await listAnswers(row.application, db) };
}

/**
 * An application as its cohort's teachers may read it: answers, profile and place; null for others, and for drafts, which
 * are the applicant's alone. Private facts (legal name, birth, country) are not in it.
 */
export async function getApplicationToReview(actor: Actor, id: string, db: Queryable = getDb()) {
  if (!isId(id)) return null;
  const [row] = await withCohort(db).where(eq(applications.id, id));
  if (!row?.application.submittedAt) return null;
  const subject = { ...(await staffOf(db, row.cohort.id)), applicant: row.application.applicantId };
  if (denial(actor, "application.review", subject)) return null;
  const [applicant] = await db
    .select({ id: persons.id, displayName: persons.displayName, handle: persons.handle })
    .from(persons)
    .where(eq(persons.id, row.application.applicantId));
  const [profile] = await db
    .select()
    .from(profiles)
    .where(eq(profiles.personId, row.application.applicantId));
  const [enrolment] = await db
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(eq(enrolments.applicationId, id));
  if (!applicant) throw new Error("an applicant vanished");
  return {
    ...row,
    applicant,
    profile: profile ?? null,
    enrolmentId: enrolment?.id ?? null,
    answers: await listAnswers(row.application, db),
  };
}

/** A cohort's applications but for drafts, with the asker's own score, for its teachers; the oldest submission first. */
export async function listApplicationsToReview(
  actor: Actor,
  cohort: { id: string },
  db: Queryable = getDb(),
) {
  if (denial(actor, "cohort.read", await staffOf(db, cohort.id))) return [];
  return db
    .select({
      id: applications.id,
      state: applications.state,
      submittedAt: applications.submittedAt,
      applicantName: persons.displayName,
      applicantHandle: persons.handle,
      totalMilli: reviews.totalMilli,
    })
    .from(applications)
    .innerJoin(persons, eq(persons.id, applications.applicantId))
    .leftJoin(
      reviews,
      and(eq(reviews.applicationId, applications.id), eq(reviews.reviewerId, actor.id)),
    )
    .where(and(eq(applications.cohortId, cohort.id), isNotNull(applications.submittedAt)))
    .orderBy(asc(applications.submittedAt), asc(applications.id))
    .limit(5_000);
}

/** How many submitted applications wait for a decision, by cohort. */
export async function countWaiting(
  cohortIds: readonly string[],
  db: Queryable = getDb(),
): Promise<Map<string, number>> {
  if (cohortIds.length === 0) return new Map();
  const rows = await db
    .select({ cohortId: applications.cohortId, waiting: count() })
    .from(applications)
    .where(and(inArray(applications.cohortId, [...cohortIds]), eq(applications.state, "submitted")))
    .groupBy(applications.cohortId);
  return new Map(rows.map((row) => [row.cohortId, row.waiting]));
}
