import { and, asc, desc, eq, inArray, ne, notInArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { getDb, type Queryable } from "#db/client.server";
import type { QuestionKind } from "#db/schema/cohorts";
import {
  applicationEvents,
  applicationStandings,
  applications,
  applicationTags,
  persons,
  reviewComments,
  reviewComparisons,
  reviewScores,
  reviews,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { getApplicationToReview } from "~/features/applications/queries.server";
import { listShownWorks, type Work } from "~/features/applications/works-queries.server";
import { policy } from "~/policy";
import { isNotConflicted, listConflicted } from "./conflicts.server";
import { addScales, NO_REVIEWS, normalMilliOf } from "./normalise";
import { findOwnReview, listCriteria } from "./queries.server";
import { phrasesOf, redact } from "./redact";
import { listRedactions } from "./redact-application.server";
import { BLIND_STATES, blindName, maySeeOthers } from "./rules";
import { getStanding } from "./standing.server";
import { listScales } from "./standings.server";

const HIDDEN_FILE = "A file, which you can open once you have scored.";
const HIDDEN_LINK = "A link, which you can follow once you have scored.";
const HIDDEN_WORK = "Its link and file can be opened once you have scored.";
const EVENTS = 200;
const COMPARABLE = 20;

/**
 * An application as somebody who reviews it may read it now. Before their own score others' are not in it, nor discussion,
 * tags of others and the trail of what others did; in a blind first pass neither are name, handle, profile and links, and the
 * answers are without what gives them away (T29). Null as `getApplicationToReview`.
 */
export async function getReviewPage(actor: Actor, id: string, db: Queryable = getDb()) {
  const found = await getApplicationToReview(actor, id, db);
  if (!found) return null;
  const { application, cohort, applicant, conflicted } = found;
  const own = await findOwnReview(application.id, actor.id, db);
  const standing = await getStanding(
    {
      applicationId: application.id,
      reviewerId: actor.id,
      teacher: found.teacher,
      wanted: cohort.reviewersPerApplication,
      own,
    },
    db,
  );
  const sees = !conflicted && maySeeOthers(standing);
  const hidden = cohort.blindFirst && BLIND_STATES.includes(application.state) && !sees;
  const hiding = await listRedactions(application.id, db);
  const phrases = [...phrasesOf(applicant), ...hiding.map(({ phrase }) => phrase)];
  return {
    ...found,
    applicant: hidden ? null : applicant,
    name: hidden ? blindName(application.id) : applicant.displayName,
    profile: hidden || conflicted ? null : found.profile,
    answers: conflicted
      ? []
      : found.answers.map((one) => (hidden ? withoutWho(one, phrases) : one)),
    works: conflicted
      ? []
      : (await listShownWorks(application.id, db)).map((one) =>
          hidden ? workWithoutWho(one, phrases) : one,
        ),
    hidden,
    sees,
    own,
    standing,
    criteria: await listCriteria(cohort.id, db),
    ...redactionsShown(conflicted || !cohort.blindFirst ? [] : hiding, hidden ? actor.id : null),
    others: sees ? await listOthers(application, actor.id, db) : null,
    mean: sees ? await findMean(application.id, db) : null,
    comments: sees ? await listComments(application.id, db) : [],
    tags: conflicted ? [] : await listTags(application.id, sees ? null : actor.id, db),
    trail: conflicted
      ? []
      : await listTrail(application.id, sees ? null : actor.id, found.teacher, db),
    comparisons: conflicted ? [] : await listComparisons(application, actor.id, db),
    comparable:
      own?.state === "submitted" && !conflicted
        ? await listComparable(application, actor.id, db)
        : [],
  };
}
/** Hidden words: who reads blindly (`only`) sees those that they hid themselves, and how many others did. */
function redactionsShown(all: Awaited<ReturnType<typeof listRedactions>>, only: string | null) {
  const shown = all.filter(({ madeBy }) => only === null || madeBy === only);
  return {
    redactions: shown.map(({ id, phrase }) => ({ id, phrase })),
    redactedByOthers: all.length - shown.length,
  };
}

/** An answer without what gives its writer away: a file's name and what is in it, where a link leads, and words. */
export function withoutWho<T extends { kind: QuestionKind; answer: string; file: object | null }>(
  one: T,
  phrases: readonly string[],
): T {
  if (one.file) return { ...one, file: null, kind: "short", answer: HIDDEN_FILE };
  if (one.kind === "link" && one.answer !== "")
    return { ...one, kind: "short", answer: HIDDEN_LINK };
  return { ...one, answer: redact(one.answer, phrases) };
}

/** A work's words without what gives its maker away, and without its link and file. */
function workWithoutWho(work: Work, phrases: readonly string[]): Work {
  const [title, description] = [redact(work.title, phrases), redact(work.description, phrases)];
  const more = work.url || work.file ? HIDDEN_WORK : "";
  const said = [description, more].filter(Boolean).join("\n");
  return { id: work.id, title, description: said, url: "", file: null };
}

export type ReviewPage = NonNullable<Awaited<ReturnType<typeof getReviewPage>>>;

/** How an application stands by the reviews that count; null before the first. */
async function findMean(applicationId: string, db: Queryable) {
  const [row] = await db
    .select({
      reviews: applicationStandings.reviews,
      rawMilli: applicationStandings.rawMilli,
      normalMilli: applicationStandings.normalMilli,
    })
    .from(applicationStandings)
    .where(eq(applicationStandings.applicationId, applicationId));
  return row ?? null;
}

/** Others' reviews that count, and who abstained, with each total as given and on the cohort's scale with its n. */
async function listOthers(
  application: { id: string; cohortId: string },
  reviewerId: string,
  db: Queryable,
) {
  const rows = await db
    .select({
      id: reviews.id,
      reviewerId: reviews.reviewerId,
      name: persons.displayName,
      state: reviews.state,
      reason: reviews.reason,
      totalMilli: reviews.totalMilli,
    })
    .from(reviews)
    .innerJoin(persons, eq(persons.id, reviews.reviewerId))
    .where(
      and(
        eq(reviews.applicationId, application.id),
        ne(reviews.reviewerId, reviewerId),
        ne(reviews.state, "draft"),
      ),
    )
    .orderBy(asc(reviews.submittedAt), asc(reviews.id));
  const ids = rows.map(({ id }) => id);
  const scores =
    ids.length === 0
      ? []
      : await db.select().from(reviewScores).where(inArray(reviewScores.reviewId, ids));
  const scales = await listScales(db, application.cohortId);
  const all = addScales([...scales.values()]);
  return rows.map(({ id, totalMilli, ...row }) => {
    const scale = scales.get(row.reviewerId) ?? NO_REVIEWS;
    return {
      ...row,
      totalMilli,
      normalMilli:
        totalMilli === null
          ? null
          : normalMilliOf(totalMilli, scale, all, policy.reviewsBeforeOwnScale.value),
      scaleReviews: scale.reviews,
      scores: Object.fromEntries(
        scores
          .filter(({ reviewId }) => reviewId === id)
          .map(({ criterionId, score }) => [criterionId, score]),
      ) as Record<string, number>,
    };
  });
}

const listComments = (applicationId: string, db: Queryable) =>
  db
    .select({
      id: reviewComments.id,
      name: persons.displayName,
      body: reviewComments.body,
      postedAt: reviewComments.postedAt,
    })
    .from(reviewComments)
    .innerJoin(persons, eq(persons.id, reviewComments.authorId))
    .where(eq(reviewComments.applicationId, applicationId))
    .orderBy(asc(reviewComments.postedAt), asc(reviewComments.id));

async function listTags(applicationId: string, by: string | null, db: Queryable) {
  const rows = await db
    .select({ tag: applicationTags.tag })
    .from(applicationTags)
    .where(
      and(
        eq(applicationTags.applicationId, applicationId),
        by === null ? undefined : eq(applicationTags.taggedBy, by),
      ),
    )
    .orderBy(asc(applicationTags.tag));
  return rows.map(({ tag }) => tag);
}

/** What teachers alone see of a trail: decisions that may not be out. */
const OF_TEACHERS = ["decided", "decision_dropped", "waitlist_moved"];

/** The trail of an application, latest first; `by`: only what that person did. */
const listTrail = (applicationId: string, by: string | null, teacher: boolean, db: Queryable) =>
  db
    .select({
      id: sql<string>`${applicationEvents.id}::text`,
      at: applicationEvents.at,
      name: persons.displayName,
      kind: applicationEvents.kind,
      data: applicationEvents.data,
    })
    .from(applicationEvents)
    .leftJoin(persons, eq(persons.id, applicationEvents.actorId))
    .where(
      and(
        eq(applicationEvents.applicationId, applicationId),
        by === null ? undefined : eq(applicationEvents.actorId, by),
        teacher ? undefined : notInArray(applicationEvents.kind, OF_TEACHERS),
      ),
    )
    .orderBy(desc(applicationEvents.id))
    .limit(EVENTS);

/** How the asker held this one against others. */
async function listComparisons(
  application: { id: string; cohortId: string },
  reviewerId: string,
  db: Queryable,
) {
  const conflicted = await listConflicted(db, { reviewerId, cohortId: application.cohortId });
  const better = alias(persons, "better");
  const worse = alias(persons, "worse");
  return db
    .select({
      betterId: reviewComparisons.betterId,
      worseId: reviewComparisons.worseId,
      better: better.displayName,
      worse: worse.displayName,
    })
    .from(reviewComparisons)
    .innerJoin(
      better,
      sql`${better.id} = (select applicant_id from applications where id = ${reviewComparisons.betterId})`,
    )
    .innerJoin(
      worse,
      sql`${worse.id} = (select applicant_id from applications where id = ${reviewComparisons.worseId})`,
    )
    .where(
      and(
        eq(reviewComparisons.reviewerId, reviewerId),
        or(
          eq(reviewComparisons.betterId, application.id),
          eq(reviewComparisons.worseId, application.id),
        ),
        isNotConflicted(better.id, conflicted),
        isNotConflicted(worse.id, conflicted),
      ),
    )
    .orderBy(desc(reviewComparisons.comparedAt));
}

/** What the asker scored last in the same cohort: what an application may be held against. */
async function listComparable(
  application: { id: string; cohortId: string },
  reviewerId: string,
  db: Queryable,
) {
  const conflicted = await listConflicted(db, { reviewerId, cohortId: application.cohortId });
  return db
    .select({ id: applications.id, name: persons.displayName, totalMilli: reviews.totalMilli })
    .from(reviews)
    .innerJoin(applications, eq(applications.id, reviews.applicationId))
    .innerJoin(persons, eq(persons.id, applications.applicantId))
    .where(
      and(
        eq(reviews.reviewerId, reviewerId),
        eq(reviews.state, "submitted"),
        eq(applications.cohortId, application.cohortId),
        eq(applications.state, "submitted"),
        ne(applications.id, application.id),
        isNotConflicted(applications.applicantId, conflicted),
      ),
    )
    .orderBy(desc(reviews.submittedAt), desc(reviews.id))
    .limit(COMPARABLE);
}
