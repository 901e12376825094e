import type { LoaderFunctionArgs } from "@remix-run/node";
import { getClock } from "~/auth/clock.server";
import { bundleResponse } from "~/features/public-log/responses.server";
import { getBundleExport } from "~/features/records/bundle.server";

/** The record with everything that proves it, for `npm run verify` and verifiers that others write. */
export async function loader({ params, request }: LoaderFunctionArgs) {
  return bundleResponse(await getBundleExport(params.handle, getClock().now()), request);
}
