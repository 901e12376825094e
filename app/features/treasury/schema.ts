import { dollarsField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** A bank reference as banks print it: capitals, single spaces. */
export const referenceField = z
  .string()
  .transform((text) => text.normalize("NFKC").trim().replace(/\s+/g, " ").toUpperCase())
  .pipe(
    z
      .string()
      .regex(
        /^[A-Z0-9][A-Z0-9 ./-]{3,34}$/,
        "Enter the reference of your bank transfer: 4 to 35 letters, digits, spaces or . / -",
      ),
  );

export const depositSchema = z.object({ amount: dollarsField, reference: referenceField });

export const withdrawalSchema = z.object({
  amount: dollarsField,
  destination: textField("the account to pay to: its holder, bank and number", 140).pipe(
    z.string().min(8, "Write the account’s holder, bank and number."),
  ),
});

const reason = textField("the reason: what you saw, and what the person can do", 1_000);

/** An operator's decision on a deposit; `arrived` is what the bank shows. */
export const depositDecisionSchema = z.discriminatedUnion(
  "decision",
  [
    z.object({ depositId: z.uuid(), decision: z.literal("confirm"), arrived: dollarsField }),
    z.object({ depositId: z.uuid(), decision: z.literal("refuse"), reason }),
  ],
  { error: "Choose whether the money arrived." },
);

/** An operator's decision on a withdrawal. */
export const withdrawalDecisionSchema = z.discriminatedUnion(
  "decision",
  [
    z.object({ withdrawalId: z.uuid(), decision: z.literal("paid") }),
    z.object({ withdrawalId: z.uuid(), decision: z.literal("refuse"), reason }),
  ],
  { error: "Choose whether you have paid it." },
);

/** How many deposits of one person may wait for an operator at a time. */
export const MOST_WAITING = 20;
