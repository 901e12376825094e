import type { QuestionKind } from "#db/schema/cohorts";
import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";

/** The kinds of questions, in the order in which they are offered, with what they ask for. */
export const QUESTION_KINDS: Record<QuestionKind, string> = {
  short: "Short text, one line",
  long: "Long text",
  one: "One choice of several",
  many: "Any number of choices",
  link: "Link",
  number: "Number",
  date: "Date",
  file: "File, up to 10 MB",
};

/** Whether that is the name of a kind. */
export const isQuestionKind = (name: string): name is QuestionKind =>
  Object.hasOwn(QUESTION_KINDS, name);

/** Whether a kind of question has choices, or a limit in words. */
export const hasOptions = (kind: QuestionKind): boolean => kind === "one" || kind === "many";
export const hasWords = (kind: QuestionKind): boolean => kind === "short" || kind === "long";

const LONGEST_OPTION = 200;
const MOST_OPTIONS = 30;
const MOST_WORDS = 2_000;

/** Choices as typed, one a line, empty lines left out. */
const optionsField = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  );

const wordsField = z
  .string()
  .trim()
  .default("")
  .transform((text, context) => {
    if (text === "") return null;
    const words = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (words >= 1 && words <= MOST_WORDS) return words;
    context.addIssue({
      code: "custom",
      message: `Enter a number from 1 to ${MOST_WORDS.toLocaleString("en-US")}, or leave it empty.`,
    });
    return z.NEVER;
  });

const kindField = z.enum(Object.keys(QUESTION_KINDS) as [QuestionKind, ...QuestionKind[]], {
  error: "Choose a kind of question.",
});

/** A question as its form has it. Choices and the limit are read where the kind has them. */
export const questionInput = z
  .object({
    kind: kindField,
    prompt: textField("the question", 500),
    help: z.string().trim().max(1_000, "Shorten the help to at most 1,000 characters.").default(""),
    required: z
      .string()
      .default("")
      .transform((text) => text === "yes"),
    maxWords: wordsField,
    options: optionsField,
  })
  .transform((form, context) => {
    const options = hasOptions(form.kind) ? form.options : [];
    const wrong = hasOptions(form.kind) ? optionsProblem(options) : null;
    if (wrong) context.addIssue({ code: "custom", path: ["options"], message: wrong });
    return { ...form, options, maxWords: hasWords(form.kind) ? form.maxWords : null };
  });

function optionsProblem(options: readonly string[]): string | null {
  if (options.length < 2) return "Write at least two choices, one a line.";
  if (options.length > MOST_OPTIONS) return `Write at most ${MOST_OPTIONS} choices.`;
  if (options.some((option) => option.length > LONGEST_OPTION))
    return `Shorten each choice to at most ${LONGEST_OPTION} characters.`;
  return new Set(options).size === options.length ? null : "Write each choice once.";
}

/** The form fields of what the scores 1 to 5 mean. */
export const ANCHOR_FIELDS = ["anchor1", "anchor2", "anchor3", "anchor4", "anchor5"] as const;

/** A criterion as its form has it: `anchor1` to `anchor5` say what the scores mean. */
export const criterionInput = z
  .object({
    title: textField("the criterion", 120),
    help: z.string().trim().max(1_000, "Shorten the help to at most 1,000 characters.").default(""),
    weight: z
      .string()
      .trim()
      .regex(/^([1-9]|10)$/, "Enter a weight from 1 to 10.")
      .transform(Number),
    anchor1: anchorField(),
    anchor2: anchorField(),
    anchor3: anchorField(),
    anchor4: anchorField(),
    anchor5: anchorField(),
  })
  .transform(({ title, help, weight, ...rest }) => ({
    ...{ title, help, weight },
    anchors: ANCHOR_FIELDS.map((name) => rest[name]),
  }));

function anchorField() {
  return z.string().trim().max(300, "Shorten this to at most 300 characters.").default("");
}
