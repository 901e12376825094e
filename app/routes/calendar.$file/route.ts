import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { getEnv } from "~/env.server";
import { listDates } from "~/features/applications/dates.server";
import { findCalendarOwner } from "~/features/calendar/feed-token.server";
import { icalText } from "~/features/calendar/ical.server";

const PRIVATE = {
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
};

/** The dates that concern whose secret the address holds, for calendar programs. 404 for any other address. */
export const loader = openLoader("files", async ({ params }) => {
  const token = /^(.*)\.ics$/.exec(params.file ?? "")?.[1];
  const owner = await findCalendarOwner(token);
  if (!owner)
    return new Response("This calendar has ended, or never was.\n", {
      status: 404,
      headers: { ...PRIVATE, "content-type": "text/plain; charset=utf-8" },
    });
  const now = getClock().now();
  const siteUrl = getEnv().appUrl;
  const text = icalText(await listDates(owner, now), {
    ...{ siteUrl, host: new URL(siteUrl).hostname, now },
  });
  return new Response(text, {
    headers: {
      ...PRIVATE,
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'inline; filename="belay.ics"',
    },
  });
});
