import { SYSTEM } from "~/auth/actor";
import { endLot } from "~/features/tokens/end-lot.server";
import { answered, type Handler } from "./handler";

/** Ends a lot whose sunset has come or whose cap is used up. */
export const endLotJob: Handler<"end-lot"> = async ({ lotId }, now) =>
  answered(await endLot({ actor: SYSTEM, input: { lotId }, idempotencyKey: lotId, now }));
