import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { answerBadge } from "~/features/records/badge.server";

/** The record's headline as a small picture, for other sites. */
export const loader = openLoader("files", async ({ params, request }) =>
  answerBadge(request, params.handle, getClock().now()),
);
