import { releaseAll } from "~/features/decisions/release-decisions.server";
import type { Handler } from "./handler";

/** Takes out what is left of a release of decisions. */
export const releaseDecisionsJob: Handler<"release-decisions"> = ({ releaseId }, now) =>
  releaseAll(releaseId, now);
