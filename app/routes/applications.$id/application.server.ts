import type { Actor } from "~/auth/actor";
import { newIdempotencyKey } from "~/auth/form.server";
import { listTimeline } from "~/features/applications/events.server";
import { getOwnApplication } from "~/features/applications/queries.server";
import { canWithdraw, editProblem, writableUntil } from "~/features/applications/rules";
import { listShownWorks } from "~/features/applications/works-queries.server";
import { findNextCohort, findPlace, findWaitlistPlace } from "~/features/decisions/queries.server";
import { deadlineOf } from "~/lib/dates";

/** All that an applicant's page about one application shows; 404 where it is not theirs. */
export async function loadApplication(actor: Actor, id: string, now: Date) {
  const found = await getOwnApplication(actor, id);
  if (!found) throw new Response("Not found", { status: 404 });
  const { application, cohort, teacher, answers } = found;
  const { state } = application;
  const time = { ...cohort, lateUntil: application.lateUntil, reviseBy: application.reviseBy };
  const [timeline, works, place, next, waitlistPlace] = await Promise.all([
    listTimeline(application.id, "applicant"),
    listShownWorks(application.id),
    state === "admitted" ? findPlace(application.id) : null,
    state === "deferred" ? findNextCohort(application.id) : null,
    findWaitlistPlace(application.id),
  ]);
  const problem = editProblem(state, time, now);
  return {
    title: cohort.title,
    slug: cohort.slug,
    teacher: teacher?.displayName ?? "",
    state,
    submittedAt: application.submittedAt?.toISOString() ?? null,
    decidedAt: application.decidedAt?.toISOString() ?? null,
    decisionMessage: application.decisionMessage ?? "",
    deadline: deadlineOf(writableUntil(state, time), cohort.timeZone, now),
    canEdit: problem === null,
    canUseCode: problem === "window_closed" && state !== "revise",
    canWithdraw: canWithdraw(state),
    answers,
    works,
    next,
    waitlistPlace,
    place: place && {
      state: place.state,
      deadline: place.confirmBy ? deadlineOf(place.confirmBy, cohort.timeZone, now) : null,
      mayDecline: now < cohort.startsAt && !cohort.cancelledAt,
    },
    timeline: timeline.map(({ id, at, kind, data }) => ({
      ...{ id: String(id), kind, data },
      at: deadlineOf(at, cohort.timeZone, now),
    })),
    idempotencyKey: newIdempotencyKey(),
  };
}
