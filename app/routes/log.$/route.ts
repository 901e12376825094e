import type { LoaderFunctionArgs } from "@remix-run/node";
import { findPerson } from "~/auth/session.server";
import { serveLog } from "~/features/public-log/serve.server";

/** The public log, for whoever verifies or monitors it. */
export async function loader({ params, request }: LoaderFunctionArgs) {
  return serveLog(params["*"] ?? "", async () => (await findPerson(request))?.id ?? null);
}
