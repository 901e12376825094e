import { dollarsField, percentField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** A holder's wish to sell: percent of the token and the price of all of it, as typed. */
export const askInput = z.object({
  tokenId: z.uuid(),
  percent: percentField,
  price: dollarsField,
  /** The handle of the verified buyer. */
  buyer: z.string().trim().toLowerCase().min(1, "Name the buyer.").max(40),
});

export const resaleIdInput = z.object({ resaleId: z.uuid() });

export const firstRefusalInput = z.object({
  resaleId: z.uuid(),
  answer: z.enum(["buy", "pass"], { error: "Buy the shares, or let them pass." }),
});

/** How much another holder wants at most. */
export const wantInput = z.object({ resaleId: z.uuid(), percent: percentField });

export const buyerAnswerInput = z.object({
  resaleId: z.uuid(),
  answer: z.enum(["approve", "refuse"], { error: "Approve the buyer, or refuse them." }),
});
