import { normaliseScores } from "~/features/reviews/normalise-scores.server";
import type { Handler } from "./handler";

/** Makes the scales of a cohort's reviewers alike again, after scores have changed. */
export const normaliseScoresJob: Handler<"normalise-scores"> = ({ cohortId }, now) =>
  normaliseScores(cohortId, now);
