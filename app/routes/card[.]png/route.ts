import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { answerSiteCard } from "~/features/records/card.server";

/** What all records come to as a picture, for link previews. */
export const loader = openLoader("files", async ({ request }) =>
  answerSiteCard(request, getClock().now()),
);
