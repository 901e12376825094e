import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/auth/session.server";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { EXPORTS, exportApplications } from "~/features/reviews/export.server";

/** A cohort's applications, scores or decisions (`of`) as CSV for those who work on it. 404 for everybody else. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getOwnCohort(actor, params.slug ?? "");
  const asked = new URL(request.url).searchParams.get("of") ?? "applications";
  const what = EXPORTS.find((one) => one === asked);
  const text = cohort && what ? await exportApplications(actor, cohort, what) : null;
  if (!cohort || !text) throw new Response("Not found", { status: 404 });
  return new Response(
    createReadableStreamFromReadable(Readable.from(text, { objectMode: false })),
    {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${cohort.slug}-${what}.csv"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    },
  );
}
