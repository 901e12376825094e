import { openLoader } from "~/auth/open-loader.server";
import { findPerson } from "~/auth/session.server";
import { serveLog } from "~/features/public-log/serve.server";

/** The public log, for whoever verifies or monitors it. */
export const loader = openLoader("log", ({ params, request }) =>
  serveLog(params["*"] ?? "", request, async () => (await findPerson(request))?.id ?? null),
);
