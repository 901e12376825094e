import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { writeOwnArchive } from "~/features/people/own-archive.server";

/** Everything of one's own, as an archive that is made while it is read. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const pieces = writeOwnArchive(actor, getClock().now());
  return new Response(
    createReadableStreamFromReadable(Readable.from(pieces, { objectMode: false })),
    {
      headers: {
        "content-type": "application/zip",
        "content-disposition": `attachment; filename="belay-${actor.handle}.zip"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    },
  );
}
