import { getClock } from "~/auth/clock.server";
import { openLoader } from "~/auth/open-loader.server";
import { exportAnswer, getJournalExport } from "~/features/records/exports.server";

/** The record as plain-text accounting, for hledger and its like. */
export const loader = openLoader("files", async ({ params, request }) =>
  exportAnswer(request, await getJournalExport(params.handle, getClock().now()), {
    contentType: "text/plain; charset=utf-8",
    fileName: `${params.handle}-track-record.journal`,
  }),
);
