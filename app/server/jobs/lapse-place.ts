import { SYSTEM } from "~/auth/actor";
import { lapsePlace } from "~/features/decisions/answer-place.server";
import { answered, type Handler } from "./handler";

/** Lets a place lapse that was not confirmed in time. */
export const lapsePlaceJob: Handler<"lapse-place"> = async ({ enrolmentId }, now) =>
  answered(
    await lapsePlace({ actor: SYSTEM, input: { enrolmentId }, idempotencyKey: enrolmentId, now }),
  );
