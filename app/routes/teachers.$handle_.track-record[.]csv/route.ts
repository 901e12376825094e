import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { exportAnswer, getCsvExport } from "~/features/records/exports.server";

/** The record as a table, one line a flow. */
export const loader = openLoader("files", async ({ params, request }) =>
  exportAnswer(request, await getCsvExport(params.handle, getClock().now()), {
    contentType: "text/csv; charset=utf-8; header=present",
    fileName: `${params.handle}-track-record.csv`,
  }),
);
