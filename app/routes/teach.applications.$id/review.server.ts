import type { Actor } from "~/auth/actor";
import { getApplicationToReview } from "~/features/applications/queries.server";
import { countEnrolled } from "~/features/cohorts/queries.server";
import { listOwnOffersFor } from "~/features/offers/queries.server";
import { findOwnReview, listCriteria } from "~/features/reviews/queries.server";
import { formatTotal } from "~/features/reviews/rules";
import { formatDate } from "~/lib/dates";
import { renderMarkdown } from "~/lib/markdown.server";

/** All that the page shows: application, profile, own review, place and offers; 404 for everybody but the teacher. */
export async function loadReview(actor: Actor, id: string | undefined, now: Date) {
  const found = await getApplicationToReview(actor, id ?? "");
  if (!found) throw new Response("Not found", { status: 404 });
  const { application, cohort, applicant, profile, enrolmentId, answers } = found;
  const review = await findOwnReview(application.id, actor.id);
  return {
    id: application.id,
    state: application.state,
    name: applicant.displayName,
    handle: applicant.handle,
    cohortTitle: cohort.title,
    cohortSlug: cohort.slug,
    submittedOn: application.submittedAt ? formatDate(application.submittedAt) : "",
    decidedOn: application.decidedAt ? formatDate(application.decidedAt) : null,
    decisionMessage: application.decisionMessage ?? "",
    answers: answers.map(({ prompt, answer }) => ({ prompt, answer })),
    profile: profile && {
      headline: profile.headline,
      workHtml: profile.work ? renderMarkdown(profile.work) : "",
      planHtml: profile.explorationPlan ? renderMarkdown(profile.explorationPlan) : "",
      links: profile.links,
    },
    review: review && {
      scores: review.scores,
      note: review.note,
      total: review.totalMilli === null ? null : formatTotal(review.totalMilli),
    },
    criteria: (await listCriteria(cohort.id)).map(({ id, title, help, anchors }) => ({
      ...{ id, title, help, anchors },
    })),
    placesLeft: Math.max(0, cohort.capacity - (await countEnrolled(cohort.id))),
    offers: enrolmentId ? await listOwnOffersFor(actor, enrolmentId, now) : [],
  };
}
