import { SYSTEM } from "~/auth/actor";
import { tellDueHypotheses } from "~/features/scouting/tell-due-hypotheses.server";
import { answered, type Handler } from "./handler";

/** Tells who may score it that the day of what a scout expected has come. Its key is the day's: a referral has several. */
export const tellDueHypothesesJob: Handler<"tell-due-hypotheses"> = async ({ referralId }, now) =>
  answered(
    await tellDueHypotheses({
      actor: SYSTEM,
      input: { referralId },
      idempotencyKey: `${referralId}:${now.toISOString()}`,
      now,
    }),
  );
