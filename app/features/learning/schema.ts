import { linkFields, linksOf, webAddressField } from "~/lib/link-fields";
import { dayField, optionalTextField, textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { LONGEST_TEXT, UPDATE_LINKS } from "./limits";
import { minutesOfHours } from "./rules";

const part = (name: string) => optionalTextField(name, LONGEST_TEXT);

/** What a teacher tells everybody in the cohort. */
export const announcementInput = z.object({
  cohortId: z.uuid(),
  title: textField("a title", 120),
  body: textField("what you want to say", LONGEST_TEXT),
});

/** A week's update: kept as a draft (`save`) or shown to the cohort (`publish`, which needs what was done). */
export const updateInput = z
  .object({
    cohortId: z.uuid(),
    week: dayField("the week"),
    did: part("what you did"),
    learnt: part("what you learnt"),
    blocked: part("what blocks you"),
    next: part("what comes next"),
    ...linkFields(UPDATE_LINKS),
    intent: z.enum(["save", "publish"]),
  })
  .superRefine((form, context) => {
    if (form.intent === "publish" && form.did === "")
      context.addIssue({ code: "custom", path: ["did"], message: "Write what you did." });
  })
  .transform(({ cohortId, week, did, learnt, blocked, next, intent, ...rest }) => ({
    cohortId,
    week,
    intent,
    texts: { did, learnt, blocked, next, links: linksOf(rest, UPDATE_LINKS) },
  }));

/** A piece of work; with `workId`, one shown before that is replaced. */
export const workInput = z.object({
  cohortId: z.uuid(),
  workId: z.uuid().optional(),
  title: textField("a title", 120),
  url: z.union([z.literal(""), webAddressField]).default(""),
  description: part("the description"),
});

const ask = z.enum(["none", "revise"]).default("none");

/** A teacher's feedback on an update or a piece of work; `revise` asks for another go. */
export const feedbackInput = z.object({
  on: z.enum(["update", "work"]),
  id: z.uuid(),
  body: textField("your feedback", LONGEST_TEXT),
  ask,
});

/** An answer under feedback; a teacher's may ask for another go. */
export const replyInput = z.object({
  feedbackId: z.uuid(),
  body: textField("your answer", LONGEST_TEXT),
  ask,
});

/** How much a piece of feedback helped. */
export const ratingInput = z.object({
  feedbackId: z.uuid(),
  helpfulness: z
    .enum(["1", "2", "3", "4", "5"], { error: "Choose how much it helped, from 1 to 5." })
    .transform(Number),
});

/** A comment under an update. */
export const commentInput = z.object({
  updateId: z.uuid(),
  body: textField("your comment", LONGEST_TEXT),
});

/** A teacher's private note on a student. */
export const noteInput = z
  .object({
    cohortId: z.uuid(),
    studentId: z.uuid(),
    strengths: optionalTextField("the strengths", 500),
    body: part("the note"),
  })
  .refine((note) => note.strengths !== "" || note.body !== "", {
    path: ["body"],
    message: "Write a note, or the strengths that you see.",
  });

/** Hours that a teacher taught; with `sessionId`, hours recorded before that are put right. */
export const hoursInput = z.object({
  cohortId: z.uuid(),
  sessionId: z.uuid().optional(),
  heldOn: dayField("the day"),
  hours: z.string().transform((text, context) => {
    const minutes = minutesOfHours(text);
    if (minutes !== null) return minutes;
    const message = "Enter the hours with a point, such as 1.5; at most 12.";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }),
  topic: textField("what it was about", 200),
});
