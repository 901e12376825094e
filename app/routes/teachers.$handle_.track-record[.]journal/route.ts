import type { LoaderFunctionArgs } from "@remix-run/node";
import { getClock } from "~/auth/clock.server";
import { exportResponse, getJournalExport } from "~/features/records/exports.server";

/** The record as plain-text accounting, for hledger and its like. */
export async function loader({ params }: LoaderFunctionArgs) {
  return exportResponse(await getJournalExport(params.handle, getClock().now()), {
    contentType: "text/plain; charset=utf-8",
    fileName: `${params.handle}-track-record.journal`,
  });
}
