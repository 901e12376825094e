import { and, asc, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import {
  applicationAnswers,
  applicationFiles,
  applications,
  cohortQuestions,
  cohorts,
  enrolments,
  persons,
  profiles,
  questionVersions,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { staffOf } from "~/features/cohorts/teachers.server";
import { listConflictKinds } from "~/features/reviews/conflicts.server";
import { isId } from "~/lib/ids";
import type { Answered } from "./answers";
import type { Application } from "./hold-application.server";

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

/** The asker's applications with their cohorts and places, latest first. */
export async function listOwnApplications(actor: Actor, db: Queryable = getDb()) {
  return db
    .select({
      id: applications.id,
      state: applications.state,
      cohortId: applications.cohortId,
      updatedAt: applications.updatedAt,
      submittedAt: applications.submittedAt,
      decidedAt: applications.decidedAt,
      lateUntil: applications.lateUntil,
      reviseBy: applications.reviseBy,
      formVersion: cohorts.formVersion,
      opensAt: cohorts.opensAt,
      cancelledAt: cohorts.cancelledAt,
      cohortTitle: cohorts.title,
      cohortSlug: cohorts.slug,
      closesAt: cohorts.closesAt,
      timeZone: cohorts.timeZone,
      place: enrolments.state,
      confirmBy: enrolments.confirmBy,
    })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .leftJoin(enrolments, eq(enrolments.applicationId, applications.id))
    .where(eq(applications.applicantId, actor.id))
    .orderBy(desc(applications.updatedAt))
    .limit(200);
}

/**
 * Each question of the version that an application was submitted under, with the answer given (empty where there is none) or its
 * file, in order. What is being drafted is not in it.
 */
export async function listAnswers(
  application: { id: string; cohortId: string; formVersion: number },
  db: Queryable = getDb(),
): Promise<Answered[]> {
  return db
    .select({
      questionId: questionVersions.questionId,
      kind: cohortQuestions.kind,
      prompt: questionVersions.prompt,
      answer: sql<string>`coalesce(${applicationAnswers.answer}, '')`,
      file: {
        id: applicationFiles.id,
        name: applicationFiles.fileName,
        sizeBytes: applicationFiles.sizeBytes,
      },
    })
    .from(questionVersions)
    .innerJoin(cohortQuestions, eq(cohortQuestions.id, questionVersions.questionId))
    .leftJoin(
      applicationAnswers,
      and(
        eq(applicationAnswers.questionId, questionVersions.questionId),
        eq(applicationAnswers.applicationId, application.id),
      ),
    )
    .leftJoin(applicationFiles, eq(applicationFiles.id, applicationAnswers.fileId))
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
 * An application as its cohort's staff may read it: answers, profile and place; null for others, for drafts, which
 * are the applicant's alone, and for who must not review its applicant. Of an admitted one they learn that it is, with
 * `conflicted` set. Private facts (legal name, birth, country) are not in it.
 */
export async function getApplicationToReview(actor: Actor, id: string, db: Queryable = getDb()) {
  if (!isId(id)) return null;
  const [row] = await withCohort(db).where(eq(applications.id, id));
  if (!row?.application.submittedAt) return null;
  const subject = { ...(await staffOf(db, row.cohort.id)), applicant: row.application.applicantId };
  if (denial(actor, "application.review", subject)) return null;
  const { applicantId, cohortId } = row.application;
  const kinds = await listConflictKinds(db, { reviewerId: actor.id, applicantId, cohortId });
  const conflicted = kinds.length > 0;
  if (conflicted && row.application.state !== "admitted") return null;
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
    conflicted,
    teacher: subject.teacher.includes(actor.id),
    applicant,
    profile: profile ?? null,
    enrolmentId: enrolment?.id ?? null,
    answers: await listAnswers(row.application, db),
  };
}

/** How many people have begun or sent an application that they have not withdrawn. For a cohort's leads alone. */
export async function countConcerned(
  cohortId: string,
  db: Queryable = getDb(),
): Promise<{ applicants: number }> {
  const applicants = await db.$count(
    applications,
    and(eq(applications.cohortId, cohortId), ne(applications.state, "withdrawn")),
  );
  return { applicants };
}

/** How many submitted applications wait for a decision, by cohort, but for those of people whom the asker must not review. */
export async function countWaiting(
  actor: Actor,
  cohortIds: readonly string[],
  db: Queryable = getDb(),
): Promise<Map<string, number>> {
  if (cohortIds.length === 0) return new Map();
  const rows = await db
    .select({ cohortId: applications.cohortId, waiting: count() })
    .from(applications)
    .where(
      and(
        inArray(applications.cohortId, [...cohortIds]),
        eq(applications.state, "submitted"),
        sql`(${applications.cohortId}, ${applications.applicantId}) not in (
          select c.id, k.applicant_id from ${cohorts} c cross join lateral review_conflicts(${actor.id}, c.id) k
          where c.id = any(${sql.param([...cohortIds])}::uuid[]))`,
      ),
    )
    .groupBy(applications.cohortId);
  return new Map(rows.map((row) => [row.cohortId, row.waiting]));
}
