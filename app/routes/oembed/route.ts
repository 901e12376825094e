import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { answerOembed } from "~/features/records/oembed.server";

/** What other sites show in the place of a record's address (oEmbed). */
export const loader = openLoader("files", async ({ request }) =>
  answerOembed(request, getEnv().appUrl, getClock().now()),
);
