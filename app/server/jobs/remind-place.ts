import { SYSTEM } from "~/auth/actor";
import { remindPlace } from "~/features/decisions/remind-place.server";
import { answered, type Handler } from "./handler";

/** Reminds an applicant of a place that is about to lapse. */
export const remindPlaceJob: Handler<"remind-place"> = async ({ enrolmentId }, now) =>
  answered(
    await remindPlace({ actor: SYSTEM, input: { enrolmentId }, idempotencyKey: enrolmentId, now }),
  );
