import { EVIDENCE_GRADES } from "~/lib/gain-words";
import { parseDollars } from "~/lib/money";
import { dollarsField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";

const MONEY: Record<string, string> = {
  not_a_number: "Enter an amount in dollars, such as 250,000 or 250,000.50.",
  too_many_decimals: "Cents have two decimals: enter an amount such as 250,000.50.",
  negative: "Enter an amount of 0 or more.",
  too_large: "This amount is larger than we can book. Check the figures.",
};

/** Dollars as typed → cents. */
const dollars = (missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .transform((text, ctx) => {
      const cents = parseDollars(text);
      if (cents.ok) return cents.value;
      ctx.addIssue({ code: "custom", message: MONEY[cents.error] ?? missing });
      return z.NEVER;
    });

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "This does not exist.");
const NO_DAY = "Enter the day on which the sale closed, as in 2026-03-31.";

/** A sale of company equity as its form gives it: money in dollars as text, the closing date as YYYY-MM-DD. */
export const saleInput = z.object({
  company: z
    .string({ error: "Enter the company whose equity you sold." })
    .trim()
    .min(1, "Enter the company whose equity you sold.")
    .max(120, "Keep the name under 120 characters."),
  closingDate: z
    .string({ error: NO_DAY })
    .trim()
    .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), NO_DAY),
  proceeds: dollars("Enter what the sale brought you, in dollars."),
  basis: dollars("Enter what you had paid for the equity; 0 if nothing."),
  costs: dollars("Enter the direct costs of the sale; 0 if there were none."),
  documentId: z
    .string()
    .optional()
    .transform((text) => (text ? text : undefined))
    .pipe(uuid.optional()),
});
export type Sale = z.output<typeof saleInput>;

/** A file as it was uploaded. */
export const documentInput = z.object({
  fileName: z.string().max(400),
  bytes: z.instanceof(Uint8Array),
});

export const gainIdInput = z.object({ gainId: uuid });

/** How much the owner pays of a gain now; all that is unpaid, where nothing is said. */
export const payInput = z.object({
  gainId: uuid,
  amount: z
    .string()
    .optional()
    .transform((text) => (text?.trim() ? text : undefined))
    .pipe(dollarsField.optional()),
});

export const deferralInput = z.object({
  gainId: uuid,
  hardship: textField("why paying now would be a hardship", 2_000),
});

export const deferralDecisionInput = z.object({
  deferralId: uuid,
  decision: z.enum(["grant", "refuse"], { error: "Grant it, or refuse it." }),
  reason: textField("a reason", 2_000),
});

export const nothingInput = z.object({
  year: z.coerce.number({ error: "Enter a year." }).int().min(2_000).max(9_999),
});

/** An operator's judgement of a gain's evidence. */
export const gradeInput = z.object({
  gainId: uuid,
  grade: z.enum(EVIDENCE_GRADES, { error: "Choose a grade." }),
  /** The grade that the operator saw when deciding. */
  current: z.enum(EVIDENCE_GRADES).optional(),
  reason: z
    .string({ error: "Say what the grade rests on." })
    .trim()
    .min(3, "Say what the grade rests on.")
    .max(2000, "Keep the reason under 2,000 characters."),
});

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00.000Z`);
  return (
    !Number.isNaN(date.getTime()) &&
    date.toISOString().slice(0, 10) === text &&
    text >= "1900-01-01"
  );
}
