import { openLoader } from "~/auth/open-loader.server";
import { capTableAnswer } from "~/features/tokens/cap-table-ocf.server";

/** A token's history in the Open Cap Table Format. */
export const loader = openLoader("files", ({ params, request }) =>
  capTableAnswer(request, params.token),
);
