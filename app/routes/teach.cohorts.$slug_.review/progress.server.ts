import type { Actor } from "~/auth/actor";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import type { momentsOf } from "~/features/reviews/normalise";
import { getProgress } from "~/features/reviews/progress.server";
import { formatTotal } from "~/features/reviews/rules";

type Moments = ReturnType<typeof momentsOf>;
const inWords = (scale: Moments): string | null =>
  scale && `${formatTotal(Math.round(scale.mean))} ± ${formatTotal(Math.round(scale.deviation))}`;

/** How far a cohort's review is, as the page shows it; 404 for who does not work on it. */
export async function loadProgress(actor: Actor, slug: string | undefined) {
  const cohort = await getOwnCohort(actor, slug ?? "");
  const progress = cohort && (await getProgress(actor, cohort));
  if (!cohort || !progress) throw new Response("Not found", { status: 404 });
  const { waiting, states } = progress;
  return {
    id: cohort.id,
    slug: cohort.slug,
    title: cohort.title,
    teacher: progress.teacher,
    wanted: cohort.reviewersPerApplication,
    blindFirst: cohort.blindFirst,
    total: Object.values(states).reduce((sum, n) => sum + n, 0),
    waiting: waiting.n,
    full: waiting.full,
    short: waiting.short,
    places: `${cohort.enrolled} of ${cohort.capacity}`,
    all: inWords(progress.all),
    reviewers: progress.reviewers.map(({ scale, ...one }) => ({
      ...one,
      left: Math.max(0, one.assigned - one.done),
      scale: inWords(scale),
    })),
  };
}
