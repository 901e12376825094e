import type { Queue } from "#db/jobs.server";
import { advanceResaleJob } from "./advance-resale";
import { endLotJob } from "./end-lot";
import type { Handler } from "./handler";
import { lapseOfferJob } from "./lapse-offer";
import { lapsePlaceJob } from "./lapse-place";
import { missYearsJob } from "./miss-years";
import { normaliseScoresJob } from "./normalise-scores";
import { releaseDecisionsJob } from "./release-decisions";
import { remindPlaceJob } from "./remind-place";
import { sendMailJob } from "./send-mail";
import { settleOfferJob } from "./settle-offer";
import { settlePartingJob } from "./settle-parting";
import { tellDueHypothesesJob } from "./tell-due-hypotheses";

/** What each queue's jobs do. */
export const handlers: { [Q in Queue]: Handler<Q> } = {
  "send-mail": sendMailJob,
  "settle-offer": settleOfferJob,
  "lapse-offer": lapseOfferJob,
  "end-lot": endLotJob,
  "advance-resale": advanceResaleJob,
  "settle-parting": settlePartingJob,
  "miss-years": missYearsJob,
  "normalise-scores": normaliseScoresJob,
  "release-decisions": releaseDecisionsJob,
  "lapse-place": lapsePlaceJob,
  "remind-place": remindPlaceJob,
  "tell-due-hypotheses": tellDueHypothesesJob,
};
