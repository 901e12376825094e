import { type Asked, answerProblem } from "./kinds";
import { answerField } from "./rules";

/** One thing that an application needs, or is better with. `at`: where it is done. */
export type ChecklistItem = {
  name: string;
  state: "done" | "missing" | "may";
  note: string;
  at: string;
};

/**
 * What is there and what is missing before an application can be submitted: the same list for every cohort. `may`: it can be
 * submitted without.
 */
export function checklistOf(of: {
  questions: readonly (Asked & { id: string })[];
  given: ReadonlyMap<string, { answer: string; file: unknown }>;
  verified: boolean;
  headline: string;
  /** Works collected, and works that this application shows. */
  works: number;
  shown: number;
}): ChecklistItem[] {
  const wrong = of.questions.filter((question) => problemOf(question, of.given) !== null);
  const [first] = wrong;
  const { length: all } = of.questions;
  return [
    {
      name: "Your e-mail address is verified",
      ...(of.verified
        ? { state: "done", note: "" }
        : { state: "missing", note: "Nothing can be saved until then." }),
      at: "/account",
    },
    {
      name: "Every question that must be is answered",
      state: first ? "missing" : "done",
      note: first
        ? `${wrong.length} of ${all} ${wrong.length === 1 ? "needs" : "need"} something.`
        : "",
      at: `#${first ? answerField(first.id) : ""}`,
    },
    {
      name: "Your profile says who you are in a line",
      state: of.headline.trim() ? "done" : "may",
      note: of.headline.trim() ? "" : "One profile goes with all your applications.",
      at: "/profile",
    },
    {
      name: "Works of yours are shown",
      state: of.shown > 0 ? "done" : "may",
      note:
        of.shown > 0
          ? ""
          : of.works > 0
            ? "Choose them below."
            : "Collect them once, show them in every application.",
      at: of.works > 0 ? "#works" : "/profile/works",
    },
  ];
}

const problemOf = (
  question: Asked & { id: string },
  given: ReadonlyMap<string, { answer: string; file: unknown }>,
): string | null => {
  const one = given.get(question.id);
  return answerProblem(question, one && { answer: one.answer, hasFile: Boolean(one.file) });
};
