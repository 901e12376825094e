import { randomUUID } from "node:crypto";
import { getDb } from "#db/client.server";
import { cohortTeachers } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { listApplications, scopeOf } from "~/features/reviews/list-applications.server";
import type { ListQuery } from "~/features/reviews/list-query";
import { saveReview, scoreApplication } from "~/features/reviews/score-application.server";
import { START } from "./book";
import {
  apply,
  type Cohort,
  day,
  key,
  makeActor,
  makeCohort,
  makeTeacher,
  scoresOf,
} from "./deals";

/** A cohort of a teacher with reviewers, and people who have applied. */
export async function makeReview(
  size: { reviewers: number; applicants: number },
  changes: Partial<Parameters<typeof makeCohort>[1]> = {},
) {
  const teacher = await makeTeacher(0n);
  const cohort = await makeCohort(teacher, changes);
  const reviewers: Actor[] = [];
  for (let at = 0; at < size.reviewers; at++) reviewers.push(await addReviewer(cohort, teacher));
  const students: Actor[] = [];
  const ids: string[] = [];
  for (let at = 0; at < size.applicants; at++) {
    const student = await makeActor();
    students.push(student);
    ids.push(await apply(student, cohort));
  }
  return { teacher, cohort, reviewers, students, ids };
}

/** Somebody who reviews a cohort's applications and has accepted to. */
export async function addReviewer(cohort: Cohort, teacher: Actor): Promise<Actor> {
  const reviewer = await makeActor();
  await getDb()
    .insert(cohortTeachers)
    .values({
      cohortId: cohort.cohortId,
      role: "reviewer",
      email: `${reviewer.handle}@reviewers.test`,
      personId: reviewer.id,
      state: "accepted",
      tokenHash: randomUUID(),
      invitedBy: teacher.id,
      invitedAt: START,
      answeredAt: START,
    });
  return reviewer;
}

/** Hands in the same score for each criterion. */
export const score = (
  actor: Actor,
  cohort: Cohort,
  applicationId: string,
  all: string,
  note = "",
) =>
  scoreApplication({
    actor,
    input: { applicationId, scores: scoresOf(cohort, all), note },
    idempotencyKey: key(),
    now: day(12),
  });

/** Saves some scores without handing them in. */
export const save = (actor: Actor, applicationId: string, scores: Record<string, string>) =>
  saveReview({
    actor,
    input: { applicationId, scores, note: "A note." },
    idempotencyKey: key(),
    now: day(12),
  });

/** The list of a cohort's applications as somebody sees it. */
export async function listAs(actor: Actor, slug: string, query: ListQuery = {}) {
  const cohort = await getCohortBySlug(slug);
  const scope = cohort && (await scopeOf(actor, cohort));
  return scope ? listApplications(scope, query, { limit: 100 }) : null;
}
