import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerRobots } from "~/features/site/sitemap.server";

/** What crawlers may read, and where the map is. */
export const loader = openLoader("files", async ({ request }) =>
  answerRobots(request, getEnv().appUrl),
);
