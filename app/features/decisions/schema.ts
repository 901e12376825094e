import { optionalTextField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { STANDARD } from "./templates";

const KINDS = ["admit", "waitlist", "decline", "revise", "defer", "hold"] as const;
export const MOST_AT_ONCE = 500;

const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: "Give a day and a time." })
  .or(z.literal(""))
  .default("");

export const decideInput = z.object({
  cohortId: z.uuid(),
  applicationIds: z
    .array(z.uuid())
    .min(1, { error: "Choose at least one application." })
    .max(MOST_AT_ONCE, { error: `Choose at most ${MOST_AT_ONCE} at once.` }),
  kind: z.enum(KINDS, { error: "Choose what you decide." }),
  message: optionalTextField("the message", 5_000),
  feedback: optionalTextField("the feedback", 5_000),
  /** In the cohort's own time; empty: what the cohort says. */
  confirmBy: instant,
  reviseBy: instant,
  /** The slug of the cohort that it is kept for. */
  deferTo: z.string().trim().max(80).default(""),
});

export const dropInput = z.object({ applicationId: z.uuid() });

export const stopInput = z.object({ cohortId: z.uuid() });

export const moveInput = z.object({
  cohortId: z.uuid(),
  applicationId: z.uuid(),
  /** The new place among those that the mover sees, from 0. */
  to: z.coerce.number().int().min(0).max(100_000),
});

export const beginReleaseInput = z.object({
  cohortId: z.uuid(),
  /** What the preview was of; absent: whatever is pending. */
  seen: z.string().max(64).optional(),
});

export const releaseInput = z.object({ releaseId: z.uuid() });

export const answerPlaceInput = z.object({
  applicationId: z.uuid(),
  answer: z.enum(["confirm", "decline"], { error: "Choose whether to take the place." }),
});

export const lapsePlaceInput = z.object({ enrolmentId: z.uuid() });

export const remindPlaceInput = z.object({ enrolmentId: z.uuid() });

export const templateInput = z.object({
  cohortId: z.uuid(),
  kind: z.enum(["admit", "waitlist", "decline", "revise", "defer"]),
  name: textField("the name", 80).default(STANDARD),
  body: textField("the text", 5_000),
});

export const removeTemplateInput = z.object({ templateId: z.uuid() });
