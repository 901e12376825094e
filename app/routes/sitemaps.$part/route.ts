import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerSitemapPart } from "~/features/site/sitemap.server";

/** One part of the map of all public pages. */
export const loader = openLoader("files", async ({ params, request }) =>
  answerSitemapPart(request, params.part, {
    siteUrl: getEnv().appUrl,
    now: getClock().now(),
  }),
);
