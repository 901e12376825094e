import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { answerCohortCard } from "~/features/cohorts/card.server";

/** What a cohort is and until when to apply, as a picture, for link previews. */
export const loader = openLoader("files", async ({ params, request }) =>
  answerCohortCard(request, params.slug, getClock().now()),
);
