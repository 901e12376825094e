import type { Actor } from "~/auth/actor";
import { newIdempotencyKey } from "~/auth/form.server";
import { findOpenDecision } from "~/features/decisions/preview.server";
import { listNextCohorts, listTemplates } from "~/features/decisions/queries.server";
import { kindsFor } from "~/features/decisions/rules";
import { startFrom } from "~/features/decisions/start-from";
import { listOwnOffersFor } from "~/features/offers/queries.server";
import { findNeighbours, type Listed, scopeOf } from "~/features/reviews/list-applications.server";
import { type ListQuery, readListQuery, writeListQuery } from "~/features/reviews/list-query";
import { getReviewPage, type ReviewPage } from "~/features/reviews/review-page.server";
import { formatTotal } from "~/features/reviews/rules";
import { eventInWords } from "~/features/reviews/words";
import { getStakeNote } from "~/features/scouting/stake-note.server";
import { formatDate, formatInstant, localTime } from "~/lib/dates";
import { renderMarkdown } from "~/lib/markdown.server";

const total = (milli: number | null): string | null => (milli === null ? null : formatTotal(milli));

/** All that the page shows of an application, and the ones before and after it in the list that the reader came from; 404 for who may not. */
export async function loadReview(
  actor: Actor,
  id: string | undefined,
  search: URLSearchParams,
  now: Date,
) {
  const page = await getReviewPage(actor, id ?? "");
  if (!page) throw new Response("Not found", { status: 404 });
  const { application, cohort } = page;
  return {
    idempotencyKey: newIdempotencyKey(),
    id: application.id,
    state: application.state,
    conflicted: page.conflicted,
    teacher: page.teacher,
    hidden: page.hidden,
    blindFirst: cohort.blindFirst,
    name: page.name,
    handle: page.applicant?.handle ?? null,
    cohortTitle: cohort.title,
    cohortSlug: cohort.slug,
    submittedOn: application.submittedAt ? formatDate(application.submittedAt) : "",
    decidedOn: application.decidedAt ? formatDate(application.decidedAt) : null,
    decisionMessage: page.conflicted ? "" : (application.decisionMessage ?? ""),
    answers: page.answers,
    works: page.works,
    profile: page.profile && {
      headline: page.profile.headline,
      workHtml: page.profile.work ? renderMarkdown(page.profile.work) : "",
      planHtml: page.profile.explorationPlan ? renderMarkdown(page.profile.explorationPlan) : "",
      links: page.profile.links,
    },
    redactions: page.redactions,
    redactedByOthers: page.redactedByOthers,
    tags: page.tags,
    stake: await readStake(page, now),
    decide:
      page.teacher && !page.conflicted ? await loadDecision(actor, page, search.get("text")) : null,
    ...presentReviews(page),
    ...presentTalk(page),
    list: await loadNeighbours(actor, page, readListQuery(search)),
    offers: page.enrolmentId ? await listOwnOffersFor(actor, page.enrolmentId, now) : [],
  };
}

/** The finder's stake for this applicant; in a blind pass, and to who is too close, not whose it would be. */
async function readStake({ application, cohort, hidden, conflicted }: ReviewPage, now: Date) {
  const stake = await getStakeNote(
    cohort,
    { id: application.applicantId, submittedAt: application.submittedAt },
    now,
  );
  return hidden || conflicted ? { percent: stake.percent, scout: "hidden" as const } : stake;
}

/** What may be decided, and what is decided already and not out. */
async function loadDecision(
  actor: Actor,
  { application, cohort }: ReviewPage,
  text: string | null,
) {
  const open = await findOpenDecision(application.id);
  const local = (at: Date | null) => (at ? localTime(at, cohort.timeZone) : "");
  const others = await listNextCohorts(actor.id, cohort.id);
  const templates = await listTemplates(cohort.id);
  const pending = open && {
    kind: open.kind,
    message: open.message,
    feedback: open.feedback,
    confirmBy: local(open.confirmBy),
    reviseBy: local(open.reviseBy),
    deferTo: others.find(({ id }) => id === open.deferTo)?.slug ?? "",
  };
  return {
    kinds: [...kindsFor(application.state)],
    cohortId: cohort.id,
    zone: cohort.timeZone,
    others: others.map(({ slug, title }) => ({ slug, title })),
    releasing: open?.state === "releasing",
    pending,
    templates,
    begun: startFrom(templates, text, pending),
  };
}

function presentReviews({ own, others, mean, criteria, sees, standing }: ReviewPage) {
  return {
    criteria: criteria.map(({ id, title, help, anchors, weight }) => ({
      ...{ id, title, help, anchors, weight },
    })),
    review: own && {
      state: own.state,
      revision: own.revision,
      scores: own.scores,
      note: own.note,
      total: total(own.totalMilli),
    },
    sees,
    mayScore: own?.state !== "abstained" && (standing.done || standing.assigned || !sees),
    wanted: standing.wanted,
    mean: mean && {
      reviews: mean.reviews,
      raw: total(mean.rawMilli),
      normal: total(mean.normalMilli),
    },
    others:
      others?.map((one) => ({
        name: one.name,
        state: one.state,
        reason: one.reason,
        total: total(one.totalMilli),
        normal: total(one.normalMilli),
        scaleReviews: one.scaleReviews,
        scores: one.scores,
      })) ?? null,
  };
}

function presentTalk({
  comments,
  trail,
  comparisons,
  comparable,
  application,
  cohort,
}: ReviewPage) {
  return {
    comparable: comparable.map(({ id, name, totalMilli }) => ({
      id,
      name: `${name}${totalMilli === null ? "" : ` (${formatTotal(totalMilli)})`}`,
    })),
    comments: comments.map(({ id, name, body, postedAt }) => ({
      ...{ id, name, body },
      postedAt: formatInstant(postedAt, cohort.timeZone),
    })),
    trail: trail.map(({ id, at, name, kind, data }) => ({
      id,
      at: formatInstant(at, cohort.timeZone),
      said: `${name ?? "Belay"} ${eventInWords(kind, data)}`,
    })),
    comparisons: comparisons.map((one) =>
      one.betterId === application.id
        ? { id: one.worseId, said: `Better than ${one.worse}` }
        : { id: one.betterId, said: `Not as good as ${one.better}` },
    ),
  };
}

async function loadNeighbours(actor: Actor, page: ReviewPage, query: ListQuery) {
  const { application, cohort, mean } = page;
  const scope = await scopeOf(actor, cohort);
  const search = writeListQuery(query);
  const to = (one: Listed | null) =>
    one && { name: one.name, to: `/teach/applications/${one.id}${search ? `?${search}` : ""}` };
  const back = `/teach/cohorts/${cohort.slug}${search ? `?${search}` : ""}`;
  if (!scope || !application.submittedAt) return { back, before: null, after: null };
  const milli = query.sort === "raw" ? mean?.rawMilli : mean?.normalMilli;
  const near = await findNeighbours(scope, query, {
    id: application.id,
    at: application.submittedAt.toISOString(),
    milli: milli ?? 0,
  });
  return { back, before: to(near.before), after: to(near.after) };
}
