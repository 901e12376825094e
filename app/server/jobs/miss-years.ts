import { SYSTEM } from "~/auth/actor";
import { missYears } from "~/features/gains/miss-years.server";
import { answered, type Handler } from "./handler";

/** Writes a token down whose owner has missed two yearly declarations. */
export const missYearsJob: Handler<"miss-years"> = async ({ tokenId }, now) =>
  answered(
    await missYears({
      actor: SYSTEM,
      input: { tokenId },
      idempotencyKey: `${tokenId}:${now.toISOString().slice(0, 10)}`,
      now,
    }),
  );
