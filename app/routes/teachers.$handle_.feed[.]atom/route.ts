import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerFeed } from "~/features/records/feed.server";

/** The record's events, for feed readers. */
export const loader = openLoader("files", async ({ params, request }) =>
  answerFeed(request, {
    handle: params.handle,
    siteUrl: getEnv().appUrl,
    now: getClock().now(),
  }),
);
