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

/** A percentage to hundredths, as typed, in hundredths of a percent; null for anything else. Empty is none. */
function bpsOf(text: string, most: number): number | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text || "0");
  const bps = found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : -1;
  return bps >= 0 && bps <= most ? bps : null;
}

/** A percentage as typed, to hundredths, up to `most` hundredths of a percent. */
export const bpsField = (most: number) =>
  z
    .string()
    .trim()
    .default("")
    .transform((text, context) => {
      const bps = bpsOf(text, most);
      if (bps !== null) return bps;
      context.addIssue({
        code: "custom",
        message: `Enter a percentage from 0 to ${most / 100}, such as 5.`,
      });
      return z.NEVER;
    });

const capacityField = z
  .string()
  .trim()
  .regex(/^\d{1,4}$/, "Enter the number of places, such as 12.")
  .transform(Number)
  .refine((places) => places >= 1 && places <= 5000, "Enter between 1 and 5,000 places.");

/** A whole number as typed within bounds; empty is null where that may be. */
const numberField = (from: number, to: number, empty: number | null, what: string) =>
  z
    .string()
    .trim()
    .default("")
    .transform((text, context) => {
      if (text === "") return empty;
      const number = /^\d{1,4}$/.test(text) ? Number(text) : -1;
      if (number >= from && number <= to) return number;
      context.addIssue({ code: "custom", message: `Enter ${what} from ${from} to ${to}.` });
      return z.NEVER;
    });

const LEAST_REVIEWERS = 2;
const HOURS_A_DAY = 24;

const localField = (what: string) => z.string().min(1, `Say when ${what}: a date and a time.`);

/** What a cohort is, when, and on which terms, as its form has it; times are local to its zone. */
const details = {
  title: textField("a title", 120),
  skill: textField("the skill that you teach", 80),
  pitch: textField("a pitch", 20_000),
  capacity: capacityField,
  timeZone: z.string().refine(isNamedZone, "Choose a time zone."),
  opensAt: localField("applications open"),
  closesAt: localField("applications close"),
  decisionsBy: z.string().default(""),
  startsAt: localField("the cohort begins"),
  endsAt: localField("the cohort ends"),
  reviewers: numberField(LEAST_REVIEWERS, 10, LEAST_REVIEWERS, "a number of reviewers"),
  blindFirst: z
    .string()
    .default("")
    .transform((text) => text === "yes"),
  confirmDays: numberField(1, 90, null, "a number of days"),
  amount: dollarsField,
  percent: percentField,
  payoutCap: payoutCapField,
  sunset: sunsetField,
  /** Empty is none (T22). */
  finderStake: bpsField(policy.finderStakeMaxBps.value),
};

type Details = z.output<z.ZodObject<typeof details>>;
type Local = "opensAt" | "closesAt" | "decisionsBy" | "startsAt" | "endsAt";

/** A form's local times as instants and its terms as cents and shares; what is wrong is said beside its field. */
function settle<T extends Details>(form: T, context: z.RefinementCtx) {
  const at = (field: Local, typed: string = form[field]): Date => {
    const instant = instantInZone(typed, form.timeZone);
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
  const { amount, percent, payoutCap, sunset, finderStake, reviewers, confirmDays, ...rest } = form;
  return {
    ...rest,
    opensAt: at("opensAt"),
    closesAt: at("closesAt"),
    decisionsBy: form.decisionsBy ? at("decisionsBy") : at("startsAt"),
    startsAt: at("startsAt"),
    endsAt: at("endsAt"),
    reviewersPerApplication: reviewers ?? LEAST_REVIEWERS,
    confirmHours: confirmDays === null ? null : confirmDays * HOURS_A_DAY,
    amountCents: amount,
    shares: percent,
    payoutCapMultiple: payoutCap,
    sunsetYears: sunset,
    finderStakeBps: finderStake,
  };
}

/** A cohort that is public at once, with questions for long texts. */
export const openCohortInput = z
  .object({
    ...details,
    questions: z
      .array(textField("the question", 500))
      .min(MIN_QUESTIONS, `Ask at least ${MIN_QUESTIONS} questions.`)
      .max(MAX_QUESTIONS, `Ask at most ${MAX_QUESTIONS} questions.`)
      .refine((all) => new Set(all).size === all.length, "Ask each question once."),
  })
  .transform(settle);
export type OpenCohort = z.output<typeof openCohortInput>;

/** The form that begins a draft; `from` names a template, or a cohort by its slug. */
export const startCohortInput = z
  .object({ ...details, from: z.string().min(1).max(80) })
  .transform(settle);
export type StartCohort = z.output<typeof startCohortInput>;

/** The form that changes a cohort. */
export const editCohortInput = z.object({ ...details, cohortId: z.uuid() }).transform(settle);
