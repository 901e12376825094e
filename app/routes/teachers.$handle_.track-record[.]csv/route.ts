import type { LoaderFunctionArgs } from "@remix-run/node";
import { getClock } from "~/auth/clock.server";
import { exportResponse, getCsvExport } from "~/features/records/exports.server";

/** The record as a table, one line a flow. */
export async function loader({ params }: LoaderFunctionArgs) {
  return exportResponse(await getCsvExport(params.handle, getClock().now()), {
    contentType: "text/csv; charset=utf-8; header=present",
    fileName: `${params.handle}-track-record.csv`,
  });
}
