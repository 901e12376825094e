import { SYSTEM } from "~/auth/actor";
import { advanceResale } from "~/features/resales/advance-resale.server";
import { answered, type Handler } from "./handler";

/** Does what the end of a resale's window asks for. Its key is the window's: a resale comes due several times. */
export const advanceResaleJob: Handler<"advance-resale"> = async ({ resaleId }, now) =>
  answered(
    await advanceResale({
      actor: SYSTEM,
      input: { resaleId },
      idempotencyKey: `${resaleId}:${now.toISOString()}`,
      now,
    }),
  );
