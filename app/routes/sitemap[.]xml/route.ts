import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerSitemap } from "~/features/site/sitemap.server";

/** All public pages, for crawlers. */
export const loader = openLoader("files", async ({ request }) =>
  answerSitemap(request, { siteUrl: getEnv().appUrl, now: getClock().now() }),
);
