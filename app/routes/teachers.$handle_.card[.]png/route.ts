import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { answerCard } from "~/features/records/card.server";

/** The record's headline as a picture, for link previews. */
export const loader = openLoader("files", async ({ params, request }) =>
  answerCard(request, params.handle, getClock().now()),
);
