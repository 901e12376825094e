import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { bundleAnswer } from "~/features/records/bundle.server";

/** The record with everything that proves it, for `npm run verify` and verifiers that others write. */
export const loader = openLoader("files", ({ params, request }) =>
  bundleAnswer(request, params.handle, getClock().now()),
);
