import type { NewCriterion, NewQuestion } from "./write-form.server";

/** A question for a long text, which must be answered. */
export const LONG_QUESTION: Omit<NewQuestion, "prompt"> = {
  kind: "long",
  help: "",
  required: true,
  maxWords: null,
  options: [],
};

/** What is scored where a teacher names nothing else: the whole, once. */
export const DEFAULT_RUBRIC: readonly NewCriterion[] = [
  {
    title: "Overall",
    help: "",
    weight: 1,
    anchors: ["Not for this cohort", "", "", "", "I want to work with this person"],
  },
];
