import type { Queue } from "#db/jobs.server";
import { endLotJob } from "./end-lot";
import type { Handler } from "./handler";
import { lapseOfferJob } from "./lapse-offer";
import { sendMailJob } from "./send-mail";
import { settleOfferJob } from "./settle-offer";

/** What each queue's jobs do. */
export const handlers: { [Q in Queue]: Handler<Q> } = {
  "send-mail": sendMailJob,
  "settle-offer": settleOfferJob,
  "lapse-offer": lapseOfferJob,
  "end-lot": endLotJob,
};
