import {
  dollarsField,
  isUnderFloorPrice,
  payoutCapField,
  percentField,
  sunsetField,
  textField,
} from "~/lib/terms";
import { z } from "~/lib/zod";
import { policy } from "~/policy";
import { MAX_QUESTIONS, MIN_QUESTIONS } from "./limits";
import { instantInZone, isNamedZone, type WindowProblem } from "./rules";

const WINDOW_PROBLEMS: Record<WindowProblem, string> = {
  unknown_zone: "Choose a time zone.",
  not_a_time: "Enter a date and a time.",
  no_such_time: "The clocks skip this time on that day: choose another.",
};

/** A finder's stake as typed, percent of the shares bought, to hundredths of a percent. Empty is none (T22). */
const finderStakeField = z
  .string()
  .trim()
  .default("")
  .transform((text, context) => {
    const found = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text || "0");
    const bps = found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : -1;
    if (bps >= 0 && bps <= policy.finderStakeMaxBps.value) return bps;
    context.addIssue({
      code: "custom",
      message: `Enter a percentage from 0 to ${policy.finderStakeMaxBps.value / 100}, such as 5.`,
    });
    return z.NEVER;
  });

/** The form that opens a cohort. Local times are read in the named zone; terms become cents and shares. */
export const openCohortInput = z
  .object({
    title: textField("a title", 120),
    skill: textField("the skill that you teach", 80),
    pitch: textField("a pitch", 20_000),
    capacity: z
      .string()
      .trim()
      .regex(/^\d{1,4}$/, "Enter the number of places, such as 12.")
      .transform(Number)
      .refine((places) => places >= 1 && places <= 5000, "Enter between 1 and 5,000 places."),
    timeZone: z.string().refine(isNamedZone, "Choose a time zone."),
    opensAt: z.string().min(1, "Say when applications open: a date and a time."),
    closesAt: z.string().min(1, "Say when applications close: a date and a time."),
    decisionsBy: z.string().default(""),
    startsAt: z.string().min(1, "Say when the cohort begins: a date and a time."),
    endsAt: z.string().min(1, "Say when the cohort ends: a date and a time."),
    questions: z
      .array(textField("the question", 500))
      .min(MIN_QUESTIONS, `Ask at least ${MIN_QUESTIONS} questions.`)
      .max(MAX_QUESTIONS, `Ask at most ${MAX_QUESTIONS} questions.`)
      .refine((all) => new Set(all).size === all.length, "Ask each question once."),
    amount: dollarsField,
    percent: percentField,
    payoutCap: payoutCapField,
    sunset: sunsetField,
    finderStake: finderStakeField,
  })
  .transform((form, context) => {
    const at = (field: "opensAt" | "closesAt" | "decisionsBy" | "startsAt" | "endsAt"): Date => {
      const instant = instantInZone(form[field], form.timeZone);
      if (instant.ok) return instant.value;
      context.addIssue({ code: "custom", path: [field], message: WINDOW_PROBLEMS[instant.error] });
      return z.NEVER;
    };
    if (isUnderFloorPrice(form.amount, form.percent)) {
      context.addIssue({
        code: "custom",
        path: ["amount"],
        message: "This is under the floor price: offer at least $1,000 for each 1%.",
      });
    }
    const { amount, percent, payoutCap, sunset, finderStake, ...rest } = form;
    return {
      ...rest,
      opensAt: at("opensAt"),
      closesAt: at("closesAt"),
      decisionsBy: form.decisionsBy ? at("decisionsBy") : at("startsAt"),
      startsAt: at("startsAt"),
      endsAt: at("endsAt"),
      amountCents: amount,
      shares: percent,
      payoutCapMultiple: payoutCap,
      sunsetYears: sunset,
      finderStakeBps: finderStake,
    };
  });
export type OpenCohort = z.output<typeof openCohortInput>;

/**
 * The questions of a form, in order, empty ones left out; `fields` leads from a question's name in a message
 * (`questions.0`) back to the field that it was typed in.
 */
export function questionsOf(values: Record<string, string>): {
  questions: string[];
  fields: Map<string, string>;
} {
  const names = Array.from({ length: MAX_QUESTIONS }, (_, index) => `questions.${index}`).filter(
    (name) => values[name]?.trim(),
  );
  return {
    questions: names.map((name) => values[name] ?? ""),
    fields: new Map(names.map((name, index) => [`questions.${index}`, name])),
  };
}
