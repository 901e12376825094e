import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerCohortFeed } from "~/features/cohorts/feed.server";

/** New cohorts, for feed readers. */
export const loader = openLoader("files", ({ request }) =>
  answerCohortFeed(request, getEnv().appUrl),
);
