import { dollarsField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** What the first operator says; the entry is named by its log id. */
export const reversalInput = z.object({
  entryId: z.uuid(),
  reason: z.enum(["fraud", "error", "order"], { error: "Choose the reason." }),
  orderNumber: textField("the order number", 120),
  note: textField("what happened", 5_000),
});

export const reversalIdInput = z.object({ reversalId: z.uuid() });

export const repayInput = z.object({ amount: dollarsField });
