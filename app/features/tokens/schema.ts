import { dollarsField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const handle = (missing: string) => z.string().trim().toLowerCase().min(1, missing).max(40);

/** The owner names a holder and a price for all of their shares. */
export const partingInput = z.object({
  holder: handle("Name the holder."),
  price: dollarsField,
});

export const disputeInput = z.object({
  partingId: z.uuid(),
  reason: textField("why the price is wrong", 2_000),
});

/** An operator settles a dispute: at a price, or not at all. */
export const partingDecisionInput = z.object({
  partingId: z.uuid(),
  decision: z.enum(["settle", "return"], { error: "Settle it, or give everything back." }),
  /** Absent: the price that was offered. */
  price: dollarsField.optional(),
  reason: textField("a reason", 2_000),
});

export const partingIdInput = z.object({ partingId: z.uuid() });

export const statementInput = z.object({ statement: textField("what happened", 5_000) });

export const findingInput = z.object({
  tokenId: z.uuid(),
  reason: textField("what the finding rests on", 5_000),
});
