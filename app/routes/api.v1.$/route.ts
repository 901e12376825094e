import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { READ_ONLY, serveApi } from "~/features/public-api/serve-api.server";
import { problemAnswer } from "~/lib/open-answer.server";

/** What is public, for programs. */
export const loader = openLoader("api", ({ params, request }) =>
  serveApi(params["*"] ?? "", request, getClock().now()),
);

/** Nothing is written here. */
export const action = ({ request }: { request: Request }) =>
  problemAnswer(request, READ_ONLY, { allow: "GET, HEAD, OPTIONS" });
