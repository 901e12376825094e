import { SYSTEM } from "~/auth/actor";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { answered, type Handler } from "./handler";

/** Settles a parting that nobody disputed in time. */
export const settlePartingJob: Handler<"settle-parting"> = async ({ partingId }, now) =>
  answered(
    await settleParting({ actor: SYSTEM, input: { partingId }, idempotencyKey: partingId, now }),
  );
